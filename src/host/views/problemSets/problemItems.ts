/** The items of the problem sets' tree: words, icons and what assistive technology reads. */
import * as vscode from 'vscode';
import type { ProblemSet } from '../../../core/tasks/task.js';
import { itemOf, oneLine, textTooltip } from '../treeItems.js';
import { openSplits, type ProblemNode, type SetNode, type SplitNode, type TestSplitNode } from './problemNodes.js';

const { Collapsed } = vscode.TreeItemCollapsibleState;

/** Opens the file of a set that can't be used, at what is wrong with it. */
const openFaultCommand = '_flex.problemSets.openFault';

/** @param folder name of the workspace folder, where there are several */
export function setItem({ key, set }: SetNode, loaded: ProblemSet, folder: string | undefined): vscode.TreeItem {
	const item = itemOf(key, loaded.name, Collapsed);
	const counts = [...openSplits, 'test' as const].flatMap((split) => {
		const count = loaded.splits[split]?.length ?? 0;
		return count > 0 ? [`${split} ${count}`] : [];
	});
	item.description = [counts.join(', '), loaded.kind, folder ?? ''].filter((text) => text !== '').join(' · ');
	item.iconPath = new vscode.ThemeIcon(loaded.dataset ? 'database' : 'notebook');
	item.contextValue = 'set';
	item.tooltip = textTooltip([loaded.description, set.description]);
	item.accessibilityInformation = {
		label: vscode.l10n.t('Problem set {0}, {1}', loaded.name, String(item.description)),
	};
	return item;
}

export function brokenItem({ key, set }: SetNode, error: unknown): vscode.TreeItem {
	const message = error instanceof Error ? error.message : String(error);
	const item = itemOf(key, set.label);
	item.description = oneLine(message);
	item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
	item.contextValue = 'broken';
	item.tooltip = textTooltip([message]);
	item.command = { command: openFaultCommand, title: vscode.l10n.t('Open'), arguments: [set] };
	item.accessibilityInformation = {
		label: vscode.l10n.t('Problem set {0} can’t be used: {1}', set.label, oneLine(message)),
	};
	return item;
}

export function splitItem({ key, split, count }: SplitNode): vscode.TreeItem {
	const item = itemOf(key, split, Collapsed);
	item.description = String(count);
	item.iconPath = new vscode.ThemeIcon(split === 'train' ? 'mortar-board' : 'beaker');
	item.contextValue = 'split';
	item.tooltip =
		split === 'train'
			? vscode.l10n.t('The problems that training takes.')
			: vscode.l10n.t('The problems that settings are tuned on; training leaves them out.');
	item.accessibilityInformation = { label: vscode.l10n.t('{0}, problems: {1}', split, count) };
	return item;
}

export function testItem({ key, count }: TestSplitNode): vscode.TreeItem {
	const item = itemOf(key, 'test');
	item.description = vscode.l10n.t('{0} · only in benchmarks', count);
	item.iconPath = new vscode.ThemeIcon('lock');
	item.contextValue = 'test';
	item.tooltip = vscode.l10n.t(
		'Test problems are read by benchmarks alone, and each use is written down: what was looked at proves nothing any more.',
	);
	item.accessibilityInformation = { label: vscode.l10n.t('test, problems: {0}, only in benchmarks', count) };
	return item;
}

export function problemItem(node: ProblemNode): vscode.TreeItem {
	const { key, set, problem, question, verdict } = node;
	const label = oneLine(question);
	const item = itemOf(key, label);
	const [words, icon, color] = verdictShape(verdict?.solved);
	item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
	item.contextValue = 'problem solvable';
	item.tooltip = textTooltip([question, [problem, verdictText(node)].join(' · ')]);
	item.command = {
		command: 'flex.problemSets.open',
		title: vscode.l10n.t('Open'),
		arguments: [{ set, problem }],
	};
	item.accessibilityInformation = { label: `${words}: ${label}` };
	return item;
}

function verdictShape(solved: boolean | undefined): readonly [words: string, icon: string, color?: string] {
	if (solved === undefined) return [vscode.l10n.t('not tried'), 'circle-large-outline'];
	return solved
		? [vscode.l10n.t('solved'), 'pass', 'testing.iconPassed']
		: [vscode.l10n.t('not solved'), 'error', 'testing.iconFailed'];
}

function verdictText({ verdict }: ProblemNode): string {
	if (!verdict) return vscode.l10n.t('not tried in the last runs');
	const day = new Date(verdict.at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
	if (verdict.kind === 'train') {
		return verdict.solved
			? vscode.l10n.t('solved in training, {0}', day)
			: vscode.l10n.t('not solved in training, {0}', day);
	}
	return verdict.solved
		? vscode.l10n.t('solved in a benchmark, {0}', day)
		: vscode.l10n.t('not solved in a benchmark, {0}', day);
}
