/** The problem sets of the workspace: every folder with a `flex-task.json`, datasets that were added among them. */
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { ProblemSet } from '../core/tasks/task.js';
import type { FlexFolder, Folders } from './folders.js';

export interface FoundSet {
	/** The set's own folder. */
	readonly uri: vscode.Uri;
	/** Name of its folder, which is that of the set as a rule. */
	readonly label: string;
	/** Path of its folder within the workspace folder. */
	readonly description: string;
	readonly folder: FlexFolder;
}

const manifestName = 'flex-task.json';
/** More sets than a workspace has. */
const most = 1000;
/** After the last new folder, in milliseconds: many come at once where a repository is checked out. */
const pause = 300;

export class ProblemSets implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly loaded = new Map<string, Promise<ProblemSet>>();
	private found: Promise<readonly FoundSet[]> | undefined;
	private looking: NodeJS.Timeout | undefined;
	private readonly subscriptions: readonly vscode.Disposable[];

	constructor(private readonly folders: Folders) {
		const watcher = vscode.workspace.createFileSystemWatcher('**/{flex-task.json,*.jsonl}');
		// Of a folder that is filled as soon as it is made, a watcher may see no more than the folder.
		const made = vscode.workspace.createFileSystemWatcher('**/*', false, true, true);
		this.subscriptions = [
			watcher,
			made,
			made.onDidCreate((uri) => void this.lookInto(uri)),
			watcher.onDidCreate((uri) => this.touched(uri)),
			watcher.onDidChange((uri) => this.touched(uri)),
			watcher.onDidDelete((uri) => this.touched(uri)),
			folders.onDidChange(() => this.forget()),
		];
	}

	/** After a set came, went, or changed. */
	readonly onDidChange = this.changed.event;

	/** All sets, by folder and path. */
	list(): Promise<readonly FoundSet[]> {
		this.found ??= this.find();
		return this.found;
	}

	/** The set as its files say. @throws {TaskError} */
	load({ uri }: Pick<FoundSet, 'uri'>): Promise<ProblemSet> {
		const key = uri.toString();
		const known = this.loaded.get(key);
		if (known) return known;
		const loading = import('../providers/problemSets.js').then(({ loadProblemSet }) => loadProblemSet(uri.fsPath));
		this.loaded.set(key, loading);
		// A file that can't be read now may be mended next.
		loading.catch(() => this.loaded.delete(key));
		return loading;
	}

	/** The set whose folder holds `file`. */
	async of(file: vscode.Uri): Promise<FoundSet | undefined> {
		const folder = dirname(file.fsPath);
		return (await this.list()).find(({ uri }) => uri.fsPath === folder);
	}

	dispose(): void {
		clearTimeout(this.looking);
		for (const subscription of this.subscriptions) subscription.dispose();
		this.changed.dispose();
	}

	/** Looks again at everything; for sets in places that are not watched. */
	forget(): void {
		this.found = undefined;
		this.loaded.clear();
		this.changed.fire();
	}

	private touched(uri: vscode.Uri): void {
		if (basename(uri.fsPath) === manifestName) this.found = undefined;
		else if (!this.isSplit(uri)) return;
		this.loaded.delete(vscode.Uri.joinPath(uri, '..').toString());
		this.changed.fire();
	}

	/** A new folder may hold sets of which no other event tells. */
	private async lookInto(uri: vscode.Uri): Promise<void> {
		if (/[\\/](?:node_modules|\.git|\.flex[\\/](?:runs|cache|experiences))(?:[\\/]|$)/.test(uri.fsPath)) return;
		const made = await stat(uri.fsPath).catch(() => undefined);
		if (!made?.isDirectory()) return;
		clearTimeout(this.looking);
		this.looking = setTimeout(() => void this.compare(), pause);
	}

	private async compare(): Promise<void> {
		const [known, now] = await Promise.all([this.found, this.find()]);
		const paths = (sets: readonly FoundSet[]): string => sets.map(({ uri }) => uri.toString()).join('\n');
		if (known && paths(known) !== paths(now)) this.forget();
	}

	/** Run logs end in `.jsonl`, too, and change all the time. */
	private isSplit(uri: vscode.Uri): boolean {
		return !/[\\/]\.flex[\\/](runs|cache|experiences)[\\/]/.test(uri.fsPath);
	}

	private async find(): Promise<readonly FoundSet[]> {
		const perFolder = this.folders.all().map(async (folder) => {
			const within = (pattern: string): vscode.RelativePattern => new vscode.RelativePattern(folder.uri, pattern);
			// `null`: what Git ignores and Search hides is a problem set all the same; datasets lie in `.flex`.
			const files = await vscode.workspace.findFiles(within(`**/${manifestName}`), within('**/node_modules/**'), most);
			const sets = files.map((file) => this.foundIn(folder, vscode.Uri.joinPath(file, '..')));
			return sets.sort((a, b) => a.description.localeCompare(b.description));
		});
		return (await Promise.all(perFolder)).flat();
	}

	private foundIn(folder: FlexFolder, uri: vscode.Uri): FoundSet {
		const path = vscode.workspace.asRelativePath(uri, false);
		return { uri, label: basename(uri.fsPath), description: path === uri.fsPath ? '' : path, folder };
	}
}
