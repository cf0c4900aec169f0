/** The hover in source files: only over lines that hold what a hint was recognised by, and never more than a few. */
import * as vscode from 'vscode';
import type { HintFinder } from './hintFinder.js';
import { hintMarkdown } from './hintMarkdown.js';
import { isOn } from './hintSettings.js';

/** Hints of one hover. */
const mostShown = 3;

export class SourceHover implements vscode.HoverProvider {
	constructor(private readonly finder: HintFinder) {}

	async provideHover(
		document: vscode.TextDocument,
		position: vscode.Position,
		token: vscode.CancellationToken,
	): Promise<vscode.Hover | undefined> {
		if (!isOn('hover', document.uri)) return undefined;
		const selected = selectionAt(document, position);
		const found = selected
			? await this.finder.within(document, { first: selected.start.line, last: selected.end.line })
			: await this.finder.around(document, position.line);
		const hints = found.filter(({ lines }) => selected || lines.includes(position.line)).slice(0, mostShown);
		if (token.isCancellationRequested || hints.length === 0) return undefined;
		return new vscode.Hover(hints.map((hint) => hintMarkdown(hint, document)));
	}
}

/** What is selected around the position; a person who selects code asks about all of it. */
export function selectionAt(document: vscode.TextDocument, position: vscode.Position): vscode.Selection | undefined {
	const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
	return editor?.selections.find((selection) => !selection.isEmpty && selection.contains(position));
}
