/** The extension's log: the output channel "FLEX", and the command that shows it. */
import * as vscode from 'vscode';

const showLogCommand = 'flex.showLog';

export function openLog(): vscode.LogOutputChannel {
	return vscode.window.createOutputChannel('FLEX', { log: true });
}

export function registerLog(log: vscode.LogOutputChannel): vscode.Disposable {
	return vscode.commands.registerCommand(showLogCommand, () => log.show());
}

/** Says once that FLEX could not start, and offers the log, where the cause stands. */
export async function showFailedActivation(log: vscode.LogOutputChannel, cause: unknown): Promise<void> {
	log.error(cause instanceof Error ? cause : String(cause));
	const showLog = vscode.l10n.t('Show log');
	const message = vscode.l10n.t('FLEX could not start. Its log says why.');
	if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) log.show();
}
