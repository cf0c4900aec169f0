/** How well an experience fits a query, as a whole and part by part. */
import type { Experience } from '../experience/experience.js';
import type { RemainingParts } from './exclusion.js';
import { firstCase, firstPattern, headSection } from './experienceText.js';
import { type LexicalIndex, type LexicalQuery, lengthShare, type Match, saturation } from './lexicalIndex.js';

export interface PartScores {
	readonly score: number;
	/** BM25 of each section, in the order of `indexedSections`. */
	readonly sections: Float64Array;
}

/** Scores experiences of an index against one query. Use it before the index changes. */
export class PartScorer {
	private readonly query: LexicalQuery;
	private readonly weights: Float64Array;
	/** What was found in the experience at hand, three numbers each: section, place in the query, count. */
	private readonly found: number[] = [];
	/** Per place in the query: how often its word stands in the sections that are scored together. */
	private readonly counts: Float64Array;

	constructor(
		private readonly index: LexicalIndex,
		text: string,
	) {
		this.query = index.query(text);
		this.weights = Float64Array.from(this.query.terms, (term) => index.weight(term));
		this.counts = new Float64Array(this.query.terms.length);
	}

	get isEmpty(): boolean {
		return this.query.terms.length === 0;
	}

	/** The ids of the experiences in some groups that come into question, at most `limit`. */
	candidates(limit: number, groups: number): readonly string[] {
		return this.index.search(this.query, limit, groups).map(({ id }) => id);
	}

	/**
	 * Scores an experience as though it held only its head and the one pattern and the one case that fit best. So an
	 * experience into which many cases were merged competes on equal terms with one that has a single case: its length
	 * does not bury it, nor does it gain from a word of the query here and another there.
	 */
	score(experience: Experience, remaining: RemainingParts): PartScores {
		const lengths = this.index.sectionLengths(experience.id);
		const sections = this.scoreSections(experience.id, lengths);
		const chosen = [
			...(remaining.strategy ? [headSection] : []),
			...bestOf(sections, remaining.patterns, firstPattern),
			...bestOf(sections, remaining.cases, firstCase(experience)),
		];
		return { score: this.scoreTogether(lengths, chosen), sections };
	}

	/** What the remaining parts of an experience have in common with the query. */
	match(experience: Experience, remaining: RemainingParts): Match {
		const kept = new Set([
			...(remaining.strategy ? [headSection] : []),
			...remaining.patterns.map((at) => firstPattern + at),
			...remaining.cases.map((at) => firstCase(experience) + at),
		]);
		const places: number[] = [];
		this.index.visit(this.query, experience.id, (section, place) => {
			if (kept.has(section)) places.push(place);
		});
		return this.index.matchOf(this.query, places);
	}

	/** BM25 of each section, as a text among all sections; keeps what was found for `scoreTogether`. */
	private scoreSections(id: string, lengths: Uint32Array): Float64Array {
		const scores = new Float64Array(lengths.length);
		const mean = this.index.meanSectionLength;
		this.found.length = 0;
		this.index.visit(this.query, id, (section, place, count) => {
			this.found.push(section, place, count);
			scores[section] = (scores[section] ?? 0) + this.bm25(place, count, (lengths[section] ?? 0) / mean);
		});
		return scores;
	}

	/** BM25 of some sections as one text. */
	private scoreTogether(lengths: Uint32Array, sections: readonly number[]): number {
		const length = sections.reduce((total, section) => total + (lengths[section] ?? 0), 0) / this.index.meanLength;
		const { found, counts } = this;
		for (let at = 0; at < found.length; at += 3) {
			const place = found[at + 1] ?? 0;
			if (sections.includes(found[at] ?? 0)) counts[place] = (counts[place] ?? 0) + (found[at + 2] ?? 0);
		}
		let score = 0;
		for (let place = 0; place < counts.length; place++) {
			const count = counts[place] ?? 0;
			if (count > 0) score += this.bm25(place, count, length);
		}
		counts.fill(0);
		return score;
	}

	/** A word's part of BM25. @param length of the text, as a multiple of the mean */
	private bm25(place: number, count: number, length: number): number {
		const norm = saturation * (1 - lengthShare + lengthShare * length);
		return ((this.weights[place] ?? 0) * count * (saturation + 1)) / (count + norm);
	}
}

/** The section with the highest score of some parts, the first of equal ones; none where there are no parts. */
function bestOf(scores: Float64Array, parts: readonly number[], offset: number): readonly number[] {
	let best = -1;
	for (const part of parts) if (best < 0 || (scores[offset + part] ?? 0) > (scores[best] ?? 0)) best = offset + part;
	return best < 0 ? [] : [best];
}
