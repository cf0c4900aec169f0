/** What the items of the problem sets' tree stand for. */
import type { LastVerdict } from '../../../runs/lastVerdicts.js';
import type { FoundSet } from '../../problemSets.js';

/** Splits whose problems can be looked at and solved one by one. */
export const openSplits = ['train', 'dev'] as const;
export type OpenSplit = (typeof openSplits)[number];

interface Node {
	/** Unique within the tree, and the same after every refresh: by it VS Code keeps what is open and selected. */
	readonly key: string;
	readonly set: FoundSet;
}

export interface SetNode extends Node {
	readonly kind: 'set';
}

export interface SplitNode extends Node {
	readonly kind: 'split';
	readonly split: OpenSplit;
	readonly count: number;
}

/** All test problems as one: only benchmarks read them. */
export interface TestSplitNode extends Node {
	readonly kind: 'test';
	readonly count: number;
}

/** Handed to commands as it is: they look at `set` and `problem`. */
export interface ProblemNode extends Node {
	readonly kind: 'problem';
	/** Its id. */
	readonly problem: string;
	readonly question: string;
	readonly verdict: LastVerdict | undefined;
}

export interface MoreNode extends Node {
	readonly kind: 'more';
	readonly above: SplitNode;
	readonly next: number;
	readonly left: number;
}

export type ProblemSetNode = SetNode | SplitNode | TestSplitNode | ProblemNode | MoreNode;
