/** The pages of runs: what they say, that they follow, the report's panel, and how a run is deleted. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Workspace } from '../../src/runs/workspace.js';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';
import { answering } from './quickInput.js';
import { type Told, telling } from './telling.js';

const name = 'company-conventions';
const stopped = '01J00000000000000000000001';

let server: ScriptedServer;
let told: Told;
let gate: Promise<void> | undefined;
let folder: { readonly name: string; readonly uri: vscode.Uri; readonly workspace: Workspace };

before(async () => {
	const [first] = vscode.workspace.workspaceFolders ?? [];
	assert.ok(first);
	folder = { name: first.name, uri: first.uri, workspace: new Workspace(first.uri.fsPath) };
	server = await startScriptedServer(async () => {
		await gate;
		return { text: 'Harbor', usage: { prompt_tokens: 100, completion_tokens: 2 } };
	});
	await configure('models.endpoints', { scripted: { baseUrl: server.baseUrl } });
	await configure('models.default', 'openai:scripted/paged');
	await configure('training.lessons', false);
});

beforeEach(async () => {
	told = telling();
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

afterEach(() => {
	gate = undefined;
	told.restore();
	rmSync(join(folder.workspace.runs, stopped), { recursive: true, force: true });
});

after(async () => {
	for (const key of ['models.endpoints', 'models.default', 'training.lessons']) await configure(key, undefined);
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	await server.close();
});

describe('the page of a run', () => {
	it('follows a training to its end, and says what it learned and what it got wrong', async () => {
		let open = (): void => {};
		gate = new Promise((opened) => {
			open = opened;
		});
		const seen = server.requests.length;
		const id = await answering(
			[{ pick: name }, { pick: 'openai:scripted/paged' }, { pick: 'The first 8 problems' }, { pick: 'Start training' }],
			() => command<string>('flex.train'),
		);
		assert.ok(id);
		await server.request(seen);
		await command('flex.runs.open', { folder, id });
		const { document } = page();
		assert.match(document.getText(), /^# Training on company-conventions\n/);
		assert.match(document.getText(), /- State: (running|starting)/);
		assert.deepEqual(await lenses(document), ['Stop']);
		await command('flex.runs.delete', { folder, id });
		const refusal = await told.next();
		assert.match(refusal.text, /This run goes on\. Stop it first/);
		refusal.answer(undefined);
		const done = textOf(document, /- State: done/);
		open();
		const text = await done;
		(await told.next()).answer(undefined);
		assert.match(text, /- Progress: 8\/8/);
		assert.match(text, /## What was learned\n\n- \S/);
		assert.match(text, /## Problems that were not solved\n\n- \S/);
		assert.match(text, /- training\.lessons: false \(usually true\)/);
		const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
			'vscode.executeLinkProvider',
			document.uri,
		);
		const argumentOf = (run: string) =>
			JSON.parse(links.find(({ target }) => target?.path === run)?.target?.query ?? '[]')[0];
		await command('_flex.runs.openProblem', argumentOf('_flex.runs.openProblem'));
		assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /train\.jsonl$/);
		await command('flex.library.open', argumentOf('flex.library.open'));
		assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'flex');
	});

	it('shows of a benchmark what can be claimed and the tables, and its report in one panel', async () => {
		const id = await answering(
			[
				{ pick: name },
				{ pick: 'dev' },
				{ pick: 'The model alone' },
				{ pick: 'The first 10' },
				{ pick: 'Start the benchmark' },
			],
			() => command<string>('flex.benchmark'),
		);
		assert.ok(id);
		(await told.next()).answer(undefined);
		await command('flex.runs.open', { folder, id });
		const { document } = page();
		assert.match(document.getText(), /## What was measured\n[\s\S]*\| arm +\| solved/);
		assert.match(document.getText(), /- Compared: .*llm/);
		assert.deepEqual(await lenses(document), ['Delete run', 'Open report']);
		const opened = new Promise<void>((resolve) => {
			const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
				if (reports().length === 0) return;
				subscription.dispose();
				resolve();
			});
		});
		await command('flex.runs.report', { folder, id });
		await opened;
		await command('flex.runs.open', { folder, id });
		await command('flex.runs.report', { folder, id });
		await command('workbench.action.keepEditor');
		assert.deepEqual(reports(), [name]);
	});

	it('is picked from the newest, with state and figures', async () => {
		writeStopped();
		await answering([{ pick: `Training on ${name}` }], () => command('flex.showRun'));
		assert.match(page().document.getText(), /^# Training on company-conventions\n/);
	});

	it('says so where the run is gone', async () => {
		void command('flex.runs.open', { folder, id: '01J0000000000000000000GONE' });
		const message = await told.next();
		assert.match(message.text, /not in the workspace any more/);
		message.answer(undefined);
	});

	it('says of a training that there is no report', async () => {
		writeStopped();
		void command('flex.runs.report', { folder, id: stopped });
		const message = await told.next();
		assert.match(message.text, /This run has no report\. Benchmarks write one/);
		message.answer(undefined);
	});
});

describe('deleting a run', () => {
	it('asks first, and then takes the folder and its page, and nothing else', async () => {
		writeStopped();
		await command('flex.runs.open', { folder, id: stopped });
		const dismissed = command('flex.runs.delete', { folder, id: stopped });
		(await told.next()).answer(undefined);
		await dismissed;
		assert.ok(existsSync(join(folder.workspace.runs, stopped)));
		const library = readFileSync(join(folder.workspace.flex, 'library.journal'));
		const deleting = command('flex.runs.delete', { folder, id: stopped });
		const question = await told.next();
		assert.match(question.text, /^Training on company-conventions: delete this run\?/);
		question.answer('Delete run');
		await deleting;
		assert.equal(existsSync(join(folder.workspace.runs, stopped)), false);
		assert.deepEqual(readFileSync(join(folder.workspace.flex, 'library.journal')), library);
		assert.equal(vscode.window.activeTextEditor, undefined);
	});

	it('refuses while another process has the run', async () => {
		writeStopped();
		const owner = { pid: process.ppid, host: hostname() };
		writeFileSync(join(folder.workspace.runs, stopped, 'owner.lock'), JSON.stringify(owner));
		void command('flex.runs.delete', { folder, id: stopped });
		const message = await told.next();
		assert.match(message.text, new RegExp(`in another window or on the command line \\(process ${owner.pid} on`));
		message.answer(undefined);
		assert.ok(existsSync(join(folder.workspace.runs, stopped)));
	});
});

/** A training that was killed, as its files tell it. */
function writeStopped(): void {
	const path = join(folder.workspace.runs, stopped);
	mkdirSync(path, { recursive: true });
	const set = join(folder.workspace.root, 'problem-sets', name);
	const config = { kind: 'train', set, config: { training: { epochs: 1 }, models: { default: 'openai:a/b' } } };
	writeFileSync(join(path, 'config.json'), JSON.stringify(config));
	const started = { type: 'run.started', kind: 'train', set: name, problems: 4, epochs: 1, resumed: false };
	writeFileSync(
		join(path, 'events.jsonl'),
		`${JSON.stringify({ v: 1, run: stopped, seq: 0, at: '2026-01-01T00:00:00.000Z', ...started })}\n`,
	);
}

function page(): vscode.TextEditor {
	const editor = vscode.window.activeTextEditor;
	assert.equal(editor?.document.uri.scheme, 'flex-run');
	return editor;
}

/** The titles of the reports that are open. */
function reports(): readonly string[] {
	return vscode.window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('flex.report'))
		.map(({ label }) => label);
}

/** The document's text once it is like this. */
function textOf(document: vscode.TextDocument, like: RegExp): Promise<string> {
	return new Promise((resolve) => {
		const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
			if (event.document !== document || !like.test(document.getText())) return;
			subscription.dispose();
			resolve(document.getText());
		});
	});
}

async function lenses(document: vscode.TextDocument): Promise<readonly string[]> {
	const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
		'vscode.executeCodeLensProvider',
		document.uri,
		10,
	);
	return found.map(({ command: run }) => run?.title ?? '').sort();
}

async function command<T>(id: string, ...args: readonly unknown[]): Promise<T | undefined> {
	return vscode.commands.executeCommand<T | undefined>(id, ...args);
}

async function configure(key: string, value: unknown): Promise<void> {
	await vscode.workspace.getConfiguration('flex').update(key, value, vscode.ConfigurationTarget.Global);
}
