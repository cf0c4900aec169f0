/** The tool loop with scripted models: well-behaved ones, and ones that do everything wrong. */
import { describe, expect, it } from 'vitest';
import { ToolLoop, type ToolLoopInput } from '../../../src/core/learning/toolLoop.js';
import { type Tool, ToolCallError } from '../../../src/core/learning/tools/tool.js';
import { type ChatModel, type ChatRequest, ModelError } from '../../../src/core/models/chatModel.js';
import { BudgetError } from '../../../src/core/models/ledger.js';
import { MemoryRequestCache } from '../../../src/core/models/requestCache.js';
import { estimatePrompt } from '../../../src/core/models/tokenEstimate.js';
import { answerOf, type ModelScript, scriptedModel } from '../../fakes/scriptedModel.js';
import { calling, callsOf, echo, never, written } from './agents.js';

const question = 'What is said twice?';

function inputWith(tools: readonly Tool[], more: Partial<ToolLoopInput> = {}): ToolLoopInput {
	return {
		prompt: [
			{ role: 'system', content: 'Answer in one word.' },
			{ role: 'user', content: question },
		],
		tools,
		steps: 6,
		request: { temperature: 0, seed: 7, maxTokens: 50, sample: 'greedy' },
		closing: {},
		answered: (text) => text.trim() !== '',
		...more,
	};
}

interface Setting {
	readonly tool?: ReturnType<typeof echo>;
	readonly input?: Partial<ToolLoopInput>;
	readonly model?: Partial<Omit<ChatModel, 'supports'>>;
	/** False: calls come in writing. */
	readonly native?: boolean;
	readonly signal?: AbortSignal;
}

async function run(script: Parameters<typeof scriptedModel>[0], setting: Setting = {}) {
	const { tool = echo(), input = {}, model: rest = {}, native = true, signal = never } = setting;
	const model = scriptedModel(script, { ...rest, supports: { tools: native } });
	const result = await new ToolLoop(callsOf(model)).run(inputWith([tool], input), signal);
	return { result, requests: model.requests, asked: tool.asked };
}

const lastWords = ({ messages }: ChatRequest): string => messages.at(-1)?.content ?? '';
const contents = ({ messages }: ChatRequest): string => messages.map(({ content }) => content).join('\n');

describe('a model with tools of its own', () => {
	const script = [calling(['echo', { text: 'hello' }]), 'Hello.'];

	it('calls one, reads what it gave, and answers', async () => {
		const { result, requests, asked } = await run(script);
		expect(result.text).toBe('Hello.');
		expect(asked).toEqual([{ text: 'hello' }]);
		expect(requests[0]?.tools?.map(({ name }) => name)).toEqual(['echo']);
		const call = { id: 'call_0', name: 'echo', arguments: '{"text":"hello"}' };
		expect(requests[1]?.messages.slice(2)).toEqual([
			{ role: 'assistant', content: '', toolCalls: [call] },
			{ role: 'tool', content: 'echo of {"text":"hello"}', toolCallId: 'call_0' },
		]);
	});

	it('leaves behind the whole exchange, each step, and the tokens of all requests', async () => {
		const { result, requests } = await run(script);
		expect(result.messages).toEqual(requests[1]?.messages);
		expect(result.steps).toEqual([
			{ name: 'echo', arguments: '{"text":"hello"}', observation: 'echo of {"text":"hello"}' },
		]);
		expect(result.usage).toEqual({ tokensIn: 200, tokensOut: 20 });
	});

	it('may answer at once', async () => {
		const { result, requests } = await run(['Hello.']);
		expect(result).toMatchObject({ text: 'Hello.', steps: [] });
		expect(requests).toHaveLength(1);
	});

	it('gets a result for each of several calls, in their order', async () => {
		const { requests } = await run([calling(['echo', { text: 'a' }], ['echo', { text: 'b' }]), 'Done.']);
		expect(requests[1]?.messages.slice(-2)).toEqual([
			{ role: 'tool', content: 'echo of {"text":"a"}', toolCallId: 'call_0' },
			{ role: 'tool', content: 'echo of {"text":"b"}', toolCallId: 'call_1' },
		]);
	});

	it('that calls too many at once has only the first ones carried out, and an answer to each', async () => {
		const many = Array.from({ length: 9 }, (_, index) => ['echo', { text: `${index}` }] as const);
		const { requests, asked } = await run([calling(...many), 'Done.']);
		expect(asked).toHaveLength(4);
		expect(requests[1]?.messages.filter(({ role }) => role === 'tool')).toHaveLength(9);
	});

	it('has room for a script where the answer is but a label', async () => {
		const { requests } = await run([calling(['echo', {}]), ''], { input: { answered: (text) => text !== '' } });
		expect(requests.map(({ maxTokens }) => maxTokens)).toEqual([400, 400, 50]);
	});

	it('is asked each step under a sample of its own, and a second run pays nothing', async () => {
		const model = scriptedModel(script);
		const cache = new MemoryRequestCache();
		const first = await new ToolLoop(callsOf(model, cache)).run(inputWith([echo()]), never);
		const again = await new ToolLoop(callsOf(model, cache)).run(inputWith([echo()]), never);
		expect(model.requests.map(({ sample }) => sample)).toEqual(['greedy.tools.0', 'greedy.tools.1']);
		expect(again).toEqual(first);
	});
});

describe('a model without tools', () => {
	const setting: Setting = { native: false };

	it('reads how to call one, and calls it in writing', async () => {
		const { result, requests, asked } = await run([written('echo', { text: 'hello' }), 'Hello.'], setting);
		expect(result.text).toBe('Hello.');
		expect(asked).toEqual([{ text: 'hello' }]);
		expect(requests[0]?.tools).toBeUndefined();
		expect(requests[0]?.messages[0]?.content).toContain('- echo: Says it again.\n  Arguments: {"text": "<text>"}');
		expect(requests[1]?.messages.slice(2)).toEqual([
			{ role: 'assistant', content: '```tool\n{"name": "echo", "arguments": {"text":"hello"}}\n```' },
			{ role: 'user', content: 'Result of echo:\necho of {"text":"hello"}' },
		]);
	});

	it('that makes up a result has it struck out', async () => {
		const invented = `I ask first.\n${written('echo', { text: 'a' })}\nResult of echo:\n42\nThe answer is 42.`;
		const { requests } = await run([invented, 'Done.'], setting);
		const said = requests[1]?.messages.at(-2)?.content;
		expect(said).toBe('I ask first.\n```tool\n{"name": "echo", "arguments": {"text":"a"}}\n```');
	});

	it.each([
		['line breaks inside of a string', '```tool\n{"name": "echo", "arguments": {"text": "one\ntwo"}}\n```'],
		['no end of the fence', '```tool\n{"name": "echo", "arguments": {"text": "one\\ntwo"}}'],
		['the tag of other models', '<tool_call>\n{"name": "echo", "arguments": {"text": "one\\ntwo"}}\n</tool_call>'],
		['JSON alone', '{"name": "echo", "parameters": {"text": "one\\ntwo"}}'],
		['a fence of JSON', 'So:\n```json\n{"name": "echo", "arguments": {"text": "one\\ntwo"}}\n```'],
		['arguments as a string', '```tool\n{"name": "echo", "arguments": "{\\"text\\": \\"one\\\\ntwo\\"}"}\n```'],
		[
			'thoughts before it',
			'<think>Perhaps ```tool {"name": "no"}```</think>\n```tool\n{"name":"echo","arguments":{"text":"one\\ntwo"}}\n```',
		],
	])('is understood with %s', async (_, text) => {
		const { asked } = await run([text, 'Done.'], setting);
		expect(asked).toEqual([{ text: 'one\ntwo' }]);
	});

	it('may answer with JSON that is no call', async () => {
		const { result, requests } = await run(['{"name": "Ada", "arguments": 3}'], setting);
		expect(result.text).toBe('{"name": "Ada", "arguments": 3}');
		expect(requests).toHaveLength(1);
	});
});

it('an endpoint that refuses tools is asked in writing, from then on at once', async () => {
	const refusing: ModelScript = (request) => {
		if (request.tools) throw new ModelError('bad-request', 'tiny does not support tools');
		return request.messages.length > 2 ? 'Hello.' : written('echo', { text: 'hello' });
	};
	const model = scriptedModel(refusing);
	const loop = new ToolLoop(callsOf(model));
	const first = await loop.run(inputWith([echo()]), never);
	expect(first).toMatchObject({ text: 'Hello.', steps: [{ name: 'echo' }] });
	await loop.run(inputWith([echo()], { request: { maxTokens: 50, sample: 'other' } }), never);
	expect(model.requests.filter(({ tools }) => tools)).toHaveLength(1);
});

it('a request that is refused with tools and without says why', async () => {
	const refusing: ModelScript = (request) => {
		throw new ModelError('not-found', request.tools ? 'first' : 'There is no model tiny.');
	};
	await expect(run(refusing)).rejects.toThrow('There is no model tiny.');
});

it('native calls that an endpoint failed to see in the text are carried out all the same', async () => {
	const { asked, requests } = await run(['<tool_call>{"name": "echo", "arguments": {}}</tool_call>', 'Done.']);
	expect(asked).toEqual([{}]);
	expect(requests[1]?.messages.at(-1)).toEqual({ role: 'user', content: 'Result of echo:\necho of {}' });
});

describe.each([
	['natively', true, (name: string, args: unknown) => calling([name, args])],
	['in writing', false, (name: string, args: unknown) => answerOf(written(name, args))],
] as const)('a model that calls %s', (_, native, call) => {
	it('a tool that there is not is told which there are', async () => {
		const { requests, result } = await run([call('delete_all', {}), 'Done.'], { native });
		expect(requests[1] && lastWords(requests[1])).toContain('There is no tool "delete_all"; there is: echo.');
		expect(result.text).toBe('Done.');
	});

	it('with arguments that the tool can not use is told what it takes', async () => {
		const tool = echo(() => {
			throw new ToolCallError('echo takes {"text": "…"}.');
		});
		const { requests } = await run([call('echo', { words: 1 }), 'Done.'], { native, tool });
		expect(requests[1] && lastWords(requests[1])).toContain('echo takes {"text": "…"}.');
	});

	it('on and on is asked for its answer after the last step, without tools', async () => {
		const endless: ModelScript = (request, index) =>
			lastWords(request).includes('final answer now') ? 'Enough.' : call('echo', { text: `${index}` });
		const { result, requests, asked } = await run(endless, {
			native,
			input: { steps: 3, closing: { choices: ['a'] } },
		});
		expect(asked).toHaveLength(3);
		expect(result.text).toBe('Enough.');
		const last = requests.at(-1);
		expect(requests).toHaveLength(4);
		expect(last).toMatchObject({ sample: 'greedy.tools.final', choices: ['a'] });
		expect(last?.tools).toBeUndefined();
		expect(last && contents(last)).toContain('echo of {"text":"2"}');
		expect(last?.messages.every(({ role, toolCalls }) => role !== 'tool' && !toolCalls)).toBe(true);
		expect(requests.slice(0, 3).every(({ choices }) => choices === undefined)).toBe(true);
	});

	it('the same again is asked for its answer', async () => {
		const stubborn: ModelScript = (request) =>
			lastWords(request).includes('final answer now') ? 'Enough.' : call('echo', { text: 'a' });
		const { result, requests, asked } = await run(stubborn, { native });
		expect(asked).toHaveLength(1);
		expect(requests).toHaveLength(3);
		expect(result).toMatchObject({ text: 'Enough.', steps: [{}, { observation: expect.stringContaining('before') }] });
		expect(result.messages.at(-1)?.content).toContain('final answer now');
	});
});

describe('nonsense instead of a call', () => {
	it.each([
		['text instead of JSON', 'please echo', 'not a JSON object'],
		['a list', '[1, 2]', 'not a JSON object'],
		['an object without its end', '{"text": "and so on and', 'cut off'],
	])('natively: %s is answered, and goes back as valid JSON', async (_, args, told) => {
		const { requests, asked } = await run([calling(['echo', args]), 'Done.']);
		expect(asked).toEqual([]);
		const [assistant, tool] = requests[1]?.messages.slice(-2) ?? [];
		expect(tool?.content).toContain(told);
		expect(JSON.parse(assistant?.toolCalls?.[0]?.arguments ?? '')).toEqual({ unreadable: args });
	});

	it.each([
		['no JSON', '```tool\necho("a")\n```', 'must hold one JSON object'],
		['no name', '```tool\n{"arguments": {}}\n```', 'must hold one JSON object'],
		['a name that is none', '```tool\n{"name": ["echo"], "arguments": {}}\n```', 'must hold one JSON object'],
		['arguments that are none', '```tool\n{"name": "echo", "arguments": "hello"}\n```', 'not a JSON object'],
	])('in writing: %s is answered', async (_, text, told) => {
		const { requests, asked, result } = await run([text, 'Done.'], { native: false });
		expect(asked).toEqual([]);
		expect(requests[1] && lastWords(requests[1])).toContain(told);
		expect(result.text).toBe('Done.');
	});

	it('in writing: a call that ran into the token limit is said to be cut off', async () => {
		const cut = answerOf('```tool\n{"name": "echo", "arguments": {"text": "and so', { finish: 'length' });
		const { requests } = await run([cut, 'Done.'], { native: false });
		expect(requests[1] && lastWords(requests[1])).toContain('cut off');
	});

	it('forever ends with the steps', async () => {
		const { requests, result } = await run((_, index) => calling(['echo', `nonsense ${index}`]), {
			input: { steps: 4 },
		});
		expect(requests).toHaveLength(5);
		expect(result.text).toBe('');
	});
});

describe('a text without an answer', () => {
	const input = { answered: (text: string) => text.includes('North'), closing: { choices: ['North', 'South'] } };

	it('is followed by one request that is held to the allowed answers', async () => {
		const { result, requests } = await run(['I am not sure.', 'North'], { input });
		expect(result.text).toBe('North');
		expect(requests[1]?.messages.slice(-2).map(({ role }) => role)).toEqual(['assistant', 'user']);
		expect(requests[1]?.choices).toEqual(['North', 'South']);
	});

	it('is taken as it is the second time', async () => {
		const { result, requests } = await run(['', 'No idea.'], { input });
		expect(result.text).toBe('No idea.');
		expect(requests).toHaveLength(2);
	});
});

describe('what fails around the model', () => {
	it('ends the loop where it is no fault of the call', async () => {
		const tool = echo(() => {
			throw new RangeError('the sandbox is gone');
		});
		await expect(run([calling(['echo', {}]), 'Done.'], { tool })).rejects.toThrow('the sandbox is gone');
	});

	it('is a stop in the middle of a tool: nothing is asked any more', async () => {
		const stop = new AbortController();
		const tool = echo((_, signal) => {
			stop.abort(new Error('stopped'));
			signal.throwIfAborted();
			return '';
		});
		const model = scriptedModel([calling(['echo', {}]), 'Done.']);
		const loop = new ToolLoop(callsOf(model));
		await expect(loop.run(inputWith([tool]), stop.signal)).rejects.toThrow('stopped');
		expect(model.requests).toHaveLength(1);
	});

	it('is a stop between two steps: the next request is not sent', async () => {
		const stop = new AbortController();
		const tool = echo(() => {
			stop.abort();
			return 'late';
		});
		const model = scriptedModel([calling(['echo', {}]), 'Done.']);
		const loop = new ToolLoop(callsOf(model));
		await expect(loop.run(inputWith([tool]), stop.signal)).rejects.toMatchObject({ reason: 'cancelled' });
		expect(model.requests).toHaveLength(1);
	});

	it('is the budget: each step counts', async () => {
		const model = scriptedModel((_, index) => calling(['echo', { text: `${index}` }]));
		const loop = new ToolLoop(callsOf(model, new MemoryRequestCache(), { calls: 2 }));
		await expect(loop.run(inputWith([echo()]), never)).rejects.toThrow(BudgetError);
		expect(model.requests).toHaveLength(2);
	});
});

describe('a small context', () => {
	const long = 'word '.repeat(5_000);
	const endless: ModelScript = (request, index) =>
		lastWords(request).includes('final answer now') ? 'Enough.' : calling(['echo', { text: `${index}` }]);
	const small: Setting = { tool: echo(() => long), model: { contextTokens: 512 }, input: { steps: 12 } };

	it('is never exceeded, however much the tools bring back', async () => {
		for (const native of [true, false]) {
			const script: ModelScript = (request, index) =>
				lastWords(request).includes('final answer now') ? 'Enough.' : written('echo', { text: `${index}` });
			const { requests, result } = await run(native ? endless : script, { ...small, native });
			expect(result.steps).toHaveLength(12);
			for (const request of requests) {
				const definitions = JSON.stringify(request.tools ?? '').length / 6;
				expect(estimatePrompt(request.messages) + definitions + (request.maxTokens ?? 0)).toBeLessThan(512);
				expect(request.messages.some(({ content }) => content === question)).toBe(true);
			}
		}
	});

	it('has the oldest observations shortened first, and calls and results stay together', async () => {
		const { requests } = await run(endless, small);
		const shortened = requests.find(({ messages }) => {
			const lengths = messages.filter(({ role }) => role === 'tool').map(({ content }) => content.length);
			return lengths.length > 2 && (lengths[0] ?? 0) < (lengths.at(-1) ?? 0);
		});
		expect(shortened).toBeDefined();
		for (const { messages } of requests) {
			const made = messages.flatMap(({ toolCalls = [] }) => toolCalls).length;
			expect(messages.filter(({ role }) => role === 'tool')).toHaveLength(made);
		}
	});

	it('keeps the whole exchange in what it leaves behind', async () => {
		const { result } = await run(endless, small);
		expect(result.messages.filter(({ role }) => role === 'tool')).toHaveLength(12);
	});

	it('that was estimated too large is tried once more with less', async () => {
		const strict: ModelScript = (request) => {
			if (lastWords(request).length > 700) throw new ModelError('context-length', 'too long');
			return request.messages.length > 2 ? 'Enough.' : calling(['echo', {}]);
		};
		const { result, requests } = await run(strict, { tool: echo(() => long), model: { contextTokens: 1600 } });
		expect(result.text).toBe('Enough.');
		expect(requests).toHaveLength(3);
	});
});
