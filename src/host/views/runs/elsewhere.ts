/** Follows the runs of other windows and of the command line, as long as they go on. */
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { ShownRun } from '../../shownRun.js';

/** A run's owner touches it every few seconds, and removes it at the end. */
const sign = 'owner.lock';

export class Elsewhere implements vscode.Disposable {
	private readonly watchers = new Map<string, FSWatcher>();

	/** @param look called when a run went on or ended */
	constructor(private readonly look: () => void) {}

	/** Takes note of what a run was seen to do. */
	note({ folder, id, state }: Pick<ShownRun, 'folder' | 'id' | 'state'>): void {
		const path = join(folder.workspace.runs, id);
		if (state !== 'elsewhere') this.forget(path);
		else if (!this.watchers.has(path) && existsSync(path)) this.watchers.set(path, this.watch(path));
	}

	dispose(): void {
		for (const path of [...this.watchers.keys()]) this.forget(path);
	}

	/** VS Code watches the workspace as a whole, and may miss what happens in a folder that was made a moment ago. */
	private watch(path: string): FSWatcher {
		const watcher = watch(path, { persistent: false }, (_, name) => {
			if (name === sign) this.look();
		});
		// A folder that goes takes its watcher with it.
		watcher.on('error', () => this.forget(path));
		return watcher;
	}

	private forget(path: string): void {
		this.watchers.get(path)?.close();
		this.watchers.delete(path);
	}
}
