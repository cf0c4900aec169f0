/** Learning from real work: recent changes, a command that fails and passes, what a person selects, and what is offered. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Experience, Status } from '../../src/core/experience/experience.js';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';
import { eventually } from './eventually.js';
import { otherWindow } from './otherWindow.js';
import { answering } from './quickInput.js';
import { type Told, telling } from './telling.js';

const lesson = {
	kind: 'fix',
	title: 'Months of a Date count from zero',
	when: 'a Date is built from a month that people wrote',
	advice: 'Subtract one from the month in parseDay, because the constructor counts months from zero.',
};
const wrong = 'export function parseDay(year, month, day) {\n\treturn new Date(Date.UTC(year, month, day));\n}\n';
const right = wrong.replace('month, day));', 'month - 1, day));');
const check = `import { parseDay } from './src/parseDay.mjs';
const got = parseDay(2026, 2, 28).toISOString().slice(0, 10);
if (got !== '2026-02-28') throw new Error('parseDay: expected 2026-02-28, got ' + got);
`;
const byModel = 'write the lessons';
const runCheck = `"${process.execPath}" check.mjs`;

let server: ScriptedServer;
let told: Told;
let root: string;
const file = (...names: readonly string[]): string => path.join(root, ...names);
const git = (...args: readonly string[]) =>
	execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: root, stdio: 'pipe' });

before(async () => {
	const [folder] = vscode.workspace.workspaceFolders ?? [];
	assert.ok(folder);
	root = folder.uri.fsPath;
	server = await startScriptedServer(() => ({ text: JSON.stringify({ lessons: [lesson] }) }));
	await configure('models.endpoints', { scripted: { baseUrl: server.baseUrl, contextTokens: 16_000 } });
	await configure('models.default', 'openai:scripted/writer');
	mkdirSync(file('src'), { recursive: true });
	writeFileSync(file('src/parseDay.mjs'), wrong);
	writeFileSync(file('check.mjs'), check);
	writeFileSync(file('.gitignore'), '.flex/\nlocal/\n');
	git('init', '--quiet');
	git('add', '--all');
	git('commit', '--quiet', '-m', 'First');
});

beforeEach(() => {
	told = telling();
	writeFileSync(file('src/parseDay.mjs'), wrong);
});

afterEach(async () => {
	told.restore();
	await configure('learn.offers', undefined);
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

after(async () => {
	for (const name of ['.git', '.gitignore', 'src', 'check.mjs', 'local', '.env']) {
		rmSync(file(name), { recursive: true, force: true });
	}
	for (const key of ['models.endpoints', 'models.default']) await configure(key, undefined);
	await server.close();
});

describe('learning from recent changes', () => {
	it('shows a model the files that may be shown, and proposes what it writes', async () => {
		writeFileSync(file('src/parseDay.mjs'), `${right}const password = 'hunter2-visible';\n`);
		writeFileSync(file('.env'), 'SHOP_TOKEN=never-shown\n');
		mkdirSync(file('local'), { recursive: true });
		writeFileSync(file('local/notes.txt'), 'ignored-text\n');
		const seen = server.requests.length;
		await answering([{ pick: 'What is not committed yet' }, { pick: byModel }], () => command('flex.learnFromChanges'));
		const sent = JSON.stringify((await server.request(seen)).body.messages);
		assert.ok(sent.includes('month - 1, day'));
		for (const hidden of ['hunter2', 'never-shown', '.env', 'ignored-text', 'local/notes', root]) {
			assert.ok(!sent.includes(hidden), `${hidden} was sent`);
		}
		const notice = await told.next();
		assert.deepEqual(notice.actions, ['Review', 'Undo']);
		const [proposed] = await stored('proposed');
		assert.equal(proposed?.title, lesson.title);
		assert.deepEqual(proposed?.scope, { languages: ['javascript'], globs: ['src/**'] });
		notice.answer('Undo');
		await eventually(async () => (await stored('proposed')).length === 0);
		rmSync(file('.env'));
	});

	it('keeps the change as a case without any model, and asks nobody', async () => {
		writeFileSync(file('src/parseDay.mjs'), right);
		const seen = server.requests.length;
		await answering([{ pick: 'What is not committed yet' }, { pick: 'without a model' }], () =>
			command('flex.learnFromChanges'),
		);
		(await told.next()).answer('Undo');
		assert.equal(server.requests.length, seen);
		await eventually(async () => (await stored('proposed')).length === 0);
	});

	it('says so where nothing changed', async () => {
		const asking = answering([{ pick: 'What is not committed yet' }], () => command('flex.learnFromChanges'));
		const notice = await told.next();
		assert.equal(notice.text, 'There is no change to learn from.');
		notice.answer(undefined);
		await asking;
	});

	it('reads nothing and runs nothing in a workspace that is not trusted', async () => {
		const restore = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted') ?? {};
		Object.defineProperty(vscode.workspace, 'isTrusted', { ...restore, get: () => false });
		try {
			for (const id of ['flex.learnFromChanges', 'flex.runAndLearn', 'flex.remember']) {
				const done = command(id, runCheck);
				const notice = await told.next();
				assert.match(notice.text, /This workspace is not trusted/);
				notice.answer(undefined);
				await done;
			}
		} finally {
			Object.defineProperty(vscode.workspace, 'isTrusted', restore);
		}
	});
});

describe('run and learn', () => {
	it('remembers a failure, and learns from what mended it', async () => {
		await command('flex.runAndLearn', runCheck);
		const failed = await told.next();
		assert.match(failed.text, /failed\. Mend it and run it again/);
		failed.answer(undefined);
		writeFileSync(file('src/parseDay.mjs'), right);
		const seen = server.requests.length;
		await answering([{ pick: byModel }], () => command('flex.runAndLearn', runCheck));
		const sent = JSON.stringify((await server.request(seen)).body.messages);
		assert.ok(sent.includes('expected 2026-02-28, got 2026-03-28'));
		const notice = await told.next();
		assert.match(notice.text, /proposes 1 experience/);
		const [proposed] = await stored('proposed');
		assert.equal(proposed?.zone, 'mixed');
		assert.match(proposed?.cases[0]?.question ?? '', /got 2026-03-28/);
		assert.match(proposed?.cases[0]?.answer ?? '', /month - 1/);
		notice.answer(undefined);
		// Asked once: whether it shall be offered from now on.
		const offer = await told.next();
		assert.deepEqual(offer.actions, ['Turn on', 'No']);
		offer.answer('No');
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		await command('flex.library.accept', {
			folder: { ...folder, workspace: { flex: file('.flex') } },
			id: proposed?.id,
		});
		const accepted = await told.next();
		assert.match(accepted.text, /^Accepted “Months of a Date/);
		accepted.answer(undefined);
		assert.ok((await stored('active')).some(({ title }) => title === lesson.title));
		assert.deepEqual(snapshots(), []);
	});
});

describe('remember this', () => {
	it('keeps what is selected in the words of the person, for its language and folder', async () => {
		const document = await vscode.workspace.openTextDocument(file('src/parseDay.mjs'));
		await vscode.window.showTextDocument(document, { selection: new vscode.Range(1, 0, 2, 0) });
		const words = 'Days are parsed in UTC, never in local time.';
		await answering([{ pick: 'Do it like this' }, { type: words }, { type: 'a calendar day is read' }], () =>
			command('flex.remember'),
		);
		const notice = await told.next();
		assert.deepEqual(notice.actions, ['Keep', 'Undo']);
		assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'flex');
		notice.answer('Keep');
		await eventually(async () => (await stored('active')).some(({ strategy }) => strategy.text === words));
		const kept = (await stored('active')).find(({ strategy }) => strategy.text === words);
		assert.equal(kept?.when.text, 'a calendar day is read');
		assert.deepEqual(kept?.scope, { languages: ['javascript'], globs: ['src/**'] });
		assert.deepEqual(kept?.patterns[0]?.examples, ['return new Date(Date.UTC(year, month, day));']);
	});
});

describe('an offer', () => {
	it('is made where a task that failed passes, and turned off for good by one press', async () => {
		await configure('learn.offers', ['tasks']);
		await runTask();
		await eventually(() => snapshots().length === 1);
		writeFileSync(file('src/parseDay.mjs'), right);
		await runTask();
		const offer = await told.next();
		assert.match(offer.text, /failed before and passes now/);
		assert.deepEqual(offer.actions, ['Learn from this', 'Not now', "Don't offer"]);
		offer.answer("Don't offer");
		await eventually(async () => {
			const left = vscode.workspace.getConfiguration('flex').get<readonly string[]>('learn.offers', []);
			return left.length === 0;
		});
	});

	it('is never made, and nothing is kept, where nobody turned it on', async () => {
		await runTask();
		writeFileSync(file('src/parseDay.mjs'), right);
		await runTask();
		assert.equal(told.waiting, 0);
		assert.deepEqual(snapshots(), []);
	});

	it('is made where an error that stood goes away after an edit', async () => {
		await configure('learn.offers', ['problems']);
		await configure('learn.errorSeconds', 1);
		const errors = vscode.languages.createDiagnosticCollection('test');
		const uri = vscode.Uri.file(file('src/parseDay.mjs'));
		const document = await vscode.workspace.openTextDocument(uri);
		const editor = await vscode.window.showTextDocument(document);
		const range = new vscode.Range(0, 0, 0, 1);
		errors.set(uri, [new vscode.Diagnostic(range, 'months count from zero', vscode.DiagnosticSeverity.Error)]);
		const since = Date.now();
		await eventually(() => Date.now() - since > 1100);
		await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 9, 0), right));
		errors.delete(uri);
		const offer = await told.next();
		assert.match(offer.text, /An error in src\/parseDay\.mjs is gone: “months count from zero”/);
		offer.answer('Not now');
		await document.save();
		errors.dispose();
		await configure('learn.errorSeconds', undefined);
	});
});

async function runTask(): Promise<void> {
	const [folder] = vscode.workspace.workspaceFolders ?? [];
	assert.ok(folder);
	const execution = new vscode.ProcessExecution(process.execPath, ['check.mjs'], { cwd: root });
	const task = new vscode.Task({ type: 'check' }, folder, 'check days', 'test', execution);
	const ended = new Promise<void>((done) => {
		const listening = vscode.tasks.onDidEndTaskProcess(({ execution: { task: other } }) => {
			if (other.name !== task.name) return;
			listening.dispose();
			done();
		});
	});
	await vscode.tasks.executeTask(task);
	await ended;
}

function snapshots(): readonly string[] {
	const folder = file('.flex/failures');
	return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
}

async function stored(status: Status): Promise<readonly Experience[]> {
	const library = await otherWindow(file('.flex'));
	try {
		return await library.list({ statuses: [status] });
	} finally {
		await library.close();
	}
}

/** Looks again at every turn, for as long as a test may take. */
async function command<T>(id: string, ...args: readonly unknown[]): Promise<T | undefined> {
	return vscode.commands.executeCommand<T | undefined>(id, ...args);
}

async function configure(key: string, value: unknown): Promise<void> {
	await vscode.workspace.getConfiguration('flex').update(key, value, vscode.ConfigurationTarget.Global);
}
