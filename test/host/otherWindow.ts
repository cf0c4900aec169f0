/** The library as another window or the command line has it: opened anew, beside the one of the extension under test. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Experience } from '../../src/core/experience/experience.js';
import type { LibraryOp } from '../../src/core/experience/store.js';
import { type Library, openLibrary } from '../../src/library/library.js';

/** Opens the library of the workspace, or of another `.flex` folder. */
export function otherWindow(folder = path.join(workspaceFolder(), '.flex')): Promise<Library> {
	const { FLEX_TEST_ROOT: root } = process.env;
	assert.ok(root, 'FLEX_TEST_ROOT names the project.');
	return openLibrary(folder, { workerFile: path.join(root, 'dist/libraryWorker.js') });
}

/** Applies one change in `library`. */
export async function change(library: Library, op: LibraryOp, by = 'user'): Promise<void> {
	await library.apply([{ change: op, by }]);
}

/** What the library says of one experience now. */
export async function current(library: Library, id: string): Promise<Experience> {
	const [experience] = await library.get([id]);
	assert.ok(experience, `There is an experience ${id}.`);
	return experience;
}

export function workspaceFolder(): string {
	const [folder] = vscode.workspace.workspaceFolders ?? [];
	assert.ok(folder, 'A folder is open.');
	return folder.uri.fsPath;
}

/** Resolves once `condition` holds; asked at once and after each event. */
export function until<T>(event: vscode.Event<T>, condition: () => boolean): Promise<void> {
	return new Promise((done) => {
		if (condition()) return done();
		const subscription = event(() => {
			if (!condition()) return;
			subscription.dispose();
			done();
		});
	});
}
