/** The tree of the problem sets; what nobody looks at is not read. */
import * as vscode from 'vscode';
import type { LastVerdict } from '../../../runs/lastVerdicts.js';
import type { FoundSet } from '../../problemSets.js';
import type { Services } from '../../services.js';
import { pageOf } from '../paging.js';
import { moreItem } from '../treeItems.js';
import { brokenItem, problemItem, setItem, splitItem, testItem } from './problemItems.js';
import { openSplits, type ProblemNode, type ProblemSetNode, type SetNode, type SplitNode } from './problemNodes.js';

const moreCommand = '_flex.problemSets.showMore';

export class ProblemTree implements vscode.TreeDataProvider<ProblemSetNode>, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<ProblemSetNode | undefined>();
	private readonly pages = new Map<string, number>();
	/** By split; forgotten when a run ends. */
	private readonly verdicts = new Map<string, Promise<ReadonlyMap<string, LastVerdict>>>();

	constructor(private readonly services: Pick<Services, 'folders' | 'problemSets'>) {}

	readonly onDidChangeTreeData = this.changed.event;

	/** Shows everything again; a verdict may have changed, too. */
	refresh(): void {
		this.verdicts.clear();
		this.changed.fire(undefined);
	}

	/** Shows the next page of a split. */
	showMore(split: SplitNode): void {
		this.pages.set(split.key, (this.pages.get(split.key) ?? 1) + 1);
		this.changed.fire(split);
	}

	async getChildren(node?: ProblemSetNode): Promise<ProblemSetNode[]> {
		if (!node)
			return (await this.services.problemSets.list()).map((set) => ({ kind: 'set', key: set.uri.toString(), set }));
		if (node.kind === 'set') return this.splitsOf(node);
		return node.kind === 'split' ? this.problemsOf(node) : [];
	}

	async getTreeItem(node: ProblemSetNode): Promise<vscode.TreeItem> {
		switch (node.kind) {
			case 'set':
				return this.setItem(node);
			case 'split':
				return splitItem(node);
			case 'test':
				return testItem(node);
			case 'problem':
				return problemItem(node);
			case 'more':
				return moreItem(node, moreCommand, node);
		}
	}

	dispose(): void {
		this.changed.dispose();
	}

	private async setItem(node: SetNode): Promise<vscode.TreeItem> {
		const several = this.services.folders.all().length > 1;
		try {
			const loaded = await this.services.problemSets.load(node.set);
			return setItem(node, loaded, several ? node.set.folder.name : undefined);
		} catch (error) {
			return brokenItem(node, error);
		}
	}

	private async splitsOf({ key, set }: SetNode): Promise<ProblemSetNode[]> {
		const { splits } = await this.services.problemSets.load(set);
		const open = openSplits.flatMap((split): readonly SplitNode[] => {
			const count = splits[split]?.length ?? 0;
			return count > 0 ? [{ kind: 'split', key: `${key}/${split}`, set, split, count }] : [];
		});
		const tests = splits.test?.length ?? 0;
		return tests > 0 ? [...open, { kind: 'test', key: `${key}/test`, set, count: tests }] : [...open];
	}

	private async problemsOf(node: SplitNode): Promise<ProblemSetNode[]> {
		const { key, set, split } = node;
		const { splits } = await this.services.problemSets.load(set);
		const problems = splits[split] ?? [];
		const verdicts = await this.verdictsOf(key, set, new Set(problems.map(({ id }) => id)));
		const { shown, left, next } = pageOf(problems, this.pages.get(key) ?? 1);
		const nodes = shown.map(
			({ id, question }): ProblemNode => ({
				kind: 'problem',
				key: `${key}/${id}`,
				set,
				problem: id,
				question,
				verdict: verdicts.get(id),
			}),
		);
		return left === 0 ? nodes : [...nodes, { kind: 'more', key: `${key}/…`, set, above: node, next, left }];
	}

	private verdictsOf(
		key: string,
		{ folder, uri }: FoundSet,
		problems: ReadonlySet<string>,
	): Promise<ReadonlyMap<string, LastVerdict>> {
		const known = this.verdicts.get(key);
		if (known) return known;
		const reading = import('../../../runs/lastVerdicts.js').then(({ lastVerdicts }) =>
			lastVerdicts(folder.workspace.runs, uri.fsPath, problems),
		);
		this.verdicts.set(key, reading);
		reading.catch(() => this.verdicts.delete(key));
		return reading;
	}
}
