/** The first steps: the walkthrough, and the example that it begins with. */
import * as vscode from 'vscode';
import { guarded, registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';
import { goOnAfterReload, openExample } from './openExample.js';

export function registerFirstRun(services: Services): vscode.Disposable {
	const { context, log } = services;
	// Reads one remembered value; nothing else happens unless the example was to be opened in this folder.
	void guarded(log, () => goOnAfterReload(services));
	return vscode.Disposable.from(
		registerGuarded(log, 'flex.openExample', () => openExample(services)),
		registerGuarded(log, 'flex.showWalkthrough', () =>
			vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
		),
	);
}
