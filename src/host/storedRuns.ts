/** The runs on disk as the tree shows them; one that did not change is not read again. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FlexFolder } from './folders.js';
import { type ShownRun, shownStored } from './shownRun.js';

export interface StoredId {
	readonly folder: FlexFolder;
	readonly id: string;
}

interface Known {
	readonly signature: string;
	readonly run: Promise<ShownRun>;
}

export class StoredRuns {
	private readonly known = new Map<string, Known>();

	/** The ids of all runs, the newest first. */
	async ids(folders: readonly FlexFolder[]): Promise<readonly StoredId[]> {
		const { runIds } = await import('../runs/runSummary.js');
		const ids = folders.flatMap((folder) => runIds(folder.workspace.runs).map((id) => ({ folder, id })));
		// ULIDs sort by time.
		return folders.length > 1 ? ids.sort((a, b) => (a.id < b.id ? 1 : -1)) : ids;
	}

	async read({ folder, id }: StoredId): Promise<ShownRun> {
		const { readRun } = await import('../runs/runSummary.js');
		const { runs } = folder.workspace;
		const path = join(runs, id);
		const signature = signatureOf(path);
		const known = this.known.get(path);
		if (known?.signature === signature) return known.run;
		const run = readRun(runs, id).then((detail) => shownStored(folder, detail));
		this.known.set(path, { signature, run });
		run.catch(() => this.known.delete(path));
		return run;
	}
}

function signatureOf(path: string): string {
	const log = statSync(join(path, 'events.jsonl'), { throwIfNoEntry: false });
	const others = ['config.json', 'report.json', 'owner.lock'].map((name) => existsSync(join(path, name)));
	return JSON.stringify([log?.size, log?.mtimeMs, ...others]);
}
