/** Going on with runs that were stopped, by a person, a budget, a closed window or a crash. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ConfigError } from '../../core/learning/runConfig.js';
import type { RunDetail } from '../../runs/runSummary.js';
import type { FoundSet } from '../problemSets.js';
import { type RunTarget, runFrom } from '../runArgument.js';
import { runDescription, runLabel } from '../runWords.js';
import type { Services } from '../services.js';
import { runWords, shownStored } from '../shownRun.js';
import { back, type Choice, pickOne } from '../steps.js';

/** Runs that are looked through, the newest ones. */
const mostLookedAt = 50;

/** Lets one be picked of those that can go on. @returns the id of the run, where one goes on */
export async function resume(services: Services): Promise<string | undefined> {
	const items = resumable(services);
	if ((await items).length === 0) {
		void vscode.window.showInformationMessage(vscode.l10n.t('No stopped run here could go on.'));
		return undefined;
	}
	const placeholder = vscode.l10n.t('Which run shall go on? Nothing that it finished is done, or paid, again.');
	const target = await pickOne({ title: vscode.l10n.t('Resume'), placeholder, items });
	return target === back || target === undefined ? undefined : resumeOne(services, target);
}

/** @returns the id of the run, where it goes on @throws {ConfigError} where it can't go on here */
export async function resumeOne(services: Services, argument: unknown): Promise<string | undefined> {
	const target = runFrom(argument);
	if (!target) return resume(services);
	const { readRun } = await import('../../runs/runSummary.js');
	const run = await readRun(target.folder.workspace.runs, target.id);
	if (!isResumable(target, run))
		throw new ConfigError(vscode.l10n.t('Only a stopped training or benchmark can go on.'));
	const set = await setOf(services, target, run);
	const command = run.kind === 'train' ? 'flex.problemSets.train' : 'flex.problemSets.benchmark';
	return vscode.commands.executeCommand<string | undefined>(command, { set, resume: target.id });
}

async function resumable(services: Services): Promise<readonly Choice<RunTarget>[]> {
	const { readRun, runIds } = await import('../../runs/runSummary.js');
	const targets = services.folders.all().flatMap((folder) =>
		runIds(folder.workspace.runs)
			.slice(0, mostLookedAt)
			.map((id) => ({ folder, id })),
	);
	const live = new Set(services.runs.live.map(({ job }) => job.id));
	const choices: Choice<RunTarget>[] = [];
	for (const target of targets.filter(({ id }) => !live.has(id))) {
		const run = await readRun(target.folder.workspace.runs, target.id);
		if (!isResumable(target, run)) continue;
		const shown = shownStored(target.folder, run);
		choices.push({ label: runLabel(shown), description: runDescription(shown), detail: shown.message, value: target });
	}
	return choices;
}

function isResumable({ folder }: RunTarget, run: RunDetail): boolean {
	return runWords(shownStored(folder, run)).includes('resumable');
}

/** The set may have moved since: then one of the same name is taken. */
async function setOf({ problemSets }: Services, { folder }: RunTarget, run: RunDetail): Promise<FoundSet> {
	const sets = (await problemSets.list()).filter((set) => set.folder.uri.toString() === folder.uri.toString());
	const found =
		sets.find(({ uri }) => uri.fsPath === run.source || join(folder.uri.fsPath, run.source) === uri.fsPath) ??
		sets.find(({ label }) => label === run.set);
	if (found) return found;
	throw new ConfigError(
		vscode.l10n.t('The problem set {0} is not in this workspace any more, so the run can’t go on.', run.set),
	);
}
