/** The view of the problem sets: what there is to train on, and how it went the last time. */
import * as vscode from 'vscode';
import { registerGuarded } from '../../guarded.js';
import type { FoundSet } from '../../problemSets.js';
import type { Services } from '../../services.js';
import { openFault, openProblem, openSettings } from './openProblem.js';
import type { ProblemSetNode, SplitNode } from './problemNodes.js';
import { ProblemTree } from './problemTree.js';

export function registerProblemSetsView(services: Services): vscode.Disposable {
	const { log, problemSets, runs } = services;
	const tree = new ProblemTree(services);
	const view = vscode.window.createTreeView<ProblemSetNode>('flex.problemSets', {
		treeDataProvider: tree,
		showCollapseAll: true,
	});
	return vscode.Disposable.from(
		view,
		tree,
		problemSets.onDidChange(() => tree.refresh()),
		// While a run goes on nothing moves here: its figures stand among the runs.
		runs.onDidEnd(() => tree.refresh()),
		registerGuarded(log, 'flex.problemSets.open', async (node) => {
			if (hasSet(node) && 'problem' in node && typeof node.problem === 'string')
				await openProblem(node.set, node.problem);
		}),
		registerGuarded(log, 'flex.problemSets.openSettings', async (node) => {
			if (hasSet(node)) await openSettings(node.set);
		}),
		registerGuarded(log, '_flex.problemSets.openFault', async (set) => {
			if (isSet(set)) await openFault(set);
		}),
		registerGuarded(log, '_flex.problemSets.showMore', (node) => {
			if (isMore(node)) tree.showMore(node.above);
		}),
	);
}

function hasSet(value: unknown): value is { readonly set: FoundSet } {
	return typeof value === 'object' && value !== null && 'set' in value && isSet(value.set);
}

function isSet(value: unknown): value is FoundSet {
	return typeof value === 'object' && value !== null && 'uri' in value && value.uri instanceof vscode.Uri;
}

function isMore(value: unknown): value is { readonly above: SplitNode } {
	return hasSet(value) && 'above' in value;
}
