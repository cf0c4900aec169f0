import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { math, sameMath } from '../../../src/core/tasks/math.js';
import { parseProblems } from '../../../src/core/tasks/problemSet.js';
import { problem, problemSet } from '../../builders/problems.js';

const set = problemSet([], { kind: 'math', answerSpace: undefined });

async function verdictOn(text: string, expected: string): Promise<string> {
	const attempt = { text, answer: math.extract(text, set) };
	const grade = await math.grade(problem('p', 'q', expected), attempt, set, {}, new AbortController().signal);
	return grade.verdict;
}

describe('two mathematical answers', () => {
	it.each([
		['1,234', '1234'],
		['0.50', '1/2'],
		['x = 5', '5'],
		['\\boxed{5}', '5'],
		['5 apples', '5'],
		['$\\frac{1}{2}$', '0.5'],
		['(1, 2)', '(1,2)'],
		['\\left(1, 2\\right)', '(1,2)'],
		['\\dfrac{\\pi}{2}', '\\frac{\\pi}{2}'],
		['x^{2}', 'x^2'],
		['2\\sqrt{3}', '2 \\sqrt{3}'],
		['X + 1', 'x+1'],
	])('are the same: %s and %s', (a, b) => {
		expect(sameMath(a, b)).toBe(true);
		expect(sameMath(b, a)).toBe(true);
	});

	it.each([
		['1234', '1235'],
		['5', '-5'],
		['1/2', '1/3'],
		['(1, 2)', '(2, 1)'],
		['2\\sqrt{3}', '3\\sqrt{2}'],
		['12', '1 2'],
		['5', ''],
	])('are not the same: %s and %s', (a, b) => {
		expect(sameMath(a, b)).toBe(false);
		expect(sameMath(b, a)).toBe(false);
	});
});

describe('a mathematical attempt', () => {
	it.each([
		['We add.\nAnswer: $18', '18', 'correct'],
		['9 * 2 = 18 dollars every day', '18', 'correct'],
		['The answer is 18.', '18', 'correct'],
		['#### 18', '18', 'correct'],
		['Answer: 18\n', '19', 'incorrect'],
		['I do not know.', '18', 'invalid'],
		['', '18', 'invalid'],
	])('"%s" where %s is expected is %s', async (text, expected, verdict) => {
		expect(await verdictOn(text, expected)).toBe(verdict);
	});

	it('is asked for in the form that the set wants', () => {
		expect(math.instructions({ ...set, answerFormat: 'a whole number' })).toContain('The answer is a whole number.');
		expect(math.instructions(set)).toContain('Answer: …');
	});
});

const folder = process.env.FLEX_DATASETS;

describe.skipIf(folder === undefined)('GSM8K (FLEX_DATASETS)', () => {
	const read = (split: string) => parseProblems(readFileSync(join(folder ?? '', 'gsm8k', `${split}.jsonl`), 'utf8'));

	it('has 619 test problems of which each answer is right as a model writes it, and wrong when it is 1 more', async () => {
		const { problems, issues } = read('test');
		expect([problems.length, issues]).toEqual([619, []]);
		for (const { id, answer } of problems) {
			const more = String(Number(answer.replaceAll(',', '')) + 1);
			for (const form of [`So 3 + 4 = 7.\n#### ${answer}`, `Steps.\nAnswer: ${answer}`, `It is $${answer} a day.`]) {
				expect([id, form, await verdictOn(form, answer)]).toEqual([id, form, 'correct']);
			}
			expect([id, await verdictOn(`#### ${more}`, answer)]).toEqual([id, 'incorrect']);
		}
	});
});
