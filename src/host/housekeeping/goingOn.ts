/** Nothing is deleted while a run works with it: whether one goes on, here or in another process. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { FlexFolder } from '../folders.js';
import type { Services } from '../services.js';

/** True where nothing goes on; else says what does, and offers to look at it. It is not stopped from here. */
export async function requireQuiet({ runs }: Services, folders: readonly FlexFolder[]): Promise<boolean> {
	const here = runs.live.find(({ job }) => folders.some(({ uri }) => uri.toString() === job.folder.uri.toString()));
	if (here) return refuse(vscode.l10n.t('A run on {0} goes on. Stop it, or wait for its end.', here.job.set));
	const { runsGoingOn } = await import('../../runs/forget.js');
	const { readRun } = await import('../../runs/runSummary.js');
	for (const { workspace } of folders) {
		const [id] = runsGoingOn(workspace.runs);
		if (id === undefined) continue;
		const { set } = await readRun(workspace.runs, id);
		return refuse(
			vscode.l10n.t(
				'A run on {0} goes on in another window or on the command line. Stop it there, or wait for its end.',
				set || basename(workspace.root),
			),
		);
	}
	return true;
}

function refuse(message: string): false {
	const show = vscode.l10n.t('Show runs');
	void vscode.window.showWarningMessage(message, show).then((answer) => {
		if (answer === show) void vscode.commands.executeCommand('flex.runs.focus');
	});
	return false;
}
