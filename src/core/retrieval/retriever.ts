/** Finds the experiences that fit a query, then the patterns and cases within them that fit it best. */
import type { Experience } from '../experience/experience.js';
import type { Neighbour, RetrievalLimits, SearchHit, SearchQuery, SearchResult } from '../experience/store.js';
import { allot } from './allot.js';
import { type ExcludedProblem, excludedProblem, type RemainingParts, remainingParts } from './exclusion.js';
import { indexedSections, maskedQuestion } from './experienceText.js';
import { readIndex, writeIndex } from './indexFile.js';
import { LexicalIndex, type Match } from './lexicalIndex.js';
import { lessonText, similarityTo } from './nearDuplicates.js';
import { PartScorer, type PartScores } from './partScores.js';

/** How many experiences the index brings to the closer look; a library of no more than these is looked at whole. */
const fewestCandidates = 64;

/** How many of the likest experiences by words are compared by their characters (PERFORMANCE: BM25 top 8). */
const comparedNeighbours = 8;

/**
 * Top-down retrieval over a library in memory, with no model call: experiences first, then the patterns and cases inside
 * them (FLEX §3.3). It holds experiences of every status, and searches the active ones unless asked for others.
 */
export class StagedRetriever {
	private readonly experiences = new Map<string, Experience>();
	/** Ids of the experiences that have a case with this masked question. */
	private readonly askedIn = new Map<string, Set<string>>();
	private index = new LexicalIndex();

	get size(): number {
		return this.experiences.size;
	}

	get(id: string): Experience | undefined {
		return this.experiences.get(id);
	}

	/** Takes an experience in, in place of the one with its id. */
	put(experience: Experience): void {
		this.remember(experience);
		const firstCase = 1 + experience.patterns.length;
		this.index.put(experience.id, indexedSections(experience), (words) => focusedLength(words, firstCase));
	}

	/** False where there is no such experience. */
	remove(id: string): boolean {
		this.forget(id);
		return this.index.remove(id);
	}

	/** The experiences that fit a query, best first. Same library, same query, same result, whatever came in between. */
	search(query: SearchQuery): SearchResult {
		const scorer = new PartScorer(this.index, query.text);
		if (scorer.isEmpty || query.limits.experiences < 1) return { hits: [], abstained: true };
		const problem = query.exclude && excludedProblem(query.exclude, this.twinsOf(query.exclude.question));
		const wanted = wantedBy(query);
		const ranked = this.candidates(scorer, query.limits.experiences * 4, wanted)
			.flatMap((experience) => this.consider(scorer, experience, problem))
			.sort((a, b) => b.scores.score - a.scores.score || (a.experience.id < b.experience.id ? -1 : 1));
		const kept: Kept[] = [];
		for (const { experience, remaining, scores } of ranked) {
			if (kept.length === query.limits.experiences) break;
			const match = scorer.match(experience, remaining);
			if (match.share >= query.limits.minMatch) kept.push({ experience, remaining, scores, match });
		}
		return { hits: hitsOf(kept, query.limits), abstained: kept.length === 0 };
	}

	/** The active experiences whose lessons are most like that of `experience`, itself left out, best first. */
	neighbours(experience: Experience, limit: number): readonly Neighbour[] {
		const text = lessonText(experience);
		const likeness = similarityTo(text);
		const other = (candidate: Experience): boolean => candidate.status === 'active' && candidate.id !== experience.id;
		const scorer = new PartScorer(this.index, text);
		return this.candidates(scorer, Math.max(limit, comparedNeighbours), other)
			.map((candidate) => ({ experience: candidate, similarity: likeness(lessonText(candidate)) }))
			.sort((a, b) => b.similarity - a.similarity || (a.experience.id < b.experience.id ? -1 : 1))
			.slice(0, limit);
	}

	/** The index as bytes, so that it need not be made again. @param stamp names the state of the library */
	save(stamp: string): Uint8Array {
		return writeIndex(this.index.save(), stamp);
	}

	/**
	 * A retriever over `experiences` with the index that `save` gave.
	 * @returns undefined where the bytes are damaged, of another format, or not of this state of the library
	 */
	static load(bytes: Uint8Array, stamp: string, experiences: readonly Experience[]): StagedRetriever | undefined {
		const saved = readIndex(bytes, stamp);
		if (!saved || saved.documents.length !== experiences.length) return undefined;
		const retriever = new StagedRetriever();
		retriever.index = new LexicalIndex(saved);
		for (const experience of experiences) {
			if (!retriever.index.has(experience.id)) return undefined;
			retriever.remember(experience);
		}
		return retriever.size === experiences.length ? retriever : undefined;
	}

	private remember(experience: Experience): void {
		this.forget(experience.id);
		this.experiences.set(experience.id, experience);
		for (const { question } of experience.cases) {
			const masked = maskedQuestion(question);
			if (masked === '') continue;
			const ids = this.askedIn.get(masked);
			if (ids) ids.add(experience.id);
			else this.askedIn.set(masked, new Set([experience.id]));
		}
	}

	private forget(id: string): void {
		for (const { question } of this.experiences.get(id)?.cases ?? []) {
			const masked = maskedQuestion(question);
			const ids = this.askedIn.get(masked);
			ids?.delete(id);
			if (ids?.size === 0) this.askedIn.delete(masked);
		}
		this.experiences.delete(id);
	}

	private twinsOf(question: string): readonly Experience[] {
		const ids = this.askedIn.get(maskedQuestion(question)) ?? [];
		return [...ids].flatMap((id) => this.experiences.get(id) ?? []);
	}

	/** The experiences to look at closely: all that are wanted in a small library, else the best by the index. */
	private candidates(
		scorer: PartScorer,
		limit: number,
		wanted: (experience: Experience) => boolean,
	): readonly Experience[] {
		const most = Math.max(limit, fewestCandidates);
		if (this.size <= most) return [...this.experiences.values()].filter(wanted);
		const accept = (id: string): boolean => {
			const experience = this.experiences.get(id);
			return experience !== undefined && wanted(experience);
		};
		return scorer.candidates(most, accept).flatMap((id) => this.experiences.get(id) ?? []);
	}

	private consider(
		scorer: PartScorer,
		experience: Experience,
		problem: ExcludedProblem | undefined,
	): readonly Considered[] {
		const remaining = remainingParts(experience, problem);
		if (!remaining) return [];
		const scores = scorer.score(experience, remaining);
		return scores.score > 0 ? [{ experience, remaining, scores }] : [];
	}
}

interface Considered {
	readonly experience: Experience;
	readonly remaining: RemainingParts;
	readonly scores: PartScores;
}

interface Kept extends Considered {
	readonly match: Match;
}

/**
 * What an experience counts as long: its head with a pattern and a case of mean length, since it is scored by the best
 * ones. @param words of each section
 */
function focusedLength(words: readonly number[], firstCase: number): number {
	return (words[0] ?? 0) + meanFilled(words.slice(1, firstCase)) + meanFilled(words.slice(firstCase));
}

function meanFilled(words: readonly number[]): number {
	const filled = words.filter((count) => count > 0);
	return filled.length === 0 ? 0 : filled.reduce((sum, count) => sum + count, 0) / filled.length;
}

function wantedBy({ statuses = ['active'], zones }: SearchQuery): (experience: Experience) => boolean {
	return ({ status, zone }) => statuses.includes(status) && (zones?.includes(zone) ?? true);
}

/** The kept experiences, with the best of their parts as far as the limits for all of them go. */
function hitsOf(kept: readonly Kept[], limits: RetrievalLimits): readonly SearchHit[] {
	const patterns = allot(
		kept.map(({ scores }) => scores.patterns),
		limits.patterns,
	);
	const cases = allot(
		kept.map(({ scores }) => scores.cases),
		limits.cases,
	);
	return kept.map(({ experience, remaining, scores, match }, at) => ({
		experience,
		score: scores.score,
		match: match.share,
		terms: match.terms,
		patterns: (patterns[at] ?? []).flatMap((place) => experience.patterns[place]?.id ?? []),
		cases: (cases[at] ?? []).flatMap((place) => experience.cases[place]?.id ?? []),
		strategy: remaining.strategy,
	}));
}
