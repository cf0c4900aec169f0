/** The problem sets as a tree of tests; what nobody looks at is not read. */
import { sep } from 'node:path';
import * as vscode from 'vscode';
import type { Problem } from '../../core/tasks/task.js';
import type { FoundSet } from '../problemSets.js';
import type { Services } from '../services.js';
import { labelOf, type OpenSplit, openSplits, type TestNode } from './testNodes.js';

/** What may be run by every profile; the test problems are not among it. */
export const solvable = new vscode.TestTag('solvable');

export class TestTree implements vscode.Disposable {
	private readonly nodes = new WeakMap<vscode.TestItem, TestNode>();
	private readonly resolved = new WeakSet<vscode.TestItem>();
	private rootResolved = false;
	private readonly subscription: vscode.Disposable;
	/** Refreshes go one after another; one that waits makes a second one needless. */
	private refreshing: Promise<void> = Promise.resolve();
	private waiting = false;

	constructor(
		private readonly controller: vscode.TestController,
		private readonly services: Services,
	) {
		this.subscription = services.problemSets.onDidChange(() => this.refresh());
	}

	/** What the item stands for. */
	nodeOf(item: vscode.TestItem): TestNode | undefined {
		return this.nodes.get(item);
	}

	/** Reads the children of the item; those of the whole tree where it is undefined. */
	async resolve(item: vscode.TestItem | undefined): Promise<void> {
		if (!item) {
			this.rootResolved = true;
			const sets = await this.services.problemSets.list();
			this.controller.items.replace(sets.map((set) => this.setItem(set)));
			return;
		}
		const node = this.nodes.get(item);
		if (node?.kind !== 'set' && node?.kind !== 'split') return;
		this.resolved.add(item);
		try {
			item.children.replace(
				node.kind === 'set'
					? await this.splitItems(item, node.set)
					: await this.problemItems(item, node.set, node.split),
			);
			item.error = undefined;
		} catch (error) {
			item.children.replace([]);
			const why = error instanceof Error ? error.message : String(error);
			// The row shows its beginning only: there the file's name says more than the way to it.
			item.error = why.replaceAll(`${node.set.uri.fsPath}${sep}`, '');
		}
	}

	/** Reads again what was read before; resolves when that is done. */
	refresh(): Promise<void> {
		if (!this.rootResolved || this.waiting) return this.refreshing;
		this.waiting = true;
		this.refreshing = this.refreshing
			.then(() => {
				this.waiting = false;
				return this.readAgain();
			})
			.catch((error: unknown) => this.services.log.error(String(error)));
		return this.refreshing;
	}

	/** The item's children; read where they were not yet. */
	async childrenOf(item: vscode.TestItem): Promise<readonly vscode.TestItem[]> {
		if (!this.resolved.has(item)) await this.resolve(item);
		return itemsOf(item.children);
	}

	/** The sets; read where they were not yet. */
	async sets(): Promise<readonly vscode.TestItem[]> {
		if (!this.rootResolved) await this.resolve(undefined);
		return itemsOf(this.controller.items);
	}

	dispose(): void {
		this.subscription.dispose();
	}

	private async readAgain(): Promise<void> {
		await this.resolve(undefined);
		for (const set of itemsOf(this.controller.items)) {
			if (!this.resolved.has(set)) continue;
			await this.resolve(set);
			for (const split of itemsOf(set.children)) if (this.resolved.has(split)) await this.resolve(split);
		}
	}

	private setItem(set: FoundSet): vscode.TestItem {
		const uri = vscode.Uri.joinPath(set.uri, 'flex-task.json');
		const item = this.item(this.controller.items, set.uri.toString(), set.label, uri, { kind: 'set', set });
		item.description = set.description === set.label ? undefined : set.description;
		item.canResolveChildren = true;
		item.tags = [solvable];
		return item;
	}

	private async splitItems(above: vscode.TestItem, set: FoundSet): Promise<readonly vscode.TestItem[]> {
		const [{ splits }, fileOf] = await Promise.all([this.services.problemSets.load(set), splitUris(set)]);
		const items = openSplits
			.filter((split) => splits[split]?.length)
			.map((split, index) => {
				const item = this.item(above.children, split, split, fileOf(split), { kind: 'split', set, split });
				item.description = countOf(splits[split]);
				item.canResolveChildren = true;
				item.tags = [solvable];
				item.sortText = String(index);
				return item;
			});
		if (!splits.test?.length) return items;
		const label = vscode.l10n.t('test (Compare only)');
		const test = this.item(above.children, 'test', label, fileOf('test'), { kind: 'test', set });
		test.description = countOf(splits.test);
		test.sortText = String(items.length);
		return [...items, test];
	}

	private async problemItems(
		above: vscode.TestItem,
		set: FoundSet,
		split: OpenSplit,
	): Promise<readonly vscode.TestItem[]> {
		const [{ splits }, fileOf, { problemLines }] = await Promise.all([
			this.services.problemSets.load(set),
			splitUris(set),
			import('../../providers/splitFiles.js'),
		]);
		const uri = fileOf(split);
		const lines = await problemLines(uri.fsPath);
		return (splits[split] ?? []).map((problem) => {
			const before = above.children.get(problem.id);
			const known = before && this.nodes.get(before);
			if (before && known?.kind === 'problem' && !same(known.problem, problem)) {
				this.controller.invalidateTestResults(before);
			}
			const item = this.item(above.children, problem.id, labelOf(problem), uri, { kind: 'problem', set, problem });
			const line = (lines.get(problem.id) ?? 1) - 1;
			item.description = problem.id;
			item.range = new vscode.Range(line, 0, line, 0);
			item.sortText = String(line).padStart(8, '0');
			item.tags = [solvable];
			return item;
		});
	}

	/** The item of that id, as it is where it is there already: its results and its children stay. */
	private item(
		among: vscode.TestItemCollection,
		id: string,
		label: string,
		uri: vscode.Uri,
		node: TestNode,
	): vscode.TestItem {
		const known = among.get(id);
		const item = known?.uri?.toString() === uri.toString() ? known : this.controller.createTestItem(id, label, uri);
		item.label = label;
		this.nodes.set(item, node);
		return item;
	}
}

/** The file of each split of a set. */
async function splitUris({ uri }: FoundSet): Promise<(split: OpenSplit | 'test') => vscode.Uri> {
	const { fileOfSplit, readSplitFiles } = await import('../../providers/splitFiles.js');
	const files = await readSplitFiles(uri.fsPath);
	return (split) => vscode.Uri.file(fileOfSplit(files, split) ?? uri.fsPath);
}

function itemsOf(collection: vscode.TestItemCollection): readonly vscode.TestItem[] {
	return [...collection].map(([, item]) => item);
}

function countOf(problems: readonly Problem[] | undefined): string {
	const count = problems?.length ?? 0;
	return count === 1 ? vscode.l10n.t('1 problem') : vscode.l10n.t('{0} problems', count);
}

function same(a: Problem, b: Problem): boolean {
	return a.question === b.question && a.answer === b.answer && JSON.stringify(a.extra) === JSON.stringify(b.extra);
}
