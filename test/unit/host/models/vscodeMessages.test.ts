/** How requests are put to models that know neither system text nor schemas. */
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../../src/core/models/chatModel.js';
import { plainMessages, textOf } from '../../../../src/host/models/vscodeMessages.js';

const user = (content: string): ChatMessage => ({ role: 'user', content });
const system = (content: string): ChatMessage => ({ role: 'system', content });

describe('messages for VS Code', () => {
	it('put system text before the first question', () => {
		const messages = [system('Be brief.'), user('One?'), { role: 'assistant', content: '1' } as const, user('Two?')];
		expect(plainMessages({ messages })).toEqual([
			{ role: 'user', parts: [{ kind: 'text', text: 'Be brief.\n\nOne?' }] },
			{ role: 'assistant', parts: [{ kind: 'text', text: '1' }] },
			{ role: 'user', parts: [{ kind: 'text', text: 'Two?' }] },
		]);
	});

	it('make system text a question where there is none', () => {
		expect(plainMessages({ messages: [system('Say hello.')] })).toEqual([
			{ role: 'user', parts: [{ kind: 'text', text: 'Say hello.' }] },
		]);
	});

	it('carry tool calls and their results, those of one turn together', () => {
		const messages: readonly ChatMessage[] = [
			user('Add.'),
			{
				role: 'assistant',
				content: '',
				toolCalls: [
					{ id: 'a', name: 'add', arguments: '{"x":1}' },
					{ id: 'b', name: 'add', arguments: 'not JSON' },
				],
			},
			{ role: 'tool', content: '2', toolCallId: 'a' },
			{ role: 'tool', content: 'error', toolCallId: 'b' },
		];
		expect(plainMessages({ messages }).slice(1)).toEqual([
			{
				role: 'assistant',
				parts: [
					{ kind: 'call', id: 'a', name: 'add', input: { x: 1 } },
					{ kind: 'call', id: 'b', name: 'add', input: { unreadable: 'not JSON' } },
				],
			},
			{
				role: 'user',
				parts: [
					{ kind: 'result', callId: 'a', text: '2' },
					{ kind: 'result', callId: 'b', text: 'error' },
				],
			},
		]);
	});

	it('ask in words for what the model cannot be held to', () => {
		const schema = { name: 'x', schema: { properties: { answer: { type: 'string' } } } };
		expect(textOf(plainMessages({ messages: [user('Why?')], schema }))).toContain('"answer": "<text>"');
		expect(textOf(plainMessages({ messages: [user('Which?')], choices: ['a', 'b'] }))).toBe(
			'Which?\n\nAnswer with exactly one of these and nothing else: a, b.',
		);
	});

	it('leave out empty messages, which providers refuse', () => {
		expect(plainMessages({ messages: [user('Go.'), { role: 'assistant', content: '' }] })).toHaveLength(1);
	});
});
