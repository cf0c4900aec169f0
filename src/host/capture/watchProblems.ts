/** Errors in the Problems panel that stood for a while and go away after an edit of their file. */
import * as vscode from 'vscode';
import { oneLine } from '../plainText.js';
import type { Services } from '../services.js';
import { standingMs } from './learnSettings.js';
import { offerToLearn } from './offer.js';
import { openGit } from './openGit.js';
import { StandingErrors } from './standingErrors.js';

export function watchProblems(services: Services): vscode.Disposable {
	const errors = new StandingErrors();
	const look = (uris: readonly vscode.Uri[]): void => {
		for (const uri of uris) {
			if (uri.scheme !== 'file') continue;
			const messages = vscode.languages
				.getDiagnostics(uri)
				.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
				.map(({ message }) => message);
			const [gone] = errors.see(uri.toString(), messages, Date.now(), standingMs());
			if (gone !== undefined) offer(services, uri, gone);
		}
	};
	return vscode.Disposable.from(
		vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
			if (contentChanges.length > 0) errors.edited(document.uri.toString(), Date.now());
		}),
		vscode.workspace.onDidCloseTextDocument(({ uri }) => errors.forget(uri.toString())),
		vscode.languages.onDidChangeDiagnostics(({ uris }) => look(uris)),
	);
}

function offer(services: Services, uri: vscode.Uri, error: string): void {
	const folder = services.folders.of(uri);
	if (!folder) return;
	const path = vscode.workspace.asRelativePath(uri, false);
	const message = vscode.l10n.t('An error in {0} is gone: “{1}”. Learn from what mended it?', path, oneLine(error, 80));
	offerToLearn(services, 'problems', `${path}: ${error}`, message, async () => {
		const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
		if (document?.isDirty) await document.save();
		const git = await openGit(folder);
		const diff = await git.workingDiff();
		return { folder, git, diff, only: [path], failure: { command: path, output: `error: ${error}` } };
	});
}
