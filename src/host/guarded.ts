/** The edge of every command: what goes wrong inside is shown once, in words that say what to do, and logged in full. */
import * as vscode from 'vscode';
import { withoutLinks } from './plainText.js';

/** Thrown where a person left a dialog: nothing went wrong, and nothing is said. */
export class Dismissed extends Error {
	override readonly name = 'Dismissed';
}

/** Runs `action`; a failure becomes one message with "Show log", and undefined. */
export async function guarded<T>(log: vscode.LogOutputChannel, action: () => T | Promise<T>): Promise<T | undefined> {
	try {
		return await action();
	} catch (error) {
		if (!isDismissal(error)) void showFailure(log, error);
		return undefined;
	}
}

/** A command whose failures are shown as `guarded` does. */
export function registerGuarded(
	log: vscode.LogOutputChannel,
	command: string,
	action: (...args: readonly unknown[]) => unknown,
): vscode.Disposable {
	return vscode.commands.registerCommand(command, (...args: readonly unknown[]) => guarded(log, () => action(...args)));
}

/** Says what went wrong, and offers the log, where the cause stands. */
export async function showFailure(log: vscode.LogOutputChannel, error: unknown): Promise<void> {
	log.error(error instanceof Error ? error : String(error));
	const message = withoutLinks(error instanceof Error ? error.message : String(error));
	const showLog = vscode.l10n.t('Show log');
	if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) log.show();
}

function isDismissal(error: unknown): boolean {
	return error instanceof Dismissed || error instanceof vscode.CancellationError;
}
