/** Solving one problem or question: the page of the answer, the questions before it, and what stops it. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Library } from '../../src/library/library.js';
import { rule } from '../builders/experiences.js';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';
import { change, otherWindow } from './otherWindow.js';
import { answering } from './quickInput.js';
import { type Told, telling } from './telling.js';

const name = 'company-conventions';
const poison = '[click](command:workbench.action.quit) <command:evil> https://evil.example/x\n```\n[a]: command:evil';

let server: ScriptedServer;
let told: Told;
let reply = '';
let gate: Promise<void> | undefined;
let train: vscode.Uri;
let rows: string;

before(async () => {
	const [folder] = vscode.workspace.workspaceFolders ?? [];
	assert.ok(folder);
	train = vscode.Uri.joinPath(folder.uri, 'problem-sets', name, 'train.jsonl');
	rows = readFileSync(train.fsPath, 'utf8');
	server = await startScriptedServer(async ({ messages }) => {
		await gate;
		const isKind = messages[0]?.content.startsWith('Sort messages into kinds') ?? false;
		return {
			text: isKind ? '{"who":"a student","about":"a damaged bike"}' : reply,
			usage: { prompt_tokens: 120, completion_tokens: 7 },
		};
	});
	await configure('models.endpoints', { scripted: { baseUrl: server.baseUrl } });
	await configure('models.default', 'openai:scripted/solver');
});

beforeEach(async () => {
	told = telling();
	reply = 'Harbor';
	await closeAll();
});

afterEach(() => {
	gate = undefined;
	told.restore();
});

after(async () => {
	await closeAll();
	writeFileSync(train.fsPath, rows);
	for (const key of ['models.endpoints', 'models.default']) await configure(key, undefined);
	await server.close();
});

describe('solving a problem', () => {
	it('shows question, verdict, answer and figures beside the editor', async () => {
		const [first] = problems();
		assert.ok(first);
		await vscode.window.showTextDocument(train);
		await answering([{ pick: name }, { pick: first.question }], () => command('flex.solveWithout'));
		const editor = page();
		assert.equal(editor.viewColumn, vscode.ViewColumn.Two);
		const text = editor.document.getText();
		assert.match(text, new RegExp(`^# ${first.id}, solved without experience\n`));
		assert.ok(text.includes(first.question));
		assert.match(text, first.answer === 'Harbor' ? /## ✓ Right/ : /## ✗ Not right[\s\S]*Expected:/);
		assert.match(text, /## Answer\n\n```text\nHarbor\n```/);
		assert.match(text, /- Model: openai:scripted\/solver\n- Model calls: 1\n- Tokens: 120 in, 7 out/);
		assert.doesNotMatch(text, /Experience used/);
		assert.deepEqual(await lenses(editor), ['Show problem', 'Solve again', 'Solve with experience']);
	});

	it('selects the problem under the cursor, and goes back a step', async () => {
		const third = problems()[2];
		assert.ok(third);
		await vscode.window.showTextDocument(train, { selection: new vscode.Range(2, 5, 2, 5) });
		const createQuickPick = vscode.window.createQuickPick;
		const active: string[] = [];
		const asking = answering([{ pick: name }, 'back', { pick: name }, { pick: third.question }], () => {
			const wrapped = vscode.window.createQuickPick;
			vscode.window.createQuickPick = <I extends vscode.QuickPickItem>() => {
				const input = wrapped<I>();
				const show = input.show.bind(input);
				input.show = () => {
					show();
					// The rows are there as soon as it is shown.
					queueMicrotask(() => active.push(...input.activeItems.map(({ label }) => label)));
				};
				return input;
			};
			return command('flex.solve');
		});
		await asking;
		vscode.window.createQuickPick = createQuickPick;
		assert.match(page().document.getText(), new RegExp(`^# ${third.id}, solved with experience\n`));
		assert.ok(active.includes(third.question), active.join(' | '));
	});

	it('never offers or solves a test problem', async () => {
		const test = vscode.Uri.joinPath(train, '../test.jsonl');
		const { id } = JSON.parse(readFileSync(test.fsPath, 'utf8').split('\n')[0] ?? '');
		const seen = server.requests.length;
		void command('flex.problemSets.solve', { set: { uri: setUri() }, problem: id });
		const message = await told.next();
		assert.match(message.text, /is a test problem; only benchmarks read those/);
		message.answer(undefined);
		assert.equal(server.requests.length, seen);
	});

	it('solves what the editor shows, and saves it first', async () => {
		const [first] = problems();
		assert.ok(first);
		const document = await vscode.workspace.openTextDocument(train);
		const edit = new vscode.WorkspaceEdit();
		const changed = JSON.stringify({ ...first, question: 'A question that nobody asked before?' });
		edit.replace(train, document.lineAt(0).range, changed);
		await vscode.workspace.applyEdit(edit);
		assert.ok(document.isDirty);
		const seen = server.requests.length;
		await command('flex.problemSets.solveWithout', { set: { uri: setUri() }, problem: first.id });
		const { body } = await server.request(seen);
		assert.ok(JSON.stringify(body.messages).includes('A question that nobody asked before?'));
		assert.equal(document.isDirty, false);
		assert.ok(page().document.getText().includes('A question that nobody asked before?'));
	});

	it('answers a question of one’s own, of which nobody knows what would be right', async () => {
		await answering([{ pick: name }, { pick: 'A question of your own' }, { type: 'Who mends the kettle?' }], () =>
			command('flex.solve'),
		);
		const text = page().document.getText();
		assert.match(text, /^# A question of your own, solved with experience\n\n```text\nWho mends the kettle\?\n```/);
		assert.doesNotMatch(text, /Right|Expected/);
	});

	it('makes no link of what a model wrote', async () => {
		reply = poison;
		await command('flex.problemSets.solveWithout', { set: { uri: setUri() }, question: 'Where is the poison?' });
		const { document } = page();
		assert.ok(document.getText().includes('[click](command:workbench.action.quit)'), 'The text is shown as it is.');
		await vscode.extensions.getExtension('vscode.markdown-language-features')?.activate();
		const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
			'vscode.executeLinkProvider',
			document.uri,
		);
		assert.deepEqual(
			links.map(({ target }) => String(target)),
			[],
		);
		const other = await vscode.workspace.openTextDocument({ language: 'markdown', content: poison });
		const live = await vscode.commands.executeCommand<unknown[]>('vscode.executeLinkProvider', other.uri);
		assert.ok(live.length > 0, 'Elsewhere the same text has links.');
	});

	it('shows nothing where it is cancelled', async () => {
		let open = (): void => {};
		gate = new Promise((opened) => {
			open = opened;
		});
		const seen = server.requests.length;
		const withProgress = vscode.window.withProgress;
		let cancel = (): void => {};
		vscode.window.withProgress = (options, task) =>
			withProgress(options, (progress) => {
				const source = new vscode.CancellationTokenSource();
				cancel = () => source.cancel();
				return task(progress, source.token);
			});
		const solving = command('flex.problemSets.solve', { set: { uri: setUri() }, question: 'Is anybody there?' });
		const request = await server.request(seen);
		cancel();
		await solving;
		vscode.window.withProgress = withProgress;
		assert.equal(await request.closedEarly, true);
		open();
		assert.equal(
			vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'flex-solve'),
			false,
		);
		assert.equal(told.waiting, 0);
	});

	it('says what went wrong', async () => {
		await configure('models.default', 'openai:nowhere/any');
		void command('flex.problemSets.solve', { set: { uri: setUri() }, question: 'Hello?' });
		const message = await told.next();
		assert.match(message.text, /There is no endpoint "nowhere"/);
		message.answer(undefined);
		await configure('models.default', 'openai:scripted/solver');
	});

	it('names the experience behind an answer, and opens it', async () => {
		const trained = await answering(
			[{ pick: name }, { pick: 'openai:scripted/solver' }, { pick: 'All 60 problems' }, { pick: 'Start training' }],
			() => command<string>('flex.train'),
		);
		assert.ok(trained);
		(await told.next()).answer(undefined);
		await closeAll();
		const [, second] = problems();
		assert.ok(second);
		await command('flex.problemSets.solve', { set: { uri: setUri() }, problem: second.id });
		const { document } = page();
		assert.match(document.getText(), /## Experience used\n\n- .+\n {2}\d+ % of the question matches: /);
		const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
			'vscode.executeLinkProvider',
			document.uri,
		);
		const target = links.find((link) => link.target?.path === 'flex.library.open')?.target;
		assert.ok(target);
		const [argument] = JSON.parse(target.query);
		await command('flex.library.open', argument);
		assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'flex');
	});
});

describe('asking freely', () => {
	const kettle = rule('c1f2a3b4c5d60718', 'a whistling kettle', 'Call Harbor about kettles.', { title: 'Kettles' });
	let library: Library;
	before(async () => {
		library = await otherWindow();
		await change(library, { op: 'insert', experience: kettle });
	});
	after(async () => {
		await change(library, { op: 'retire', id: kettle.id });
		await library.close();
	});

	it('gives the model what fits by its id, and makes links of the ids that it names', async () => {
		reply = 'Call Harbor [c1f2a3b4c5d60718].';
		const seen = server.requests.length;
		await answering([{ type: 'Who mends a whistling kettle?' }], () => command('flex.ask'));
		const { document } = page();
		assert.match(document.getText(), /^# Answered with experience\n\n```text\nWho mends a whistling kettle\?\n```/);
		assert.match(document.getText(), /## Experience used\n\n- \[c1f2a3b4c5d60718\] Kettles/);
		assert.match(document.getText(), /- Model: openai:scripted\/solver\n- Model calls: [12]\n/);
		const sent = JSON.stringify((await server.request(server.requests.length - 1)).body.messages);
		assert.ok(sent.includes('[c1f2a3b4c5d60718]') && sent.includes('Call Harbor about kettles.'), sent);
		assert.ok(server.requests.length > seen);
		const lines = document.getText().split('\n');
		const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
			'vscode.executeLinkProvider',
			document.uri,
		);
		// Other stories may have left experiences in this library, which are linked as well.
		const opening = links.filter(({ target }) => target?.query.includes('c1f2a3b4c5d60718'));
		const words = opening.map(({ range }) =>
			lines[range.start.line]?.slice(range.start.character, range.end.character),
		);
		assert.deepEqual(words.sort(), ['Kettles', 'c1f2a3b4c5d60718']);
		const [argument] = JSON.parse(opening[0]?.target?.query ?? '[]');
		await command('flex.library.open', argument);
		assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'flex');
	});

	it('answers once more without experience, beside the first answer', async () => {
		await command('flex.ask', { question: 'Who mends a whistling kettle?' });
		const first = page();
		const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
			'vscode.executeCodeLensProvider',
			first.document.uri,
			10,
		);
		const other = found.find(({ command: run }) => run?.title === 'Answer without experience, beside this')?.command;
		assert.ok(other);
		const seen = server.requests.length;
		await command(other.command, ...(other.arguments ?? []));
		const second = page();
		assert.match(second.document.getText(), /^# Answered without experience\n/);
		assert.doesNotMatch(second.document.getText(), /Experience used/);
		assert.notEqual(second.viewColumn, first.viewColumn);
		const sent = JSON.stringify((await server.request(seen)).body.messages);
		assert.ok(!sent.includes('Call Harbor about kettles.'));
	});

	it('is about what is selected, where that is wanted', async () => {
		const document = await vscode.workspace.openTextDocument(train);
		await vscode.window.showTextDocument(document, { selection: document.lineAt(0).range });
		const seen = server.requests.length;
		await answering([{ type: 'What is this about?' }], () => command('flex.askSelection'));
		const requests = server.requests.slice(seen).map(({ body }) => body.messages.at(-1)?.content ?? '');
		assert.ok(
			requests.some((text) => text.startsWith('What is this about?') && text.includes(document.lineAt(0).text)),
		);
	});
});

interface Row {
	readonly id: string;
	readonly question: string;
	readonly answer: string;
}

function problems(): readonly Row[] {
	return rows
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
}

function setUri(): vscode.Uri {
	return vscode.Uri.file(join(train.fsPath, '..'));
}

function page(): vscode.TextEditor {
	const editor = vscode.window.activeTextEditor;
	assert.equal(editor?.document.uri.scheme, 'flex-solve');
	return editor;
}

async function lenses({ document }: vscode.TextEditor): Promise<readonly string[]> {
	const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
		'vscode.executeCodeLensProvider',
		document.uri,
		10,
	);
	return found.map(({ command: run }) => run?.title ?? '').sort();
}

async function closeAll(): Promise<void> {
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

async function command<T>(id: string, ...args: readonly unknown[]): Promise<T | undefined> {
	return vscode.commands.executeCommand<T | undefined>(id, ...args);
}

async function configure(key: string, value: unknown): Promise<void> {
	await vscode.workspace.getConfiguration('flex').update(key, value, vscode.ConfigurationTarget.Global);
}
