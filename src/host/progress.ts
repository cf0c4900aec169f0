/** Work behind a notification that says what is going on and can cancel it. */
import * as vscode from 'vscode';
import { ModelError } from '../core/models/chatModel.js';

/** What `work` gives; undefined where the user cancelled it. */
export function withProgress<T>(
	title: string,
	work: (signal: AbortSignal, onProgress: (text: string) => void) => Promise<T>,
): Thenable<T | undefined> {
	const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
	return vscode.window.withProgress(options, async (progress, token) => {
		const controller = new AbortController();
		token.onCancellationRequested(() => controller.abort());
		try {
			return await work(controller.signal, (message) => progress.report({ message }));
		} catch (error) {
			if (controller.signal.aborted || (error instanceof ModelError && error.reason === 'cancelled')) return undefined;
			throw error;
		}
	});
}
