/** Deletes the folder of a run, after saying what goes and what stays. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { RunFolderError, runOwner } from '../../providers/runFolder.js';
import { size } from '../../runs/diskUse.js';
import { runBytes } from '../../runs/runSummary.js';
import type { RunTarget } from '../runArgument.js';
import { runLabel } from '../runWords.js';
import type { Services } from '../services.js';
import { shownStored } from '../shownRun.js';
import { storedRun } from './readStory.js';

/** @returns whether it is gone @throws {RunFolderError} `owned` where the run goes on, here or in another process */
export async function deleteRun({ runs }: Pick<Services, 'runs'>, target: RunTarget): Promise<boolean> {
	const folder = join(target.folder.workspace.runs, target.id);
	const run = await storedRun(target);
	refuseLive(runs, target, folder);
	const remove = vscode.l10n.t('Delete run');
	const question = vscode.l10n.t('{0}: delete this run?', runLabel(shownStored(target.folder, run)));
	const detail = [
		vscode.l10n.t('Its log, answers and report go for good ({0}).', size(runBytes(folder))),
		vscode.l10n.t('What it taught the library stays.'),
	].join(' ');
	if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) !== remove) return false;
	// It may have gone on while the question stood there.
	refuseLive(runs, target, folder);
	await rm(folder, { recursive: true, force: true });
	return true;
}

function refuseLive(runs: Services['runs'], { id }: RunTarget, folder: string): void {
	if (runs.live.some(({ job }) => job.id === id)) {
		throw new RunFolderError('owned', vscode.l10n.t('This run goes on. Stop it first, then delete it.'));
	}
	const owner = runOwner(folder);
	if (!owner?.alive) return;
	const where = vscode.l10n.t(
		'This run goes on in another window or on the command line (process {0} on {1}). Stop it there first.',
		owner.pid,
		owner.host,
	);
	throw new RunFolderError('owned', where);
}
