/** The status bar item of the runs that go on: how far, how right, and what it costs, at a glance. */
import * as vscode from 'vscode';
import { withoutLinks } from '../plainText.js';
import type { Runs } from '../runs.js';
import { runDescription, runFigures, runLabel } from '../runWords.js';
import { type ShownRun, shownLive } from '../shownRun.js';

export class RunStatusBar implements vscode.Disposable {
	/** Made with the first run. */
	private item: vscode.StatusBarItem | undefined;

	constructor(private readonly runs: Pick<Runs, 'live'>) {}

	refresh(): void {
		const shown = this.runs.live.map((run) => shownLive(run, Date.now()));
		const [first] = shown;
		if (!first) {
			this.item?.hide();
			return;
		}
		this.item ??= create();
		const icon = shown.every(({ state }) => state === 'paused') ? 'debug-pause' : 'sync~spin';
		this.item.text = `$(${icon}) FLEX ${textOf(first, shown.length)}`;
		this.item.tooltip = tooltipOf(shown);
		this.item.accessibilityInformation = {
			label: shown.map((run) => `${runLabel(run)}, ${runDescription(run)}`).join('; '),
		};
		this.item.show();
	}

	dispose(): void {
		this.item?.dispose();
	}
}

function create(): vscode.StatusBarItem {
	const item = vscode.window.createStatusBarItem('flex.runs', vscode.StatusBarAlignment.Left, 10);
	item.name = vscode.l10n.t('FLEX runs');
	item.command = 'flex.openDashboard';
	return item;
}

function textOf(first: ShownRun, count: number): string {
	const description = runDescription(first);
	return count === 1 ? description : vscode.l10n.t('{0} (+{1})', description, count - 1);
}

function tooltipOf(runs: readonly ShownRun[]): vscode.MarkdownString {
	const text = new vscode.MarkdownString();
	for (const run of runs) {
		text.appendMarkdown('**');
		text.appendText(runLabel(run));
		text.appendMarkdown('**\n\n');
		for (const { label, value } of runFigures(run)) {
			text.appendText(withoutLinks(value === '' ? label : `${label}: ${value}`));
			text.appendMarkdown('\n\n');
		}
	}
	text.appendText(vscode.l10n.t('Click to see the runs.'));
	return text;
}
