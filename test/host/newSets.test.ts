/** Problem sets that come in by their commands: made from a few answers, or added from the public ones. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { setFiles } from '../../src/host/newSets/setTemplate.js';
import { writeNewSet } from '../../src/host/newSets/writeNewSet.js';
import { loadProblemSet } from '../../src/providers/problemSets.js';
import { type PathServer, servePaths } from '../fakes/pathServer.js';
import { workspaceFolder } from './otherWindow.js';
import { answering, type QuickAnswer } from './quickInput.js';
import { type Told, telling } from './telling.js';

let told: Told;

beforeEach(() => {
	told = telling();
});
afterEach(() => told.restore());
after(async () => {
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	rmSync(join(workspaceFolder(), 'problem-sets', 'tickets'), { recursive: true, force: true });
});

describe('a new problem set', () => {
	it('asks in plain words, goes back, refuses a name that is taken, writes, and opens what it wrote', async () => {
		const form = { pick: 'One of a few labels' } as const;
		const uri = await answering(
			[form, 'back', form, { type: 'Sales, Support' }, { type: 'Sort the message.' }, { type: 'tickets' }],
			() => vscode.commands.executeCommand<vscode.Uri>('flex.newProblemSet'),
		);
		assert.equal(uri.fsPath, join(workspaceFolder(), 'problem-sets', 'tickets'));
		assert.match((await told.next()).text, /^The problem set tickets is there\./);
		const set = await loadProblemSet(uri.fsPath);
		assert.deepEqual(
			[set.kind, set.answerSpace, set.description],
			['choice', ['Sales', 'Support'], 'Sort the message.'],
		);
		assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith('tickets/train.jsonl'));
		const trouble = vscode.languages.getDiagnostics().filter(([{ path }]) => path.includes('/tickets/'));
		assert.deepEqual(
			trouble.flatMap(([, found]) => found.map(({ message }) => message)),
			[],
		);
	});

	it('writes nothing where somebody leaves the questions', async () => {
		const before = readdirSync(join(workspaceFolder(), 'problem-sets'));
		const left = [{ pick: 'A number or a formula' }, { type: 'Count.' }, 'dismiss'] as const;
		const made = await answering(left, () => vscode.commands.executeCommand('flex.newProblemSet'));
		assert.equal(made, undefined);
		assert.deepEqual(readdirSync(join(workspaceFolder(), 'problem-sets')), before);
	});
});

describe('a public dataset', () => {
	const { FLEX_DATASETS: mirror, FLEX_DATASETS_URL: url } = process.env;
	const datasets = () => join(workspaceFolder(), '.flex/datasets');
	let server: PathServer | undefined;

	beforeEach(() => {
		delete process.env.FLEX_DATASETS;
	});
	afterEach(async () => {
		for (const [key, value] of Object.entries({ FLEX_DATASETS: mirror, FLEX_DATASETS_URL: url })) {
			if (value === undefined) delete process.env[key];
			else process.env[key] = value;
		}
		await server?.close();
		server = undefined;
		rmSync(datasets(), { recursive: true, force: true });
	});

	it('that can’t be fetched says what to do, offers to try again, and leaves nothing behind', async () => {
		server = await servePaths({});
		process.env.FLEX_DATASETS_URL = server.url;
		assert.equal(await adding([{ pick: 'gsm8k' }]), undefined);
		const failed = await told.next();
		assert.match(failed.text, /^The files of gsm8k could not be fetched, and nothing was added\. Check the network/);
		assert.deepEqual(failed.actions, ['Try again', 'Show log']);
		failed.answer('Try again');
		const again = await told.next();
		assert.equal(again.text, failed.text);
		again.answer(undefined);
		assert.ok(!existsSync(datasets()) || readdirSync(datasets()).length === 0);
	});

	it('of a damaged mirror is refused', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'flex-mirror-'));
		mkdirSync(join(folder, 'bbh'));
		for (const file of ['train.jsonl', 'test.jsonl']) writeFileSync(join(folder, 'bbh', file), '{}\n');
		process.env.FLEX_DATASETS = folder;
		assert.equal(await adding([{ pick: 'bbh-navigate' }]), undefined);
		assert.match((await told.next()).text, /^A file of bbh-navigate is not the one that FLEX knows/);
		rmSync(folder, { recursive: true });
	});

	it('that is here already is offered for training, and not fetched again', async () => {
		server = await servePaths({});
		process.env.FLEX_DATASETS_URL = server.url;
		const place = join(datasets(), 'gsm8k');
		await writeNewSet(place, setFiles({ form: 'number', name: 'gsm8k', description: 'Solve it.' }));
		const uri = await adding([{ pick: 'gsm8k' }]);
		assert.equal(uri?.fsPath, place);
		const message = await told.next();
		assert.deepEqual([message.text, message.actions], ['gsm8k is here already.', ['Train']]);
	});

	it('is not added where somebody leaves the question', async () => {
		assert.equal(await adding(['dismiss']), undefined);
		assert.equal(told.waiting, 0);
	});
});

function adding(answers: readonly QuickAnswer[]): Promise<vscode.Uri | undefined> {
	return answering(answers, () => vscode.commands.executeCommand<vscode.Uri | undefined>('flex.addDataset'));
}
