/** Completion in problem files: a new problem, the keys of one, and the answers that the set allows. */
import * as vscode from 'vscode';
import type { LineCompletion } from './lineCompletions.js';
import type { SplitDocuments } from './splitDocuments.js';

const { Property, EnumMember, Snippet } = vscode.CompletionItemKind;
const kinds: Readonly<Record<LineCompletion['what'], vscode.CompletionItemKind>> = {
	key: Property,
	value: EnumMember,
	problem: Snippet,
};

export class ProblemCompletions implements vscode.CompletionItemProvider {
	static readonly triggers: readonly string[] = ['"', '{', ',', ':', ' '];

	constructor(private readonly splits: SplitDocuments) {}

	async provideCompletionItems(
		document: vscode.TextDocument,
		position: vscode.Position,
		token: vscode.CancellationToken,
		{ triggerCharacter }: vscode.CompletionContext,
	): Promise<vscode.CompletionItem[]> {
		const place = await this.splits.of(document);
		if (!place || token.isCancellationRequested) return [];
		const { text } = document.lineAt(position.line);
		// A space on an empty line is no question.
		if (text.trim() === '' && triggerCharacter !== undefined) return [];
		const { lineCompletions } = await import('./lineCompletions.js');
		const found = lineCompletions(text, position.character, place.manifest ?? {}, lineAbove(document, position.line));
		return found.map((completion, index) => itemOf(completion, index, document, position.line));
	}
}

function itemOf(
	{ label, what, snippet, span, more }: LineCompletion,
	index: number,
	document: vscode.TextDocument,
	line: number,
): vscode.CompletionItem {
	const isProblem = what === 'problem';
	const item = new vscode.CompletionItem(isProblem ? vscode.l10n.t('New problem') : label, kinds[what]);
	item.range = new vscode.Range(line, span.start, line, span.end);
	item.insertText = new vscode.SnippetString(snippet);
	// What is typed so far begins with a quote, or is nothing.
	item.filterText = isProblem ? document.lineAt(line).text : JSON.stringify(label);
	item.sortText = String(index).padStart(4, '0');
	item.detail = what === 'key' ? keyDetail(label) : undefined;
	if (more) item.command = { title: '', command: 'editor.action.triggerSuggest' };
	return item;
}

function keyDetail(key: string): string | undefined {
	switch (key) {
		case 'id':
			return vscode.l10n.t('Name of the problem; without one it is known by its question');
		case 'question':
			return vscode.l10n.t('What the model is asked');
		case 'answer':
			return vscode.l10n.t('The right answer');
		case 'solution':
			return vscode.l10n.t('A worked answer');
		case 'test':
			return vscode.l10n.t('JavaScript that throws where the answer is wrong');
		case 'language':
			return vscode.l10n.t('Language of the answer');
		default:
			return undefined;
	}
}

function lineAbove(document: vscode.TextDocument, line: number): string | undefined {
	for (let above = line - 1; above >= 0; above--) {
		const { text, isEmptyOrWhitespace } = document.lineAt(above);
		if (!isEmptyOrWhitespace) return text;
	}
	return undefined;
}
