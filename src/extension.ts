/** Where VS Code enters: what the features share is built here, and each feature registers itself in one line. */
import type * as vscode from 'vscode';
import { registerLibraryFolder } from './host/libraryFolder.js';
import { openLog, registerLog, showFailedActivation } from './host/log.js';

export function activate(context: vscode.ExtensionContext): void {
	const log = openLog();
	context.subscriptions.push(log, registerLog(log));
	try {
		context.subscriptions.push(registerLibraryFolder());
		log.info(`FLEX ${context.extension.packageJSON.version} is ready.`);
	} catch (error) {
		void showFailedActivation(log, error);
	}
}
