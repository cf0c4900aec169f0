/** A notification for each run that goes on, with its figures; cancelling it stops the run, which can go on later. */
import * as vscode from 'vscode';
import type { LiveRun, Runs } from '../runs.js';
import { compact, percent, runLabel } from '../runWords.js';
import { mainAccuracy, type ShownRun, shownLive } from '../shownRun.js';

type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

interface Shown {
	readonly progress: Progress;
	/** Percent, as far as it was told. */
	told: number;
}

export class ProgressNotifications {
	private readonly shown = new Map<LiveRun, Shown>();
	private readonly begun = new WeakSet<LiveRun>();

	constructor(private readonly runs: Pick<Runs, 'live'>) {}

	refresh(): void {
		for (const run of this.runs.live) {
			if (!this.begun.has(run)) this.begin(run);
			const shown = this.shown.get(run);
			if (shown) report(shown, shownLive(run, Date.now()));
		}
	}

	end(run: LiveRun): void {
		this.shown.delete(run);
	}

	private begin(run: LiveRun): void {
		this.begun.add(run);
		const options: vscode.ProgressOptions = {
			location: vscode.ProgressLocation.Notification,
			title: runLabel(shownLive(run, Date.now())),
			cancellable: true,
		};
		void vscode.window.withProgress(options, async (progress, token) => {
			token.onCancellationRequested(() => run.stop());
			this.shown.set(run, { progress, told: 0 });
			await run.ended;
		});
	}
}

function report(shown: Shown, run: ShownRun): void {
	const done = run.total ? (100 * run.done) / run.total : 0;
	const increment = Math.max(0, done - shown.told);
	shown.told += increment;
	shown.progress.report({ message: messageOf(run), increment });
}

/** `12/48 · 42 % right at the first attempt · 9 learned · 21k tokens`. */
function messageOf(run: ShownRun): string {
	const { state, message, done, total, kind, learned, tokens, cost, accuracy } = run;
	if (state === 'preparing') return message === '' ? vscode.l10n.t('starting') : message;
	if (state === 'stopping') return vscode.l10n.t('stopping');
	const main = mainAccuracy(accuracy);
	const right = main && (kind === 'train' ? firstAttempt(percent(main)) : vscode.l10n.t('{0} right', percent(main)));
	const parts = [
		state === 'paused' ? vscode.l10n.t('paused') : undefined,
		total === undefined ? String(done) : `${done}/${total}`,
		right,
		kind === 'train' ? vscode.l10n.t('{0} learned', learned) : undefined,
		tokens > 0 ? vscode.l10n.t('{0} tokens', compact(tokens)) : undefined,
		cost?.cost && cost.currency ? `${compact(cost.cost)} ${cost.currency}` : undefined,
	];
	return parts.filter((part) => part !== undefined).join(' · ');
}

function firstAttempt(share: string): string {
	return vscode.l10n.t('{0} right at the first attempt', share);
}
