/** The view of the runs, with the figures of those that go on. */
import * as vscode from 'vscode';
import { registerGuarded } from '../../guarded.js';
import type { Services } from '../../services.js';
import { RunTree, type RunTreeNode } from './runTree.js';

export function registerRunsView(services: Services): vscode.Disposable {
	const { folders, log, runs } = services;
	const tree = new RunTree(services);
	const view = vscode.window.createTreeView<RunTreeNode>('flex.runs', {
		treeDataProvider: tree,
		showCollapseAll: true,
	});
	return vscode.Disposable.from(
		view,
		tree,
		runs.onDidChange(() => tree.refresh()),
		runs.onDidEnd(() => tree.refreshAll()),
		folders.onDidChange(() => tree.refreshAll()),
		// Runs of other processes write no file that is watched while they go on: they are looked at with the view.
		view.onDidChangeVisibility(({ visible }) => {
			if (visible) tree.refreshAll();
		}),
		registerGuarded(log, '_flex.runs.showMore', () => tree.showMore()),
	);
}
