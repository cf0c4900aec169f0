/** What the library browser asks of the host, and what it is told. */
import type { BrowseAnswer, BrowseSort, FacetName, KnownUtility } from '../core/experience/browse.js';
import type { Experience, Source, Status, Zone } from '../core/experience/experience.js';
import type { LibraryOp, UseCount } from '../core/experience/store.js';

/** A library that can be looked at. */
export interface ShelfInfo {
	/** Names it in every call: the folder's address, or `own`. */
	readonly key: string;
	/** For people. */
	readonly name: string;
	/** It follows the user across workspaces. */
	readonly own: boolean;
	readonly experiences: number;
	/** Proposed or quarantined: they wait for a person. */
	readonly waiting: number;
	/** Learned by the last training, and not looked at yet. */
	readonly fresh: number;
	/** The last training that wrote into it; empty where there is none. */
	readonly lastRun: string;
	/** Nothing can be changed: the workspace is not trusted, or a newer version wrote it. */
	readonly readOnly: boolean;
}

export interface BrowseParams {
	readonly shelf: string;
	readonly text: string;
	readonly facets: Readonly<Partial<Record<FacetName, readonly string[]>>>;
	readonly sort: BrowseSort;
	readonly offset: number;
	readonly limit: number;
}

export interface BrowsePage extends BrowseAnswer {
	/** For people, by the ids of runs that stand among the facets. */
	readonly runNames: Readonly<Record<string, string>>;
}

/** A problem that taught something. */
export interface SourceInfo extends Source {
	/** The problem can be opened in this workspace. */
	readonly here: boolean;
}

export interface EvidenceInfo extends KnownUtility {
	readonly helped: number;
	readonly hurt: number;
	readonly pairs: number;
	/** 95 % interval of `effect`. */
	readonly interval?: readonly [low: number, high: number] | undefined;
	/** Where the verdict comes from: the same problems with all but this one, random withholding, or benchmarks. */
	readonly basis: 'replays' | 'withheld' | 'benchmarks';
	/** First attempts of trainings at problems that a coin gave it to, or withheld it from; null where none was thrown. */
	readonly drawn: {
		readonly given: number;
		readonly givenSolved: number;
		readonly withheld: number;
		readonly withheldSolved: number;
	} | null;
	/** The newest pairs, at most 100. */
	readonly list: readonly {
		readonly run: string;
		readonly set: string;
		readonly problem: string;
		readonly withSolved: boolean;
		readonly withoutSolved: boolean;
	}[];
}

/** All that the detail shows at once; history and neighbours come on demand. */
export interface ExperiencePage {
	/** Long texts are cut, see `cut`. */
	readonly experience: Experience;
	/** Some text is longer than what is shown here; the document shows all of it. */
	readonly cut: boolean;
	readonly uses: UseCount;
	readonly evidence?: EvidenceInfo | undefined;
	readonly sources: readonly SourceInfo[];
	/** The run that it came from, for people; empty where it did not come from one of this workspace. */
	readonly runName: string;
	readonly runHere: boolean;
	readonly readOnly: boolean;
	/** Questions and answers of its cases are SMILES that can be drawn (default: no). */
	readonly molecules?: boolean | undefined;
}

export interface NeighbourInfo {
	readonly id: string;
	readonly title: string;
	readonly zone: Zone;
	readonly status: Status;
	readonly rev: number;
	/** 0–1. */
	readonly similarity: number;
	/** So alike that they may say the same. */
	readonly duplicate: boolean;
}

export interface DiffLine {
	readonly kind: 'same' | 'added' | 'removed';
	readonly text: string;
}

export interface RevisionInfo {
	readonly rev: number;
	readonly op: LibraryOp['op'];
	/** Who, for people. */
	readonly by: string;
	readonly at: string;
	readonly reason: string;
	/** What it changed of the text; empty where only marks or the status changed. */
	readonly diff: readonly DiffLine[];
}

export interface GrowthInfo {
	/** Cumulative counts in order of time. */
	readonly points: readonly {
		readonly at: string;
		readonly golden: number;
		readonly warning: number;
		readonly mixed: number;
	}[];
	readonly runs: readonly {
		readonly run: string;
		readonly name: string;
		readonly count: number;
		readonly at: string;
	}[];
}

export type PanelDecision = 'accept' | 'reject' | 'retire' | 'pin' | 'unpin' | 'star' | 'unstar';

/** What a person may write in place; the rest of the experience stays as it is. */
export interface ExperienceDraft {
	readonly title: string;
	readonly when: string;
	readonly strategy: string;
	readonly patterns: readonly { readonly id: string; readonly rule: string; readonly examples: readonly string[] }[];
	readonly domains: readonly string[];
	readonly priority: number;
}

/** A change that was kept. */
export interface Curated {
	/** Experiences that it changed. */
	readonly changed: number;
	/** Said to the person. */
	readonly text: string;
	/** Hand it to `undo` to take the change back; absent where nothing was changed. */
	readonly undo?: number | undefined;
}

export interface FieldFault {
	/** `title`, `when`, `strategy`, `patterns.0.rule`, `domains`, …; empty where no field alone is at fault. */
	readonly field: string;
	readonly message: string;
}

export interface LibraryCalls {
	shelves: { readonly params: Record<never, never>; readonly answer: readonly ShelfInfo[] };
	browse: { readonly params: BrowseParams; readonly answer: BrowsePage };
	experience: {
		readonly params: { readonly shelf: string; readonly id: string };
		/** Null where there is none with this id. */
		readonly answer: ExperiencePage | null;
	};
	neighbours: {
		readonly params: { readonly shelf: string; readonly id: string };
		readonly answer: readonly NeighbourInfo[];
	};
	history: {
		readonly params: { readonly shelf: string; readonly id: string };
		readonly answer: readonly RevisionInfo[];
	};
	growth: { readonly params: { readonly shelf: string }; readonly answer: GrowthInfo };
	decide: {
		readonly params: { readonly shelf: string; readonly ids: readonly string[]; readonly decision: PanelDecision };
		readonly answer: Curated;
	};
	save: {
		readonly params: {
			readonly shelf: string;
			readonly id: string;
			readonly baseRev: number;
			readonly draft: ExperienceDraft;
		};
		readonly answer: { readonly saved: Curated } | { readonly faults: readonly FieldFault[] };
	};
	mergePreview: {
		readonly params: { readonly shelf: string; readonly keep: string; readonly drop: string };
		/** What becomes of the one that stays, or why they can't be joined. */
		readonly answer: { readonly diff: readonly DiffLine[] } | { readonly refused: string };
	};
	merge: {
		readonly params: {
			readonly shelf: string;
			readonly keep: { readonly id: string; readonly rev: number };
			readonly drop: { readonly id: string; readonly rev: number };
		};
		readonly answer: Curated;
	};
	retag: {
		readonly params: {
			readonly shelf: string;
			readonly ids: readonly string[];
			readonly add: readonly string[];
			readonly remove: readonly string[];
		};
		readonly answer: Curated;
	};
	restore: {
		readonly params: { readonly shelf: string; readonly id: string; readonly rev: number };
		readonly answer: Curated;
	};
	undo: { readonly params: { readonly token: number }; readonly answer: Curated };
}
