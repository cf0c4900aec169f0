/** The git of a folder: the program that VS Code found, else the one on the path. */
import * as vscode from 'vscode';
import type { Git } from '../../providers/git.js';
import type { FlexFolder } from '../folders.js';

/** @throws {GitError} `not-installed`, `no-repository`: its message says what to do */
export async function openGit({ workspace }: FlexFolder, signal?: AbortSignal): Promise<Git> {
	const { Git } = await import('../../providers/git.js');
	return Git.open(workspace.root, await programOfVsCode(), signal);
}

/** Of the built-in extension, where it is on and found one. */
async function programOfVsCode(): Promise<string | undefined> {
	const extension = vscode.extensions.getExtension('vscode.git');
	try {
		const exported: unknown = await extension?.activate();
		const getApi = fieldOf(exported, 'getAPI');
		const api: unknown = typeof getApi === 'function' ? getApi.call(exported, 1) : undefined;
		const path = fieldOf(fieldOf(api, 'git'), 'path');
		return typeof path === 'string' && path !== '' ? path : undefined;
	} catch {
		// The extension is there and git is not enabled in it.
		return undefined;
	}
}

function fieldOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
