import { describe, expect, it } from 'vitest';
import { lessonText, similarity, similarityThresholds } from '../../../src/core/retrieval/nearDuplicates.js';
import { experience, pattern, strategy, workedCase } from './builders.js';

const refund = 'Customers who want their money back are sent to the Harbor team with their order number.';

describe('similarity', () => {
	it('is 1 for texts that differ in letter case, white space and punctuation only', () => {
		expect(similarity(refund, `  ${refund.toUpperCase().replaceAll(' ', '\n')}!`)).toBeCloseTo(1);
	});

	it('is 0 where nothing is shared, also with an empty text', () => {
		expect(similarity('bicycle', 'mountain')).toBe(0);
		expect(similarity('', refund)).toBe(0);
		expect(similarity('', '')).toBe(0);
	});

	it('sees through endings and a changed order', () => {
		const other = 'Send customers wanting money back to team Harbor; they need the number of their orders.';
		expect(similarity(refund, other)).toBeGreaterThan(similarityThresholds.nearDuplicate);
		expect(similarity(refund, other)).toBe(similarity(other, refund));
	});

	it('is low for texts that share the words of every English text', () => {
		const other = 'If it is about a broken wheel, then you should ask for a picture of what they see on it.';
		expect(similarity(refund, other)).toBeLessThan(similarityThresholds.ask);
	});

	it('counts words as much as they weigh', () => {
		const [a, b] = ['invoice falcon', 'invoice willow'];
		const frequent = (word: string): number => (word === 'invoice' ? 0.1 : 2);
		expect(similarity(a, b, frequent)).toBeLessThan(0.1);
		expect(similarity(a, b)).toBeGreaterThan(0.4);
	});

	it('holds for words of fewer than four letters', () => {
		expect(similarity('x y z', 'x y z')).toBeCloseTo(1);
		expect(similarity('x', 'y')).toBe(0);
	});
});

describe('the lesson of an experience', () => {
	it('is its condition, strategy and patterns, whatever cases there are', () => {
		const lesson = { ...strategy('do'), patterns: [{ ...pattern('p', 'rule'), examples: ['example'] }] };
		const item = experience('a', {
			...lesson,
			when: { text: 'if', sources: [] },
			cases: [workedCase('c', 'question')],
		});
		expect(lessonText(item)).toBe('if\ndo\nrule\nexample');
	});

	it('is the questions of its cases where there are no words of its own', () => {
		const cases = [workedCase('c', 'one?'), workedCase('d', 'two?')];
		expect(lessonText(experience('a', { ...strategy('  '), cases }))).toBe('one?\ntwo?');
	});
});
