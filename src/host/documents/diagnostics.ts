/** Says while a document is typed what can't be saved, at its lines. */
import * as vscode from 'vscode';
import type { FormIssue } from '../../core/experience/editFormError.js';
import { scheme } from './documentPath.js';
import type { Experiences } from './experiences.js';

/** Milliseconds of rest after the last key. */
const rest = 250;

export function registerDiagnostics(experiences: Experiences): vscode.Disposable {
	const check = new FormCheck(experiences);
	return vscode.Disposable.from(
		check,
		vscode.workspace.onDidChangeTextDocument(({ document }) => check.later(document)),
		vscode.workspace.onDidSaveTextDocument((document) => check.later(document)),
		vscode.workspace.onDidCloseTextDocument((document) => check.forget(document)),
	);
}

class FormCheck implements vscode.Disposable {
	private readonly found = vscode.languages.createDiagnosticCollection('flex');
	private readonly pending = new Map<string, NodeJS.Timeout>();

	constructor(private readonly experiences: Experiences) {}

	later(document: vscode.TextDocument): void {
		if (document.uri.scheme !== scheme) return;
		const key = document.uri.toString();
		clearTimeout(this.pending.get(key));
		const check = (): void => {
			this.pending.delete(key);
			void this.check(document);
		};
		this.pending.set(key, setTimeout(check, rest));
	}

	forget({ uri }: vscode.TextDocument): void {
		clearTimeout(this.pending.get(uri.toString()));
		this.pending.delete(uri.toString());
		this.found.delete(uri);
	}

	dispose(): void {
		for (const timer of this.pending.values()) clearTimeout(timer);
		this.found.dispose();
	}

	private async check(document: vscode.TextDocument): Promise<void> {
		const { version } = document;
		const issues = await this.issuesIn(document);
		if (document.isClosed || document.version !== version) return;
		this.found.set(
			document.uri,
			issues.map((issue) => diagnosticOf(document, issue)),
		);
	}

	private async issuesIn(document: vscode.TextDocument): Promise<readonly FormIssue[]> {
		const target = this.experiences.targetOf(document.uri);
		if (!target) return [];
		const [{ parseDocument }, { EditFormError }] = await Promise.all([
			import('./documentForm.js'),
			import('../../core/experience/editFormError.js'),
		]);
		try {
			parseDocument(document.getText(), (await this.experiences.find(target)).experience);
			return [];
		} catch (error) {
			// A library that can't be read says so itself, when it is saved to.
			return error instanceof EditFormError ? error.issues : [];
		}
	}
}

function diagnosticOf(document: vscode.TextDocument, { line, message }: FormIssue): vscode.Diagnostic {
	const { range } = document.lineAt(Math.min(line, document.lineCount) - 1);
	const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
	diagnostic.source = 'FLEX';
	return diagnostic;
}
