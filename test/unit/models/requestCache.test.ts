/** What makes two requests the same, and what does not. */
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/core/models/canonicalJson.js';
import type { ChatRequest } from '../../../src/core/models/chatModel.js';
import { cacheKey, MemoryRequestCache } from '../../../src/core/models/requestCache.js';
import { answerOf } from '../../fakes/scriptedModel.js';

const model = { id: 'openai:x/m', identity: 'http://localhost/v1' };
const request: ChatRequest = {
	messages: [{ role: 'user', content: 'Hi' }],
	maxTokens: 10,
	schema: { name: 'lesson', schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } } },
};

describe('a cache key', () => {
	it('is the same whatever the order of keys, absent and undefined fields, and a default said aloud', () => {
		const { messages, ...rest } = request;
		const same = { ...rest, seed: undefined, temperature: 0, messages: [{ content: 'Hi', role: 'user' as const }] };
		expect(messages).toHaveLength(1);
		// Built as another program would: `seed` is there, and undefined.
		expect(cacheKey(JSON.parse(JSON.stringify(same)), model)).toBe(cacheKey(request, model));
		expect(cacheKey(request, model)).toMatch(/^[0-9a-f]{64}$/);
	});

	it.each<[string, ChatRequest, typeof model]>([
		['message', { ...request, messages: [{ role: 'user', content: 'Hi!' }] }, model],
		['role', { ...request, messages: [{ role: 'system', content: 'Hi' }] }, model],
		['sample', { ...request, sample: '1' }, model],
		['seed', { ...request, seed: 1 }, model],
		['temperature', { ...request, temperature: 0.1 }, model],
		['limit of tokens', { ...request, maxTokens: 11 }, model],
		['choices', { ...request, choices: ['a'] }, model],
		['model', request, { ...model, id: 'openai:x/n' }],
		['identity', request, { ...model, identity: 'http://elsewhere/v1' }],
	])('differs by %s', (_what, other, asked) => {
		expect(cacheKey(other, asked)).not.toBe(cacheKey(request, model));
	});
});

it('canonical JSON sorts keys at every depth and leaves lists as they are', () => {
	expect(canonicalJson({ b: [3, 1, { z: 1, a: undefined }], a: { d: null, c: 'x' } })).toBe(
		'{"a":{"c":"x","d":null},"b":[3,1,{"z":1}]}',
	);
});

it('the memory cache gives back what was put', async () => {
	const cache = new MemoryRequestCache();
	expect(await cache.get('k')).toBeUndefined();
	await cache.put('k', answerOf('x'));
	expect(await cache.get('k')).toEqual(answerOf('x'));
});
