/** What an experience is: the unit that the library keeps, readable by people and models alike. */

/** Where an experience comes from: correct trajectories, failures, or failure turned into success (FLEX §3.3). */
export type Zone = 'golden' | 'warning' | 'mixed';
export const zones: readonly Zone[] = ['golden', 'warning', 'mixed'];

/**
 * `active` is retrieved; `proposed` waits for a person; `quarantined` came from outside this workspace;
 * `retired` is kept for its history. Only `active` is ever retrieved.
 */
export type Status = 'active' | 'proposed' | 'quarantined' | 'retired';
export const statuses: readonly Status[] = ['active', 'proposed', 'quarantined', 'retired'];

export type Outcome = 'correct' | 'incorrect' | 'mixed';

/** One problem that taught a part, so that what it taught can be left out again. */
export interface Source {
	readonly set: string;
	readonly problem: string;
}

export interface SourcedText {
	readonly text: string;
	readonly sources: readonly Source[];
}

/** A rule with short examples; the middle one of the three levels (strategy, pattern, case). */
export interface Pattern {
	readonly id: string;
	readonly rule: string;
	readonly examples: readonly string[];
	readonly sources: readonly Source[];
}

/** A worked problem. `question` and `answer` are empty where an imported trajectory does not name them. */
export interface Case {
	readonly id: string;
	readonly question: string;
	readonly answer: string;
	readonly solution?: string | undefined;
	readonly outcome: Outcome;
	readonly sources: readonly Source[];
}

/** Where in a workspace the experience applies; absent means everywhere. */
export interface Scope {
	readonly kinds?: readonly string[] | undefined;
	readonly languages?: readonly string[] | undefined;
	readonly globs?: readonly string[] | undefined;
}

export interface Link {
	readonly kind: 'part' | 'mergedInto';
	readonly id: string;
}

export interface Origin {
	readonly set: string;
	readonly run: string;
	readonly model: string;
	/** Name of the file that an imported experience came from. */
	readonly imported?: string | undefined;
	/** What that file said of it and has no other place here, as JSON; given back when it is exported again. */
	readonly original?: string | undefined;
}

export interface Experience {
	/** First 16 hex digits of sha256(run id, problem, zone, ordinal). */
	readonly id: string;
	/** Starts at 1; every change of content or status raises it by one. */
	readonly rev: number;
	readonly zone: Zone;
	readonly status: Status;
	/** A person has looked at it. */
	readonly reviewed: boolean;
	readonly starred: boolean;
	/** Always ranks among the leading rules of a prompt. */
	readonly pinned: boolean;
	/** 1 (least) to 5 (most important). */
	readonly priority: number;
	readonly title: string;
	readonly when: SourcedText;
	readonly strategy: SourcedText;
	/** At most 12 where the updater wrote them, 16 where imported. */
	readonly patterns: readonly Pattern[];
	readonly cases: readonly Case[];
	readonly domains: readonly string[];
	readonly scope?: Scope | undefined;
	readonly links: readonly Link[];
	readonly origin: Origin;
	/** ISO 8601, UTC. */
	readonly createdAt: string;
	readonly updatedAt: string;
}

export const maxPatternsWritten = 12;
export const maxPatternsImported = 16;

/** An experience that says nothing yet, with the given parts put in: unread, of middle priority, made by nobody. */
export function blankExperience(id: string, parts: Partial<Experience> = {}): Experience {
	return {
		id,
		rev: 1,
		zone: 'golden',
		status: 'active',
		reviewed: false,
		starred: false,
		pinned: false,
		priority: 3,
		title: '',
		when: { text: '', sources: [] },
		strategy: { text: '', sources: [] },
		patterns: [],
		cases: [],
		domains: [],
		links: [],
		origin: { set: '', run: '', model: '' },
		createdAt: '',
		updatedAt: '',
		...parts,
	};
}

/** Every problem that taught any part of the experience, once each, in order of first appearance. */
export function sourcesOf(experience: Experience): readonly Source[] {
	const seen = new Map<string, Source>();
	const parts = [experience.when, experience.strategy, ...experience.patterns, ...experience.cases];
	for (const part of parts) {
		for (const source of part.sources) seen.set(sourceKey(source), source);
	}
	return [...seen.values()];
}

export function sourceKey(source: Source): string {
	return `${source.set}\u0000${source.problem}`;
}

/** The union of two lists of sources, in order of first appearance. */
export function mergeSources(a: readonly Source[], b: readonly Source[]): readonly Source[] {
	const seen = new Map<string, Source>();
	for (const source of [...a, ...b]) if (!seen.has(sourceKey(source))) seen.set(sourceKey(source), source);
	return [...seen.values()];
}
