/** What a person is looking at among the benchmarks: kept over reloads, changed in one place. */
import type { BenchPlan } from '../../../src/protocol/benchmarks.js';
import type { RunInfo, RunPanelState, RunPlace } from '../../../src/protocol/runs.js';
import type { OutcomeFilter } from './outcomes.js';

export interface BenchmarkState {
	/** Null until one is there. */
	readonly run: RunPlace | null;
	/** The form of a new benchmark is open. */
	readonly planning: boolean;
	/** What the form was left with. */
	readonly plan: Partial<BenchPlan>;
	/** The problem whose answers stand side by side; empty: none. */
	readonly problem: string;
	/** Arms whose answers stand side by side; empty: the usual ones. */
	readonly beside: readonly string[];
	/** The arm that experience is held against in the matrix; empty: the usual one. */
	readonly against: string;
	readonly filter: OutcomeFilter;
}

export const firstState: BenchmarkState = {
	run: null,
	planning: false,
	plan: {},
	problem: '',
	beside: [],
	against: '',
	filter: 'all',
};

const liveStates: readonly RunPanelState[] = ['preparing', 'running', 'paused', 'stopping', 'elsewhere'];

/** It goes on, here or elsewhere. */
export function isLive(state: RunPanelState): boolean {
	return liveStates.includes(state);
}

export function samePlace(a: RunPlace | null, b: RunPlace | null): boolean {
	return a?.run === b?.run && a?.folder === b?.folder;
}

export function placeOf({ folder, id }: RunInfo): RunPlace {
	return { folder, run: id };
}
