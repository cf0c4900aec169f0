/** The OpenAI-compatible adapter against a real HTTP server that answers by script. */
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type ChatModel, type ChatRequest, ModelError } from '../../../src/core/models/chatModel.js';
import { Limiter } from '../../../src/core/models/limiter.js';
import { type OpenAiModelOptions, openOpenAiModel } from '../../../src/providers/openaiModel.js';
import {
	type Handler,
	type Reply,
	refuses,
	type ScriptedServer,
	startScriptedServer,
	tooMany,
} from '../../fakes/scriptedServer.js';

const servers: ScriptedServer[] = [];
afterEach(async () => {
	await Promise.all(servers.splice(0).map((server) => server.close()));
});

const key = 'sk-very-secret-key-0123456789';
const never = new AbortController().signal;

async function open(
	script: Handler | readonly Reply[],
	options: Partial<OpenAiModelOptions> = {},
): Promise<{ server: ScriptedServer; model: ChatModel }> {
	const server = await startScriptedServer(script);
	servers.push(server);
	const model = openOpenAiModel({ endpoint: 'local', baseUrl: server.baseUrl, model: 'tiny', apiKey: key, ...options });
	return { server, model };
}

function question(text: string, rest: Partial<ChatRequest> = {}): ChatRequest {
	return { messages: [{ role: 'user', content: text }], ...rest };
}

const lesson: ChatRequest['schema'] = {
	name: 'lesson',
	schema: { type: 'object', properties: { when: { type: 'string', maxLength: 80 } }, required: ['when'] },
};

async function failureOf(model: ChatModel, request = question('Hello?')): Promise<ModelError> {
	try {
		await model.complete(request, never);
	} catch (error) {
		if (error instanceof ModelError) return error;
		throw error;
	}
	throw new Error('The call did not fail.');
}

describe('an answer', () => {
	it('is put together from its chunks, with the token counts of the server', async () => {
		const { model } = await open([
			{ text: 'Four, I believe: 2 + 2 = 4.', usage: { prompt_tokens: 5, completion_tokens: 9 } },
		]);
		expect(await model.complete(question('2 + 2?'), never)).toEqual({
			text: 'Four, I believe: 2 + 2 = 4.',
			toolCalls: [],
			usage: { tokensIn: 5, tokensOut: 9 },
			finish: 'stop',
		});
	});

	it('has estimated counts, marked as such, where the server sends none', async () => {
		const { model } = await open([{ text: 'Four.', usage: null }]);
		const { usage } = await model.complete(question('How much is two and two?'), never);
		expect(usage.estimated).toBe(true);
		expect(usage.tokensIn).toBeGreaterThan(5);
		expect(usage.tokensOut).toBeGreaterThan(0);
	});

	it('says when it was cut off by the token limit', async () => {
		const { model } = await open([{ text: 'and so on', finish: 'length' }]);
		expect((await model.complete(question('Count.'), never)).finish).toBe('length');
	});

	it('carries tool calls whose arguments came in pieces', async () => {
		const toolCalls = [
			{ id: 'a', name: 'search_experience', arguments: '{"query":"tickets"}' },
			{ id: 'b', name: 'search_experience', arguments: '{"query":"names"}' },
		];
		const { model, server } = await open([{ toolCalls }]);
		const tools = [{ name: 'search_experience', description: 'Looks up.', parameters: { type: 'object' } }];
		const answer = await model.complete(question('Which team?', { tools }), never);
		expect(answer).toMatchObject({ toolCalls, finish: 'tool' });
		expect(server.requests[0]?.body.tools).toEqual([{ type: 'function', function: tools[0] }]);
	});
});

describe('a request', () => {
	it('carries what was asked, and never the sample', async () => {
		const { model, server } = await open([{ text: 'x' }]);
		await model.complete(question('Hi', { maxTokens: 64, temperature: 0.8, seed: 3, sample: '0.1' }), never);
		expect(server.requests[0]?.path).toBe('/v1/chat/completions');
		expect(server.requests[0]?.body).toEqual({
			model: 'tiny',
			messages: [{ role: 'user', content: 'Hi' }],
			stream: true,
			stream_options: { include_usage: true },
			max_tokens: 64,
			temperature: 0.8,
			seed: 3,
		});
	});

	it('sends the key where there is one, and no authorization where there is none', async () => {
		const withKey = await open([{ text: 'x' }]);
		await withKey.model.complete(question('Hi'), never);
		expect(withKey.server.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
		const without = await open([{ text: 'x' }], { apiKey: undefined, headers: { 'api-key': 'azure-style-key' } });
		await without.model.complete(question('Hi'), never);
		expect(without.server.requests[0]?.headers.authorization).toBeUndefined();
		expect(without.server.requests[0]?.headers['api-key']).toBe('azure-style-key');
	});

	it('takes nothing from the environment that belongs to another endpoint', async () => {
		const before = { ...process.env };
		Object.assign(process.env, { OPENAI_API_KEY: 'sk-another-key', OPENAI_ORG_ID: 'org-1', OPENAI_PROJECT_ID: 'p-1' });
		try {
			const { model, server } = await open([{ text: 'x' }], { apiKey: undefined });
			await model.complete(question('Hi'), never);
			expect(JSON.stringify(server.requests[0]?.headers)).not.toMatch(/sk-another-key|org-1|p-1"/);
		} finally {
			process.env = before;
		}
	});

	it('gives tool results back with the call that they answer', async () => {
		const { model, server } = await open([{ text: 'x' }]);
		const messages: ChatRequest['messages'] = [
			{ role: 'user', content: 'Which team?' },
			{ role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'search', arguments: '{}' }] },
			{ role: 'tool', content: 'Falcon', toolCallId: 'a' },
		];
		await model.complete({ messages }, never);
		expect(server.requests[0]?.body.messages.slice(1)).toEqual([
			{
				role: 'assistant',
				content: '',
				tool_calls: [{ id: 'a', type: 'function', function: { name: 'search', arguments: '{}' } }],
			},
			{ role: 'tool', content: 'Falcon', tool_call_id: 'a' },
		]);
	});

	it('asks in words for a closed answer, or by the parameter that vLLM knows', async () => {
		const choices = ['Meadow', 'Falcon'];
		const plain = await open([{ text: 'Falcon' }]);
		await plain.model.complete(question('Which team?', { choices }), never);
		expect(plain.server.requests[0]?.body.messages.at(-1)?.content).toContain(
			'exactly one of these and nothing else: Meadow, Falcon.',
		);
		expect(plain.model.supports.choices).toBe(false);
		const vllm = await open([{ text: 'Falcon' }], { choices: 'structured_outputs' });
		await vllm.model.complete(question('Which team?', { choices }), never);
		expect(vllm.server.requests[0]?.body.structured_outputs).toEqual({ choice: choices });
		expect(vllm.server.requests[0]?.body.messages.at(-1)?.content).toBe('Which team?');
		expect(vllm.model.supports.choices).toBe(true);
	});
});

describe('an endpoint that refuses a parameter', () => {
	it('is asked by schema, then for any JSON, then in words, and the last form is remembered', async () => {
		const { model, server } = await open((body) =>
			body.response_format ? refuses('response_format') : { text: '{"when":"always"}' },
		);
		const answer = await model.complete(question('Write a lesson.', { schema: lesson }), never);
		await model.complete(question('Write another.', { schema: lesson }), never);
		expect(answer.text).toBe('{"when":"always"}');
		expect(server.requests.map(({ body }) => body.response_format?.type)).toEqual([
			'json_schema',
			'json_object',
			undefined,
			undefined,
		]);
		expect(server.requests[0]?.body.messages[0]?.content).toBe('Write a lesson.');
		expect(server.requests[3]?.body.messages[0]?.content).toContain('{"when": "<text, at most 80 characters>"}');
	});

	it('stays with any JSON where that is what it knows', async () => {
		const { model, server } = await open((body) =>
			body.response_format?.type === 'json_schema' ? { status: 422, error: { message: 'no' } } : { text: '{}' },
		);
		await model.complete(question('Lesson.', { schema: lesson }), never);
		await model.complete(question('Lesson.', { schema: lesson }), never);
		expect(server.requests.map(({ body }) => body.response_format?.type)).toEqual([
			'json_schema',
			'json_object',
			'json_object',
		]);
	});

	it.each([
		['max_tokens', true],
		['temperature', true],
		['seed', false],
		['stream_options', false],
	])('does without %s, also where only its sentence names it', async (parameter, named) => {
		const { model, server } = await open((body) => (parameter in body ? refuses(parameter, named) : { text: 'fine' }));
		const request = question('Hi', { maxTokens: 10, temperature: 0.5, seed: 1 });
		expect((await model.complete(request, never)).text).toBe('fine');
		await model.complete(request, never);
		expect(server.requests).toHaveLength(3);
		expect(server.requests[2]?.body.max_completion_tokens).toBe(parameter === 'max_tokens' ? 10 : undefined);
	});

	it('is not believed for ever when the request was wrong in itself', async () => {
		const { model, server } = await open([
			{ status: 400, error: { message: 'messages must not be empty', param: 'messages' } },
		]);
		const error = await failureOf(model, question('Lesson.', { schema: lesson }));
		expect(error.reason).toBe('bad-request');
		expect(server.requests).toHaveLength(1);
	});
});

describe('a failure', () => {
	it.each([
		[401, { message: 'bad key' }, 'auth', 'set another one'],
		[403, { message: 'no' }, 'auth', 'set another one'],
		[404, { message: 'no such model' }, 'not-found', 'has no model tiny'],
		[408, { message: 'slow' }, 'timeout', 'try again'],
		[429, { message: 'slow down' }, 'rate-limit', 'wait'],
		[429, { message: 'pay', code: 'insufficient_quota' }, 'auth', 'no credit left'],
		[400, { message: 'too long', code: 'context_length_exceeded' }, 'context-length', 'too long for tiny'],
		[400, { message: "This model's maximum context length is 4096 tokens" }, 'context-length', 'too long for tiny'],
		[400, { message: 'nonsense' }, 'bad-request', 'did not accept the request'],
		[500, { message: 'oops' }, 'server', 'try again later'],
		[503, { message: 'loading' }, 'server', 'try again later'],
	])('of status %i with %j is "%s", and says what to do', async (status, error, reason, words) => {
		const { model } = await open([{ status, error }]);
		const failure = await failureOf(model);
		expect(failure.reason).toBe(reason);
		expect(failure.message).toContain(words);
		expect(failure.message).toContain(error.message);
	});

	it('is thrown once: trying again is the business of the limiter', async () => {
		const { model, server } = await open([{ status: 500 }]);
		await failureOf(model);
		expect(server.requests).toHaveLength(1);
	});

	it.each([
		[{ 'retry-after': '3' }, 3000],
		[{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
		[
			{
				'x-ratelimit-reset-requests': '120ms',
				'x-ratelimit-reset-tokens': '6m0s',
				'x-ratelimit-remaining-requests': '0',
			},
			120,
		],
		[{ 'x-ratelimit-reset-requests': '1s', 'x-ratelimit-reset-tokens': '1.5s' }, 1500],
		[{}, undefined],
		[{ 'retry-after': 'soon' }, undefined],
	])('of too many requests with %j says to wait %s ms', async (headers, expected) => {
		const { model } = await open([tooMany(headers)]);
		expect((await failureOf(model)).options.retryAfterMs).toBe(expected);
	});

	it('of a server that does not run asks whether it does', async () => {
		const { model, server } = await open([{ text: 'x' }]);
		await server.close();
		const failure = await failureOf(model);
		expect(failure.reason).toBe('network');
		expect(failure.message).toContain(`is the server running at ${server.baseUrl}?`);
	});

	it.each(['torn', 'clean'] as const)(
		"of a stream that ends in the middle (%s) is the network's, never a short answer",
		async (cutBy) => {
			const { model } = await open([{ text: 'A long answer indeed.', cutAfter: 3, cutBy }]);
			const failure = await failureOf(model);
			expect(failure.reason).toBe('network');
			expect(failure.transient).toBe(true);
		},
	);

	it('of a server that falls silent is a timeout', async () => {
		const { model, server } = await open([{ text: 'A long answer.', cutAfter: 2, cutBy: 'silent' }], { timeoutMs: 50 });
		const failure = await failureOf(model);
		expect(failure.reason).toBe('timeout');
		expect(await server.requests[0]?.closedEarly).toBe(true);
	});

	it('of a page that is no chat completion points at the URL', async () => {
		const { model } = await open([{ raw: { contentType: 'text/html', body: '<h1>Welcome</h1>' } }]);
		const failure = await failureOf(model);
		expect(failure.reason).toBe('not-found');
		expect(failure.message).toContain('/v1?');
	});

	it("of nonsense in the stream is the server's", async () => {
		const { model } = await open([
			{ raw: { contentType: 'text/event-stream', body: 'data: {"choices": [nonsense\n\n' } },
		]);
		expect((await failureOf(model)).reason).toBe('server');
	});

	it('that is reported within the stream is a failure, not an answer', async () => {
		const body = 'data: {"error":{"message":"out of memory"}}\n\n';
		const { model } = await open([{ raw: { contentType: 'text/event-stream', body } }]);
		const failure = await failureOf(model);
		expect(failure.reason).toBe('server');
		expect(failure.message).toContain('out of memory');
	});

	it('of the content filter is a refusal', async () => {
		const { model } = await open([{ text: '', finish: 'content_filter' }]);
		expect((await failureOf(model)).reason).toBe('refused');
	});

	it('never shows the key, even where the server repeats it', async () => {
		const { model } = await open([{ status: 401, error: { message: `Incorrect API key provided: ${key}` } }]);
		const failure = await failureOf(model);
		expect(failure.message).toContain('[redacted]');
		expect(inspect(failure, { depth: 10, showHidden: true })).not.toContain(key);
	});

	it('of a base URL that is none is told before any call', () => {
		const bad = () => openOpenAiModel({ endpoint: 'local', baseUrl: 'localhost', model: 'tiny' });
		expect(bad).toThrow(ModelError);
		expect(bad).toThrow(/base URL/);
	});
});

describe('cancelling', () => {
	it('closes the connection in the middle of an answer', async () => {
		const { model, server } = await open([{ text: 'A long answer.', cutAfter: 2, cutBy: 'silent' }]);
		const controller = new AbortController();
		const call = model.complete(question('Hi'), controller.signal);
		const { closedEarly } = await server.request(0);
		controller.abort();
		await expect(call).rejects.toMatchObject({ reason: 'cancelled' });
		expect(await closedEarly).toBe(true);
	});

	it('before the call asks nobody', async () => {
		const { model, server } = await open([{ text: 'x' }]);
		await expect(model.complete(question('Hi'), AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
		expect(server.requests).toHaveLength(0);
	});
});

describe('behind the limiter', () => {
	it('many calls that are told at once to wait all get their answer', async () => {
		const n = 12;
		const { model, server } = await open((_body, index) =>
			index < n ? tooMany({ 'retry-after-ms': '5' }) : { text: 'x' },
		);
		const limiter = new Limiter({ concurrency: n, baseDelayMs: 1 });
		const calls = Array.from({ length: n }, (_, index) =>
			limiter.run(() => model.complete(question(`Question ${index}`), never), { signal: never }),
		);
		expect((await Promise.all(calls)).map(({ text }) => text)).toEqual(Array.from({ length: n }, () => 'x'));
		expect(server.requests).toHaveLength(2 * n);
		expect(limiter.concurrency).toBeLessThan(n);
	});
});

describe('the model', () => {
	it('is told apart by its endpoint and its URL, without credentials', () => {
		const model = openOpenAiModel({
			endpoint: 'work',
			baseUrl: 'https://me:pass@models.example/v1/?k=1',
			model: 'm/x',
		});
		expect(model.id).toBe('openai:work/m/x');
		expect(model.identity).toBe('https://models.example/v1');
	});
});
