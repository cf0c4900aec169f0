/** How the problems of a set went the last time that a run took them. */
import { join, resolve } from 'node:path';
import type { RunEvent } from '../core/learning/events.js';
import { readEvents } from '../providers/runFollower.js';
import { readConfigFile } from './runConfigFile.js';
import { runIds } from './runSummary.js';

export interface LastVerdict {
	readonly solved: boolean;
	readonly kind: 'train' | 'bench';
	readonly run: string;
	/** ISO 8601 UTC. */
	readonly at: string;
}

/** So many runs of the set are looked through at most: an older verdict says little about the library of today. */
const mostRuns = 4;

/** Of a benchmark's arms, the one that tells most of what the set's problems are like now. */
const arms = ['flex', 'llm'];

/**
 * The newest verdict on each of `problems`, by id, from the newest training and benchmark runs; those that no run took
 * are left out.
 * @param runs the folder of all runs
 * @param set the folder of the problem set
 */
export async function lastVerdicts(
	runs: string,
	set: string,
	problems: ReadonlySet<string>,
): Promise<ReadonlyMap<string, LastVerdict>> {
	const verdicts = new Map<string, LastVerdict>();
	let looked = 0;
	for (const run of runIds(runs)) {
		if (looked === mostRuns || verdicts.size === problems.size) break;
		const { config } = readConfigFile(join(runs, run));
		if (!config || (config.kind !== 'train' && config.kind !== 'bench') || !sameFolder(config.set, set)) continue;
		looked++;
		for (const [problem, verdict] of await verdictsOf(join(runs, run))) {
			if (problems.has(problem) && !verdicts.has(problem))
				verdicts.set(problem, { ...verdict, kind: config.kind, run });
		}
	}
	return verdicts;
}

interface Told {
	solved: boolean;
	at: string;
	/** Place among `arms`; of several samples of one arm, a later one counts. */
	rank: number;
}

async function verdictsOf(folder: string): Promise<ReadonlyMap<string, Pick<LastVerdict, 'solved' | 'at'>>> {
	const told = new Map<string, Told>();
	for await (const event of readEvents(folder)) {
		const verdict = verdictIn(event);
		if (!verdict) continue;
		const known = told.get(verdict.problem);
		if (!known || verdict.rank <= known.rank) told.set(verdict.problem, verdict);
	}
	return new Map([...told].map(([problem, { solved, at }]) => [problem, { solved, at }]));
}

function verdictIn(event: RunEvent): (Told & { readonly problem: string }) | undefined {
	const { at } = event;
	if (event.type === 'problem.finished') return { problem: event.problem, solved: event.solved, at, rank: 0 };
	if (event.type !== 'sample') return undefined;
	const rank = arms.indexOf(event.arm ?? '');
	const { problem, verdict } = event;
	return { problem, solved: verdict === 'correct', at, rank: rank < 0 ? arms.length : rank };
}

function sameFolder(a: string, b: string): boolean {
	return resolve(a) === resolve(b);
}
