/** The file system `flex:`: each experience is a document, and saving it makes a revision. */
import * as vscode from 'vscode';
import { LibraryError } from '../../core/experience/store.js';
import type { LibraryEvent } from '../libraries.js';
import { withoutLinks } from '../plainText.js';
import type { Services } from '../services.js';
import { isDocumentFolder, scheme } from './documentPath.js';
import type { Experiences, Found } from './experiences.js';

/** Mistakes that the message of a refused save names; the Problems panel has all. */
const namedIssues = 3;

export function registerFileSystem(services: Services, experiences: Experiences): vscode.Disposable {
	const files = new ExperienceFiles(experiences);
	return vscode.Disposable.from(
		files,
		services.libraries.onDidChange((event) => files.libraryChanged(event)),
		vscode.workspace.registerFileSystemProvider(scheme, files, { isCaseSensitive: true }),
	);
}

class ExperienceFiles implements vscode.FileSystemProvider, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	private readonly watched = new Map<string, vscode.Uri>();
	/** The revision that VS Code was last told of: what it compares with before it writes. */
	private readonly told = new Map<string, number>();

	constructor(private readonly experiences: Experiences) {}

	readonly onDidChangeFile = this.changed.event;

	dispose(): void {
		this.changed.dispose();
	}

	watch(uri: vscode.Uri): vscode.Disposable {
		const key = uri.toString();
		this.watched.set(key, uri);
		return new vscode.Disposable(() => this.watched.delete(key));
	}

	/** Open documents follow what other windows, runs and commands make of their experiences. */
	libraryChanged({ folder, notices }: LibraryEvent): void {
		const ids = new Set(notices.filter(({ op }) => op !== 'use' && op !== 'feedback').map(({ id }) => id));
		if (notices.length > 0 && ids.size === 0) return;
		const uris = [...this.watched.values()].filter((uri) => {
			const target = this.experiences.targetOf(uri);
			const sameLibrary = target && target.folder?.workspace.flex === folder?.workspace.flex;
			return sameLibrary && (notices.length === 0 || ids.has(target.id));
		});
		if (uris.length > 0) this.changed.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
	}

	/** The time of change counts revisions, so that a newer one is always later, whatever the clocks say. */
	async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
		const found = await this.found(uri);
		if (!found) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
		const { library, experience } = found;
		const [{ toldSize }, history] = await Promise.all([import('./documentForm.js'), library.history(experience.id)]);
		const ctime = Date.parse(experience.createdAt) || 0;
		this.told.set(uri.toString(), experience.rev);
		return {
			type: vscode.FileType.File,
			ctime,
			mtime: ctime + experience.rev,
			size: toldSize(history),
			...(this.experiences.isReadOnly(found) ? { permissions: vscode.FilePermission.Readonly } : {}),
		};
	}

	async readFile(uri: vscode.Uri): Promise<Uint8Array> {
		const found = await this.found(uri);
		if (!found) throw vscode.FileSystemError.FileIsADirectory(uri);
		const { formatDocument } = await import('./documentForm.js');
		return Buffer.from(formatDocument(found.experience));
	}

	async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
		const found = await this.found(uri);
		if (!found) throw vscode.FileSystemError.FileIsADirectory(uri);
		if (this.experiences.isReadOnly(found)) {
			throw unavailable(vscode.l10n.t('This library can only be read from here.'));
		}
		await this.save(uri, found, content);
	}

	readDirectory(): [string, vscode.FileType][] {
		return [];
	}

	createDirectory(uri: vscode.Uri): never {
		throw notHere(uri);
	}

	delete(uri: vscode.Uri): never {
		throw notHere(uri);
	}

	rename(uri: vscode.Uri): never {
		throw notHere(uri);
	}

	private async found(uri: vscode.Uri): Promise<Found | undefined> {
		const target = this.experiences.targetOf(uri);
		if (target) return this.experiences.find(target);
		if (isDocumentFolder(uri.path)) return undefined;
		throw vscode.FileSystemError.FileNotFound(uri);
	}

	/**
	 * VS Code has made sure that the document is not newer than what it knows, or that the person wants to write over it;
	 * only what came in between since it asked is refused here.
	 */
	private async save(uri: vscode.Uri, { library, experience }: Found, content: Uint8Array): Promise<void> {
		const [{ parseDocument }, { saveEdit }, { EditFormError }] = await Promise.all([
			import('./documentForm.js'),
			import('../../runs/saveEdit.js'),
			import('../../core/experience/editFormError.js'),
		]);
		try {
			const after = parseDocument(new TextDecoder().decode(content), experience);
			const rev = this.told.get(uri.toString()) ?? experience.rev;
			await saveEdit(library, { ...experience, rev }, { ...after, rev });
		} catch (error) {
			if (error instanceof EditFormError) throw unavailable(mistakes(error.issues));
			if (error instanceof LibraryError) throw unavailable(error.message);
			throw error;
		}
	}
}

function mistakes(issues: readonly { readonly line: number; readonly message: string }[]): string {
	const named = issues.slice(0, namedIssues).map(({ line, message }) => vscode.l10n.t('Line {0}: {1}', line, message));
	const more = issues.length - named.length;
	return [...named, ...(more > 0 ? [vscode.l10n.t('And {0} more; the Problems panel lists them.', more)] : [])].join(
		' ',
	);
}

function unavailable(message: string): vscode.FileSystemError {
	return vscode.FileSystemError.Unavailable(withoutLinks(message));
}

function notHere(uri: vscode.Uri): vscode.FileSystemError {
	const message = vscode.l10n.t(
		'Experiences are not created, moved or deleted as files; the Library view retires them. ({0})',
		uri.path,
	);
	return vscode.FileSystemError.NoPermissions(message);
}
