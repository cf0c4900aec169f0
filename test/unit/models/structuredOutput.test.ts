/** Structured output from models that write around, beside, or only half of what was asked for. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type ChatAnswer, ModelError } from '../../../src/core/models/chatModel.js';
import { findJsonObject } from '../../../src/core/models/jsonAnswer.js';
import { describeForm } from '../../../src/core/models/jsonForm.js';
import { Ledger } from '../../../src/core/models/ledger.js';
import { Limiter } from '../../../src/core/models/limiter.js';
import { callable } from '../../../src/core/models/modelCalls.js';
import { MemoryRequestCache } from '../../../src/core/models/requestCache.js';
import { completeStructured } from '../../../src/core/models/structuredOutput.js';
import { FakeTime } from '../../fakes/fakeTime.js';
import { answerOf, type ModelScript, type ScriptedModel, scriptedModel } from '../../fakes/scriptedModel.js';

const never = new AbortController().signal;

const form = {
	name: 'lesson',
	schema: v.object({ when: v.pipe(v.string(), v.maxLength(40)), priority: v.picklist([1, 2, 3]) }),
	jsonSchema: {
		type: 'object',
		properties: { when: { type: 'string', maxLength: 40 }, priority: { enum: [1, 2, 3] } },
		required: ['when', 'priority'],
		additionalProperties: false,
	},
};
const good = '{"when":"a parcel is late","priority":2}';
const value = { when: 'a parcel is late', priority: 2 };

function ask(model: ScriptedModel) {
	const time = new FakeTime();
	const calls = callable({
		model,
		role: 'critic',
		cache: new MemoryRequestCache(),
		limiter: new Limiter({ concurrency: 1, random: () => 0, time }),
		ledger: new Ledger({ now: time.now }),
	});
	const request = { messages: [{ role: 'user' as const, content: 'Write a lesson.' }], sample: '0' };
	return completeStructured(calls, { request, ...form }, never);
}

function answers(...texts: readonly (string | ChatAnswer)[]): ScriptedModel {
	return scriptedModel(texts);
}

const cutOff = (text: string): ChatAnswer => answerOf(text, { finish: 'length' });

describe('what a model wrote', () => {
	it.each([
		['alone', good],
		['in a fence', `\`\`\`json\n${good}\n\`\`\``],
		['in a fence with words around it', `Sure! Here it is:\n\`\`\`\n${good}\n\`\`\`\nAnything else?`],
		['before other text', `${good}\n\nI hope {this} helps.`],
		['after braces that are no JSON', `For {parcels} I propose ${good}`],
		['after its thoughts', `<think>Perhaps {"when":"never","priority":1}?</think>${good}`],
		['with single quotes and a comma too many', "{'when': 'a parcel is late', 'priority': 2,}"],
		['without its last bracket', '{"when":"a parcel is late","priority":2'],
	])('is found %s', async (_how, text) => {
		const model = answers(text);
		expect(await ask(model)).toEqual({ value });
		expect(model.requests).toHaveLength(1);
	});

	it('may hold brackets in its strings', () => {
		expect(findJsonObject('{"a":"} \\" {","b":{"c":1}} }', false)).toEqual({ object: { a: '} " {', b: { c: 1 } } });
	});

	it('is not an object where it is a list, a number, or prose', () => {
		for (const text of ['', 'No.', '[1, 2]', '42']) {
			expect(findJsonObject(text, false)).toEqual({ missing: 'not-json' });
		}
	});
});

describe('a faulty answer', () => {
	it('is asked for once more, with the fault told', async () => {
		const model = answers('{"when":"late","priority":9}', good);
		expect(await ask(model)).toEqual({ value });
		const [, second] = model.requests;
		expect(second?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
		expect(second?.messages[1]?.content).toBe('{"when":"late","priority":9}');
		expect(second?.messages[2]?.content).toContain('"priority"');
	});

	it.each([
		['not-json', 'I would rather not.'],
		['wrong-shape', '{"when":"late"}'],
	])('that comes twice fails as "%s"', async (failed, text) => {
		const model = answers(text);
		expect(await ask(model)).toMatchObject({ failed });
		expect(model.requests).toHaveLength(2);
	});

	it('that ran into the token limit is never completed by guessing', async () => {
		const model = answers(cutOff('{"when":"a parcel is la'));
		expect(await ask(model)).toMatchObject({ failed: 'cut-off' });
		expect(model.requests[1]?.messages.at(-1)?.content).toContain('be shorter');
	});

	it('is no fault where the object was whole before the limit', async () => {
		expect(await ask(answers(cutOff(`${good} And furthermore`)))).toEqual({ value });
	});

	it('of any length is repeated to the model only in part', async () => {
		const model = answers('la '.repeat(5000), good);
		await ask(model);
		expect(model.requests[1]?.messages[1]?.content.length).toBe(2000);
	});
});

describe('the request', () => {
	it('holds the schema where the model can be held to it, and a limit of tokens always', async () => {
		const model = answers(good);
		await ask(model);
		expect(model.requests[0]).toMatchObject({ schema: { name: 'lesson', schema: form.jsonSchema }, maxTokens: 1024 });
		expect(model.requests[0]?.messages[0]?.content).toBe('Write a lesson.');
	});

	it('describes the form in words elsewhere', async () => {
		const model = scriptedModel([good], { supports: { schema: false } });
		expect(await ask(model)).toEqual({ value });
		expect(model.requests[0]?.schema).toBeUndefined();
		expect(model.requests[0]?.messages[0]?.content).toContain(
			'{"when": "<text, at most 40 characters>", "priority": 1 or 2 or 3}',
		);
	});

	it('describes lists and numbers, too', () => {
		const list = { type: 'array', maxItems: 3, items: { type: 'object', properties: { n: { type: 'number' } } } };
		expect(describeForm({ type: 'object', properties: { list, text: { type: 'string' } } })).toBe(
			'{"list": [{"n": <number>}, …] at most 3 items, "text": "<text>"}',
		);
	});
});

describe('a call that fails', () => {
	const failing = (reason: 'context-length' | 'refused' | 'auth', from = 0): ModelScript => {
		return (_request, index) => {
			if (index >= from) throw new ModelError(reason, 'No.');
			return 'nonsense';
		};
	};

	it.each(['context-length', 'refused'] as const)(
		'because of this very request (%s) is a failed answer',
		async (reason) => {
			expect(await ask(scriptedModel(failing(reason)))).toEqual({ failed: reason, detail: 'No.' });
			expect(await ask(scriptedModel(failing(reason, 1)))).toEqual({ failed: reason, detail: 'No.' });
		},
	);

	it('for another reason is thrown', async () => {
		await expect(ask(scriptedModel(failing('auth')))).rejects.toMatchObject({ reason: 'auth' });
	});
});
