/** The whole way through the command line with an OpenAI-compatible endpoint that behaves as badly as real ones do. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
	type ChatBody,
	type Reply,
	type ScriptedServer,
	startScriptedServer,
	tooMany,
} from '../fakes/scriptedServer.js';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'flex-endpoint-'));
const set = join(folder, 'set');
let server: ScriptedServer;
let workspaces = 0;
let workspace = '';
/** What the endpoint does with a request, by its number; undefined: it answers. */
let trouble: (index: number) => Reply | undefined = () => undefined;

beforeAll(async () => {
	mkdirSync(set);
	const line = (index: number) => ({
		question: `Message ${index} is about matter ${index * 13}.`,
		answer: index % 2 ? 'South' : 'North',
	});
	const lines = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) => JSON.stringify(line(from + index))).join('\n');
	writeFileSync(join(set, 'train.jsonl'), lines(0, 10));
	writeFileSync(join(set, 'dev.jsonl'), lines(50, 8));
	writeFileSync(
		join(set, 'flex-task.json'),
		JSON.stringify({
			name: 'two-teams',
			kind: 'choice',
			description: 'Say who handles it.',
			answerSpace: ['North', 'South'],
			levels: 'flat',
		}),
	);
	server = await startScriptedServer((body, index) => trouble(index) ?? { text: answerTo(body) });
});
afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
	trouble = () => undefined;
	workspace = join(folder, `workspace-${workspaces++}`);
	mkdirSync(join(workspace, '.flex'), { recursive: true });
	const endpoints = { local: { baseUrl: server.baseUrl } };
	writeFileSync(
		join(workspace, '.flex/config.json'),
		JSON.stringify({ models: { default: 'openai:local/test', endpoints } }),
	);
});

/** JSON where it is asked for, else a label. */
function answerTo(body: ChatBody): string {
	if (body.response_format)
		return JSON.stringify({ who: 'someone', about: body.messages.at(-1)?.content.slice(0, 20) });
	return 'North';
}

function flexLearn(
	...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
	const env = { PATH: process.env.PATH, NO_COLOR: '1', FLEX_HOME: join(folder, 'home') };
	return new Promise((resolve) => {
		execFile(process.execPath, [cli, ...args, '--workspace', workspace], { env }, (error, out, err) => {
			resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
		});
	});
}

describe('training and measuring with an endpoint', () => {
	it('goes through refusals for too many requests, a torn stream, a server error and nonsense', async () => {
		const troubles: Readonly<Record<number, Reply>> = {
			1: tooMany({ 'retry-after': '1' }),
			4: { text: 'North', cutAfter: 1, cutBy: 'torn' },
			7: { status: 500, error: { message: 'try again' } },
			9: { text: '{"nonsense' },
		};
		trouble = (index) => troubles[index];
		const trained = await flexLearn('train', set);
		expect(trained.code, trained.err).toBe(0);
		expect(trained.out).toContain('10 experiences in the library');

		const measured = await flexLearn('bench', set, '--split', 'dev');
		expect(measured.code, measured.err).toBe(0);
		expect(measured.out).toMatch(/flex\s+\d\/8/u);
		expect(measured.out).toContain('one training seed');
	});

	it('stops at its cap with exit code 3, says how to go on, and goes on', async () => {
		const stopped = await flexLearn('train', set, '--max-calls', '6');
		expect(stopped.code).toBe(3);
		const run = /--resume (\w{26})/u.exec(stopped.out)?.[1];
		expect(run).toBeDefined();
		const before = server.requests.length;
		const resumed = await flexLearn('train', set, '--max-calls', '0', '--resume', run ?? '');
		expect(resumed.code, resumed.err).toBe(0);
		expect(resumed.out).toContain('10 experiences in the library');
		expect(server.requests.length).toBeGreaterThan(before);
	});

	it('ends with one clear sentence where the key is refused', async () => {
		trouble = () => ({ status: 401, error: { message: 'bad key' } });
		const refused = await flexLearn('train', set);
		expect(refused.code).toBe(1);
		expect(refused.err).toContain('key');
	});
});

it('tells of an unknown endpoint, a missing set and a bad setting with exit code 2 or 1, and what to do', async () => {
	const missing = await flexLearn('train', join(folder, 'nowhere'));
	expect(missing.code).toBe(2);
	expect(missing.err).toContain('give a folder with flex-task.json');
	const unknown = await flexLearn('train', set, '--model', 'openai:nobody/test');
	expect(unknown.code).not.toBe(0);
	expect(unknown.err).toContain('models.endpoints');
	writeFileSync(join(workspace, '.flex/config.json'), '{"training":{"epocs":2}}');
	const bad = await flexLearn('train', set);
	expect(bad.code).toBe(2);
	expect(bad.err).toContain('epocs');
});
