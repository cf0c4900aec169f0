/** Runs that a closed window or a crashed extension host left behind: the next activation offers to go on with them. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunTarget } from '../runArgument.js';
import type { LiveRun } from '../runs.js';
import type { Services } from '../services.js';

/**
 * Lies in the folder of a run as long as a window goes on with it, and stays where that was cut short. What VS Code keeps
 * for a workspace would not do: it is written later, and each of several windows has its own.
 */
const mark = 'window.open';

/** Runs that are looked through, the newest ones. */
const mostLookedAt = 20;

interface Found {
	readonly target: RunTarget;
	readonly set: string;
}

export class LeftOver {
	private readonly marked = new WeakSet<LiveRun>();

	constructor(private readonly services: Pick<Services, 'folders' | 'runs'>) {}

	/** A run has told of itself, so it has a folder. */
	begun(run: LiveRun): void {
		if (this.marked.has(run)) return;
		this.marked.add(run);
		writeFileSync(markOf({ folder: run.job.folder, id: run.job.id }), '');
	}

	/** It came to an end, or a person stopped it. */
	ended({ job: { folder, id } }: LiveRun): void {
		if (!this.services.runs.closing) rmSync(markOf({ folder, id }), { force: true });
	}

	/** Asks once whether one that was left behind shall go on. */
	async offer(): Promise<void> {
		if (!vscode.workspace.isTrusted) return;
		const [first] = await this.find();
		if (!first) return;
		const resume = vscode.l10n.t('Resume');
		const text = vscode.l10n.t(
			'A run on {0} was broken off when its window closed. What it finished is kept.',
			first.set,
		);
		const answer = await vscode.window.showInformationMessage(text, resume, vscode.l10n.t('Not now'));
		if (answer === resume) await vscode.commands.executeCommand('flex.runs.resume', first.target);
	}

	/** Those that could go on, the newest first; their marks are taken away, since each is offered once. */
	private async find(): Promise<readonly Found[]> {
		const { readRun, runIds } = await import('../../runs/runSummary.js');
		const marked = this.services.folders
			.all()
			.flatMap((folder) =>
				runIds(folder.workspace.runs)
					.slice(0, mostLookedAt)
					.map((id) => ({ folder, id })),
			)
			.filter((target) => existsSync(markOf(target)));
		const found: Found[] = [];
		for (const target of marked) {
			const { state, set } = await readRun(target.folder.workspace.runs, target.id);
			// It may go on where nobody sees its window any more.
			if (state === 'running') continue;
			rmSync(markOf(target), { force: true });
			if (state === 'stopped') found.push({ target, set });
		}
		return found;
	}
}

function markOf({ folder, id }: RunTarget): string {
	return join(folder.workspace.runs, id, mark);
}
