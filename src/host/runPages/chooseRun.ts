/** Lets one be picked of the runs of all folders, the newest first. */
import * as vscode from 'vscode';
import { oneLine, withoutLinks } from '../plainText.js';
import type { RunTarget } from '../runArgument.js';
import { runDescription, runLabel, stateWords } from '../runWords.js';
import type { Services } from '../services.js';
import type { ShownRun } from '../shownRun.js';
import { back, type Choice, pickOne } from '../steps.js';
import { allTargets, shownRun } from './readStory.js';

/** Each of them has a log that must be read; older ones are in the view. */
const mostListed = 100;

export interface ChoiceOfRun {
	readonly title: string;
	readonly placeholder: string;
	/** Whether runs that go on are among them. */
	readonly live: boolean;
}

/** @returns undefined where none is picked, or there is none, which it says */
export async function chooseRun(
	services: Pick<Services, 'folders' | 'runs'>,
	{ title, placeholder, live }: ChoiceOfRun,
): Promise<RunTarget | undefined> {
	const going = new Set(services.runs.live.map(({ job }) => job.id));
	const targets = (await allTargets(services)).filter(({ id }) => live || !going.has(id));
	if (targets.length === 0) return sayNone(live);
	const target = await pickOne({ title, placeholder, items: rows(services, targets, live) });
	return target === back ? undefined : target;
}

async function rows(
	services: Pick<Services, 'folders' | 'runs'>,
	targets: readonly RunTarget[],
	live: boolean,
): Promise<readonly Choice<RunTarget>[]> {
	const several = services.folders.all().length > 1;
	const choices: Choice<RunTarget>[] = [];
	for (const target of targets.slice(0, mostListed)) {
		const run = await shownRun(services, target);
		if (live || run.state !== 'elsewhere') choices.push(rowOf(run, target, several));
	}
	const left = targets.length - mostListed;
	if (left > 0) {
		const detail = vscode.l10n.t('{0} older runs stand in the view "Runs" of FLEX.', left);
		choices.push({ label: `$(info) ${vscode.l10n.t('Older runs')}`, detail });
	}
	return choices;
}

function rowOf(run: ShownRun, target: RunTarget, several: boolean): Choice<RunTarget> {
	const state = stateWords(run);
	const description = runDescription(run);
	const told = description.startsWith(state) ? description : `${state} · ${description}`;
	const place = several ? `${target.folder.name} · ` : '';
	return {
		label: oneLine(runLabel(run), 120).replaceAll('$(', '$ ('),
		description: withoutLinks(`${place}${told}`).replaceAll('$(', '$ ('),
		detail: target.id,
		value: target,
	};
}

function sayNone(live: boolean): undefined {
	const train = vscode.l10n.t('Train');
	const message = live
		? vscode.l10n.t('There is no run here yet. Training and benchmarks make one.')
		: vscode.l10n.t('There is no run here that could be deleted. One that goes on must be stopped first.');
	void vscode.window.showInformationMessage(message, ...(live ? [train] : [])).then((answer) => {
		if (answer === train) void vscode.commands.executeCommand('flex.train');
	});
}
