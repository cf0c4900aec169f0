/** What the items of all trees have in common. */
import * as vscode from 'vscode';
import { plainMarkdown } from './plainMarkdown.js';

/** An item that keeps its place, open and selected, by its key. */
export function itemOf(
	key: string,
	label: string,
	state: vscode.TreeItemCollapsibleState = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
	const item = new vscode.TreeItem(label, state);
	item.id = key;
	return item;
}

/** The last item of a list that is too long: it shows more. */
export function moreItem(
	{ key, next, left }: { readonly key: string; readonly next: number; readonly left: number },
	command: string,
	node: unknown,
): vscode.TreeItem {
	const item = itemOf(key, vscode.l10n.t('Show {0} more', next));
	item.description = vscode.l10n.t('not shown: {0}', left);
	item.iconPath = new vscode.ThemeIcon('ellipsis');
	item.command = { command, title: vscode.l10n.t('Show more'), arguments: [node] };
	return item;
}

/** Text on one line, cut where a row could not show it anyway. */
export function oneLine(text: string, longest = 200): string {
	const line = text.replace(/\s+/gu, ' ').trim();
	return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}

/** A tooltip that shows text as it is: nothing in it is read as Markdown. */
export function textTooltip(paragraphs: readonly string[]): vscode.MarkdownString {
	const shown = paragraphs.filter((text) => text !== '').map(plainMarkdown);
	return new vscode.MarkdownString(shown.join('\n\n'));
}
