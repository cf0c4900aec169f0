/** Models in a real VS Code: those that another extension contributes, endpoints with their keys, and consent. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { resolveConfig } from '../../src/core/learning/runConfig.js';
import type { ChatRequest } from '../../src/core/models/chatModel.js';
import { modelItems } from '../../src/host/models/modelItems.js';
import { Models } from '../../src/host/models/models.js';
import type { ModelTest } from '../../src/runs/modelTest.js';
import { answering } from './quickInput.js';

const contributed = 'vscode:fake/fake-1';
const key = 'sk-only-for-this-test-0123456789';
const settings = ['default', 'actor', 'critic', 'updater', 'judge', 'endpoints'];

const closers: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closers.splice(0).reverse()) await close();
	const configuration = vscode.workspace.getConfiguration('flex.models');
	for (const name of settings) await configuration.update(name, undefined, vscode.ConfigurationTarget.Global);
});

describe('a model that another extension contributes', () => {
	it('answers through a pool', async () => {
		const tested = await vscode.commands.executeCommand<ModelTest>('flex.testModel', contributed);
		assert.equal(tested.answer.text, 'An answer.');
		assert.equal(tested.opened.model.id, contributed);
		assert.equal(tested.opened.model.identity, 'fake/fake/1/fake-1');
		const { tokensIn, tokensOut, estimated } = tested.answer.usage;
		assert.ok(tokensIn > 0 && tokensOut > 0 && estimated);
	});

	it('gets system text as part of the question, and may be cut off at once', async () => {
		const model = await open(contributed);
		assert.equal(model.supports.system, false);
		const request: ChatRequest = {
			messages: [
				{ role: 'system', content: 'Be brief.' },
				{ role: 'user', content: 'Why?' },
			],
		};
		assert.equal((await model.complete(request, new AbortController().signal)).text, 'An answer.');
		const controller = new AbortController();
		const answer = model.complete(request, controller.signal);
		controller.abort();
		await assert.rejects(answer, { name: 'ModelError', reason: 'cancelled' });
	});

	it('is missed in words that say what to do', async () => {
		await assert.rejects(open('vscode:fake/gone'), { reason: 'not-found', message: /FLEX: Choose Models…/ });
	});

	it('calls tools natively only where the model says that it can', async () => {
		const model = await open(contributed);
		const [offered] = await vscode.lm.selectChatModels({ vendor: 'fake' });
		const says =
			offered && JSON.stringify(Reflect.get(offered, 'capabilities') ?? {}).includes('"supportsToolCalling":true');
		assert.equal(model.supports.tools, says);
	});
});

describe('choosing models', () => {
	it('goes back a step, and writes the choice to the settings of the user', async () => {
		await vscode.workspace
			.getConfiguration('flex.models')
			.update('critic', 'embedded:x', vscode.ConfigurationTarget.Global);
		const answers = [{ pick: 'Actor' }, 'back', { pick: 'All roles' }, { pick: 'Fake One' }] as const;
		const id = await answering(answers, () => vscode.commands.executeCommand('flex.chooseModels'));
		assert.equal(id, contributed);
		assert.equal(ownSetting('default'), contributed);
		assert.equal(ownSetting('actor'), undefined);
		assert.equal(ownSetting('critic'), undefined, 'All roles means all.');
	});

	it('adds an endpoint with its key, and asks it for its models', async () => {
		const { baseUrl, seen } = await endpoint();
		await answering(
			[
				{ pick: 'Actor' },
				{ pick: 'Add an endpoint…' },
				{ pick: 'Other…' },
				{ type: 'mine' },
				{ type: baseUrl },
				{ type: key },
				{ pick: 'model-b' },
			],
			() => vscode.commands.executeCommand('flex.chooseModels'),
		);
		assert.equal(ownSetting('actor'), 'openai:mine/model-b');
		assert.deepEqual(ownSetting('endpoints'), { mine: { baseUrl } });
		assert.deepEqual(seen, [`GET /v1/models Bearer ${key}`]);
		await clearKey();
	});

	it('saves nothing when it is dismissed', async () => {
		const answers = [{ pick: 'Actor' }, { pick: 'Add an endpoint…' }, { pick: 'Ollama' }, 'dismiss'] as const;
		await answering(answers, () => vscode.commands.executeCommand('flex.chooseModels'));
		assert.equal(ownSetting('endpoints'), undefined);
		assert.equal(ownSetting('actor'), undefined);
	});

	it('says why where VS Code has no models and npm is missing, and offers the other ways', () => {
		const rows = modelItems([], false);
		const hints = rows.filter(({ value, kind }) => value === undefined && kind === undefined);
		assert.match(hints.map(({ detail }) => detail).join('\n'), /no language model[\s\S]*npm[\s\S]*Ollama or LM Studio/);
		assert.deepEqual(
			rows.flatMap(({ value }) => value?.kind ?? []),
			['add', 'look'],
		);
	});
});

describe('the key of an endpoint', () => {
	it('is sent while it is set, and shown nowhere', async () => {
		const { baseUrl, seen } = await endpoint();
		await useEndpoint(baseUrl);
		await setKey();
		const shown = await errorsOf(() => vscode.commands.executeCommand('flex.testModel', 'openai:mine/model-a'));
		assert.deepEqual(seen, [`POST /v1/chat/completions Bearer ${key}`]);
		assert.match(shown, /did not accept the key/);
		assert.ok(!shown.includes(key));
		assert.ok(!JSON.stringify(vscode.workspace.getConfiguration('flex')).includes(key));
		await clearKey();
		await errorsOf(() => vscode.commands.executeCommand('flex.testModel', 'openai:mine/model-a'));
		assert.equal(seen[1], 'POST /v1/chat/completions -');
	});

	it('is not sent to another server that takes the endpoint’s place', async () => {
		const first = await endpoint();
		await useEndpoint(first.baseUrl);
		await setKey();
		const second = await endpoint();
		await useEndpoint(second.baseUrl);
		const shown = await errorsOf(() => vscode.commands.executeCommand('flex.testModel', 'openai:mine/model-a'));
		assert.match(shown, /given for another address/);
		assert.deepEqual([...first.seen, ...second.seen], []);
		await clearKey();
	});
});

describe('the embedded model', () => {
	it('is not installed without consent, and the refusal names the other ways', async () => {
		const home = mkdtempSync(path.join(tmpdir(), 'flex-home-'));
		const { FLEX_HOME } = process.env;
		process.env.FLEX_HOME = home;
		closers.push(() => {
			if (FLEX_HOME === undefined) delete process.env.FLEX_HOME;
			else process.env.FLEX_HOME = FLEX_HOME;
			rmSync(home, { recursive: true, force: true });
		});
		const questions = replaceMessage('showInformationMessage');
		const shown = await errorsOf(() =>
			vscode.commands.executeCommand('flex.installEmbeddedModel', 'embedded:smollm2-135m'),
		);
		assert.match(questions.join('\n'), /llama\.cpp \(about \d+ MB\)[\s\S]*SmolLM2 135M \(about 98 MB\)/);
		assert.match(shown, /Ollama or LM Studio/);
		assert.deepEqual(readdirSync(home), []);
	});
});

/** Opens a model as a run does; the pool is closed after the test. */
async function open(id: string) {
	const secrets = new Map<string, string>();
	const models = new Models({
		context: {
			globalState: { get: (_key, otherwise) => otherwise, update: async () => {} },
			secrets: {
				get: async (name) => secrets.get(name),
				store: async () => {},
				delete: async () => {},
			},
		},
		log: { info: () => {} },
	});
	const config = resolveConfig([{ name: 'test', values: { models: { default: id } } }]);
	const pool = await models.pool(config, new AbortController().signal, () => {});
	closers.push(() => pool.close());
	return pool.open(id);
}

/** An endpoint that has two models and accepts no key; it repeats the key that it got, as real ones do. */
async function endpoint(): Promise<{ readonly baseUrl: string; readonly seen: readonly string[] }> {
	const seen: string[] = [];
	const server = createServer(({ method, url, headers }, response) => {
		seen.push(`${method} ${url} ${headers.authorization ?? '-'}`);
		response.setHeader('content-type', 'application/json');
		if (method === 'GET') response.end(JSON.stringify({ data: [{ id: 'model-b' }, { id: 'model-a' }] }));
		else response.writeHead(401).end(JSON.stringify({ error: { message: `Wrong key: ${headers.authorization}` } }));
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	closers.push(() => {
		server.closeAllConnections();
		server.close();
	});
	return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen };
}

async function useEndpoint(baseUrl: string): Promise<void> {
	const configuration = vscode.workspace.getConfiguration('flex.models');
	await configuration.update('endpoints', { mine: { baseUrl } }, vscode.ConfigurationTarget.Global);
}

async function setKey(): Promise<void> {
	await answering([{ type: key }], () => vscode.commands.executeCommand('flex.setApiKey', 'mine'));
}

async function clearKey(): Promise<void> {
	await answering([{ pick: 'mine' }], () => vscode.commands.executeCommand('flex.clearApiKey'));
}

function ownSetting(name: string): unknown {
	return vscode.workspace.getConfiguration('flex.models').inspect(name)?.globalValue;
}

/** All that is shown as an error while `action` runs. */
async function errorsOf(action: () => Thenable<unknown>): Promise<string> {
	const shown = replaceMessage('showErrorMessage');
	await action();
	return shown.join('\n');
}

/** Collects what is shown with its details, and answers nothing, until the test is over. */
function replaceMessage(name: 'showErrorMessage' | 'showInformationMessage'): readonly string[] {
	const shown: string[] = [];
	const original = vscode.window[name];
	Object.assign(vscode.window, {
		[name]: async (...parts: readonly unknown[]) =>
			void shown.push(parts.map((part) => JSON.stringify(part)).join('\n')),
	});
	closers.push(() => Object.assign(vscode.window, { [name]: original }));
	return shown;
}
