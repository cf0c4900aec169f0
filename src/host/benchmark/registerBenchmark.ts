/** The commands that measure what learning changed. */
import * as vscode from 'vscode';
import { guarded, registerGuarded } from '../guarded.js';
import { setFrom, textFrom } from '../pickSet.js';
import type { Services } from '../services.js';
import { requireTrust } from '../trust.js';

export function registerBenchmark(services: Services): vscode.Disposable {
	const { log } = services;
	return vscode.Disposable.from(
		registerGuarded(log, 'flex.benchmark', (argument) => benchmark(services, argument)),
		registerGuarded(log, 'flex.problemSets.benchmark', (argument) => benchmark(services, argument)),
	);
}

/** @returns the id of the run, which goes on by itself; undefined where none was started */
async function benchmark(services: Services, argument: unknown): Promise<string | undefined> {
	if (!requireTrust()) return undefined;
	const set = await setFrom(services, argument);
	const resumed = textFrom(argument, 'resume');
	const [{ planBenchmark }, { resumedPlan }, { startBench }, { showEnd }, { newUlid }] = await Promise.all([
		import('./plan.js'),
		import('./resumed.js'),
		import('../benchJob.js'),
		import('./showEnd.js'),
		import('../../runs/ulid.js'),
	]);
	const plan = set && resumed ? await resumedPlan(services, set, resumed) : await planBenchmark(services, set);
	if (!plan) return undefined;
	const id = resumed ?? newUlid();
	const started = await startBench(services, plan, id);
	void guarded(services.log, () => showEnd(services, plan, started));
	return id;
}
