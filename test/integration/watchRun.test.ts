/** A run watched from another terminal: one process trains, another one follows it, a third one reports. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'flex-watch-'));
const set = join(folder, 'set');
const env = { PATH: process.env.PATH, NO_COLOR: '1', FLEX_HOME: join(folder, 'home') };
const children: ChildProcess[] = [];
let server: ScriptedServer;
let workspaces = 0;
let workspace = '';
/** The endpoint answers that many requests at once, and holds those after them back until it may go on. */
let freely = Number.POSITIVE_INFINITY;
let goOn = (): void => {};

beforeAll(async () => {
	mkdirSync(set);
	const lines = (from: number, count: number): string =>
		Array.from({ length: count }, (_, index) => {
			const question = `Message ${from + index} is about matter ${(from + index) * 13}.`;
			return JSON.stringify({ question, answer: index % 2 ? 'South' : 'North' });
		}).join('\n');
	writeFileSync(join(set, 'train.jsonl'), lines(0, 6));
	writeFileSync(join(set, 'dev.jsonl'), lines(50, 4));
	const about = { name: 'two-teams', kind: 'choice', description: 'Say who handles it.', levels: 'flat' };
	writeFileSync(join(set, 'flex-task.json'), JSON.stringify({ ...about, answerSpace: ['North', 'South'] }));
	server = await startScriptedServer(async () => {
		if (freely-- <= 0) await held;
		return { text: 'North' };
	});
});
afterEach(() => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
	goOn();
	freely = Number.POSITIVE_INFINITY;
});
afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

let held: Promise<void> = Promise.resolve();

function hold(after: number): void {
	freely = after;
	held = new Promise((resolve) => {
		goOn = () => {
			freely = Number.POSITIVE_INFINITY;
			resolve();
		};
	});
}

function newWorkspace(): void {
	workspace = join(folder, `workspace-${workspaces++}`);
	mkdirSync(join(workspace, '.flex'), { recursive: true });
	const models = { default: 'openai:local/test', endpoints: { local: { baseUrl: server.baseUrl } } };
	writeFileSync(join(workspace, '.flex/config.json'), JSON.stringify({ models }));
}

interface Started {
	readonly child: ChildProcess;
	readonly lines: string[];
	readonly end: Promise<number | null>;
	/** Resolves when a line of its output holds the text. */
	printed(text: string): Promise<void>;
}

function start(...args: readonly string[]): Started {
	const child = spawn(process.execPath, [cli, ...args, '--workspace', workspace], {
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	children.push(child);
	const lines: string[] = [];
	const waiting = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr]) {
		createInterface({ input: stream }).on('line', (line) => {
			lines.push(line);
			for (const look of waiting) look();
		});
	}
	const printed = (text: string): Promise<void> =>
		new Promise((resolve) => {
			const look = (): void => {
				if (!lines.some((line) => line.includes(text))) return;
				waiting.delete(look);
				resolve();
			};
			waiting.add(look);
			look();
		});
	return { child, lines, printed, end: once(child, 'close').then(([code]) => code as number | null) };
}

function flexLearn(
	...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
	return new Promise((resolve) => {
		execFile(process.execPath, [cli, ...args, '--workspace', workspace], { env }, (error, out, err) => {
			resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
		});
	});
}

function onlyRun(): string {
	return readdirSync(join(workspace, '.flex/runs'))[0] ?? '';
}

describe('a training that goes on', () => {
	it('is followed to its end, event by event, as it tells them itself', async () => {
		newWorkspace();
		hold(3);
		const training = start('train', set, '--json');
		await training.printed('"type":"model.call"');
		const watcher = start('runs', '--follow', '--json');
		await watcher.printed('"type":"model.call"');
		goOn();
		expect(await training.end).toBe(0);
		expect(await watcher.end).toBe(0);
		const events = ({ lines }: Started): readonly string[] => lines.filter((line) => line.startsWith('{'));
		expect(events(watcher)).toEqual(events(training));
		expect(events(watcher).at(-1)).toContain('"status":"done"');
	});

	it('is shown in the words of the training itself', async () => {
		newWorkspace();
		const training = await flexLearn('train', set);
		const watched = await flexLearn('runs', onlyRun().slice(0, 12), '--follow');
		const [epoch = ''] = /Epoch 1: .*/u.exec(training.out) ?? [];
		expect(epoch).not.toBe('');
		expect(watched.out).toContain(epoch);
		expect(watched.out).toContain('ended: done');
		expect((await flexLearn('runs', '--follow')).code).toBe(2);
	});

	it('is listed as running, is not deleted, and goes on when the watcher leaves', async () => {
		newWorkspace();
		hold(2);
		const training = start('train', set, '--json');
		await training.printed('"type":"model.call"');
		expect((await flexLearn('runs')).out).toContain(`running (${training.child.pid})`);
		const refused = await flexLearn('runs', 'delete', onlyRun(), '--yes');
		expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(`process ${training.child.pid}`)]);
		const watcher = start('runs', '--follow');
		await watcher.printed('Watching run');
		watcher.child.kill('SIGINT');
		expect(await watcher.end).toBe(130);
		goOn();
		expect(await training.end).toBe(0);
	});

	it('that is killed is said to be gone, and how to go on with it', async () => {
		newWorkspace();
		hold(2);
		const training = start('train', set, '--json');
		await training.printed('"type":"model.call"');
		training.child.kill('SIGKILL');
		await training.end;
		const watched = await flexLearn('runs', onlyRun(), '--follow');
		expect([watched.code, watched.err]).toEqual([1, expect.stringContaining('is gone')]);
		const shown = await flexLearn('runs', onlyRun());
		expect(shown.out).toContain('stopped before its end');
		const [, command = ''] = /flex-learn (train .*--resume \w+)/u.exec(shown.out) ?? [];
		goOn();
		expect((await flexLearn(...command.split(' ').filter((arg) => arg !== '--json'))).code).toBe(0);
		expect((await flexLearn('runs')).out).toMatch(/train +two-teams .* done /u);
	});
});

describe('a benchmark', () => {
	it('that was stopped is reported as partial, without a claim; finished, in full and without a model', async () => {
		newWorkspace();
		expect((await flexLearn('train', set)).code).toBe(0);
		const stopped = await flexLearn('bench', set, '--max-calls', '6');
		expect(stopped.code).toBe(3);
		const run = /run (\w{26})/u.exec(stopped.out)?.[1] ?? '';
		const files = [
			'--html',
			join(folder, 'r.html'),
			'--markdown',
			join(folder, 'r.md'),
			'--csv',
			join(folder, 'r.csv'),
		];
		const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

		const partial = await flexLearn('report', run, ...files);
		expect(partial.code, partial.err).toBe(0);
		expect(partial.out).toContain('PARTIAL: ');
		expect(partial.out).toContain(`--resume ${run}`);
		for (const name of ['r.html', 'r.md']) {
			expect(read(name).toLowerCase()).toContain('(partial)');
			expect(read(name)).not.toMatch(/improved|worse|no evidence/u);
		}
		const answers = Number(/PARTIAL: (\d+) of 20/u.exec(partial.out)?.[1]);
		expect(read('r.csv').trimEnd().split('\r\n')).toHaveLength(answers + 1);

		expect((await flexLearn('bench', set, '--max-calls', '0', '--resume', run)).code).toBe(0);
		const asked = server.requests.length;
		const full = await flexLearn('report', run, ...files);
		expect(full.out).not.toContain('PARTIAL');
		expect(full.out).toMatch(/flex – llm/u);
		expect(read('r.html')).toBe(readFileSync(join(workspace, '.flex/runs', run, 'report.html'), 'utf8'));
		expect(read('r.md')).toContain('| flex – llm |');
		const rows = read('r.csv').trimEnd().split('\r\n');
		expect(rows).toHaveLength(5 * 4 + 1);
		expect(rows.filter((row) => row.startsWith('flex,1,'))).toHaveLength(4);
		expect(server.requests.length).toBe(asked);
	});

	it('of a training there is a summary, and no file to write', async () => {
		newWorkspace();
		await flexLearn('train', set);
		expect((await flexLearn('report', onlyRun())).out).toContain('What was learned');
		const refused = await flexLearn('report', onlyRun(), '--csv', join(folder, 'none.csv'));
		expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('only measurements')]);
		expect((await flexLearn('runs', 'delete', onlyRun())).code).toBe(2);
		expect((await flexLearn('runs', 'delete', onlyRun(), '--yes')).code).toBe(0);
		expect((await flexLearn('runs')).out).toContain('No runs in');
	});
});
