/** Finds the experience that a document or a command's argument names, in the library that it belongs to. */
import * as vscode from 'vscode';
import type { Experience } from '../../core/experience/experience.js';
import type { Library } from '../../library/library.js';
import type { FlexFolder } from '../folders.js';
import type { Services } from '../services.js';
import {
	type DocumentName,
	documentName,
	documentPath,
	folderKey,
	ownKey,
	revisionScheme,
	scheme,
} from './documentPath.js';

/** An experience by its library and id; without a folder, of the user's own library. */
export interface Target {
	readonly folder?: FlexFolder | undefined;
	readonly id: string;
}

export interface Found {
	readonly folder: FlexFolder | undefined;
	readonly library: Library;
	readonly experience: Experience;
}

export class Experiences {
	constructor(private readonly services: Services) {}

	/** What a document's address names; undefined where no folder of this window has its key. */
	targetOf(uri: vscode.Uri): Target | undefined {
		const name = documentName(uri.path);
		if (!name) return undefined;
		if (name.key === ownKey) return { id: name.id };
		const folder = this.services.folders.all().find((one) => keyOf(one) === name.key);
		return folder && { folder, id: name.id };
	}

	/** @throws {LibraryError | vscode.FileSystemError} where there is no such library or experience */
	async find({ folder, id }: Target): Promise<Found> {
		const { libraries } = this.services;
		const library = await (folder ? libraries.existing(folder) : libraries.own());
		const [experience] = (await library?.get([id])) ?? [];
		if (library && experience) return { folder, library, experience };
		const message = vscode.l10n.t('There is no experience {0} in this library any more.', id);
		throw vscode.FileSystemError.FileNotFound(message);
	}

	/** The document of an experience, by the title that it has now; one that is open already keeps its name. */
	documentOf({ folder, experience }: Pick<Found, 'folder' | 'experience'>): vscode.Uri {
		const name = { key: folder ? keyOf(folder) : ownKey, id: experience.id };
		const open = vscode.workspace.textDocuments.find(
			({ uri, isClosed }) => !isClosed && uri.scheme === scheme && names(uri, name),
		);
		return open?.uri ?? vscode.Uri.from({ scheme, path: documentPath(name, experience.title) });
	}

	/** The address of an earlier revision, which can only be read. */
	revisionOf(found: Pick<Found, 'folder' | 'experience'>, rev: number): vscode.Uri {
		return this.documentOf(found).with({ scheme: revisionScheme, query: `rev=${rev}` });
	}

	/** Nothing can be changed: the workspace is not trusted, or another program's version keeps the library. */
	isReadOnly({ folder, library }: Pick<Found, 'folder' | 'library'>): boolean {
		return (folder !== undefined && !vscode.workspace.isTrusted) || library.report.readOnly;
	}
}

/** The number in the address of a revision. */
export function revisionNumber(uri: vscode.Uri): number {
	return Number(/^rev=(\d+)$/u.exec(uri.query)?.[1] ?? Number.NaN);
}

/** Key of a folder's library, or of the user's own. */
export function keyOf(folder: FlexFolder): string {
	return folderKey(folder.name, folder.uri.toString());
}

function names(uri: vscode.Uri, { key, id }: DocumentName): boolean {
	const name = documentName(uri.path);
	return name?.key === key && name.id === id;
}
