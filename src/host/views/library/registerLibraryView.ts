/** The view of the library: its tree, its filter, and what waits for a person. */
import * as vscode from 'vscode';
import { guarded, registerGuarded } from '../../guarded.js';
import type { LibraryEvent } from '../../libraries.js';
import type { Services } from '../../services.js';
import { askFilter } from './filterInput.js';
import { parseFilter } from './libraryFilter.js';
import { type LibraryNode, libraryKey } from './libraryNodes.js';
import { LibraryTree } from './libraryTree.js';
import { showWaiting } from './waiting.js';

const viewId = 'flex.library';
/** Changes that come so close together are shown at once; milliseconds. */
const pace = 200;

export function registerLibraryView(services: Services): vscode.Disposable {
	const tree = new LibraryTree(services);
	const view = vscode.window.createTreeView(viewId, {
		treeDataProvider: tree,
		canSelectMany: true,
		showCollapseAll: true,
	});
	return vscode.Disposable.from(view, tree, new LibraryView(services, tree, view), ...commandsOf(services, tree, view));
}

function commandsOf(
	{ log }: Services,
	tree: LibraryTree,
	view: vscode.TreeView<LibraryNode>,
): readonly vscode.Disposable[] {
	const show = async (input: string): Promise<void> => {
		await tree.setFilter(parseFilter(input));
		await showFilter(tree, view);
	};
	return [
		registerGuarded(log, 'flex.openLibrary', () => vscode.commands.executeCommand(`${viewId}.focus`)),
		registerGuarded(log, 'flex.library.filter', async () => {
			await vscode.commands.executeCommand(`${viewId}.focus`);
			const before = tree.filter.input;
			const accepted = await askFilter(before, (input) => void guarded(log, () => show(input)));
			await show(accepted ?? before);
		}),
		registerGuarded(log, 'flex.library.clearFilter', () => show('')),
		registerGuarded(log, '_flex.library.showMore', (node) => {
			if (isMore(node)) tree.showMore(node.above);
		}),
	];
}

/** Keeps the view current while libraries, settings and folders change. */
class LibraryView implements vscode.Disposable {
	private readonly subscriptions: readonly vscode.Disposable[];
	private readonly touched = new Map<string, { readonly folder: LibraryEvent['folder']; readonly ids: Set<string> }>();
	private pending: NodeJS.Timeout | undefined;

	constructor(
		private readonly services: Services,
		private readonly tree: LibraryTree,
		private readonly view: vscode.TreeView<LibraryNode>,
	) {
		const { libraries, folders } = services;
		this.subscriptions = [
			libraries.onDidChange((event) => this.take(event)),
			folders.onDidChange(() => this.refreshAll()),
			vscode.workspace.onDidGrantWorkspaceTrust(() => this.refreshAll()),
			vscode.workspace.onDidChangeConfiguration((event) => {
				if (event.affectsConfiguration('flex.retrieval.ownLibrary')) this.refreshAll();
			}),
			view.onDidExpandElement(({ element }) => tree.remember(element, true)),
			view.onDidCollapseElement(({ element }) => tree.remember(element, false)),
			view.onDidChangeVisibility(({ visible }) => {
				if (visible) void this.showState();
			}),
		];
		if (view.visible) void this.showState();
	}

	dispose(): void {
		clearTimeout(this.pending);
		for (const subscription of this.subscriptions) subscription.dispose();
	}

	private take({ folder, notices }: LibraryEvent): void {
		const key = libraryKey(folder);
		const touched = this.touched.get(key) ?? { folder, ids: new Set<string>() };
		for (const { id } of notices) touched.ids.add(id);
		this.touched.set(key, touched);
		this.pending ??= setTimeout(() => {
			this.pending = undefined;
			void guarded(this.services.log, () => this.update());
		}, pace);
	}

	private async update(): Promise<void> {
		const touched = [...this.touched.values()];
		this.touched.clear();
		for (const { folder, ids } of touched) await this.tree.update(folder, [...ids]);
		// A file that came or went is no reason to open a library that nobody looks at.
		if (this.view.visible || touched.some(({ ids }) => ids.size > 0)) await this.showState();
	}

	private refreshAll(): void {
		this.tree.refresh();
		if (this.view.visible) void this.showState();
	}

	private async showState(): Promise<void> {
		await guarded(this.services.log, async () => {
			await showWaiting(this.view, this.services);
			await showFilter(this.tree, this.view);
		});
	}
}

/** Says above the tree what it leaves out, as long as it leaves anything out. */
async function showFilter(tree: LibraryTree, view: vscode.TreeView<LibraryNode>): Promise<void> {
	const { input } = tree.filter;
	await vscode.commands.executeCommand('setContext', 'flex.library.filtered', input !== '');
	view.description = input === '' ? undefined : vscode.l10n.t('Filtered: {0}', input);
	view.message = input === '' ? undefined : await filterMessage(tree);
}

async function filterMessage(tree: LibraryTree): Promise<string> {
	const shelves = await tree.loaded();
	const sum = (countOf: (shelf: (typeof shelves)[number]) => number): number =>
		shelves.reduce((total, shelf) => total + countOf(shelf), 0);
	const [shown, all] = [sum((shelf) => shelf.shown().length), sum(({ size }) => size)];
	if (shown === 0) return vscode.l10n.t('None of {0} experiences passes the filter.', all);
	if (shelves.some(({ nearby }) => nearby)) {
		return vscode.l10n.t(
			'No experience has these words. Shown are {0} of {1} that a search finds for them.',
			shown,
			all,
		);
	}
	return vscode.l10n.t('{0} of {1} experiences pass the filter.', shown, all);
}

function isMore(node: unknown): node is Extract<LibraryNode, { kind: 'more' }> {
	return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'more';
}
