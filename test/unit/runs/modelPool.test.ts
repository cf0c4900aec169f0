/** What a pool asks of whoever builds it: keys, consent, and openers of further kinds of models. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { resolveConfig } from '../../../src/core/learning/runConfig.js';
import type { Installation } from '../../../src/runs/installEmbedded.js';
import { ModelPool, type ModelPoolOptions } from '../../../src/runs/modelPool.js';
import { testModel, testQuestion } from '../../../src/runs/modelTest.js';
import { scriptedModel } from '../../fakes/scriptedModel.js';
import { type ScriptedServer, startScriptedServer } from '../../fakes/scriptedServer.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closers.splice(0).reverse()) await close();
});

const never = new AbortController().signal;

function pool(options: Partial<ModelPoolOptions> & { readonly baseUrl?: string } = {}): ModelPool {
	const { baseUrl = 'http://127.0.0.1:1/v1', ...rest } = options;
	const values = { models: { endpoints: { mine: { baseUrl, keyVariable: 'MINE' } } } };
	const made = new ModelPool({
		config: resolveConfig([{ name: 'test', values }]),
		bundleFolder: path.join(import.meta.dirname, '../../../dist'),
		environment: { MINE: 'from-environment' },
		onProgress: () => {},
		signal: never,
		...rest,
	});
	closers.push(() => made.close());
	return made;
}

async function server(): Promise<ScriptedServer> {
	const opened = await startScriptedServer(() => ({ text: '42' }));
	closers.push(() => opened.close());
	return opened;
}

it('opens further kinds of models by their prefix, each once', async () => {
	const asked: string[] = [];
	const model = scriptedModel(['42'], { id: 'vscode:v/m:1' });
	const vscode = async (rest: string) => {
		asked.push(rest);
		return { model, source: 'test' };
	};
	const opened = pool({ openers: { vscode } });
	expect(await opened.open('vscode:v/m:1')).toBe(model);
	expect((await testModel(opened, 'vscode:v/m:1', never)).answer.text).toBe('42');
	expect(asked).toEqual(['v/m:1']);
	expect(model.requests[0]?.messages).toEqual([{ role: 'user', content: testQuestion }]);
	expect(() => opened.describe('odd:m')).toThrow('vscode:<model>');
	expect(() => opened.describe('toString:m')).toThrow('is not a model id');
});

it('takes the key of an endpoint from whoever keeps it, and else from the environment', async () => {
	const { baseUrl, requests } = await server();
	const keyFor = async (name: string, endpoint: { readonly baseUrl: string }) => `${name} at ${endpoint.baseUrl}`;
	await testModel(pool({ baseUrl, keyFor }), 'openai:mine/m', never);
	await testModel(pool({ baseUrl, keyFor: async () => undefined }), 'openai:mine/m', never);
	await testModel(pool({ baseUrl }), 'openai:mine/m', never);
	const sent = requests.map(({ headers }) => headers.authorization);
	expect(sent).toEqual([`Bearer mine at ${baseUrl}`, undefined, 'Bearer from-environment']);
});

it('asks once for all that is missing, and fetches nothing without consent', async () => {
	const home = mkdtempSync(path.join(tmpdir(), 'flex-home-'));
	closers.push(() => rmSync(home, { recursive: true, force: true }));
	const questions: (readonly Installation[])[] = [];
	const consent = async (wanted: readonly Installation[]) => {
		questions.push(wanted);
		return false;
	};
	const asking = pool({ environment: { FLEX_HOME: home, PATH: '' }, consent });
	await expect(asking.open('embedded:smollm2-135m')).rejects.toMatchObject({
		reason: 'refused',
		message: expect.stringMatching(/Ollama.*LM Studio/),
	});
	expect(questions).toEqual([
		[
			{ kind: 'component', title: 'llama.cpp', megabytes: expect.any(Number) },
			{ kind: 'model', title: 'SmolLM2 135M', megabytes: 98 },
		],
	]);
	expect(readdirSync(home)).toEqual([]);
});
