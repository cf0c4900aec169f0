/** BM25 of FTS5 in its plainest form, to check the index against: every text is read for every query. */

export interface Scored {
	readonly id: string;
	readonly score: number;
}

/** All documents with a score above 0, best first, equal ones in order of ids. Text is lower case letters and blanks. */
export function rankNaively(documents: ReadonlyMap<string, string>, query: string): readonly Scored[] {
	const texts = [...documents].map(([id, text]) => ({ id, words: text.split(/\s+/).filter((word) => word !== '') }));
	const mean = texts.reduce((total, { words }) => total + words.length, 0) / texts.length;
	const weight = (term: string): number => {
		const holders = texts.filter(({ words }) => words.includes(term)).length;
		return Math.log((texts.length - holders + 0.5) / (holders + 0.5));
	};
	const terms = [...new Set(query.split(/\s+/))].filter((term) => weight(term) > 1e-6);
	const scoreOf = (words: readonly string[]): number =>
		terms.reduce((score, term) => {
			const count = words.filter((word) => word === term).length;
			return score + (weight(term) * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * words.length) / mean));
		}, 0);
	return texts
		.map(({ id, words }) => ({ id, score: scoreOf(words) }))
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
