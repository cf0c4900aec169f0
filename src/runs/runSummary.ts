/** What the folders of runs tell of them: how far each one is, who has it, and whether it can go on. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { answersPerProblem, armNames, usesLibrary } from '../core/evaluation/arms.js';
import type { RunStatus } from '../core/learning/events.js';
import { type RunOwner, runOwner } from '../providers/runFolder.js';
import { readEvents } from '../providers/runFollower.js';
import { modelOf, type RunConfigFile, readConfigFile } from './runConfigFile.js';
import { type Accuracy, RunTally, type Warnings, type WrongProblem } from './runTally.js';

/** `stopped`: before its end, by the budget, by a person, by an error, or killed; it can go on. */
export type RunState = 'running' | 'done' | 'stopped' | 'damaged';

export interface RunSummary {
	/** The folder's name. */
	readonly id: string;
	readonly state: RunState;
	/** `train`, `bench`, …; empty where the run is damaged. */
	readonly kind: RunConfigFile['kind'] | '';
	/** Name of the problem set, and the folder that it was read from. */
	readonly set: string;
	readonly source: string;
	readonly split?: string | undefined;
	readonly model: string;
	/** Of a run that goes on. */
	readonly owner?: Omit<RunOwner, 'alive'> | undefined;
	/** How a stopped run stopped; `killed` where it could not say so. */
	readonly stoppedBy?: Exclude<RunStatus, 'done'> | 'killed' | undefined;
	/** What it said at its end, or what is wrong with a damaged one. */
	readonly message?: string | undefined;
	/** ISO 8601 UTC; absent where it has not begun. */
	readonly startedAt?: string | undefined;
	readonly lastEventAt?: string | undefined;
	/** Milliseconds at work, without the time between a stop and going on. */
	readonly durationMs: number;
	/** Of a training, problems (once an epoch); else answers: problems of every arm. */
	readonly done: number;
	/** Absent where it is not known yet. */
	readonly total?: number | undefined;
	/** Of a training, for the last epoch that began; else arm by arm. */
	readonly accuracy: readonly Accuracy[];
	readonly calls: number;
	/** Among the calls. */
	readonly cachedCalls: number;
	/** Of calls that were paid. */
	readonly tokensIn: number;
	readonly tokensOut: number;
}

/** A summary with what only one run at a time is asked for. */
export interface RunDetail extends RunSummary {
	readonly folder: string;
	readonly config?: RunConfigFile | undefined;
	/** Each once, in order. */
	readonly warnings: Warnings;
	/** How often the library was changed, by operation. */
	readonly libraryChanges: Readonly<Record<string, number>>;
	readonly lessons: { readonly kept: number; readonly dropped: number };
	/** Experiences that it added or changed, in order. */
	readonly experiences: readonly string[];
	/** In order. */
	readonly wrong: readonly WrongProblem[];
	readonly hasReport: boolean;
}

/** All runs in `folder`, the newest first. */
export async function listRuns(folder: string): Promise<readonly RunSummary[]> {
	const ids = runIds(folder);
	const runs: RunSummary[] = [];
	for (const id of ids) runs.push(summaryOf(await readRun(folder, id)));
	return runs;
}

/** The names of all runs in `folder`, the newest first: ULIDs sort by time. */
export function runIds(folder: string): readonly string[] {
	if (!existsSync(folder)) return [];
	const entries = readdirSync(folder, { withFileTypes: true });
	return entries
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.sort()
		.reverse();
}

/** Everything that the folder of one run tells. */
export async function readRun(runs: string, id: string): Promise<RunDetail> {
	const folder = join(runs, id);
	const { config: known, damage } = readConfigFile(folder);
	// Asked first: a run that ends meanwhile has then written its end.
	const owner = runOwner(folder);
	const tally = new RunTally();
	for await (const event of readEvents(folder)) tally.add(event);
	const ended = stateOf(tally, owner, damage);
	return {
		id,
		...ended,
		kind: known?.kind ?? '',
		set: tally.set || basename(known?.set ?? ''),
		source: known?.set ?? '',
		split: known?.split,
		model: known ? modelOf(known) : '',
		startedAt: tally.startedAt,
		lastEventAt: tally.lastAt,
		durationMs: tally.durationMs(ended.state === 'running' ? Date.now() : undefined),
		done: tally.done,
		// How often an experience is found, and so how much there is to ask, is known only on the way.
		total: known && known.kind !== 'utility' && tally.problems > 0 ? totalOf(known, tally.problems) : undefined,
		accuracy: tally.accuracy(),
		calls: tally.calls,
		cachedCalls: tally.cachedCalls,
		tokensIn: tally.tokensIn,
		tokensOut: tally.tokensOut,
		folder,
		config: known,
		warnings: tally.warnings(),
		libraryChanges: Object.fromEntries(tally.changes),
		lessons: { kept: tally.kept, dropped: tally.dropped },
		experiences: [...tally.experiences],
		wrong: tally.wrong(),
		hasReport: existsSync(join(folder, 'report.json')),
	};
}

/** Without what a list has no room for. */
function summaryOf(detail: RunDetail): RunSummary {
	const {
		folder: _,
		config: __,
		warnings: ___,
		libraryChanges,
		lessons,
		experiences,
		wrong,
		hasReport,
		...summary
	} = detail;
	return summary;
}

function stateOf(
	tally: RunTally,
	owner: RunOwner | undefined,
	damage: string | undefined,
): Pick<RunSummary, 'state' | 'owner' | 'stoppedBy' | 'message'> {
	if (owner?.alive) return { state: 'running', owner: { pid: owner.pid, host: owner.host } };
	if (damage !== undefined) return { state: 'damaged', message: damage };
	const { end } = tally;
	if (!end) return { state: 'stopped', stoppedBy: 'killed' };
	if (end.status === 'done') return { state: 'done' };
	return { state: 'stopped', stoppedBy: end.status, message: end.message };
}

/** How much there is to do, in what `done` counts. @param problems of one pass */
export function totalOf(config: RunConfigFile, problems: number): number {
	if (config.kind === 'train') return problems * config.config.training.epochs;
	if (config.kind === 'tune') return problems * (config.candidates?.length ?? 1);
	const seeds = config.seeds?.length ?? 1;
	// Arms without a library run once, whatever the number of libraries.
	const oncePerSeed = (arm: string): boolean => armNames.some((name) => name === arm && usesLibrary(name));
	const { samples } = config.config.evaluation;
	const cells = (config.arms ?? []).map((arm) =>
		config.kind === 'bench' ? (oncePerSeed(arm) ? seeds : 1) * answersPerProblem(arm, samples) : 1,
	);
	return problems * cells.reduce((sum, count) => sum + count, 0);
}

/** Bytes of the files of a run. */
export function runBytes(folder: string): number {
	return readdirSync(folder).reduce(
		(sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
		0,
	);
}
