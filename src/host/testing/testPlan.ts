/** Which problems a test run is asked for, by set, in the order of the tree. */
import type * as vscode from 'vscode';
import type { Problem } from '../../core/tasks/task.js';
import type { FoundSet } from '../problemSets.js';
import type { TestTree } from './testTree.js';

export interface PlannedProblem {
	readonly item: vscode.TestItem;
	readonly problem: Problem;
}

export interface PlannedSet {
	readonly set: FoundSet;
	readonly problems: readonly PlannedProblem[];
	/** The item of the test split, where somebody asked for just that. */
	readonly test: vscode.TestItem | undefined;
	/** What could not be read of it; each says why. */
	readonly unreadable: readonly vscode.TestItem[];
}

interface SetInPlanning {
	readonly set: FoundSet;
	/** The same problem may be chosen by itself and with its split. */
	readonly problems: Map<string, PlannedProblem>;
	test: vscode.TestItem | undefined;
	readonly unreadable: vscode.TestItem[];
}

/** Test problems are only taken where their own item was chosen: nobody uses them up by running a whole set. */
export async function planOf(
	tree: TestTree,
	{ include, exclude = [] }: Pick<vscode.TestRunRequest, 'include' | 'exclude'>,
): Promise<readonly PlannedSet[]> {
	const excluded = new Set(exclude);
	const planned = new Map<string, SetInPlanning>();
	const of = (set: FoundSet): SetInPlanning => {
		const key = set.uri.toString();
		const known = planned.get(key);
		if (known) return known;
		const made: SetInPlanning = { set, problems: new Map(), test: undefined, unreadable: [] };
		planned.set(key, made);
		return made;
	};
	const add = async (item: vscode.TestItem, chosen: boolean): Promise<void> => {
		const node = tree.nodeOf(item);
		if (!node || excluded.has(item)) return;
		if (node.kind === 'problem') {
			of(node.set).problems.set(`${item.parent?.id}/${item.id}`, { item, problem: node.problem });
		} else if (node.kind === 'test') {
			if (chosen) of(node.set).test = item;
		} else {
			for (const child of await tree.childrenOf(item)) await add(child, false);
			if (item.error !== undefined) of(node.set).unreadable.push(item);
		}
	};
	for (const item of include ?? (await tree.sets())) await add(item, include !== undefined);
	return [...planned.values()].map(({ problems, ...rest }) => ({ ...rest, problems: [...problems.values()] }));
}
