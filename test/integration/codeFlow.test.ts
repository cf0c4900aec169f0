/** Training and measuring on a TypeScript set through the command line: the sandbox of the build decides what is right. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatBody, type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'flex-code-'));
const set = join(folder, 'set');
let server: ScriptedServer;

/** Functions that add a number; the model gets those of even numbers wrong. */
const row = (number: number) => ({
	id: `plus${number}`,
	question: `/** ${number} more. */\nconst plus${number} = function (x: number): number {\n`,
	answer: `  return x + ${number};\n}`,
	language: 'typescript',
	test: `import * as assert from 'assert'\nassert.deepEqual(plus${number}(1), ${number + 1}, 'test case 0 failed')`,
});

function answerTo(body: ChatBody): string {
	if (body.response_format) return JSON.stringify({ when: 'a number is added', strategy: 'Read which one it is.' });
	const number = Number(/const plus(\d+)/u.exec(body.messages.at(-1)?.content ?? '')?.[1] ?? 0);
	const added = number % 2 === 0 ? 0 : number;
	return `\`\`\`ts\nconst plus${number} = (x: number): number => x + ${added};\n\`\`\``;
}

beforeAll(async () => {
	mkdirSync(set);
	mkdirSync(join(folder, '.flex'));
	const lines = (from: number, count: number) =>
		Array.from({ length: count }, (_, at) => JSON.stringify(row(from + at))).join('\n');
	writeFileSync(join(set, 'train.jsonl'), lines(1, 4));
	writeFileSync(join(set, 'test.jsonl'), lines(11, 6));
	const manifest = { name: 'plus', kind: 'code', description: 'Complete it.', grader: { language: 'typescript' } };
	writeFileSync(join(set, 'flex-task.json'), JSON.stringify({ ...manifest, levels: 'flat' }));
	server = await startScriptedServer((body) => ({ text: answerTo(body) }));
	const endpoints = { local: { baseUrl: server.baseUrl } };
	const models = { default: 'openai:local/test', endpoints };
	writeFileSync(join(folder, '.flex/config.json'), JSON.stringify({ models }));
});

afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

function flexLearn(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
	const env = { PATH: process.env.PATH, NO_COLOR: '1', FLEX_HOME: join(folder, 'home') };
	return new Promise((resolve) => {
		execFile(process.execPath, [cli, ...args, '--workspace', folder], { env }, (error, out, err) => {
			resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, text: out + err });
		});
	});
}

describe('a set of TypeScript functions', () => {
	it('is trained on and measured, each answer by its tests', { timeout: 60_000 }, async () => {
		const trained = await flexLearn('train', set);
		expect([trained.code, trained.text]).toEqual([0, expect.stringContaining('in the library')]);
		const measured = await flexLearn('bench', set, '--arms', 'llm', '--split', 'test');
		expect(measured.code, measured.text).toBe(0);
		expect(measured.text).toMatch(/llm\s+3\/6/u);
		expect(server.requests.some(({ body }) => JSON.stringify(body.messages).includes('```ts'))).toBe(true);
	});
});
