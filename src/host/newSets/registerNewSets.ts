/** Problem sets come in: made from a few answers, or one of the public ones. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';
import { addDataset } from './addDataset.js';
import { newProblemSet } from './newProblemSet.js';

export function registerNewSets(services: Services): vscode.Disposable {
	const { log } = services;
	return vscode.Disposable.from(
		registerGuarded(log, 'flex.newProblemSet', () => newProblemSet(services)),
		registerGuarded(log, 'flex.addDataset', () => addDataset(services)),
	);
}
