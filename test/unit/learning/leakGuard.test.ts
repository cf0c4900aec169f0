import { describe, expect, it } from 'vitest';
import { holdsAnswer, leaks, mentions, redactAdvice } from '../../../src/core/learning/leakGuard.js';
import { retrosynthesis } from '../../../src/core/tasks/retrosynthesis.js';

const context = {
	question: 'A train leaves at 9 and arrives at 11. How far?',
	expected: '42',
	attempts: ['I get 17.'],
};

describe('the leak guard takes the expected answer out of advice', () => {
	it.each([
		['plainly', 'Check your sum. The result should be 42.'],
		['with a unit', 'It must be 42km in the end.'.replace('42km', '42 km')],
		['as a decimal', 'You should get 42.0 here.'],
		['in LaTeX', 'So $\\boxed{42}$ follows.'],
		['as full-width digits', 'The value is ４２.'],
		['with a zero-width space', 'The value is 4\u200b2.'],
		['with digits spelt apart', 'The digits are 4 2.'],
		['with a hyphen between', 'Think of 4-2 as the digits.'],
		['as a marked answer', '#### 42'],
	])('%s', (_, text) => {
		const { text: left, redacted } = redactAdvice(text, context);
		expect(mentions(left, '42')).toBe(false);
		expect(redacted).toBeGreaterThan(0);
	});

	it('finds a number written with thousands separators', () => {
		expect(mentions('about 1,234,567 of them', '1234567')).toBe(true);
	});

	it('finds a formula with other spacing and braces', () => {
		expect(mentions('so we have  \\frac{3}{4} left', '3/4')).toBe(true);
		expect(mentions('the reactants are CC(=O)O . OCC', 'CC(=O)O.OCC')).toBe(true);
	});

	it('does not take a number for another that contains it', () => {
		expect(holdsAnswer('There are 142 of them, or 4.2 percent.', context)).toBe(false);
	});

	it('joins what two kept sentences spell together', () => {
		expect(redactAdvice('The first digit is 4.\n2 is the second.', context).text).toBe('');
	});
});

describe('what is no leak is kept', () => {
	it('a value of the question', () => {
		expect(holdsAnswer('Note that it arrives at 11.', { ...context, expected: '11' })).toBe(false);
	});

	it("a value of the actor's own attempt", () => {
		expect(holdsAnswer('Your 17 is too small.', { ...context, expected: '17' })).toBe(false);
	});

	it('a label of a closed answer space', () => {
		expect(holdsAnswer('It may go to North.', { ...context, expected: 'North', answerSpace: ['North', 'South'] })).toBe(
			false,
		);
	});

	it('advice that says nothing of the answer', () => {
		const advice = 'Convert the times to hours first. Then multiply by the speed.';
		expect(redactAdvice(advice, context)).toEqual({ text: advice, redacted: 0 });
	});
});

describe('words of the harness', () => {
	it.each([
		'The ground truth differs.',
		'According to the verifier this is wrong.',
		'Compare with the Expected  Answer.',
	])('%s', (text) => expect(leaks(text, context)).toBe(true));

	it('are no leak where the problem itself speaks of them', () => {
		expect(leaks('Check the verifier.', { ...context, question: 'What does a verifier do?' })).toBe(false);
	});
});

describe('the leak guard knows molecules in any writing', () => {
	const chemical = {
		question: 'O=C(NCc1ccccc1)c1ccccc1',
		expected: 'NCc1ccccc1.O=C(Cl)c1ccccc1',
		attempts: ['Answer: OCc1ccccc1'],
		traces: retrosynthesis.traces,
	};

	it.each([
		['the whole answer', 'Use NCc1ccccc1.O=C(Cl)c1ccccc1 instead.'],
		['in another order and writing', 'Combine C1=CC=CC=C1C(Cl)=O and C(N)c1ccccc1.'],
		['one telling reactant of two', 'The acid part is ClC(=O)c1ccccc1.'],
		['with atom maps', 'Look at [Cl:1][C:2](=[O:3])c1ccccc1 again.'],
	])('%s', (_, text) => {
		expect(redactAdvice(text, chemical)).toMatchObject({ text: '', redacted: 1 });
	});

	it.each([
		['a part of the product that the answer resembles', 'The fragment NCc1ccccc1 is an amine.'],
		['the product', 'The amide in O=C(NCc1ccccc1)c1ccccc1 is the bond to cut.'],
		['its own attempt', 'OCc1ccccc1 is an alcohol.'],
		['rules', 'An amide comes from an amine and an acid chloride.'],
	])('but lets through %s', (_, text) => {
		expect(redactAdvice(text, chemical)).toEqual({ text, redacted: 0 });
	});
});
