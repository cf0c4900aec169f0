/** Hints as lenses above the lines that they are about; off unless a setting asks for them. */
import * as vscode from 'vscode';
import type { HintFinder } from './hintFinder.js';
import { hintCommands } from './hintMarkdown.js';
import { isOn } from './hintSettings.js';
import { targetOf } from './hintTarget.js';
import { hintTitle, whyText } from './hintTexts.js';

export class HintLenses implements vscode.CodeLensProvider {
	/** @param onDidChangeCodeLenses after the library or what a person wants to see changed */
	constructor(
		private readonly finder: HintFinder,
		readonly onDidChangeCodeLenses: vscode.Event<void>,
	) {}

	async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
		if (!isOn('codeLens', document.uri)) return [];
		const hints = await this.finder.along(document, { first: 0, last: document.lineCount - 1 }, token);
		if (token.isCancellationRequested) return [];
		return hints.map((hint) => {
			const { line } = hint;
			return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
				title: vscode.l10n.t('FLEX: {0}', hintTitle(hint)),
				tooltip: whyText(hint),
				command: hintCommands.choose,
				arguments: [targetOf(hint, document)],
			});
		});
	}
}
