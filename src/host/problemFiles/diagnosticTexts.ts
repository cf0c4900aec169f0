/** Findings in words, at their places in a document. */
import * as vscode from 'vscode';
import type { Split } from '../../core/tasks/task.js';
import type { Finding } from './findings.js';
import { spanOf } from './lineEdits.js';
import type { LabelFinding, ManifestFinding } from './manifestFindings.js';

/** Shown before each message of ours. */
export const diagnosticSource = 'FLEX';

const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;

const severities: Readonly<Record<Finding['code'], vscode.DiagnosticSeverity>> = {
	'bad-line': error,
	'same-id': error,
	'unknown-answer': error,
	'no-tests': error,
	'no-assay': error,
	'same-question': warning,
	'in-other-split': warning,
};

/** @param fileOf the files of the other splits, which findings point to */
export function diagnosticOf(
	finding: Finding,
	document: vscode.TextDocument,
	fileOf: ReadonlyMap<Split, vscode.Uri>,
): vscode.Diagnostic {
	const { text, range } = document.lineAt(Math.min(finding.line, document.lineCount) - 1);
	const { start, end } = spanOf(text, finding.key);
	const place = new vscode.Range(range.start.line, start, range.start.line, end);
	const diagnostic = new vscode.Diagnostic(place, messageOf(finding), severities[finding.code]);
	diagnostic.source = diagnosticSource;
	diagnostic.code = finding.code;
	const twin = twinOf(finding, document, fileOf);
	if (twin) diagnostic.relatedInformation = [twin];
	return diagnostic;
}

function messageOf(finding: Finding): string {
	switch (finding.code) {
		case 'bad-line':
			return finding.message;
		case 'same-id':
			return vscode.l10n.t('Line {0} has the same id. Each problem needs its own, or none.', finding.twin);
		case 'same-question':
			return vscode.l10n.t('Line {0} asks the same question.', finding.twin);
		case 'unknown-answer':
			return vscode.l10n.t(
				'"{0}" is not among the answers that "answerSpace" of flex-task.json allows.',
				finding.answer,
			);
		case 'no-tests':
			return vscode.l10n.t('This problem has no tests. Give it a field "test" with JavaScript that throws on failure.');
		case 'no-assay':
			return vscode.l10n.t('This problem has no assay. Give it a field "assay" with the name of its variants file.');
		case 'in-other-split':
			return vscode.l10n.t(
				'The {0} split asks the same question (line {1}). What is learned from one of them can’t be measured on the other.',
				finding.split,
				finding.otherLine,
			);
	}
}

/** The other line that a finding speaks of. */
function twinOf(
	finding: Finding,
	{ uri }: vscode.TextDocument,
	fileOf: ReadonlyMap<Split, vscode.Uri>,
): vscode.DiagnosticRelatedInformation | undefined {
	const at = (file: vscode.Uri, line: number) => {
		const location = new vscode.Location(file, new vscode.Position(line - 1, 0));
		return new vscode.DiagnosticRelatedInformation(location, vscode.l10n.t('The other one'));
	};
	if (finding.code === 'same-id' || finding.code === 'same-question') return at(uri, finding.twin);
	const file = finding.code === 'in-other-split' ? fileOf.get(finding.split) : undefined;
	return finding.code === 'in-other-split' && file ? at(file, finding.otherLine) : undefined;
}

export function manifestDiagnosticOf(
	finding: ManifestFinding | LabelFinding,
	document: vscode.TextDocument,
): vscode.Diagnostic {
	const { start, end } = finding.span;
	const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
	const fatal = finding.code === 'outside-split' || (finding.code === 'missing-split' && finding.split === 'train');
	const diagnostic = new vscode.Diagnostic(range, manifestMessageOf(finding), fatal ? error : warning);
	diagnostic.source = diagnosticSource;
	diagnostic.code = finding.code;
	return diagnostic;
}

function manifestMessageOf(finding: ManifestFinding | LabelFinding): string {
	switch (finding.code) {
		case 'missing-split':
			return finding.split === 'train'
				? vscode.l10n.t('{0} does not exist. Put the train problems there, one JSON object a line.', finding.file)
				: vscode.l10n.t('{0} does not exist, so this set has no {1} problems of its own.', finding.file, finding.split);
		case 'outside-split':
			return vscode.l10n.t(
				'{0} lies outside of this folder. The files of a problem set stay in its folder.',
				finding.file,
			);
		case 'shared-split':
			return vscode.l10n.t(
				'The {0} split is the same file as {1}. What is learned from a problem can’t be measured on it.',
				finding.split,
				finding.other,
			);
		case 'same-label':
			return vscode.l10n.t('"{0}" stands here twice.', finding.label);
	}
}
