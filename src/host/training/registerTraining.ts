/** The commands that let a model learn. */
import * as vscode from 'vscode';
import { guarded, registerGuarded } from '../guarded.js';
import { setFrom, textFrom } from '../pickSet.js';
import type { Services } from '../services.js';
import { requireTrust } from '../trust.js';

export function registerTraining(services: Services): vscode.Disposable {
	const { log } = services;
	return vscode.Disposable.from(
		registerGuarded(log, 'flex.train', (argument) => train(services, argument)),
		registerGuarded(log, 'flex.problemSets.train', (argument) => train(services, argument)),
	);
}

/**
 * @param argument the set, where it is known; with `resume`, the id of a run that goes on
 * @returns the id of the run, which goes on by itself; undefined where none was started
 */
async function train(services: Services, argument: unknown): Promise<string | undefined> {
	if (!requireTrust()) return undefined;
	const set = await setFrom(services, argument);
	const resumed = textFrom(argument, 'resume');
	const [{ planTraining }, { resumedPlan }, { startTrain }, { showEnd }, { newUlid }] = await Promise.all([
		import('./plan.js'),
		import('./resumed.js'),
		import('./trainJob.js'),
		import('./showEnd.js'),
		import('../../runs/ulid.js'),
	]);
	const plan = set && resumed ? await resumedPlan(services, set, resumed) : await planTraining(services, set);
	if (!plan) return undefined;
	const id = resumed ?? newUlid();
	const run = await startTrain(services, plan, id);
	void guarded(services.log, () => showEnd(services, plan, run));
	return id;
}
