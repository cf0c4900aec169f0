/** What the library is filtered by: words and tags. */
import { describe, expect, it } from 'vitest';
import { hasWords, parseFilter, passesTags, toggleTag } from '../../../../src/host/views/library/libraryFilter.js';
import { rowOf } from '../../../../src/host/views/library/libraryRows.js';
import { experience, rule } from '../../../builders/experiences.js';

const refund = rowOf(
	rule('0123456789abcdef', 'a customer wants money back', 'Route to Harbor.', {
		title: 'Refunds',
		domains: ['Billing'],
		pinned: true,
	}),
);
const imported = rowOf(
	experience('b', {
		zone: 'golden',
		status: 'quarantined',
		origin: { set: '', run: '', model: '', imported: 'x.json' },
	}),
);

const passes = (input: string) => [refund, imported].map((row) => passesTags(row, parseFilter(input)));

describe('a filter', () => {
	it('tells tags from words, and keeps what it does not know as a word', () => {
		expect(parseFilter('  Refund  @WARNING @nobody ')).toEqual({
			input: 'Refund @WARNING @nobody',
			tags: ['warning'],
			words: ['refund', '@nobody'],
		});
	});

	it('widens by tags of one kind and narrows by tags of several', () => {
		expect(passes('@warning')).toEqual([true, false]);
		expect(passes('@warning @golden')).toEqual([true, true]);
		expect(passes('@warning @golden @waiting')).toEqual([false, true]);
		expect(passes('@golden @pinned')).toEqual([false, false]);
		expect(passes('@imported')).toEqual([false, true]);
	});

	it('wants every word, in the rules, the title, a domain or the id', () => {
		const has = (input: string) => hasWords(refund, parseFilter(input));
		expect(has('MONEY harbor')).toBe(true);
		expect(has('refunds billing')).toBe(true);
		expect(has('01234567')).toBe(true);
		expect(has('money falcon')).toBe(false);
	});

	it('takes a tag in and out again', () => {
		expect(toggleTag('refund', 'warning')).toBe('refund @warning');
		expect(toggleTag('refund @Warning', 'warning')).toBe('refund');
		expect(toggleTag('', 'pinned')).toBe('@pinned');
	});
});
