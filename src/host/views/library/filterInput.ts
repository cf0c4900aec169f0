/** The input that filters the library: the tree follows what is typed; what is dismissed changes nothing. */
import * as vscode from 'vscode';
import { type FilterTag, filterTags, parseFilter, toggleTag } from './libraryFilter.js';

interface FilterRow extends vscode.QuickPickItem {
	readonly tag?: FilterTag;
}

/**
 * @param current the filter that is set
 * @param show shows the tree by a filter, as a preview
 * @returns what was accepted; `undefined` where it was dismissed
 */
export async function askFilter(current: string, show: (input: string) => void): Promise<string | undefined> {
	const input = vscode.window.createQuickPick<FilterRow>();
	input.title = vscode.l10n.t('Filter library');
	input.placeholder = vscode.l10n.t('Words, or a question; choose below what else to filter by');
	input.value = current;
	input.items = rowsFor(current);
	const set = (value: string): void => {
		input.value = value;
		input.items = rowsFor(value);
		show(value);
	};
	try {
		return await new Promise<string | undefined>((done) => {
			input.onDidChangeValue((value) => {
				input.items = rowsFor(value);
				show(value);
			});
			input.onDidAccept(() => {
				const [row] = input.selectedItems;
				if (row?.tag) set(toggleTag(input.value, row.tag));
				else done(input.value);
			});
			input.onDidHide(() => done(undefined));
			input.show();
		});
	} finally {
		input.dispose();
	}
}

/** All rows stay whatever is typed: the text is for the tree, not for them. */
function rowsFor(value: string): readonly FilterRow[] {
	const { input, tags } = parseFilter(value);
	const done: FilterRow =
		input === ''
			? { label: vscode.l10n.t('$(list-tree) Show everything'), alwaysShow: true }
			: { label: vscode.l10n.t('$(filter) Keep this filter'), description: input, alwaysShow: true };
	const texts = tagTexts();
	return [
		done,
		{ label: vscode.l10n.t('Only'), kind: vscode.QuickPickItemKind.Separator },
		...filterTags.map((tag) => ({
			label: `${tags.includes(tag) ? '$(check)' : '$(blank)'} ${texts[tag]}`,
			description: `@${tag}`,
			alwaysShow: true,
			tag,
		})),
	];
}

function tagTexts(): Readonly<Record<FilterTag, string>> {
	return {
		golden: vscode.l10n.t('Golden'),
		warning: vscode.l10n.t('Warning'),
		mixed: vscode.l10n.t('Mixed'),
		active: vscode.l10n.t('In use'),
		waiting: vscode.l10n.t('Waiting for you'),
		retired: vscode.l10n.t('Retired'),
		pinned: vscode.l10n.t('Pinned'),
		imported: vscode.l10n.t('Imported'),
		unread: vscode.l10n.t('Looked at by nobody yet'),
	};
}
