/** When two experiences have the same content. */
import { describe, expect, it } from 'vitest';
import { contentForm } from '../../../src/core/retrieval/contentForm.js';
import { experience, pattern, strategy, workedCase } from './builders.js';

describe('the content of an experience', () => {
	const original = experience('a', {
		...strategy('Ask for the order number', 'p1'),
		patterns: [pattern('x', 'First'), pattern('y', 'Second')],
		cases: [workedCase('c', 'Where is it?', 'p1'), workedCase('d', 'Is it lost?')],
	});

	it('is the same for experiences that say the same', () => {
		const same = experience('b', {
			...original,
			rev: 7,
			status: 'retired',
			title: 'other title',
			...strategy(' ask for the  order number', 'p2'),
			patterns: [pattern('z', 'second', 'p3'), pattern('w', 'first')],
			cases: [...original.cases].reverse(),
		});
		expect(contentForm(same)).toBe(contentForm(original));
	});

	it.each([
		['zone', { zone: 'warning' as const }],
		['condition', { when: { text: 'new', sources: [] } }],
		['strategy', strategy('Ask for the order')],
		['number of patterns', { patterns: [pattern('x', 'First')] }],
		['examples', { patterns: [{ ...pattern('x', 'First'), examples: ['e'] }, pattern('y', 'Second')] }],
		['cases', { cases: [workedCase('c', 'Where is it?')] }],
		['capitals of a molecule', { cases: [workedCase('c', 'where IS it?', 'p1'), workedCase('d', 'Is it lost?')] }],
		['answer of a case', { cases: original.cases.map((item) => ({ ...item, answer: 'no' })) }],
	])('differs with the %s', (_, change) => {
		expect(contentForm({ ...original, ...change })).not.toBe(contentForm(original));
	});
});
