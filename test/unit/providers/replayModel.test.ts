/** Recording answers, and giving them back at no cost. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../../src/core/models/chatModel.js';
import { openReplayModel, recordModel, replayKey } from '../../../src/providers/replayModel.js';
import { answerOf, scriptedModel } from '../../fakes/scriptedModel.js';

const never = new AbortController().signal;
let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'flex-replay-'));
	file = path.join(folder, 'run.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

function ask(text: string, rest: Partial<ChatRequest> = {}): ChatRequest {
	return { messages: [{ role: 'user', content: text }], ...rest };
}

function write(...entries: readonly unknown[]): void {
	writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
}

describe('a recording', () => {
	it('gives back what the model answered, whoever the model was', async () => {
		const model = scriptedModel((request) => `You said ${request.messages[0]?.content}, ${request.sample}.`);
		const recorder = await recordModel(model, file);
		const requests = [ask('A', { sample: '0' }), ask('A', { sample: '1' }), ask('B', { temperature: 0.5, seed: 3 })];
		const said = [];
		for (const request of requests) said.push(await recorder.complete(request, never));
		const replay = await openReplayModel(file);
		const repeated = [];
		for (const request of requests) repeated.push(await replay.complete(request, never));
		expect(repeated).toEqual(said);
		expect(replay.id).toBe('replay:run.jsonl');
		expect(recorder.id).toBe(model.id);
	});

	it('has the abilities of the recorded model, for prompts depend on them', async () => {
		const model = scriptedModel(['x'], { contextTokens: 777, supports: { schema: false } });
		await recordModel(model, file);
		const replay = await openReplayModel(file);
		expect(replay.contextTokens).toBe(777);
		expect(replay.supports).toEqual(model.supports);
	});

	it('can be continued, also where the last recorder was killed in the middle of a line', async () => {
		const model = scriptedModel((request) => `re: ${request.messages[0]?.content}`);
		await (await recordModel(model, file)).complete(ask('A'), never);
		appendFileSync(file, '{"key":"abc","ans');
		expect((await (await openReplayModel(file)).complete(ask('A'), never)).text).toBe('re: A');
		await (await recordModel(model, file)).complete(ask('B'), never);
		const replay = await openReplayModel(file);
		expect((await replay.complete(ask('A'), never)).text).toBe('re: A');
		expect((await replay.complete(ask('B'), never)).text).toBe('re: B');
		expect(
			readFileSync(file, 'utf8')
				.split('\n')
				.filter((line) => line.includes('"recorded"')),
		).toHaveLength(1);
	});

	it('has another identity once it has another answer', async () => {
		write({ match: 'x', answer: 'a' });
		const before = (await openReplayModel(file)).identity;
		write({ match: 'x', answer: 'b' });
		expect((await openReplayModel(file)).identity).not.toBe(before);
	});
});

describe('a recording written by hand', () => {
	it('answers whatever holds the words, in its order, after exact keys', async () => {
		const exact = ask('The parcel for Mrs Hill is late');
		write(
			{ match: 'parcel', answer: 'Falcon' },
			{ match: 'late', answer: 'Meadow' },
			{ key: replayKey(exact), answer: answerOf('Harbour') },
		);
		const replay = await openReplayModel(file);
		const answers = [];
		for (const text of ['My parcel is late', 'You are late', 'The parcel for Mrs Hill is late']) {
			answers.push((await replay.complete(ask(text), never)).text);
		}
		expect(answers).toEqual(['Falcon', 'Meadow', 'Harbour']);
		expect((await replay.complete(ask('late'), never)).usage.estimated).toBe(true);
	});

	it('without an answer says to which request', async () => {
		write({ match: 'parcel', answer: 'Falcon' });
		const replay = await openReplayModel(file);
		await expect(replay.complete(ask('An invoice\nwith two lines'), never)).rejects.toMatchObject({
			reason: 'not-found',
			message: expect.stringContaining('"An invoice"'),
		});
	});

	it.each([
		['{"match":"a"}', 'no answer'],
		['{"match":"a","answer":5}', 'an answer that is none'],
		['nonsense', 'no JSON'],
	])('with a line such as %s (%s) names the line', async (line) => {
		writeFileSync(file, `{"match":"x","answer":"y"}\n${line}\n`);
		await expect(openReplayModel(file)).rejects.toMatchObject({
			reason: 'bad-request',
			message: expect.stringContaining('Line 2'),
		});
	});

	it('that does not exist is told with its path', async () => {
		await expect(openReplayModel(file)).rejects.toMatchObject({
			reason: 'not-found',
			message: expect.stringContaining(file),
		});
	});
});

describe('a replay key', () => {
	const request = ask('A', {
		choices: ['x'],
		schema: { name: 's', schema: { type: 'object' } },
		temperature: 0.5,
		seed: 1,
		sample: '0',
	});

	it.each<[string, Partial<ChatRequest>]>([
		['messages', { messages: [{ role: 'user', content: 'B' }] }],
		['choices', { choices: ['y'] }],
		['schema', { schema: { name: 't', schema: { type: 'object' } } }],
		['temperature', { temperature: 0 }],
		['seed', { seed: 2 }],
		['sample', { sample: '1' }],
	])('depends on %s', (_what, change) => {
		expect(replayKey({ ...request, ...change })).not.toBe(replayKey(request));
	});

	it('does not depend on the limit of tokens', () => {
		expect(replayKey({ ...request, maxTokens: 5 })).toBe(replayKey(request));
	});
});
