/** The command that learns from recent changes: the working tree, or the last commits. */
import * as vscode from 'vscode';
import type { ChangeRange } from '../../runs/learnFromChange.js';
import { oneLine } from '../plainText.js';
import type { Services } from '../services.js';
import { back, type Choice, pickOne } from '../steps.js';
import { requireTrust } from '../trust.js';
import { learnFlow } from './learnFlow.js';
import { openGit } from './openGit.js';

/** Commits that can be chosen. */
const mostCommits = 10;

export async function learnFromChanges(services: Services): Promise<void> {
	if (!requireTrust(vscode.l10n.t('This workspace is not trusted, so FLEX reads no changes in it.'))) return;
	const folder = await services.folders.pick(vscode.l10n.t('Learn from the changes of which folder?'));
	if (!folder) return;
	const git = await openGit(folder);
	const subjects = await git.subjects(mostCommits);
	const range = await pickOne<ChangeRange>({
		title: vscode.l10n.t('Learn from recent changes'),
		placeholder: vscode.l10n.t('Which changes?'),
		items: rangeRows(subjects),
	});
	if (range === back || range === undefined) return;
	const { readDiff } = await import('../../runs/learnFromChange.js');
	await learnFlow(services, { folder, git, diff: await readDiff(git, range) });
}

function rangeRows(subjects: readonly string[]): readonly Choice<ChangeRange>[] {
	const commit = (subject: string, at: number): Choice<ChangeRange> => ({
		label:
			at === 0
				? `$(git-commit) ${vscode.l10n.t('The last commit')}`
				: `$(git-commit) ${vscode.l10n.t('The last {0} commits', at + 1)}`,
		description: oneLine(subject, 100).replaceAll('$(', '$ ('),
		value: { what: 'commits', count: at + 1 },
	});
	return [
		{
			label: `$(diff) ${vscode.l10n.t('What is not committed yet')}`,
			description: vscode.l10n.t('staged, not staged, and new files'),
			value: { what: 'working' },
		},
		...subjects.map(commit),
	];
}
