/** BM25 of FTS5 in its plainest form, to check the index against: every text is read for every query. */

export interface Scored {
	readonly id: string;
	readonly score: number;
}

/** All documents with a score above 0, best first, equal ones in order of ids. Words are lower case. */
export function rankNaively(documents: ReadonlyMap<string, string>, query: string): readonly Scored[] {
	const texts = [...documents].map(([id, text]) => {
		const words = text.split(/\s+/).filter((word) => word !== '');
		return { id, length: words.length, counts: countsOf(words) };
	});
	const mean = texts.reduce((total, { length }) => total + length, 0) / texts.length;
	const weight = (term: string): number => {
		const holders = texts.filter(({ counts }) => counts.has(term)).length;
		return Math.log((texts.length - holders + 0.5) / (holders + 0.5));
	};
	const terms = [...new Set(query.split(/\s+/))]
		.map((term) => ({ term, weight: weight(term) }))
		.filter((term) => term.weight > 1e-6);
	const scoreOf = ({ length, counts }: (typeof texts)[number]): number =>
		terms.reduce((score, { term, weight }) => {
			const count = counts.get(term) ?? 0;
			return score + (weight * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / mean));
		}, 0);
	return texts
		.map((text) => ({ id: text.id, score: scoreOf(text) }))
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function countsOf(words: readonly string[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return counts;
}
