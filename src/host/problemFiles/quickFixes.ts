/** Mends what the diagnostics found: a broken line, an answer outside of the set, an id or a question that stands twice. */
import * as vscode from 'vscode';
import { closestLabels } from './closestLabels.js';
import { isManifest } from './diagnostics.js';
import { diagnosticSource } from './diagnosticTexts.js';
import { fieldOf, type LineEdit, removalEdit, valueEdit } from './lineEdits.js';
import type { SplitDocuments } from './splitDocuments.js';

/** More would be a list to read, not a fix. */
const mostLabels = 5;

export class ProblemFixes implements vscode.CodeActionProvider {
	static readonly metadata: vscode.CodeActionProviderMetadata = {
		providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
	};

	constructor(private readonly splits: SplitDocuments) {}

	async provideCodeActions(
		document: vscode.TextDocument,
		_range: vscode.Range,
		{ diagnostics }: vscode.CodeActionContext,
	): Promise<vscode.CodeAction[]> {
		const ours = diagnostics.filter(({ source }) => source === diagnosticSource);
		const fixes = await Promise.all(
			ours.map((diagnostic) =>
				isManifest(document) ? manifestFixes(document, diagnostic) : this.lineFixes(document, diagnostic),
			),
		);
		return fixes.flat();
	}

	private async lineFixes(
		document: vscode.TextDocument,
		diagnostic: vscode.Diagnostic,
	): Promise<readonly vscode.CodeAction[]> {
		switch (diagnostic.code) {
			case 'bad-line':
				return repairs(document, diagnostic);
			case 'unknown-answer':
				return this.answers(document, diagnostic);
			case 'same-id':
				return [...removeId(document, diagnostic), deleteLine(document, diagnostic)];
			case 'same-question':
			case 'in-other-split':
				return [deleteLine(document, diagnostic)];
			default:
				return [];
		}
	}

	private async answers(
		document: vscode.TextDocument,
		diagnostic: vscode.Diagnostic,
	): Promise<readonly vscode.CodeAction[]> {
		const labels = (await this.splits.of(document))?.manifest?.answerSpace ?? [];
		const line = document.lineAt(diagnostic.range.start.line);
		const span = fieldOf(line.text, 'answer')?.valueSpan;
		const answer = span ? line.text.slice(span.start, span.end).replace(/^"|"$/gu, '') : '';
		return closestLabels(answer, labels, mostLabels).flatMap((label, index) => {
			const edit = valueEdit(line.text, 'answer', label);
			const title = vscode.l10n.t('Change the answer to "{0}"', label);
			return edit ? [lineFix(title, document, diagnostic, edit, index === 0)] : [];
		});
	}
}

async function repairs(
	document: vscode.TextDocument,
	diagnostic: vscode.Diagnostic,
): Promise<readonly vscode.CodeAction[]> {
	const { text } = document.lineAt(diagnostic.range.start.line);
	const { repairLine } = await import('../../core/tasks/repairLine.js');
	const repaired = repairLine(text);
	if (repaired === undefined || repaired === text.trim()) return [];
	const edit = { span: { start: 0, end: text.length }, text: repaired };
	return [lineFix(vscode.l10n.t('Repair this line'), document, diagnostic, edit, true)];
}

function removeId(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): readonly vscode.CodeAction[] {
	const edit = removalEdit(document.lineAt(diagnostic.range.start.line).text, 'id');
	return edit ? [lineFix(vscode.l10n.t('Remove this id'), document, diagnostic, edit, true)] : [];
}

function deleteLine(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction {
	const fix = quickFix(vscode.l10n.t('Delete this line'), diagnostic);
	const { range, rangeIncludingLineBreak } = document.lineAt(diagnostic.range.start.line);
	// The last line has no break of its own; the one before it goes instead.
	const last = range.start.line > 0 && range.end.isEqual(rangeIncludingLineBreak.end);
	const start = last ? document.lineAt(range.start.line - 1).range.end : range.start;
	fix.edit = new vscode.WorkspaceEdit();
	fix.edit.delete(document.uri, new vscode.Range(start, rangeIncludingLineBreak.end));
	return fix;
}

/** A split that is named gets its file. */
function manifestFixes(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): readonly vscode.CodeAction[] {
	if (diagnostic.code !== 'missing-split') return [];
	const name = writtenName(document.getText(diagnostic.range)) ?? 'train.jsonl';
	const fix = quickFix(vscode.l10n.t('Create {0}', name), diagnostic);
	fix.isPreferred = true;
	fix.edit = new vscode.WorkspaceEdit();
	fix.edit.createFile(vscode.Uri.joinPath(document.uri, '..', name), { ignoreIfExists: true });
	return [fix];
}

/** The file's name, where it is what the finding is about; a set that names no files is found at another place. */
function writtenName(text: string): string | undefined {
	const name = text.replace(/^"|"$/gu, '');
	return name.endsWith('.jsonl') ? name : undefined;
}

function lineFix(
	title: string,
	document: vscode.TextDocument,
	diagnostic: vscode.Diagnostic,
	{ span, text }: LineEdit,
	preferred: boolean,
): vscode.CodeAction {
	const { line } = diagnostic.range.start;
	const fix = quickFix(title, diagnostic);
	fix.isPreferred = preferred;
	fix.edit = new vscode.WorkspaceEdit();
	fix.edit.replace(document.uri, new vscode.Range(line, span.start, line, span.end), text);
	return fix;
}

function quickFix(title: string, diagnostic: vscode.Diagnostic): vscode.CodeAction {
	const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
	fix.diagnostics = [diagnostic];
	return fix;
}
