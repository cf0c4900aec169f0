/** Which open documents are splits of a problem set, and of which; remembered until the sets change. */
import { resolve, sep } from 'node:path';
import type * as vscode from 'vscode';
import type { Manifest } from '../../core/tasks/problemSet.js';
import type { Split } from '../../core/tasks/task.js';
import type { SplitFile, SplitFiles } from '../../providers/splitFiles.js';
import type { FoundSet } from '../problemSets.js';
import type { Services } from '../services.js';

export interface SplitDocument {
	readonly set: FoundSet;
	readonly split: Split;
	/** Undefined where `flex-task.json` can't be used. */
	readonly manifest: Manifest | undefined;
	/** The files of the set's other splits. */
	readonly others: readonly SplitFile[];
}

export class SplitDocuments {
	private readonly files = new Map<string, Promise<SplitFiles>>();

	constructor(private readonly services: Pick<Services, 'problemSets'>) {}

	/** What the document is; undefined where it belongs to no set. */
	async of({ uri }: Pick<vscode.TextDocument, 'uri'>): Promise<SplitDocument | undefined> {
		if (uri.scheme !== 'file' || !uri.path.endsWith('.jsonl')) return undefined;
		const file = resolve(uri.fsPath);
		const sets = await this.services.problemSets.list();
		// The innermost set first, for one may lie in the folder of another.
		const around = sets.filter((set) => file.startsWith(resolve(set.uri.fsPath) + sep));
		for (const set of around.sort((a, b) => b.uri.fsPath.length - a.uri.fsPath.length)) {
			const { manifest, files } = await this.filesOf(set);
			const found = files.find((known) => known.file === file);
			if (found) return { set, split: found.split, manifest, others: files.filter((known) => known !== found) };
		}
		return undefined;
	}

	forget(): void {
		this.files.clear();
	}

	private filesOf({ uri }: FoundSet): Promise<SplitFiles> {
		const key = uri.toString();
		const known = this.files.get(key);
		if (known) return known;
		const reading = import('../../providers/splitFiles.js').then(({ readSplitFiles }) => readSplitFiles(uri.fsPath));
		this.files.set(key, reading);
		reading.catch(() => this.files.delete(key));
		return reading;
	}
}
