/** The library's tools in agent mode: called through VS Code, and by a model in a turn with tools. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Library } from '../../src/library/library.js';
import { rule } from '../builders/experiences.js';
import { change, current, otherWindow } from './otherWindow.js';

const [search, record, feedback] = [
	'flex_search_experience',
	'flex_record_experience',
	'flex_give_experience_feedback',
];
const known = rule('e1f2a3b4c5d60718', 'a wobbling unicycle', 'Tighten the left pedal first.', { title: 'Unicycles' });
const lesson = {
	title: 'Trampolines',
	when: 'a trampoline with a squeaking spring',
	strategy: 'Turn the spring around before oiling it.',
	languages: ['typescript'],
};

let library: Library;
const restorers: (() => unknown)[] = [];

before(async () => {
	library = await otherWindow();
	await vscode.extensions.getExtension('flex-learn.flex-learn')?.activate();
	await change(library, { op: 'insert', experience: known });
});
after(async () => {
	await change(library, { op: 'retire', id: known.id });
	await library.close();
});
afterEach(async () => {
	for (const restore of restorers.splice(0)) await restore();
});

describe('the tools of the library', () => {
	it('are there for every agent, with what a model needs to know', () => {
		const own = vscode.lm.tools.filter(({ name }) => name.startsWith('flex_'));
		assert.deepEqual(own.map(({ name }) => name).sort(), [feedback, record, search].sort());
		for (const { description, inputSchema, tags } of own) {
			assert.ok(description.length > 300);
			assert.ok(inputSchema);
			assert.ok(tags.includes('experience'));
		}
	});

	it('find by the words of a problem, and say so where nothing fits', async () => {
		assert.match(await call(search, { query: 'My unicycle is wobbling.' }), /\[e1f2a3b4c5d60718\] Unicycles/);
		assert.match(await call(search, { query: 'xylophone zeppelin' }), /^Nothing that was learned fits/);
	});

	it('keep to the tokens that the model gives, in its own counting', async () => {
		const counted: string[] = [];
		const tokenizationOptions = {
			tokenBudget: 150,
			countTokens: async (text: string) => {
				counted.push(text);
				return text.length;
			},
		};
		const text = await call(search, { query: 'My unicycle is wobbling.' }, { tokenizationOptions });
		assert.ok(counted.some((some) => some.includes('Tighten the left pedal')));
		assert.doesNotMatch(text, /Tighten/);
		assert.match(text, /1 more would fit the query, but not the budget/);
	});

	it('let what is recorded wait for a person: no search finds it before it is accepted', async () => {
		const id = /Proposed as \[(\w+)\]/.exec(await call(record, lesson))?.[1] ?? '';
		restorers.push(() => change(library, { op: 'retire', id }));
		const kept = await current(library, id);
		assert.deepEqual(
			[kept.status, kept.scope, kept.origin.model],
			['proposed', { languages: ['typescript'] }, 'agent mode'],
		);
		assert.equal((await library.history(id))[0]?.by, 'tool:agent mode');
		assert.match(await call(search, { query: lesson.when }), /^Nothing/);
		await change(library, { op: 'accept', id });
		assert.match(await call(search, { query: lesson.when }), new RegExp(`\\[${id}\\] Trampolines`));
	});

	it('ask before something is recorded, with the words of the lesson as text', async () => {
		const { prepareRecord } = await import('../../src/host/agentTools/preparations.js');
		const evil = '[click](command:evil) ![x](http://evil.example/x)';
		const prepared = await prepareRecord({ ...lesson, strategy: evil }, record);
		const { title, message } = prepared.confirmationMessages ?? {};
		assert.equal(title, 'Propose this experience to the library?');
		assert.ok(message instanceof vscode.MarkdownString);
		assert.ok(message.value.includes('Trampolines'));
		assert.doesNotMatch(message.value, /\]\(command:evil\)|!\[x\]\(http/);
		assert.ok(!message.isTrusted);
		// What can't be carried out is not worth a question.
		assert.equal((await prepareRecord({ title: 'only' }, record)).confirmationMessages, undefined);
	});

	it('count what was said about an experience', async () => {
		const before = (await library.uses([known.id])).get(known.id);
		await call(search, { query: 'My unicycle is wobbling.' });
		await call(feedback, { id: known.id, helpful: true, solved: true });
		const after = (await library.uses([known.id])).get(known.id);
		assert.deepEqual(after, {
			used: (before?.used ?? 0) + 1,
			solved: (before?.solved ?? 0) + 1,
			helpful: (before?.helpful ?? 0) + 1,
			unhelpful: 0,
		});
	});

	it('say what is wrong with a call', async () => {
		await assert.rejects(call(record, { title: 'only' }), /flex_record_experience can't use when: it is missing/);
		await assert.rejects(call(feedback, { id: 'nothing', helpful: true }), /no experience nothing/);
		await assert.rejects(call(record, { ...lesson, folder: 'elsewhere' }), /no folder "elsewhere" here; there are: "/);
	});

	it('write nothing in a workspace that nobody trusts, and say why; the search goes on', async () => {
		const restore = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted') ?? {};
		Object.defineProperty(vscode.workspace, 'isTrusted', { ...restore, get: () => false });
		restorers.push(() => Object.defineProperty(vscode.workspace, 'isTrusted', restore));
		const before = await library.stats();
		await assert.rejects(call(record, lesson), /not trusted, so nothing is written/);
		await assert.rejects(call(feedback, { id: known.id, helpful: false }), /not trusted, so nothing is written/);
		assert.match(await call(search, { query: 'My unicycle is wobbling.' }), /Unicycles/);
		assert.deepEqual(await library.stats(), before);
	});
});

describe('a model in a turn with tools', () => {
	it('looks into the library, and cites what it found', async () => {
		const answer = await turn('How do I mend my wobbling unicycle?', {
			calls: [{ name: search, input: { query: 'wobbling unicycle' } }],
			answer: 'By what I found: {last}',
		});
		assert.match(answer, /By what I found: [\s\S]*\[e1f2a3b4c5d60718\] Unicycles[\s\S]*Tighten the left pedal first\./);
	});

	it('records what it learned, which then waits for a person', async () => {
		const title = 'Pogo sticks';
		const input = { title, when: 'a pogo stick that slips on ice', strategy: 'Wrap the foot in cloth.' };
		const answer = await turn('Remember that.', { calls: [{ name: record, input }], answer: 'Done: {last}' });
		const id = /Done: Proposed as \[(\w+)\]/.exec(answer)?.[1] ?? '';
		restorers.push(() => change(library, { op: 'reject', id }));
		assert.equal((await current(library, id)).status, 'proposed');
	});
});

async function call(
	name: string,
	input: object,
	more: Pick<vscode.LanguageModelToolInvocationOptions<object>, 'tokenizationOptions'> = {},
): Promise<string> {
	const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined, ...more });
	return textOf(result.content);
}

function textOf(content: readonly unknown[]): string {
	return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

/** One turn as an agent does it: the model is asked, its calls are carried out by VS Code, until it answers. */
async function turn(question: string, script: object): Promise<string> {
	const { FAKE_MODEL_SCRIPT: file } = process.env;
	assert.ok(file, 'FAKE_MODEL_SCRIPT names the script of the fake model.');
	writeFileSync(file, JSON.stringify(script));
	restorers.push(() => rmSync(file));
	const [model] = await vscode.lm.selectChatModels({ vendor: 'fake' });
	assert.ok(model);
	const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('flex_'));
	const messages = [vscode.LanguageModelChatMessage.User(question)];
	for (let step = 0; step < 5; step++) {
		const response = await model.sendRequest(messages, { tools: [...tools] });
		const parts: unknown[] = [];
		for await (const part of response.stream) parts.push(part);
		const calls = parts.filter((part) => part instanceof vscode.LanguageModelToolCallPart);
		if (calls.length === 0) return textOf(parts);
		messages.push(vscode.LanguageModelChatMessage.Assistant(calls));
		for (const { callId, name, input } of calls) {
			const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
			messages.push(vscode.LanguageModelChatMessage.User([new vscode.LanguageModelToolResultPart(callId, content)]));
		}
	}
	throw new Error('The model never came to an answer.');
}
