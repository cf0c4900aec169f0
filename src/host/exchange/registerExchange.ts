/** Libraries that come from others and go to others. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';

export function registerExchange(services: Services): vscode.Disposable {
	const { log } = services;
	return vscode.Disposable.from(
		registerGuarded(log, 'flex.importLibrary', async (argument) => {
			const { importLibrary } = await import('./importLibrary.js');
			await importLibrary(services, argument);
		}),
		registerGuarded(log, 'flex.exportLibrary', async () => {
			const { exportLibrary } = await import('./exportLibrary.js');
			await exportLibrary(services);
		}),
	);
}
