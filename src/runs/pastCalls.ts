/** What past runs tell of the runs to come: how long a token takes, how many a call has, how often it was right. */
import { join } from 'node:path';
import type { ModelRole } from '../core/models/chatModel.js';
import { readEvents } from '../providers/runFollower.js';
import { readConfigFile } from './runConfigFile.js';
import { runIds } from './runSummary.js';
import { RunTally } from './runTally.js';

export interface PastCalls {
	/** How many runs it is of. */
	readonly runs: number;
	/** Whether they are of the same problem set; else they tell of time alone. */
	readonly sameSet: boolean;
	/** Milliseconds a token, one that is written weighing `writtenTokenWeight`, as the clock on the wall went. */
	readonly msPerToken?: { readonly low: number; readonly mean: number; readonly high: number } | undefined;
	/** Mean tokens of one call of a role, in trainings where there are such; empty where it is another set. */
	readonly perCall: Readonly<Partial<Record<ModelRole, { readonly tokensIn: number; readonly tokensOut: number }>>>;
	/** Part of the first attempts in training that were right, 0–1. */
	readonly accuracy?: number | undefined;
	/** Calls of the updater for a problem and epoch of training. */
	readonly updatesPerProblem: number;
}

/** Written tokens take longer than read ones: about so many times, on the machines where it was measured. */
export const writtenTokenWeight = 10;

export function weighedTokens(tokensIn: number, tokensOut: number): number {
	return tokensIn + writtenTokenWeight * tokensOut;
}

/** Runs that are looked through, the newest ones, and those of them that are taken. */
const mostLookedAt = 40;
const mostTaken = 8;

/** Calls below which a run tells nothing of time. */
const fewestTimed = 10;

/** A run on the same machine can be slower or faster than all before: by what else it does. */
const spread = { one: 2, several: 1.4 } as const;

interface PastRun {
	readonly tally: RunTally;
	readonly trained: boolean;
	readonly byRole: ReadonlyMap<ModelRole, { calls: number; tokensIn: number; tokensOut: number }>;
	readonly models: ReadonlySet<string>;
	readonly paid: number;
}

/**
 * What trainings and benchmarks in the folder `runs` tell that asked no other models than these, of the problem set
 * `set` where there are such, else of any.
 */
export async function readPastCalls(
	runs: string,
	models: ReadonlySet<string>,
	set: string,
): Promise<PastCalls | undefined> {
	const found: PastRun[] = [];
	for (const id of runIds(runs).slice(0, mostLookedAt)) {
		const run = await readPastRun(join(runs, id));
		if (run && run.models.size > 0 && [...run.models].every((model) => models.has(model))) found.push(run);
	}
	const same = found.filter(({ tally }) => tally.set === set);
	const taken = (same.length > 0 ? same : found).slice(0, mostTaken);
	return taken.length === 0 ? undefined : summed(taken, same.length > 0);
}

async function readPastRun(folder: string): Promise<PastRun | undefined> {
	const { config } = readConfigFile(folder);
	if (config?.kind !== 'train' && config?.kind !== 'bench') return undefined;
	const tally = new RunTally();
	const byRole = new Map<ModelRole, { calls: number; tokensIn: number; tokensOut: number }>();
	const models = new Set<string>();
	for await (const event of readEvents(folder)) {
		tally.add(event);
		if (event.type !== 'model.call') continue;
		const role = byRole.get(event.role) ?? { calls: 0, tokensIn: 0, tokensOut: 0 };
		role.calls++;
		role.tokensIn += event.tokensIn;
		role.tokensOut += event.tokensOut;
		byRole.set(event.role, role);
		models.add(event.model);
	}
	return { tally, byRole, models, trained: config.kind === 'train', paid: tally.calls - tally.cachedCalls };
}

function summed(runs: readonly PastRun[], sameSet: boolean): PastCalls {
	const trainings = runs.filter(({ trained }) => trained);
	const first = trainings.flatMap(({ tally }) => tally.accuracy().filter(({ name }) => name === 'first attempt'));
	const answered = first.reduce((sum, { n }) => sum + n, 0);
	const trainedOn = trainings.reduce((sum, { tally }) => sum + tally.done, 0);
	const updates = trainings.reduce((sum, { byRole }) => sum + (byRole.get('updater')?.calls ?? 0), 0);
	return {
		runs: runs.length,
		sameSet,
		msPerToken: msPerToken(runs),
		perCall: sameSet ? meanCalls(trainings.length > 0 ? trainings : runs) : {},
		accuracy: sameSet && answered > 0 ? first.reduce((sum, { right }) => sum + right, 0) / answered : undefined,
		updatesPerProblem: trainedOn === 0 ? 0 : updates / trainedOn,
	};
}

function meanCalls(runs: readonly PastRun[]): PastCalls['perCall'] {
	const roles = new Map<ModelRole, { calls: number; tokensIn: number; tokensOut: number }>();
	for (const { byRole } of runs) {
		for (const [role, { calls, tokensIn, tokensOut }] of byRole) {
			const known = roles.get(role) ?? { calls: 0, tokensIn: 0, tokensOut: 0 };
			roles.set(role, {
				calls: known.calls + calls,
				tokensIn: known.tokensIn + tokensIn,
				tokensOut: known.tokensOut + tokensOut,
			});
		}
	}
	const means = [...roles].map(
		([role, { calls, tokensIn, tokensOut }]) =>
			[role, { tokensIn: tokensIn / calls, tokensOut: tokensOut / calls }] as const,
	);
	return Object.fromEntries(means);
}

function msPerToken(runs: readonly PastRun[]): PastCalls['msPerToken'] {
	const rates = runs
		.filter(({ paid, tally }) => paid >= fewestTimed && tally.durationMs(undefined) > 0)
		.map(({ tally }) => tally.durationMs(undefined) / weighedTokens(tally.tokensIn, tally.tokensOut));
	if (rates.length === 0) return undefined;
	const factor = rates.length === 1 ? spread.one : spread.several;
	return {
		low: Math.min(...rates) / factor,
		mean: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
		high: Math.max(...rates) * factor,
	};
}
