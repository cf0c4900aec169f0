/** The commands that open an experience: to read it in passing, or to work on it. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';
import type { Experiences } from './experiences.js';
import { targetFrom } from './targets.js';

export function registerOpenDocument(services: Services, experiences: Experiences): vscode.Disposable {
	const open = async (argument: unknown, options: vscode.TextDocumentShowOptions): Promise<void> => {
		const target = targetFrom(argument, services.folders, experiences);
		if (!target) return;
		const uri = experiences.documentOf(await experiences.find(target));
		await vscode.commands.executeCommand('vscode.open', uri, options);
	};
	return vscode.Disposable.from(
		registerGuarded(services.log, 'flex.library.open', (argument) => open(argument, { preview: true })),
		registerGuarded(services.log, 'flex.library.edit', (argument) =>
			open(argument, { preview: false, preserveFocus: false }),
		),
	);
}
