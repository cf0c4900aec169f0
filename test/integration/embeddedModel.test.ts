/** The default embedded model as users get it: fetched, run by llama.cpp in a process of its own, asked for real. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatMessage, type ChatRequest, ModelError } from '../../src/core/models/chatModel.js';
import { ensureComponent, flexHome } from '../../src/providers/components.js';
import { type EmbeddedModel, type EmbeddedModelOptions, openEmbeddedModel } from '../../src/providers/embeddedModel.js';
import { ensureModel } from '../../src/providers/modelFetcher.js';

const root = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'flex-embedded-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is needed to open the model; where it can't be had, why. */
const found = await provide();

async function provide(): Promise<EmbeddedModelOptions | string> {
	const home = flexHome(process.env);
	try {
		const componentFolder = await ensureComponent('llama', { home, componentsFolder: path.join(root, 'components') });
		const { file, name, sha256 } = await ensureModel('smollm2-135m', { home, environment: process.env });
		// More than one wait for each other, and all but stand still where something else takes a core.
		return { file, name, sha256, componentFolder, processFile: path.join(folder, 'llamaProcess.js'), threads: 1 };
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

if (typeof found === 'string') {
	describe('the embedded model', () => {
		it.skip(`can't be had here: ${found.split('\n', 1)[0]}`, () => {});
	});
} else describeModel(found);

function describeModel(options: EmbeddedModelOptions): void {
	let model: EmbeddedModel;
	beforeAll(async () => {
		await bundle('llamaProcess');
		model = await openEmbeddedModel(options);
	}, 60_000);
	afterAll(() => model.close());

	const ask = (request: ChatRequest, signal = new AbortController().signal) => model.complete(request, signal);

	describe('the embedded model', { timeout: 120_000 }, () => {
		it('answers in words, with real token counts', async () => {
			const system: ChatMessage = { role: 'system', content: 'You are a helpful assistant.' };
			const answer = await ask({ messages: [system, user('What is the capital of France?')], maxTokens: 30 });
			expect(answer.text).toMatch(/Paris/);
			expect(answer.usage.estimated).toBeUndefined();
			expect(answer.usage.tokensIn).toBeGreaterThan(8);
			expect(answer.usage.tokensOut).toBeLessThanOrEqual(30);
			expect(model).toMatchObject({ id: 'embedded:smollm2-135m', identity: options.sha256, contextTokens: 4096 });
		});

		it('stops at maxTokens and says so', async () => {
			const answer = await ask({ messages: [user('Tell me a long story.')], maxTokens: 5 });
			expect(answer).toMatchObject({ finish: 'length', usage: { tokensOut: 5 } });
		});

		it('is held to the choices, odd characters and all', async () => {
			const choices = ['Team "A"', 'Büro für Öl', 'C\\D'];
			const answer = await ask({ messages: [user('Which team? Answer freely.')], choices });
			expect(choices).toContain(answer.text);
			expect(answer.finish).toBe('stop');
		});

		it('reads what all choices begin with, and writes the rest', async () => {
			const choices = ['a company, about a refund: Falcon', 'a company, about a refund: Meadow'];
			const answer = await ask({ messages: [user('Who handles it?')], choices });
			expect(choices).toContain(answer.text);
			expect(answer.usage.tokensOut).toBeLessThan(5);
		});

		it('is held to a JSON schema', async () => {
			const text = { type: 'string', maxLength: 30 };
			const properties = { name: text, tags: { type: 'array', items: text, maxItems: 2 }, legs: { type: 'integer' } };
			const schema = { name: 'animal', schema: { type: 'object', properties, required: Object.keys(properties) } };
			const answer = await ask({ messages: [user('Describe a cat as JSON.')], schema, maxTokens: 200 });
			expect(answer.finish).toBe('stop');
			const parsed: unknown = JSON.parse(answer.text);
			expect(parsed).toMatchObject({ name: expect.any(String), tags: expect.any(Array), legs: expect.any(Number) });
		});

		it('writes the same with the same seed and something else with another', async () => {
			const told = async (seed: number) =>
				(await ask({ messages: [user('Invent a sentence.')], temperature: 1, seed, maxTokens: 20 })).text;
			const first = await told(7);
			expect(await told(7)).toBe(first);
			expect(await told(8)).not.toBe(first);
		});

		it('reads a fixed beginning once, and what is cached changes no answer', async () => {
			const system: ChatMessage = { role: 'system', content: 'You sort the mail of a small company. '.repeat(30) };
			const question = (topic: string): ChatRequest => ({
				messages: [system, user(`A letter about ${topic} came. Say something about it.`)],
				temperature: 1,
				seed: 3,
				maxTokens: 20,
			});
			const cold = await ask(question('an invoice'));
			expect(model.lastCall?.tokensEvaluated).toBe(cold.usage.tokensIn);
			await ask(question('a broken chair'));
			expect(model.lastCall?.tokensEvaluated).toBeLessThan(cold.usage.tokensIn / 2);
			expect(await ask(question('an invoice'))).toEqual(cold);
			expect(model.lastCall?.tokensEvaluated).toBeLessThan(cold.usage.tokensIn / 2);
		});

		it("takes a problem's words for words, also where they look like the template's marks", async () => {
			const plain = await ask({ messages: [user('x')], maxTokens: 1 });
			const marked = await ask({ messages: [user('<|im_end|>')], maxTokens: 1 });
			expect(marked.usage.tokensIn).toBeGreaterThan(plain.usage.tokensIn + 2);
		});

		it('refuses a prompt that is longer than its context, with the numbers, and goes on', async () => {
			const error = await errorOf(ask({ messages: [user('word '.repeat(5000))] }));
			expect(error.reason).toBe('context-length');
			expect(error.message).toMatch(/50\d\d tokens.*4096/);
			expect((await ask({ messages: [user('Hello')], maxTokens: 3 })).text).not.toBe('');
		});

		it('answers several calls one after another', async () => {
			const questions = ['1 + 1 =', '2 + 2 =', '3 + 3 ='].map((text) => ({ messages: [user(text)], maxTokens: 8 }));
			const together = await Promise.all(questions.map((request) => ask(request)));
			for (const [index, request] of questions.entries()) expect(await ask(request)).toEqual(together[index]);
		});

		it('lets a cancelled caller go at once, and serves the next', async () => {
			const controller = new AbortController();
			const long = ask({ messages: [user('Tell me a very long story.')], maxTokens: 3000 }, controller.signal);
			const queued = ask({ messages: [user('Hi')], maxTokens: 3 }, controller.signal);
			const next = ask({ messages: [user('Hello')], maxTokens: 3 });
			const order: string[] = [];
			const told = [long, queued].map(async (call) => order.push((await errorOf(call)).reason));
			controller.abort();
			const answer = await next;
			order.push('answered');
			await Promise.all(told);
			expect(order).toEqual(['cancelled', 'cancelled', 'answered']);
			expect(answer.text).not.toBe('');
		});

		it('whose process is killed says that it crashed, and answers again in a new one', async () => {
			const { processId } = model;
			const asked = errorOf(ask({ messages: [user('Tell me a very long story.')], maxTokens: 3000 }));
			if (processId === undefined) throw new Error('no process');
			process.kill(processId, 'SIGKILL');
			const error = await asked;
			expect(error).toMatchObject({ reason: 'crashed', transient: true });
			expect((await ask({ messages: [user('Hello')], maxTokens: 3 })).text).not.toBe('');
			expect(model.processId).not.toBe(processId);
		});

		it('that is no model file is refused with its name', async () => {
			const file = path.join(folder, 'broken.gguf');
			writeFileSync(file, 'GGUF? no.');
			const error = await errorOf(openEmbeddedModel({ ...options, file, sha256: undefined }));
			expect(error.reason).toBe('bad-request');
			expect(error.message).toContain(file);
			const missing = await errorOf(openEmbeddedModel({ ...options, file: `${file}.not`, sha256: undefined }));
			expect(missing.reason).toBe('not-found');
		});

		it('neither keeps its parent from ending nor outlives it', async () => {
			await bundle('embeddedModel');
			const script = path.join(folder, 'parent.cjs');
			const lines = [
				`const { openEmbeddedModel } = require('./embeddedModel.js');`,
				`openEmbeddedModel(${JSON.stringify(options)}).then((model) => console.log(model.processId));`,
			];
			writeFileSync(script, lines.join('\n'));
			const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 60_000 });
			await expect.poll(() => isRunning(Number(stdout)), { timeout: 30_000 }).toBe(false);
		});
	});
}

function user(content: string): ChatMessage {
	return { role: 'user', content };
}

async function errorOf(promise: Promise<unknown>): Promise<ModelError> {
	const error = await promise.catch((caught: unknown) => caught);
	if (!(error instanceof ModelError)) throw new Error(`no ModelError: ${error}`);
	return error;
}

/** As the build does it. */
async function bundle(name: string): Promise<void> {
	await build({
		absWorkingDir: root,
		entryPoints: [`src/providers/${name}.ts`],
		outfile: path.join(folder, `${name}.js`),
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		keepNames: true,
		logLevel: 'silent',
	});
}

/** Whether it computes; one that ended, and that nobody has asked about since, has an entry all the same (Linux). */
function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	const entry = `/proc/${pid}/stat`;
	return !existsSync(entry) || !/\) Z /u.test(readFileSync(entry, 'utf8'));
}
