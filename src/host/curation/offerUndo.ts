/** Says what was done, and offers to take it back; nothing waits for the answer. */
import * as vscode from 'vscode';
import { guarded } from '../guarded.js';

export function offerUndo(log: vscode.LogOutputChannel, message: string, takeBack: () => Promise<void>): void {
	void guarded(log, async () => {
		const undo = vscode.l10n.t('Undo');
		if ((await vscode.window.showInformationMessage(message, undo)) !== undo) return;
		await takeBack();
		sayBriefly(vscode.l10n.t('Undone.'));
	});
}

/** In the status bar, for as long as it takes to read. */
export function sayBriefly(message: string): void {
	vscode.window.setStatusBarMessage(message, readingTime);
}

/** Milliseconds. */
const readingTime = 5000;
