/** Brings a document into the form's own order as it is saved, so that the editor shows what the library keeps. */
import * as vscode from 'vscode';
import { changedLines } from './changedLines.js';
import { scheme } from './documentPath.js';
import type { Experiences } from './experiences.js';

export function registerTidyOnSave(experiences: Experiences): vscode.Disposable {
	return vscode.workspace.onWillSaveTextDocument((event) => {
		if (event.document.uri.scheme === scheme) event.waitUntil(tidy(event.document, experiences));
	});
}

/** New parts get their ids here. What can't be read stays as it is: the save itself says why. */
async function tidy(document: vscode.TextDocument, experiences: Experiences): Promise<readonly vscode.TextEdit[]> {
	const target = experiences.targetOf(document.uri);
	if (!target) return [];
	try {
		const { formatDocument, parseDocument } = await import('./documentForm.js');
		const { experience } = await experiences.find(target);
		const tidied = formatDocument(parseDocument(document.getText(), experience));
		const windows = document.eol === vscode.EndOfLine.CRLF;
		return editOf(document, windows ? tidied.replaceAll('\n', '\r\n') : tidied);
	} catch {
		return [];
	}
}

/** Only the lines that differ: the cursor stays where it is. */
function editOf(document: vscode.TextDocument, tidied: string): readonly vscode.TextEdit[] {
	const change = changedLines(document.getText(), tidied);
	if (!change) return [];
	const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
	return [vscode.TextEdit.replace(range, change.text)];
}
