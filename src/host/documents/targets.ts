/** What a command of the library was called on: an item of a view, a document, or nothing but the active editor. */
import * as vscode from 'vscode';
import type { FlexFolder, Folders } from '../folders.js';
import { revisionScheme, scheme } from './documentPath.js';
import type { Experiences, Target } from './experiences.js';

/** @returns undefined where nothing names an experience; says so */
export function targetFrom(argument: unknown, folders: Folders, experiences: Experiences): Target | undefined {
	const target = named(argument, folders) ?? ofDocument(documentFrom(argument), experiences);
	if (target) return target;
	void vscode.window.showInformationMessage(vscode.l10n.t('Open an experience first; the Library view lists them.'));
	return undefined;
}

/** The document that a menu names, else that of the active editor. */
function documentFrom(argument: unknown): vscode.Uri | undefined {
	if (argument instanceof vscode.Uri && isOurs(argument)) return argument;
	const uri = vscode.window.activeTextEditor?.document.uri;
	return uri && isOurs(uri) ? uri : comparedTab()?.modified;
}

/** Both sides of the comparison that is in front, where it is one of revisions. */
export function comparedTab(): vscode.TabInputTextDiff | undefined {
	const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
	return input instanceof vscode.TabInputTextDiff && input.original.scheme === revisionScheme ? input : undefined;
}

function isOurs(uri: vscode.Uri): boolean {
	return uri.scheme === scheme || uri.scheme === revisionScheme;
}

function ofDocument(uri: vscode.Uri | undefined, experiences: Experiences): Target | undefined {
	return uri && experiences.targetOf(uri);
}

/** `{ folder?, id }`; a link in a text passes the folder as JSON, so it is found again by its path. */
function named(argument: unknown, folders: Folders): Target | undefined {
	const id = fieldOf(argument, 'id');
	if (typeof id !== 'string') return undefined;
	const folder = fieldOf(argument, 'folder');
	if (folder === undefined || folder === null) return { id };
	const known = folderOf(folder, folders);
	return known && { folder: known, id };
}

function folderOf(value: unknown, folders: Folders): FlexFolder | undefined {
	const flex = fieldOf(fieldOf(value, 'workspace'), 'flex');
	return folders.all().find(({ workspace }) => workspace.flex === flex);
}

function fieldOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
