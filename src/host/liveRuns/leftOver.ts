/** Runs that a closed window or a crashed extension host left behind: the next activation offers to go on with them. */
import * as vscode from 'vscode';
import type { RunTarget } from '../runArgument.js';
import type { LiveRun } from '../runs.js';
import type { Services } from '../services.js';

/** Where the workspace's memory keeps them. */
const key = 'runs.goingOn';

interface Remembered {
	readonly folder: string;
	readonly id: string;
}

export class LeftOver {
	private remembered: string;

	constructor(private readonly services: Services) {
		this.remembered = JSON.stringify(this.stored());
	}

	/** Keeps in mind which runs go on; those that a person stopped, or that ended, are none. */
	remember(): void {
		const going = this.services.runs.live.filter(({ stopping }) => !stopping).map(memoryOf);
		const text = JSON.stringify(going);
		if (text === this.remembered) return;
		this.remembered = text;
		void this.services.context.workspaceState.update(key, going);
	}

	/** Asks once whether those that were left behind shall go on. */
	async offer(): Promise<void> {
		const stored = this.stored();
		if (stored.length === 0) return;
		await this.services.context.workspaceState.update(key, []);
		const [first] = await this.stopped(stored);
		if (!first || !vscode.workspace.isTrusted) return;
		const resume = vscode.l10n.t('Resume');
		const text = vscode.l10n.t(
			'A run on {0} was broken off when this window closed. What it finished is kept.',
			first.set,
		);
		const answer = await vscode.window.showInformationMessage(text, resume, vscode.l10n.t('Not now'));
		if (answer === resume) await vscode.commands.executeCommand('flex.runs.resume', first.target);
	}

	/** Somebody else may have gone on with them, or deleted them. */
	private async stopped(stored: readonly Remembered[]): Promise<readonly { target: RunTarget; set: string }[]> {
		const { readRun, runIds } = await import('../../runs/runSummary.js');
		const found: { target: RunTarget; set: string }[] = [];
		for (const { folder: uri, id } of stored) {
			const folder = this.services.folders.all().find((one) => one.uri.toString() === uri);
			if (!folder || !runIds(folder.workspace.runs).includes(id)) continue;
			const { state, set } = await readRun(folder.workspace.runs, id);
			if (state === 'stopped') found.push({ target: { folder, id }, set });
		}
		return found;
	}

	private stored(): readonly Remembered[] {
		const value: unknown = this.services.context.workspaceState.get(key);
		return Array.isArray(value) ? value.filter(isRemembered) : [];
	}
}

function memoryOf({ job }: LiveRun): Remembered {
	return { folder: job.folder.uri.toString(), id: job.id };
}

function isRemembered(value: unknown): value is Remembered {
	if (typeof value !== 'object' || value === null) return false;
	return 'folder' in value && typeof value.folder === 'string' && 'id' in value && typeof value.id === 'string';
}
