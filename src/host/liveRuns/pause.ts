/** Pausing runs of this window, and letting them go on: the process stays, and no new model call begins meanwhile. */
import * as vscode from 'vscode';
import { runFrom } from '../runArgument.js';
import type { LiveRun } from '../runs.js';
import type { Services } from '../services.js';
import { pickLive } from './stop.js';

type Running = Pick<Services, 'runs'>;

/** The run that it is called on, else the one that can be paused, or the one that is picked. */
export async function pauseOne({ runs }: Running, argument: unknown): Promise<void> {
	const run = await chosen(
		runs.live.filter(({ paused, stopping }) => !paused && !stopping),
		argument,
		{
			none: vscode.l10n.t('No run goes on in this window.'),
			title: vscode.l10n.t('Pause'),
			placeholder: vscode.l10n.t('Which run shall pause? Model calls under way end, and no new one begins.'),
		},
	);
	run?.pause();
}

/** The run that it is called on, else the one that is paused, or the one that is picked. */
export async function unpauseOne({ runs }: Running, argument: unknown): Promise<void> {
	const run = await chosen(
		runs.live.filter(({ paused }) => paused),
		argument,
		{
			none: vscode.l10n.t('No run of this window is paused.'),
			title: vscode.l10n.t('Continue'),
			placeholder: vscode.l10n.t('Which run shall continue?'),
		},
	);
	run?.resume();
}

interface Words {
	readonly none: string;
	readonly title: string;
	readonly placeholder: string;
}

async function chosen(
	candidates: readonly LiveRun[],
	argument: unknown,
	{ none, title, placeholder }: Words,
): Promise<LiveRun | undefined> {
	const target = runFrom(argument);
	if (target) return candidates.find(({ job }) => job.id === target.id);
	if (candidates.length > 1) return pickLive(candidates, title, placeholder);
	if (candidates.length === 0) void vscode.window.showInformationMessage(none);
	return candidates[0];
}
