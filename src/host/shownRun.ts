/** A run as its tree shows it, whether it goes on in this window, elsewhere, or is over. */
import type { Spending } from '../core/models/ledger.js';
import type { RunDetail } from '../runs/runSummary.js';
import type { Accuracy, Warnings } from '../runs/runTally.js';
import type { FlexFolder } from './folders.js';
import type { LiveRun } from './runs.js';

/** `paused`: in this window, and it stays. `elsewhere`: in another window, or on the command line. `stopped`: by a person or its budget. */
export type ShownState =
	| 'preparing'
	| 'running'
	| 'paused'
	| 'stopping'
	| 'elsewhere'
	| 'done'
	| 'stopped'
	| 'budget'
	| 'killed'
	| 'failed'
	| 'damaged';

export interface ShownRun {
	readonly folder: FlexFolder;
	readonly id: string;
	readonly state: ShownState;
	readonly kind: RunDetail['kind'];
	readonly set: string;
	readonly model: string;
	readonly done: number;
	readonly total: number | undefined;
	readonly accuracy: readonly Accuracy[];
	/** Experiences that it added or changed. */
	readonly learned: number;
	readonly calls: number;
	readonly tokens: number;
	/** Undefined where it is not known. */
	readonly cost: Pick<Spending, 'cost' | 'currency'> | undefined;
	readonly durationMs: number;
	/** ISO 8601 UTC. */
	readonly lastEventAt: string | undefined;
	readonly warnings: Warnings;
	/** What goes on before the first event, or what it said at its end. */
	readonly message: string;
	readonly hasReport: boolean;
}

/** @param now milliseconds of the clock on the wall */
export function shownLive(run: LiveRun, now: number): ShownRun {
	const { job, tally, ledger, total, preparing, stopping, paused } = run;
	const begun = tally.startedAt !== undefined;
	return {
		folder: job.folder,
		id: job.id,
		state: stopping ? 'stopping' : paused ? 'paused' : begun ? 'running' : 'preparing',
		kind: job.kind,
		set: job.set,
		model: job.model,
		done: tally.done,
		total,
		accuracy: tally.accuracy(),
		learned: tally.experiences.size,
		calls: tally.calls,
		tokens: tally.tokensIn + tally.tokensOut,
		cost: ledger?.total(),
		durationMs: begun ? tally.durationMs(now) : now - run.startedAt,
		lastEventAt: tally.lastAt,
		warnings: tally.warnings(),
		message: preparing,
		hasReport: false,
	};
}

export function shownStored(folder: FlexFolder, run: RunDetail): ShownRun {
	const { id, kind, set, model, done, total, accuracy, calls, tokensIn, tokensOut } = run;
	const { experiences, durationMs, lastEventAt, warnings, message = '', hasReport } = run;
	return {
		...{ folder, id, kind, set, model, done, total, accuracy, calls, durationMs, lastEventAt, warnings, message },
		state: stateOf(run),
		learned: experiences.length,
		tokens: tokensIn + tokensOut,
		cost: undefined,
		hasReport,
	};
}

function stateOf({ state, stoppedBy }: RunDetail): ShownState {
	if (state === 'running') return 'elsewhere';
	if (state !== 'stopped') return state;
	return stoppedBy === undefined || stoppedBy === 'cancelled' ? 'stopped' : stoppedBy;
}

const liveStates: readonly ShownState[] = ['preparing', 'running', 'paused', 'stopping'];

/** The words by which the manifest decides which commands a run offers. */
export function runWords({ state, kind, hasReport }: Pick<ShownRun, 'state' | 'kind' | 'hasReport'>): string {
	const live = liveStates.includes(state);
	const idle = !live && state !== 'elsewhere';
	// What is begun from the command line alone goes on there.
	const resumable = idle && state !== 'done' && state !== 'damaged' && (kind === 'train' || kind === 'bench');
	const words = [
		live ? 'live' : idle ? 'idle' : 'elsewhere',
		state === 'paused' ? 'paused' : '',
		resumable ? 'resumable' : '',
		hasReport ? 'reported' : '',
	];
	return ['run', ...words].filter((word) => word !== '').join(' ');
}

/** The figure that tells most: the first attempt of a training, the arm with experience of a benchmark. */
export function mainAccuracy(accuracy: readonly Accuracy[]): Accuracy | undefined {
	const order = ['first attempt', 'flex'];
	return order.map((name) => accuracy.find((one) => one.name === name)).find((one) => one) ?? accuracy[0];
}
