import { describe, expect, it } from 'vitest';
import { labelIn, lastNumber, markedAnswer } from '../../../src/core/tasks/answerExtraction.js';
import { ownTime } from '../../../src/providers/ownTime.js';

describe('the marked answer', () => {
	it.each([
		['a boxed one', 'so $\\boxed{42}$.', '42'],
		['a boxed one with braces inside', '\\boxed{\\frac{1}{2}}', '\\frac{1}{2}'],
		['one in a frame', '\\fbox{7}', '7'],
		['one after braces that do not close', '\\frac{1}{\\sqrt{2} is \\boxed{7}', '7'],
		['one between tags', 'thinking…\n<answer>\n  Paris\n</answer>', 'Paris'],
		['one after an opening tag that was cut off', '<answer>Paris', 'Paris'],
		['one after the marks of GSM8K', '2 + 2 = 4\n#### 1,234', '1,234'],
		['one after "Answer:"', 'Reasons.\nAnswer: 12', '12'],
		['one after "the answer is"', 'The answer is 12.', '12'],
		['one after "the final answer is:"', 'The final answer is: **North**', 'North'],
		['one in bold', '**Answer: 12**', '12'],
		['one after a bold lead', '**Answer:** 12', '12'],
		['one in quotes', 'Answer: "North".', 'North'],
		['one in another case', 'ANSWER = 5', '5'],
	])('is found: %s', (_, text, expected) => {
		expect(markedAnswer(text)).toBe(expected);
	});

	it('is the last of several, whatever their marks', () => {
		expect(markedAnswer('Answer: 1\nNo, wait. \\boxed{2}')).toBe('2');
		expect(markedAnswer('\\boxed{2}\nNo, wait.\nAnswer: 3')).toBe('3');
		expect(markedAnswer('#### 3\n#### 4')).toBe('4');
	});

	it.each([
		['nothing is marked', 'It may be 4 or 5.'],
		['the text is empty', ''],
		['the box is not closed', '\\boxed{4'],
		['nothing follows the mark', 'Answer:'],
		['a heading only looks like a mark', '## Steps'],
	])('is undefined where %s', (_, text) => {
		expect(markedAnswer(text)).toBeUndefined();
	});

	it('of a long hostile text is found in reasonable time', () => {
		const spent = ownTime();
		markedAnswer(`${'<answer>'.repeat(5_000)}${'\\boxed{'.repeat(2_000)}${'answer is '.repeat(5_000)}`);
		expect(spent()).toBeLessThan(3_000);
	});
});

describe('the last number', () => {
	it.each([
		['from 3 to 4', '4'],
		['it costs $1,234.50 in all', '1,234.50'],
		['about -5', '-5'],
		['three quarters, 3/4', '3/4'],
		['the years 2019, 2020', '2020'],
		['12,345,678 people', '12,345,678'],
		['half of it is 0.5.', '0.5'],
		['10-4', '4'],
		['no number here', undefined],
	])('of "%s" is %s', (text, expected) => {
		expect(lastNumber(text)).toBe(expected);
	});
});

const teams = ['North', 'South', 'South West'];

describe('a label of a closed set', () => {
	it.each([
		['stands alone', 'North', 'North'],
		['stands alone in another case, with a full stop', ' north.', 'North'],
		['is marked, though others are named', 'Not South West, not South.\nAnswer: North', 'North'],
		['is in bold', '**South**', 'South'],
		['is named on the last line alone', 'South or North?\nI would say North', 'North'],
		['is the only one that is named', 'This goes to the South team\nbecause of the address.', 'South'],
		['is the longer of two that stand in the same place', 'It is for South West', 'South West'],
	])('is found where it %s', (_, text, expected) => {
		expect(labelIn(text, teams)).toBe(expected);
	});

	it.each([
		['several are named and none is marked', 'North or South'],
		['none is named', 'East'],
		['it is only part of a word', 'the Northern team'],
		['the text is empty', ''],
	])('is not guessed where %s', (_, text) => {
		expect(labelIn(text, teams)).toBeUndefined();
	});

	it('may hold signs that mean something in patterns', () => {
		expect(labelIn('Answer: C++', ['C', 'C++'])).toBe('C++');
		expect(labelIn('I choose a|b', ['a|b', 'a.b'])).toBe('a|b');
	});
});
