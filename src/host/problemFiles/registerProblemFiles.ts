/** What the editor knows of problem files: diagnostics, quick fixes, completion, and lenses to solve a problem from its line. */
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { ProblemLenses } from './codeLenses.js';
import { ProblemCompletions } from './completions.js';
import { ProblemDiagnostics } from './diagnostics.js';
import { ProblemDocuments } from './problemDocuments.js';
import { ProblemFixes } from './quickFixes.js';
import { SplitDocuments } from './splitDocuments.js';

/** Which of them belong to a set is asked when one is open. */
const lines: vscode.DocumentSelector = { scheme: 'file', pattern: '**/*.jsonl' };
const manifests: vscode.DocumentSelector = { scheme: 'file', pattern: '**/flex-task.json' };

export function registerProblemFiles(services: Services): vscode.Disposable {
	const splits = new SplitDocuments(services);
	const documents = new ProblemDocuments();
	const diagnostics = new ProblemDiagnostics(services, splits, documents);
	const lenses = new ProblemLenses(splits, documents, diagnostics.onDidChangeUsable);
	const fixes = new ProblemFixes(splits);
	const { languages } = vscode;
	return vscode.Disposable.from(
		diagnostics,
		languages.registerCodeLensProvider(lines, lenses),
		languages.registerCodeActionsProvider([lines, manifests].flat(), fixes, ProblemFixes.metadata),
		languages.registerCompletionItemProvider(lines, new ProblemCompletions(splits), ...ProblemCompletions.triggers),
	);
}
