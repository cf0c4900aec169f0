/** The libraries of this window: one for each workspace folder and the user's own, each opened once, on first use. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { LibraryNotice } from '../core/experience/store.js';
import type { Library } from '../library/library.js';
import type { FlexFolder, Folders } from './folders.js';

/** What changed in which folder's library; `folder` is undefined for the user's own. */
export interface LibraryEvent {
	readonly folder: FlexFolder | undefined;
	readonly notices: readonly LibraryNotice[];
}

/** Key of the user's own library among those of the folders. */
const ownKey = 'own';

export class Libraries implements vscode.Disposable {
	private readonly opened = new Map<string, Promise<Library>>();
	/** Work on the files of libraries, which must be closed meanwhile. */
	private readonly closedFor = new Map<string, Promise<void>>();
	private readonly changed = new vscode.EventEmitter<LibraryEvent>();
	private readonly watcher: vscode.FileSystemWatcher;
	private readonly trusted: vscode.Disposable;

	constructor(
		private readonly context: vscode.ExtensionContext,
		private readonly log: vscode.LogOutputChannel,
		private readonly folders: Folders,
	) {
		// A library that another process makes, or that somebody deletes, is seen without asking for it.
		this.watcher = vscode.workspace.createFileSystemWatcher('**/.flex/library.{sqlite,journal}', false, true, false);
		this.watcher.onDidCreate((uri) => this.fileChanged(uri));
		this.watcher.onDidDelete((uri) => this.fileChanged(uri));
		// What was opened for reading only is opened anew, for everything.
		this.trusted = vscode.workspace.onDidGrantWorkspaceTrust(() => void this.reopen());
	}

	/** After each change that is kept, by this window or by another process. */
	readonly onDidChange = this.changed.event;

	/** Whether the folder has a library on disk. */
	exists({ workspace }: FlexFolder): boolean {
		return ['library.sqlite', 'library.journal'].some((name) => existsSync(join(workspace.flex, name)));
	}

	/** The folder's library; made where there is none. @throws {LibraryError} */
	open(folder: FlexFolder): Promise<Library> {
		return this.openOnce(folder.workspace.flex, folder.workspace.flex, folder);
	}

	/** The folder's library where it has one. @throws {LibraryError} */
	async existing(folder: FlexFolder): Promise<Library | undefined> {
		await this.closedFor.get(folder.workspace.flex)?.catch(() => undefined);
		return this.exists(folder) ? this.open(folder) : undefined;
	}

	/** Whether the user wants experiences that follow them across workspaces (setting `flex.retrieval.ownLibrary`). */
	get ownEnabled(): boolean {
		return vscode.workspace.getConfiguration('flex').get<boolean>('retrieval.ownLibrary', false);
	}

	/** The user's own library, made where there is none; undefined where it is not wanted. @throws {LibraryError} */
	async own(): Promise<Library | undefined> {
		if (!this.ownEnabled) return undefined;
		return this.openOnce(ownKey, this.ownFolder, undefined);
	}

	/** Where the user's own library lies, whether there is one or not. */
	get ownFolder(): string {
		return join(this.context.globalStorageUri.fsPath, 'library');
	}

	/**
	 * Closes a library, and does `work` on its files while nobody can open it; who asks for it meanwhile gets it after.
	 * @param folder undefined: the user's own
	 */
	async whileClosed(folder: FlexFolder | undefined, work: () => Promise<void>): Promise<void> {
		const key = folder?.workspace.flex ?? ownKey;
		const library = this.opened.get(key);
		this.opened.delete(key);
		const closed = (async () => {
			await (await library?.catch(() => undefined))?.close();
			await work();
		})();
		this.closedFor.set(key, closed);
		try {
			await closed;
		} finally {
			this.closedFor.delete(key);
			this.changed.fire({ folder, notices: [] });
		}
	}

	/** Closes all of them; each writes its snapshot. */
	async closeAll(): Promise<void> {
		const all = [...this.opened.values()];
		this.opened.clear();
		const libraries = await Promise.allSettled(all);
		await Promise.allSettled(
			libraries.map((entry) => (entry.status === 'fulfilled' ? entry.value.close() : undefined)),
		);
	}

	dispose(): void {
		this.watcher.dispose();
		this.trusted.dispose();
		this.changed.dispose();
	}

	private async reopen(): Promise<void> {
		await this.closeAll();
		for (const folder of this.folders.all()) this.changed.fire({ folder, notices: [] });
	}

	private openOnce(key: string, path: string, folder: FlexFolder | undefined): Promise<Library> {
		const known = this.opened.get(key);
		if (known) return known;
		const closed = this.closedFor.get(key)?.catch(() => undefined) ?? Promise.resolve();
		const opening = closed.then(() => this.openNew(path, folder));
		this.opened.set(key, opening);
		// What could not be opened may be mended meanwhile: the next use tries again.
		opening.catch(() => this.opened.delete(key));
		return opening;
	}

	private async openNew(path: string, folder: FlexFolder | undefined): Promise<Library> {
		const { openLibrary } = await import('../library/library.js');
		const readOnly = !vscode.workspace.isTrusted && folder !== undefined;
		if (!readOnly) mkdirSync(path, { recursive: true });
		const onMessage = (message: string): void => void this.tell(message);
		const workerFile = join(__dirname, 'libraryWorker.js');
		const library = await openLibrary(path, { workerFile, readOnly, onMessage });
		for (const message of library.report.messages) void this.tell(message);
		library.onChange((notices) => this.changed.fire({ folder, notices }));
		return library;
	}

	private async tell(message: string): Promise<void> {
		this.log.warn(message);
		await vscode.window.showWarningMessage(message);
	}

	private fileChanged(uri: vscode.Uri): void {
		const folder = this.folders.of(uri);
		if (folder) this.changed.fire({ folder, notices: [] });
	}
}
