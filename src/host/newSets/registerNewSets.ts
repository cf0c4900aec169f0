/** Problem sets come in: made from a few answers, or one of the public ones. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';

export function registerNewSets(services: Services): vscode.Disposable {
	const { log } = services;
	return vscode.Disposable.from(
		registerGuarded(log, 'flex.newProblemSet', async () => {
			const { newProblemSet } = await import('./newProblemSet.js');
			return newProblemSet(services);
		}),
		registerGuarded(log, 'flex.addDataset', async () => {
			const { addDataset } = await import('./addDataset.js');
			return addDataset(services);
		}),
	);
}
