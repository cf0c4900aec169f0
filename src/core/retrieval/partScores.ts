/** How well an experience fits a query, as a whole and part by part. */
import type { Experience } from '../experience/experience.js';
import type { RemainingParts } from './exclusion.js';
import { type LexicalIndex, type LexicalQuery, lengthShare, type Match, saturation } from './lexicalIndex.js';

export interface PartScores {
	readonly score: number;
	/** BM25 of each remaining pattern and case, by its place in the experience's list. */
	readonly patterns: ReadonlyMap<number, number>;
	readonly cases: ReadonlyMap<number, number>;
}

/** Scores experiences of an index against one query. Use it before the index changes. */
export class PartScorer {
	private readonly query: LexicalQuery;
	private readonly weights: Float64Array;
	/** What was found in the experience at hand: sections, places in the query, counts, side by side. */
	private readonly found: { section: number; place: number; count: number }[] = [];

	constructor(
		private readonly index: LexicalIndex,
		text: string,
	) {
		this.query = index.query(text);
		this.weights = Float64Array.from(this.query.terms, (term) => index.weight(term));
	}

	get isEmpty(): boolean {
		return this.query.terms.length === 0;
	}

	/** The ids of the experiences that come into question, at most `limit`, by the words that are not frequent. */
	candidates(limit: number, accept: (id: string) => boolean): readonly string[] {
		return this.index.search(this.query, limit, accept).map(({ id }) => id);
	}

	/**
	 * Scores an experience as though it held only its head and the one pattern and the one case that fit best. So an
	 * experience into which many cases were merged competes on equal terms with one that has a single case: its length
	 * does not bury it, nor does it gain from a word of the query here and another there.
	 */
	score(experience: Experience, remaining: RemainingParts): PartScores {
		const lengths = this.index.sectionLengths(experience.id);
		const scores = this.scoreSections(experience.id, lengths);
		const firstCase = 1 + experience.patterns.length;
		const patterns = new Map(remaining.patterns.map((at) => [at, scores[1 + at] ?? 0]));
		const cases = new Map(remaining.cases.map((at) => [at, scores[firstCase + at] ?? 0]));
		const head = remaining.strategy ? 0 : -1;
		const pattern = 1 + bestOf(patterns, -2);
		const single = firstCase + bestOf(cases, -2 - firstCase);
		return { score: this.scoreTogether(lengths, [head, pattern, single]), patterns, cases };
	}

	/** What the remaining parts of an experience have in common with the query. */
	match(experience: Experience, remaining: RemainingParts): Match {
		const firstCase = 1 + experience.patterns.length;
		const kept = new Set([...remaining.patterns.map((at) => 1 + at), ...remaining.cases.map((at) => firstCase + at)]);
		if (remaining.strategy) kept.add(0);
		const places: number[] = [];
		this.index.visit(this.query, experience.id, (section, place) => {
			if (kept.has(section)) places.push(place);
		});
		return this.index.matchOf(this.query, places);
	}

	/** BM25 of each section, as a text among all sections; keeps what was found for `scoreTogether`. */
	private scoreSections(id: string, lengths: readonly number[]): Float64Array {
		const scores = new Float64Array(lengths.length);
		const mean = this.index.meanSectionLength;
		this.found.length = 0;
		this.index.visit(this.query, id, (section, place, count) => {
			this.found.push({ section, place, count });
			scores[section] = (scores[section] ?? 0) + this.bm25(place, count, (lengths[section] ?? 0) / mean);
		});
		return scores;
	}

	/** BM25 of some sections as one text. */
	private scoreTogether(lengths: readonly number[], sections: readonly number[]): number {
		const length = sections.reduce((total, section) => total + (lengths[section] ?? 0), 0) / this.index.meanLength;
		const counts = new Map<number, number>();
		for (const { section, place, count } of this.found) {
			if (sections.includes(section)) counts.set(place, (counts.get(place) ?? 0) + count);
		}
		let score = 0;
		for (const [place, count] of counts) score += this.bm25(place, count, length);
		return score;
	}

	/** A word's part of BM25. @param length of the text, as a multiple of the mean */
	private bm25(place: number, count: number, length: number): number {
		const norm = saturation * (1 - lengthShare + lengthShare * length);
		return ((this.weights[place] ?? 0) * count * (saturation + 1)) / (count + norm);
	}
}

/** The place with the highest score, the first of equal ones; `none` where there is nothing. */
function bestOf(scores: ReadonlyMap<number, number>, none: number): number {
	let best = none;
	let highest = Number.NEGATIVE_INFINITY;
	for (const [at, score] of scores) {
		if (score <= highest) continue;
		best = at;
		highest = score;
	}
	return best;
}
