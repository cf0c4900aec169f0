/** Runs by names that a person recognises: what they were, and when. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { capturePrefix } from '../../runs/captureIds.js';
import type { FlexFolder } from '../folders.js';
import { momentOf, runLabel } from '../runWords.js';
import type { StoredRuns } from '../storedRuns.js';

export class RunNames {
	constructor(private readonly stored: StoredRuns) {}

	/** Whether the folder of the run is still in this workspace. */
	isHere(folder: FlexFolder | undefined, run: string): boolean {
		return folder !== undefined && isRunId(run) && existsSync(join(folder.workspace.runs, run));
	}

	/** The id itself, where nobody knows more. */
	async of(folder: FlexFolder | undefined, run: string): Promise<string> {
		if (run.startsWith(capturePrefix)) return vscode.l10n.t('a change of yours');
		if (!folder || !this.isHere(folder, run)) return run;
		const shown = await this.stored.read({ folder, id: run }).catch(() => undefined);
		if (!shown) return run;
		const at = shown.lastEventAt === undefined ? '' : `, ${momentOf(shown.lastEventAt)}`;
		return `${runLabel(shown)}${at}`;
	}
}

/** Ids become parts of paths: nothing else may. */
export function isRunId(run: string): boolean {
	return /^[\w-]{1,100}$/u.test(run);
}
