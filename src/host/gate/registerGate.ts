/** The command that checks whether anything that was solved before is lost. */
import * as vscode from 'vscode';
import { Dismissed, guarded, registerGuarded } from '../guarded.js';
import { pickSet, setFrom } from '../pickSet.js';
import type { FoundSet } from '../problemSets.js';
import type { Services } from '../services.js';
import { back } from '../steps.js';
import { requireTrust } from '../trust.js';

export function registerGate(services: Services): vscode.Disposable {
	const { log } = services;
	return vscode.Disposable.from(
		registerGuarded(log, 'flex.checkRegressions', (argument) => check(services, argument)),
		registerGuarded(log, 'flex.problemSets.checkRegressions', (argument) => check(services, argument)),
	);
}

/** @returns the id of the run, which goes on by itself; undefined where none was started */
async function check(services: Services, argument: unknown): Promise<string | undefined> {
	if (!requireTrust()) return undefined;
	const set = (await setFrom(services, argument)) ?? (await askSet(services));
	const [{ startCheck }, { showEnd }, { newUlid }] = await Promise.all([
		import('./gateJob.js'),
		import('./showEnd.js'),
		import('../../runs/ulid.js'),
	]);
	const id = newUlid();
	const run = await startCheck(services, set, id);
	void guarded(services.log, () => showEnd(services, set, run));
	return id;
}

async function askSet(services: Services): Promise<FoundSet> {
	const title = vscode.l10n.t('Check for regressions');
	const placeholder = vscode.l10n.t('On which set? Its held-out problems are asked, and nothing is learned from them.');
	const set = await pickSet(services, { title, placeholder });
	if (set === undefined || set === back) throw new Dismissed();
	return set;
}
