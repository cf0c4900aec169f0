/** How a person looks through a library: words and facets in, one page of short rows and the counts of all facets out. */
import type { Status, Zone } from './experience.js';

/** By what experiences can be narrowed; values of one facet widen each other, several facets narrow. */
export type FacetName = 'zone' | 'status' | 'utility' | 'mark' | 'part' | 'domain' | 'set' | 'model' | 'run';
export const facetNames: readonly FacetName[] = [
	'zone',
	'status',
	'utility',
	'mark',
	'part',
	'domain',
	'set',
	'model',
	'run',
];

/**
 * `relevance` is that of the words; without words it is the order of `newest`, that of creation. `utility` puts
 * verdicts first, by falling effect, then what has too little evidence for one, then what has none. All but `title`
 * put the greatest or newest first; equal ones follow by `newest`.
 */
export type BrowseSort = 'relevance' | 'newest' | 'changed' | 'title' | 'used' | 'utility' | 'priority';
export const browseSorts: readonly BrowseSort[] = [
	'relevance',
	'newest',
	'changed',
	'title',
	'used',
	'utility',
	'priority',
];

/** What paired evidence says of one experience; the library does not know it. */
export interface KnownUtility {
	/** (helped − hurt) / pairs, −1 to 1. */
	readonly effect: number;
	/** `unknown` under ten pairs. */
	readonly verdict: 'helps' | 'hurts' | 'no evidence' | 'unknown';
}

export interface BrowseQuery {
	/**
	 * Words that must all occur, in any order and letter case, each also as the beginning of one, and from three letters
	 * on inside of one. Empty: everything. Words after the 64th are passed over.
	 */
	readonly text: string;
	/**
	 * Chosen values; none chosen lets everything pass, but for `status`, where `retired` passes only if it is chosen.
	 * `mark`: starred, pinned, unread, imported, used. `part`: strategy, patterns, cases, the levels that it has. `set`:
	 * that of its origin, else those of its sources. `utility`: what has no entry in `utility` is `unknown`.
	 */
	readonly facets: Readonly<Partial<Record<FacetName, readonly string[]>>>;
	readonly sort: BrowseSort;
	readonly offset: number;
	/** Rows of the answer, 0 to 500. */
	readonly limit: number;
	readonly utility: ReadonlyMap<string, KnownUtility>;
}

/** Where in a shown text a word of the query stands: UTF-16 offsets. */
export type TextRange = readonly [start: number, end: number];

/** The levels of an experience in which words can be found. */
export type PartName = 'title' | 'when' | 'strategy' | 'pattern' | 'case' | 'domain';

/** An experience as a list shows it. */
export interface BrowseRow {
	readonly id: string;
	readonly rev: number;
	readonly zone: Zone;
	readonly status: Status;
	readonly reviewed: boolean;
	readonly starred: boolean;
	readonly pinned: boolean;
	/** At most 200 UTF-16 units on one line, without control characters. */
	readonly title: string;
	readonly titleRanges: readonly TextRange[];
	/**
	 * What tells most of it, around the first word that matched: likewise. The title stands there only where nothing else
	 * holds the words and `title` is cut before them.
	 */
	readonly summary: string;
	readonly summaryRanges: readonly TextRange[];
	readonly summaryPart: PartName;
	readonly used: number;
	readonly solved: number;
	readonly utility?: KnownUtility | undefined;
	/** ISO 8601 UTC. */
	readonly updatedAt: string;
}

export interface FacetValue {
	readonly value: string;
	/** Experiences that pass with this value and the words and choices of all other facets. */
	readonly count: number;
}

export interface BrowseAnswer {
	/** Experiences in the library, whatever the query. */
	readonly all: number;
	/** Those that pass; `rows` are a page of them. */
	readonly total: number;
	readonly offset: number;
	readonly rows: readonly BrowseRow[];
	/**
	 * By falling count, then by name; chosen values are always among them. At most 200 values a facet. `zone` and
	 * `status` have all their values in their own order.
	 */
	readonly facets: Readonly<Record<FacetName, readonly FacetValue[]>>;
	/**
	 * True where no experience that the facets let pass holds all the words, and what is shown, and counted, is what a
	 * search by meaning of words finds for them: in its own order, whatever the sort. False where it finds nothing.
	 */
	readonly nearby: boolean;
}
