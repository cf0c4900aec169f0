/** The reports of benchmarks, a panel each: pages that need no script and no network. */
import * as vscode from 'vscode';
import { oneLine } from '../plainText.js';
import type { RunTarget } from '../runArgument.js';
import type { Services } from '../services.js';
import { reportDocument } from './reportDocument.js';

export class ReportPanels implements vscode.Disposable {
	private readonly panels = new Map<string, vscode.WebviewPanel>();

	constructor(private readonly services: Pick<Services, 'runs'>) {}

	/** Shows the run's report, in its own panel where that is open. @throws where there is none */
	async show(target: RunTarget): Promise<void> {
		const [{ storedRun }, { storedReport }] = await Promise.all([
			import('./readStory.js'),
			import('../../runs/storedReport.js'),
		]);
		const run = await storedRun(target);
		const stored = await storedReport(run);
		if (!stored) throw new Error(this.noneYet(target));
		const title = oneLine(run.set, 60);
		const panel = this.panels.get(keyOf(target)) ?? this.open(target, title);
		panel.webview.html = reportDocument(stored.html);
		panel.reveal();
	}

	close(target: RunTarget): void {
		this.panels.get(keyOf(target))?.dispose();
	}

	dispose(): void {
		for (const panel of [...this.panels.values()]) panel.dispose();
	}

	private open(target: RunTarget, title: string): vscode.WebviewPanel {
		const options = { enableScripts: false, enableFindWidget: true, localResourceRoots: [] };
		const panel = vscode.window.createWebviewPanel('flex.report', title, vscode.ViewColumn.Active, options);
		const key = keyOf(target);
		this.panels.set(key, panel);
		panel.onDidDispose(() => this.panels.delete(key));
		return panel;
	}

	private noneYet({ id }: RunTarget): string {
		return this.services.runs.live.some(({ job }) => job.id === id)
			? vscode.l10n.t('This run has no report yet; it is written at the end.')
			: vscode.l10n.t('This run has no report. Benchmarks write one; run or resume one first.');
	}
}

function keyOf({ folder, id }: RunTarget): string {
	return `${folder.uri.toString()} ${id}`;
}
