/** Training and benchmarks by their commands: questions and estimate, a run that learns, stop, resume, and the end's notice. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Folders } from '../../src/host/folders.js';
import { LeftOver } from '../../src/host/liveRuns/leftOver.js';
import type { Services } from '../../src/host/services.js';
import { readRun } from '../../src/runs/runSummary.js';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';
import { answering } from './quickInput.js';
import { type Told, telling } from './telling.js';

/** Names a team of the example, the same whatever it is asked; lessons are not asked for. */
const team = 'Harbor';
const set = 'company-conventions';

let server: ScriptedServer;
let told: Told;
/** While it is there, answers wait for it. */
let gate: Promise<void> | undefined;
let folder: vscode.Uri;

before(async () => {
	const [first] = vscode.workspace.workspaceFolders ?? [];
	assert.ok(first);
	folder = first.uri;
	server = await startScriptedServer(async () => {
		await gate;
		return { text: team, usage: { prompt_tokens: 100, completion_tokens: 2 } };
	});
	await configure('models.endpoints', { scripted: { baseUrl: server.baseUrl } });
	await configure('models.default', 'openai:scripted/any');
	await configure('training.lessons', false);
});

beforeEach(() => {
	told = telling();
});

afterEach(async () => {
	gate = undefined;
	told.restore();
});

after(async () => {
	for (const key of ['models.endpoints', 'models.default', 'training.lessons', 'training.limit', 'budget.calls'])
		await configure(key, undefined);
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	await server.close();
});

describe('training by its commands', () => {
	it('asks for set, model and size, shows the estimate, learns, and says what', async () => {
		const model = { pick: 'openai:scripted/any' } as const;
		const answers = [{ pick: set }, model, 'back', model] as const;
		const last = [{ pick: 'The first 16 problems' }, { pick: 'Start training' }];
		const id = await answering([...answers, ...last], () => command<string>('flex.train'));
		assert.ok(id);
		const message = await told.next();
		assert.match(
			message.text,
			/^Training on company-conventions: \d+ experiences learned or improved\. \d+ % right at the first/,
		);
		assert.deepEqual(message.actions, ['Open library', 'Run benchmark']);
		message.answer('Open library');
		const run = await readRun(runs(), id);
		assert.equal(run.state, 'done');
		assert.deepEqual([run.done, run.total], [16, 16]);
		assert.ok(run.experiences.length > 0);
		assert.ok(existsSync(join(folder.fsPath, '.flex/library.journal')));
	});

	it('can be left at every question, and nothing runs then', async () => {
		const before = server.requests.length;
		assert.equal(await answering(['dismiss'], () => command('flex.train')), undefined);
		const untilTheEnd = [
			{ pick: set },
			{ pick: 'openai:scripted/any' },
			{ pick: 'All 60 problems' },
			'dismiss',
		] as const;
		assert.equal(await answering(untilTheEnd, () => command('flex.train')), undefined);
		assert.equal(server.requests.length, before);
	});

	it('offers as many problems as the settings say, too', async () => {
		await configure('training.limit', 12);
		const answers = [
			{ pick: set },
			{ pick: 'openai:scripted/any' },
			{ pick: 'The first 12 problems' },
			'dismiss',
		] as const;
		assert.equal(await answering(answers, () => command('flex.train')), undefined);
		await configure('training.limit', undefined);
	});

	it('stops at once and goes on later, without asking again what was answered', async () => {
		let open = (): void => {};
		gate = new Promise((opened) => {
			open = opened;
		});
		const seen = server.requests.length;
		const id = await answering(
			[{ pick: set }, { pick: 'openai:scripted/any' }, { pick: 'The first 32 problems' }, { pick: 'Start training' }],
			() => command<string>('flex.train'),
		);
		assert.ok(id);
		await server.request(seen);
		await command('flex.stop');
		const stopped = await told.next();
		assert.match(stopped.text, /^Training on company-conventions stopped\. What was learned so far is kept\./);
		assert.equal((await readRun(runs(), id)).stoppedBy, 'cancelled');
		open();
		gate = undefined;
		stopped.answer(undefined);
		const resumed = await answering([{ pick: `Training on ${set}` }], () => command<string>('flex.resumeTraining'));
		assert.equal(resumed, id);
		(await told.next()).answer(undefined);
		const run = await readRun(runs(), id);
		assert.deepEqual([run.state, run.done, run.total], ['done', 32, 32]);
	});

	it('stops at the cap, says so, and goes on under the next one', async () => {
		await configure('budget.calls', 5);
		const dev = await answering(
			[
				{ pick: set },
				{ pick: 'dev' },
				{ pick: 'The model alone' },
				{ pick: 'The first 20' },
				{ pick: 'Start the benchmark' },
			],
			() => command<string>('flex.benchmark'),
		);
		assert.ok(dev);
		const stopped = await told.next();
		assert.match(stopped.text, /stopped\. What was answered is kept\..*5/);
		await configure('budget.calls', undefined);
		stopped.answer('Resume');
		const ended = await told.next();
		assert.match(ended.text, /^Benchmark of company-conventions/);
		assert.equal((await readRun(runs(), dev)).state, 'done');
		ended.answer(undefined);
	});

	it('says what to do where the model can’t be reached, and keeps nothing half done', async () => {
		await configure('models.default', 'openai:nowhere/any');
		const answers = [
			{ pick: set },
			{ pick: 'openai:nowhere/any' },
			{ pick: 'The first 8 problems' },
			{ pick: 'Start training' },
		];
		await answering(answers, () => command('flex.train'));
		const message = await told.next();
		assert.match(message.text, /There is no endpoint "nowhere"/);
		message.answer(undefined);
		await configure('models.default', 'openai:scripted/any');
	});
});

describe('a run that a closed window left behind', () => {
	it('is offered by the next activation, once, and not where it came to its end', async () => {
		const [done, stopped] = ['01ZZ0000000000000000000001', '01ZZ0000000000000000000002'];
		const [model] = (await readDone()).slice(0, 1);
		assert.ok(model);
		for (const id of [done, stopped]) {
			cpSync(join(runs(), model), join(runs(), id), { recursive: true });
			writeFileSync(join(runs(), id, 'window.open'), '');
		}
		truncateAtEnd(join(runs(), stopped, 'events.jsonl'));
		const folders = new Folders();
		const leftOver = new LeftOver(standIn({ folders, runs: { live: [] } }));
		const offered = leftOver.offer();
		const message = await told.next();
		assert.match(message.text, /^A run on company-conventions was broken off when its window closed\./);
		message.answer('Not now');
		await offered;
		await leftOver.offer();
		assert.equal(told.waiting, 0);
		for (const id of [done, stopped]) rmSync(join(runs(), id), { recursive: true });
		folders.dispose();
	});
});

function runs(): string {
	return join(folder.fsPath, '.flex/runs');
}

async function readDone(): Promise<readonly string[]> {
	const { runIds } = await import('../../src/runs/runSummary.js');
	const found: string[] = [];
	for (const id of runIds(runs())) if ((await readRun(runs(), id)).state === 'done') found.push(id);
	return found;
}

/** As a killed process leaves it: without the line that says how it ended. */
function truncateAtEnd(file: string): void {
	const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
	writeFileSync(file, `${lines.slice(0, -1).join('\n')}\n`);
}

/** Only what the code under test takes. */
function standIn(parts: object): Services {
	return Object.assign(Object.create(null), parts);
}

async function command<T>(id: string): Promise<T | undefined> {
	return vscode.commands.executeCommand<T | undefined>(id);
}

async function configure(key: string, value: unknown): Promise<void> {
	await vscode.workspace.getConfiguration('flex').update(key, value, vscode.ConfigurationTarget.Global);
}
