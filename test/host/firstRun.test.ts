/** The first steps: the example comes into the folder and is shown, and the walkthrough opens. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { goOnAfterReload, openExample } from '../../src/host/firstRun/openExample.js';
import { Folders } from '../../src/host/folders.js';
import type { Services } from '../../src/host/services.js';
import { workspaceFolder } from './otherWindow.js';
import { type Told, telling } from './telling.js';

let told: Told;
const example = () => join(workspaceFolder(), 'company-conventions');
const shown = () => vscode.window.activeTextEditor?.document.uri.fsPath;

beforeEach(() => {
	told = telling();
});
afterEach(async () => {
	told.restore();
	rmSync(example(), { recursive: true, force: true });
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});
after(() => rmSync(example(), { recursive: true, force: true }));

describe('the example', () => {
	it('is copied into the folder, and its problems are shown', async () => {
		await vscode.commands.executeCommand('flex.openExample');
		assert.equal(shown(), join(example(), 'train.jsonl'));
		assert.ok(existsSync(join(example(), 'flex-task.json')));
		assert.equal(told.waiting, 0);
	});

	it('is only shown where it is there already', async () => {
		await vscode.commands.executeCommand('flex.openExample');
		writeFileSync(join(example(), 'train.jsonl'), '{"question": "Mine?", "answer": "Harbor"}\n');
		await vscode.commands.executeCommand('flex.openExample');
		assert.match(readFileSync(join(example(), 'train.jsonl'), 'utf8'), /Mine\?/);
		assert.equal(shown(), join(example(), 'train.jsonl'));
	});

	it('does not touch a folder of its name that is something else', async () => {
		mkdirSync(example());
		await vscode.commands.executeCommand('flex.openExample');
		assert.match((await told.next()).text, /^There is a folder company-conventions already that is no problem set\./);
		assert.ok(!existsSync(join(example(), 'flex-task.json')));
	});

	it('asks for a place where no folder is open, opens that, and goes on there', async () => {
		const place = mkdtempSync(join(tmpdir(), 'flex-first-'));
		const memory = new Map<string, unknown>();
		const restore = withoutFolders(vscode.Uri.file(place));
		try {
			const opened = await openedBy(() => openExample(standIn(memory, undefined)));
			assert.equal(opened?.fsPath, place);
			assert.ok(existsSync(join(place, 'company-conventions/train.jsonl')));
		} finally {
			restore();
		}
		const folders = { all: () => [{ name: 'place', uri: vscode.Uri.file(place), workspace: { root: place } }] };
		await goOnAfterReload(standIn(memory, folders));
		assert.equal(shown(), join(place, 'company-conventions/train.jsonl'));
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		await goOnAfterReload(standIn(memory, folders));
		assert.equal(shown(), undefined, 'It goes on once.');
		rmSync(place, { recursive: true });
	});
});

describe('the walkthrough', () => {
	it('opens', async () => {
		await vscode.commands.executeCommand('flex.showWalkthrough');
		const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
		// VS Code names the tab after its kind, or after the walkthrough, from version to version.
		assert.match(tab?.label ?? '', /Welcome|Get started with FLEX/);
		const extension = vscode.extensions.getExtension('flex-learn.flex-learn');
		assert.deepEqual(
			extension?.packageJSON.contributes.walkthroughs.map(({ id }: { id: string }) => id),
			['start'],
			'The command names this walkthrough.',
		);
		assert.equal(told.waiting, 0);
	});
});

/** As in an empty window, where the folder dialog answers with `chosen`. */
function withoutFolders(chosen: vscode.Uri): () => void {
	const { showOpenDialog } = vscode.window;
	const folders = Object.getOwnPropertyDescriptor(vscode.workspace, 'workspaceFolders');
	Object.assign(vscode.window, { showOpenDialog: async () => [chosen] });
	Object.defineProperty(vscode.workspace, 'workspaceFolders', { configurable: true, get: () => undefined });
	return () => {
		Object.assign(vscode.window, { showOpenDialog });
		if (folders) Object.defineProperty(vscode.workspace, 'workspaceFolders', folders);
	};
}

/** The folder that VS Code is asked to open; it is not opened. */
async function openedBy(action: () => Promise<unknown>): Promise<vscode.Uri | undefined> {
	const { executeCommand } = vscode.commands;
	let opened: vscode.Uri | undefined;
	const catching = async (command: string, uri: unknown): Promise<void> => {
		assert.equal(command, 'vscode.openFolder');
		if (uri instanceof vscode.Uri) opened = uri;
	};
	Object.assign(vscode.commands, { executeCommand: catching });
	try {
		await action();
	} finally {
		Object.assign(vscode.commands, { executeCommand });
	}
	return opened;
}

/** Only what the code under test takes. */
function standIn(memory: Map<string, unknown>, folders: object | undefined): Services {
	const extension = vscode.extensions.getExtension('flex-learn.flex-learn');
	const globalState = {
		get: (key: string) => memory.get(key),
		update: async (key: string, value: unknown) => memory.set(key, value),
	};
	const context = { globalState, extensionUri: extension?.extensionUri };
	return Object.assign(Object.create(null), { context, folders: folders ?? new Folders() });
}
