/** Stopping runs of this window: at once, with everything that is finished kept. */
import * as vscode from 'vscode';
import { runFrom } from '../runArgument.js';
import type { LiveRun } from '../runs.js';
import { runDescription, runLabel } from '../runWords.js';
import type { Services } from '../services.js';
import { shownLive } from '../shownRun.js';
import { back, pickOne } from '../steps.js';

/** The one that goes on, or the one that is picked. */
export async function stop({ runs }: Pick<Services, 'runs'>): Promise<void> {
	const { live } = runs;
	const [first] = live;
	if (!first) {
		void vscode.window.showInformationMessage(vscode.l10n.t('No run goes on in this window.'));
		return;
	}
	const placeholder = vscode.l10n.t('Which run shall stop? What it has finished is kept.');
	const run = live.length === 1 ? first : await pickLive(live, vscode.l10n.t('Stop'), placeholder);
	run?.stop();
}

export async function stopOne(services: Pick<Services, 'runs'>, argument: unknown): Promise<void> {
	const target = runFrom(argument);
	if (!target) return stop(services);
	services.runs.live.find(({ job }) => job.id === target.id)?.stop();
}

/** Lets one be picked; undefined where nobody picks. */
export async function pickLive(
	live: readonly LiveRun[],
	title: string,
	placeholder: string,
): Promise<LiveRun | undefined> {
	const items = live.map((run) => {
		const shown = shownLive(run, Date.now());
		return { label: runLabel(shown), description: runDescription(shown), value: run };
	});
	const run = await pickOne({ title, placeholder, items });
	return run === back ? undefined : run;
}
