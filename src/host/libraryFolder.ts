/** The command that shows where the experience library lies: the folder `.flex` of a workspace folder. */
import * as vscode from 'vscode';
import { registerGuarded } from './guarded.js';
import type { Services } from './services.js';

export function registerLibraryFolder({ log, folders, libraries }: Services): vscode.Disposable {
	return registerGuarded(log, 'flex.openLibraryFolder', async () => {
		const folder = await folders.pick(vscode.l10n.t('Which library?'));
		if (!folder) return;
		if (!libraries.exists(folder)) return sayNoLibrary();
		// The Explorer of VS Code works in remote workspaces too, where the desktop's own file manager does not.
		await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(folder.workspace.flex));
	});
}

async function sayNoLibrary(): Promise<void> {
	const train = vscode.l10n.t('Train');
	const message = vscode.l10n.t('Nothing has been learned in this folder yet, so it has no library.');
	if ((await vscode.window.showInformationMessage(message, train)) === train) {
		await vscode.commands.executeCommand('flex.train');
	}
}
