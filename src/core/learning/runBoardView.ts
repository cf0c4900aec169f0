/** A run as a dashboard shows it: small whatever its length, and whole at every moment. */
import type { LibraryOp } from '../experience/store.js';
import type { ModelRole } from '../models/chatModel.js';
import type { Split } from '../tasks/task.js';
import type { RunStatus } from './events.js';

/** `.` waits, `r` is being worked on, `a` solved at once, `b` solved after advice, `x` not solved. */
export type ProblemState = '.' | 'r' | 'a' | 'b' | 'x';

export interface BoardEpoch {
	readonly epoch: number;
	/** Problems finished so far in this epoch, solved at the first attempt, and solved in the end. */
	readonly problems: number;
	readonly firstAttempt: number;
	readonly solved: number;
	readonly finished: boolean;
	/** Active experiences at its end; absent before. */
	readonly experiences?: number | undefined;
}

/** Held-out problems answered between epochs; `epoch` counts those finished before, 0 = before any training. */
export interface BoardEvaluation {
	readonly split: Split;
	readonly epoch: number;
	/** 0–1. */
	readonly accuracy: number;
	readonly n: number;
}

/** A point of growth: after so many finished problems (over all epochs) the run had added so many experiences. */
export type GrowthPoint = readonly [problems: number, experiences: number];

export interface BoardChange {
	readonly seq: number;
	/** ISO 8601 UTC. */
	readonly at: string;
	readonly op: LibraryOp['op'] | 'discard';
	readonly id: string;
	readonly rev: number;
	readonly reason: string;
	readonly problem: string;
}

/** A lesson that failed a check, or a case that was kept without one. */
export interface BoardDropped {
	readonly seq: number;
	readonly at: string;
	readonly reason: string;
	readonly problem: string;
}

export interface BoardSpending {
	readonly role: ModelRole;
	readonly model: string;
	readonly calls: number;
	readonly cachedCalls: number;
	readonly tokensIn: number;
	readonly tokensOut: number;
	/** Milliseconds of the median paid call, from a sample of at most 500; undefined without one. */
	readonly medianMs?: number | undefined;
	/** Undefined where any paid call has no known price. */
	readonly cost?: number | undefined;
}

export interface BoardArm {
	readonly arm: string;
	readonly answered: number;
	readonly right: number;
}

export interface BoardWarning {
	readonly code: string;
	readonly message: string;
	readonly count: number;
}

export interface RunBoardView {
	readonly run: string;
	readonly kind: 'train' | 'bench' | 'tune' | 'curve' | 'matrix' | 'gate' | 'utility' | '';
	readonly set: string;
	/** Problems of an epoch (or of a benchmark), and epochs. */
	readonly problems: number;
	readonly epochs: number;
	/** The epoch that is shown, from 0. */
	readonly epoch: number;
	/** Ids of the problems of the shown epoch in the order in which they began; those that have not begun have none yet. */
	readonly ids: readonly string[];
	/** One `ProblemState` for each of `ids`. */
	readonly states: string;
	readonly byEpoch: readonly BoardEpoch[];
	readonly evaluations: readonly BoardEvaluation[];
	/** At most 400 points, in order. */
	readonly growth: readonly GrowthPoint[];
	/** Experiences added or changed by the run. */
	readonly learned: number;
	/** Counts by op, `discard` among them. */
	readonly changesByOp: Readonly<Record<string, number>>;
	/** The newest 200, newest first. */
	readonly changes: readonly BoardChange[];
	/** The newest 100, newest first, and how many in all. */
	readonly dropped: readonly BoardDropped[];
	readonly droppedCount: number;
	readonly spending: readonly BoardSpending[];
	readonly arms: readonly BoardArm[];
	readonly warnings: readonly BoardWarning[];
	readonly paused: boolean;
	/** ISO 8601 UTC. */
	readonly startedAt?: string | undefined;
	readonly lastAt?: string | undefined;
	/** Milliseconds of work up to the last event, pauses and gaps between sessions left out. */
	readonly activeMs: number;
	/** Events taken in. */
	readonly events: number;
	readonly end?: { readonly status: RunStatus; readonly message?: string | undefined } | undefined;
}
