/** Rules of the library in the instruction files of agents: on demand, and after a training where that is wanted. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { guarded, registerGuarded } from '../guarded.js';
import type { LiveRun, RunOutcome } from '../runs.js';
import type { Services } from '../services.js';
import { InstructionsPreview } from './preview.js';

/** Milliseconds that the status bar says what was updated. */
const told = 8_000;

export function registerInstructions(services: Services): vscode.Disposable {
	const { log, runs } = services;
	const preview = new InstructionsPreview();
	return vscode.Disposable.from(
		preview,
		registerGuarded(log, 'flex.exportInstructions', async () => {
			const { exportInstructions } = await import('./exportInstructions.js');
			return exportInstructions(services, preview);
		}),
		runs.onDidEnd(({ run, outcome }) => void guarded(log, () => afterRun(services, run, outcome))),
	);
}

async function afterRun(services: Services, { job }: LiveRun, { status }: RunOutcome): Promise<void> {
	const wanted = vscode.workspace.getConfiguration('flex', job.folder.uri).get('instructions.update', false);
	if (job.kind !== 'train' || status !== 'done' || !wanted || services.runs.closing) return;
	const { updateInstructions } = await import('./exportInstructions.js');
	const files = await updateInstructions(services, job.folder);
	for (const file of files) services.log.info(`The rules in ${file} were brought up to date.`);
	if (files.length === 0) return;
	const names = files.map((file) => basename(file)).join(', ');
	vscode.window.setStatusBarMessage(vscode.l10n.t('FLEX brought {0} up to date', names), told);
}
