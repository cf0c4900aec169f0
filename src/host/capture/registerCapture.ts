/** Learning from real work: the commands, and the offers that somebody turned on. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';
import { registerOffers } from './registerOffers.js';

export function registerCapture(services: Services): vscode.Disposable {
	const { log } = services;
	return vscode.Disposable.from(
		registerOffers(services),
		registerGuarded(log, 'flex.learnFromChanges', async () => {
			const { learnFromChanges } = await import('./learnFromChanges.js');
			await learnFromChanges(services);
		}),
		registerGuarded(log, 'flex.runAndLearn', async (argument) => {
			const { runAndLearn } = await import('./runAndLearn.js');
			await runAndLearn(services, argument);
		}),
		registerGuarded(log, 'flex.remember', async () => {
			const { rememberThis } = await import('./rememberThis.js');
			await rememberThis(services);
		}),
	);
}
