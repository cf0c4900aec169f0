/** The port that every experience library implements: the worker over sql.js, and its in-memory twin. */
import type { Experience, Source, Status, Zone } from './experience.js';

/**
 * One change of the library: a line of the journal without its envelope. `merge` and `edit` carry the whole experience
 * as it is afterwards, so a replay needs no model and no rule. `use` and `feedback` never raise `rev`.
 */
export type LibraryOp =
	| { readonly op: 'insert'; readonly experience: Experience }
	| { readonly op: 'merge'; readonly experience: Experience; readonly baseRev: number; readonly reason?: string }
	| { readonly op: 'edit'; readonly experience: Experience; readonly baseRev: number }
	| { readonly op: 'retire'; readonly id: string; readonly reason?: string }
	| { readonly op: 'pin'; readonly id: string; readonly on: boolean }
	| { readonly op: 'star'; readonly id: string; readonly on: boolean }
	| { readonly op: 'accept'; readonly id: string }
	| { readonly op: 'reject'; readonly id: string }
	| { readonly op: 'use'; readonly id: string; readonly use: UseRecord }
	| { readonly op: 'feedback'; readonly id: string; readonly helpful: boolean; readonly note?: string }
	/** Restores the content that `id` had at revision `to` (0: before it existed, i.e. retires it). */
	| { readonly op: 'undo'; readonly id: string; readonly to: number };

/** That an experience was in a prompt, and how the problem went. `withheld`: retrieved, but left out at random. */
export interface UseRecord {
	readonly run: string;
	readonly problem: string;
	readonly epoch: number;
	readonly rollout: number;
	readonly solved: boolean;
	readonly withheld?: boolean;
}

/** A change as handed to the library. */
export interface ChangeRequest {
	readonly change: LibraryOp;
	/** Who: `run:<ulid>`, `user`, `import:<file>`, `tool:<name>`. */
	readonly by: string;
	/** Given twice with the same key, a change is applied once: what makes a resumed run exact. */
	readonly key?: string;
}

export interface AppliedChange {
	readonly id: string;
	readonly op: LibraryOp['op'];
	readonly rev: number;
	/** False where `key` had been applied before. */
	readonly fresh: boolean;
}

/** One entry of an experience's history: what it was after a change, newest last. */
export interface Revision {
	readonly rev: number;
	readonly op: LibraryOp['op'];
	readonly by: string;
	readonly at: string;
	readonly reason?: string | undefined;
	readonly experience: Experience;
}

/** What a search may bring back, and what it must leave out. */
export interface SearchQuery {
	readonly text: string;
	readonly limits: RetrievalLimits;
	/** Leaves out the parts that this problem taught, by id or by its question's text. */
	readonly exclude?: Source & { readonly question: string };
	/** Defaults to `['active']`. */
	readonly statuses?: readonly Status[];
	readonly zones?: readonly Zone[];
}

export interface RetrievalLimits {
	/** Experiences, in them patterns and cases in all (default: 3, 4, 4). */
	readonly experiences: number;
	readonly patterns: number;
	readonly cases: number;
	/** 0–1: the least part of the query's weight that a hit must match; below it the search abstains. */
	readonly minMatch: number;
}

/** An experience with only the parts that fit the query, best first. */
export interface SearchHit {
	readonly experience: Experience;
	readonly score: number;
	/** Part of the query's idf weight that the experience matches, 0–1. */
	readonly match: number;
	/** Query terms that it matched, heaviest first: why it is shown. */
	readonly terms: readonly string[];
	readonly patterns: readonly string[];
	readonly cases: readonly string[];
	/** False where the strategy was left out because the excluded problem taught it. */
	readonly strategy: boolean;
}

export interface SearchResult {
	readonly hits: readonly SearchHit[];
	/** True where nothing was relevant enough. */
	readonly abstained: boolean;
}

/** A stored experience that resembles a new one. `similarity` is the cosine of character 4-grams, 0–1. */
export interface Neighbour {
	readonly experience: Experience;
	readonly similarity: number;
}

export interface LibraryStats {
	readonly experiences: number;
	readonly patterns: number;
	readonly cases: number;
	readonly byStatus: Readonly<Record<Status, { readonly experiences: number; readonly patterns: number }>>;
	readonly byZone: Readonly<Record<Zone, number>>;
	readonly revisions: number;
	readonly uses: number;
}

/** How often an experience was in a prompt, and how often the problem was then solved. No verdict on its worth. */
export interface UseCount {
	readonly used: number;
	readonly solved: number;
	readonly helpful: number;
	readonly unhelpful: number;
}

export interface ListFilter {
	readonly statuses?: readonly Status[];
	readonly zones?: readonly Zone[];
	readonly set?: string;
	readonly domain?: string;
	/** Only those that say where they apply. */
	readonly scoped?: boolean;
}

/** What changed, for those who follow the library. */
export interface LibraryNotice {
	readonly id: string;
	readonly op: LibraryOp['op'];
	readonly rev: number;
}

export interface ExperienceStore {
	/** The experiences with these ids, in the order asked for; unknown ids are left out. */
	get(ids: readonly string[]): Promise<readonly Experience[]>;
	/** Sorted by creation order. */
	list(filter?: ListFilter): Promise<readonly Experience[]>;
	/** All queries are answered from one state of the library. */
	search(queries: readonly SearchQuery[]): Promise<readonly SearchResult[]>;
	/**
	 * The active experiences that hold for the most problems: pinned first, then by number of sources, priority, and
	 * creation order.
	 */
	leading(limit: number): Promise<readonly Experience[]>;
	/** The active experiences most like `experience` (itself left out), best first. */
	neighbours(experience: Experience, limit: number): Promise<readonly Neighbour[]>;
	/**
	 * Applies the changes in order, all in one group; durable when it resolves.
	 * @throws {LibraryError} `stale` where a `baseRev` is no longer current, `unknown-id`, `invalid`, `read-only`, `disk-full`.
	 */
	apply(requests: readonly ChangeRequest[]): Promise<readonly AppliedChange[]>;
	/** The change that was applied under `key`, if any. */
	appliedBy(key: string): Promise<AppliedChange | undefined>;
	history(id: string): Promise<readonly Revision[]>;
	uses(ids: readonly string[]): Promise<ReadonlyMap<string, UseCount>>;
	stats(): Promise<LibraryStats>;
	/** Called after each durable change, own or of another process. Returns what ends it. */
	onChange(listener: (notices: readonly LibraryNotice[]) => void): () => void;
	close(): Promise<void>;
}

export type LibraryErrorReason =
	| 'stale'
	| 'unknown-id'
	| 'invalid'
	| 'read-only'
	| 'locked'
	| 'disk-full'
	| 'damaged'
	| 'io';

/** A failed library operation; `message` says what to do next. */
export class LibraryError extends Error {
	override readonly name = 'LibraryError';
	constructor(
		readonly reason: LibraryErrorReason,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}
