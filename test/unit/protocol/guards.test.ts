/** Every message of the panel is checked before anything is done. */
import { describe, expect, it } from 'vitest';
import { parseQuestion } from '../../../src/protocol/guards.js';

const ask = (name: unknown, params: unknown, number: unknown = 7): unknown => ({ kind: 'ask', number, name, params });

describe('a question of the panel', () => {
	it('passes where it is what was agreed', () => {
		const params = { shelf: 's', ids: ['a'], decision: 'retire' };
		expect(parseQuestion(ask('decide', params))).toEqual({ kind: 'ask', number: 7, name: 'decide', params });
		expect(parseQuestion(ask('board', { folder: 'f', run: 'r', epoch: undefined }))).not.toHaveProperty('fault');
	});

	it.each([
		['no message at all', undefined],
		['a text', 'ask'],
		['a call that is not there', ask('eval', {})],
		['a name of every object', ask('constructor', {})],
		['a name of a prototype', ask('__proto__', {})],
		['parameters that are missing', ask('decide', { shelf: 's' })],
		['parameters that nobody knows', ask('shelves', { shelf: 's' })],
		['a decision that is none', ask('decide', { shelf: 's', ids: [], decision: 'delete' })],
		[
			'more rows than a page has',
			ask('browse', { shelf: 's', text: '', facets: {}, sort: 'title', offset: 0, limit: 501 }),
		],
		[
			'a place before the first row',
			ask('browse', { shelf: 's', text: '', facets: {}, sort: 'title', offset: -1, limit: 1 }),
		],
		[
			'a facet that is none',
			ask('browse', { shelf: 's', text: '', facets: { x: [] }, sort: 'title', offset: 0, limit: 1 }),
		],
		['a command to run', ask('open', { what: 'command', command: 'workbench.action.terminal.new' })],
		['a text of a megabyte', ask('copy', { text: 'x'.repeat(1_000_000) })],
		['a number that is none', ask('shelves', {}, 'seven')],
	])('is refused where it is %s', (_what, message) => {
		expect(parseQuestion(message)).toHaveProperty('fault');
	});

	it('is refused by its number, so that whoever asked hears it', () => {
		expect(parseQuestion(ask('decide', {}, 41))).toMatchObject({ number: 41 });
		expect(parseQuestion('nonsense')).toMatchObject({ number: -1 });
	});
});
