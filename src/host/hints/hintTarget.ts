/** Which hint a link, a lens or a list is about: small enough to stand in an address, and checked when it comes back. */
import type * as vscode from 'vscode';
import type { FlexFolder, Folders } from '../folders.js';
import { oneLine } from '../plainText.js';
import type { ShownHint } from './hintFinder.js';

export interface HintTarget {
	readonly id: string;
	readonly title: string;
	/** The `.flex` folder of its library; empty: the user's own library. */
	readonly flex: string;
	/** Address of the file where it is shown. */
	readonly file: string;
	readonly language: string;
}

export function targetOf(
	{ experience, folder }: Pick<ShownHint, 'experience' | 'folder'>,
	{ uri, languageId }: vscode.TextDocument,
): HintTarget {
	const title = oneLine(experience.title, 80);
	return { id: experience.id, title, flex: folder?.workspace.flex ?? '', file: uri.toString(), language: languageId };
}

export function isHintTarget(value: unknown): value is HintTarget {
	if (typeof value !== 'object' || value === null) return false;
	return ['id', 'title', 'flex', 'file', 'language'].every((name) => typeof Reflect.get(value, name) === 'string');
}

/** The folder whose library it is; undefined: the user's own. */
export function folderOf({ flex }: HintTarget, folders: Folders): FlexFolder | undefined {
	return flex === '' ? undefined : folders.all().find(({ workspace }) => workspace.flex === flex);
}

/** A link in Markdown of ours; a language server's or a library's text never gets there. */
export function commandLink(label: string, command: string, argument: unknown): string {
	const args = encodeURIComponent(JSON.stringify([argument])).replace(
		/[()'!*~]/gu,
		(character) => `%${character.charCodeAt(0).toString(16)}`,
	);
	return `[${label}](command:${command}?${args})`;
}
