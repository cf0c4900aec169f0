/** Finds the experiences that fit a query, then the patterns and cases within them that fit it best. */
import { type Experience, type Status, statuses, type Zone, zones } from '../experience/experience.js';
import type { Neighbour, RetrievalLimits, SearchHit, SearchQuery, SearchResult } from '../experience/store.js';
import { allot } from './allot.js';
import {
	type ExcludedProblem,
	excludedProblem,
	type RemainingParts,
	remainingParts,
	wholeExperience,
} from './exclusion.js';
import { firstCase, firstPattern, headSection, indexedSections, maskedQuestion } from './experienceText.js';
import { readIndex, writeIndex } from './indexFile.js';
import { LexicalIndex, type Match } from './lexicalIndex.js';
import { lessonText, similarityTo } from './nearDuplicates.js';
import { PartScorer, type PartScores } from './partScores.js';

/** How many experiences the index brings to the closer look; a library of no more than these is looked at whole. */
const fewestCandidates = 64;

/** How many of the likest experiences by words are compared by their characters (docs/decisions/0009). */
const comparedNeighbours = 8;

/**
 * Top-down retrieval over a library in memory, with no model call: experiences first, then the patterns and cases inside
 * them (FLEX §3.3). It holds experiences of every status, and searches the active ones unless asked for others.
 */
export class StagedRetriever {
	private readonly entries = new Map<string, Entry>();
	/** Ids of the experiences that have a case with this masked question. */
	private readonly askedIn = new Map<string, Set<string>>();
	private index = new LexicalIndex();

	get size(): number {
		return this.entries.size;
	}

	get(id: string): Experience | undefined {
		return this.entries.get(id)?.experience;
	}

	/** Takes an experience in, in place of the one with its id. */
	put(experience: Experience): void {
		this.remember(experience);
		const cases = firstCase(experience);
		this.index.put(experience.id, indexedSections(experience), {
			lengthOf: (words) => focusedLength(words, cases),
			group: groupOf(experience.status, experience.zone),
		});
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
		const groups = groupsOf(query.statuses ?? ['active'], query.zones ?? zones);
		const ranked = this.ranked(scorer, query.limits.experiences * 4, groups, problem);
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
		const compared = Math.max(limit, comparedNeighbours);
		const likeness = similarityTo(
			text,
			remembered((word) => this.index.weightOf(word)),
		);
		return this.ranked(new PartScorer(this.index, text), compared + 1, groupsOf(['active'], zones), undefined)
			.map((entry) => entry.experience)
			.filter(({ id }) => id !== experience.id)
			.slice(0, compared)
			.map((other) => ({ experience: other, similarity: likeness(lessonText(other)) }))
			.sort((a, b) => b.similarity - a.similarity || (a.experience.id < b.experience.id ? -1 : 1))
			.slice(0, limit);
	}

	/** The index as bytes, so that it need not be made again. @param stamp names the state of the library */
	save(stamp: string): Uint8Array {
		return writeIndex(this.index.save(), stamp);
	}

	/**
	 * A retriever over `experiences` with the index that `save` gave. It works in `bytes`: do not use them again.
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
		this.entries.set(experience.id, { experience, parts: wholeExperience(experience) });
		for (const { question } of experience.cases) {
			const masked = maskedQuestion(question);
			if (masked === '') continue;
			const ids = this.askedIn.get(masked);
			if (ids) ids.add(experience.id);
			else this.askedIn.set(masked, new Set([experience.id]));
		}
	}

	private forget(id: string): void {
		for (const { question } of this.get(id)?.cases ?? []) {
			const masked = maskedQuestion(question);
			const ids = this.askedIn.get(masked);
			ids?.delete(id);
			if (ids?.size === 0) this.askedIn.delete(masked);
		}
		this.entries.delete(id);
	}

	private twinsOf(question: string): readonly Experience[] {
		const ids = this.askedIn.get(maskedQuestion(question)) ?? [];
		return [...ids].flatMap((id) => this.get(id) ?? []);
	}

	/** The experiences to look at closely: all that are wanted in a small library, else the best by the index. */
	private candidates(scorer: PartScorer, limit: number, groups: number): readonly Entry[] {
		const most = Math.max(limit, fewestCandidates);
		if (this.size > most) return scorer.candidates(most, groups).flatMap((id) => this.entries.get(id) ?? []);
		const wanted = ({ status, zone }: Experience): boolean => (groups & (1 << groupOf(status, zone))) !== 0;
		return [...this.entries.values()].filter(({ experience }) => wanted(experience));
	}

	/** The experiences that hold words of the query, best first. @param limit how many are surely among them */
	private ranked(
		scorer: PartScorer,
		limit: number,
		groups: number,
		problem: ExcludedProblem | undefined,
	): readonly Considered[] {
		const considered: Considered[] = [];
		for (const { experience, parts } of this.candidates(scorer, limit, groups)) {
			const remaining = problem ? remainingParts(experience, problem) : parts;
			const scores = remaining && scorer.score(experience, remaining);
			if (scores && scores.score > 0) considered.push({ experience, remaining, scores });
		}
		return considered.sort((a, b) => b.scores.score - a.scores.score || (a.experience.id < b.experience.id ? -1 : 1));
	}
}

interface Entry {
	readonly experience: Experience;
	/** All of them. */
	readonly parts: RemainingParts;
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
 * @param cases the first section of a case
 */
function focusedLength(words: readonly number[], cases: number): number {
	return (words[headSection] ?? 0) + meanFilled(words.slice(firstPattern, cases)) + meanFilled(words.slice(cases));
}

function meanFilled(words: readonly number[]): number {
	const filled = words.filter((count) => count > 0);
	return filled.length === 0 ? 0 : filled.reduce((sum, count) => sum + count, 0) / filled.length;
}

/** A function that is asked once for each text. */
function remembered(ask: (text: string) => number): (text: string) => number {
	const answers = new Map<string, number>();
	return (text) => {
		const answer = answers.get(text) ?? ask(text);
		answers.set(text, answer);
		return answer;
	};
}

/** Experiences that are searched together: each status and zone is a group of the index. */
function groupOf(status: Status, zone: Zone): number {
	return statuses.indexOf(status) * zones.length + zones.indexOf(zone);
}

/** A bit for each group. */
function groupsOf(wantedStatuses: readonly Status[], wantedZones: readonly Zone[]): number {
	let groups = 0;
	for (const status of wantedStatuses) for (const zone of wantedZones) groups |= 1 << groupOf(status, zone);
	return groups;
}

/** The kept experiences, with the best of their parts as far as the limits for all of them go. */
function hitsOf(kept: readonly Kept[], limits: RetrievalLimits): readonly SearchHit[] {
	const patterns = allot(
		kept.map(({ remaining, scores }) => scored(remaining.patterns, scores, firstPattern)),
		limits.patterns,
	);
	const cases = allot(
		kept.map(({ experience, remaining, scores }) => scored(remaining.cases, scores, firstCase(experience))),
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

/** Parts with their scores. @param offset section of the first part of this kind */
function scored(parts: readonly number[], { sections }: PartScores, offset: number): ReadonlyMap<number, number> {
	return new Map(parts.map((part) => [part, sections[offset + part] ?? 0]));
}
