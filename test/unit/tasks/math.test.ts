import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sameMath } from '../../../src/core/tasks/math/sameMath.js';
import { math } from '../../../src/core/tasks/math.js';
import { parseProblems } from '../../../src/core/tasks/problemSet.js';
import { ownTime } from '../../../src/providers/ownTime.js';
import { problem, problemSet } from '../../builders/problems.js';

const set = problemSet([], { kind: 'math', answerSpace: undefined });

async function verdictOn(text: string, expected: string): Promise<string> {
	const attempt = { text, answer: math.extract(text, set) };
	const grade = await math.grade(problem('p', 'q', expected), attempt, set, {}, new AbortController().signal);
	return grade.verdict;
}

interface LabelledPair {
	readonly expected: string;
	readonly given: string;
	readonly same: boolean;
	readonly note: string;
}

const pairs: readonly LabelledPair[] = readFileSync(join(import.meta.dirname, '../../fixtures/mathPairs.jsonl'), 'utf8')
	.split('\n')
	.filter((line) => line !== '')
	.map((line) => JSON.parse(line));

describe('labelled pairs of answers', () => {
	it('are many, about half of them different', () => {
		expect(pairs.length).toBeGreaterThanOrEqual(320);
		const different = pairs.filter(({ same }) => !same).length / pairs.length;
		expect(different).toBeGreaterThan(0.45);
		expect(different).toBeLessThan(0.55);
	});

	// The odd lines were there for development, the even ones for the report alone.
	it.each([
		['for development', 0],
		['for the report', 1],
	])('%s are told apart in at least 99.5 %% of the cases', (_half, rest) => {
		const half = pairs.filter((_, at) => at % 2 === rest);
		const agreed = half.filter(({ expected, given, same }) => sameMath(expected, given) === same);
		expect(agreed.length / half.length).toBeGreaterThanOrEqual(0.995);
	});

	it('are the same in both directions', () => {
		const turned = pairs.filter(({ expected, given }) => sameMath(expected, given) !== sameMath(given, expected));
		// What is left out of an equation may be left out of the answer, but its condition may not be added to it.
		expect(turned.length).toBeLessThanOrEqual(2);
	});
});

describe('two mathematical answers', () => {
	it.each([
		['42.50', '85/2'],
		['-$5', '-5'],
		['3/-4', '-3/4'],
		['-2 1/3', '-7/3'],
		['2,000 dollars', '2000'],
		['2/3 cup', '2/3'],
		['The number of ways is 56.', '56'],
		['She has 3 apples left', '3'],
		['x=\\frac{-b\\pm\\sqrt{b^2-4ac}}{2a}', '\\frac{-b+\\sqrt{b^2-4ac}}{2a}, \\frac{-b-\\sqrt{b^2-4ac}}{2a}'],
		['x^{2} + 7x + 10', '(x+2)(x+5)'],
		['e^{i\\pi}', '-1'],
		['\\frac{1}{2}\\ln 2', '\\ln\\sqrt 2'],
		['a_n = 2^n', '2^n'],
		['X + 1', 'x+1'],
	])('are the same: %s and %s', (a, b) => {
		expect(sameMath(a, b)).toBe(true);
		expect(sameMath(b, a)).toBe(true);
	});

	it.each([
		['1 1/0', '1'],
		['1.2.3', '1.2'],
		['at least 5', '5'],
		['not 42', '42'],
		['3 boys', '3 girls'],
		['x', 'y'],
		['5', ''],
		['', ''],
	])('are not the same: %s and %s', (a, b) => {
		expect(sameMath(a, b)).toBe(false);
		expect(sameMath(b, a)).toBe(false);
	});

	it.each([
		['a tower of powers', '9^9^9^9'],
		['a large power', '(10^{6000})^{3}'],
		['a large factorial', '(10^9)!'],
		['a large binomial coefficient', '\\binom{10^9}{5 \\cdot 10^8}'],
		['a number of many digits', '7'.repeat(1_000)],
		['deep brackets', `${'('.repeat(400)}1${')'.repeat(400)}`],
		['deep lists', '((1,'.repeat(250)],
		['deep fractions', '\\frac{'.repeat(150)],
		['deep equations', '((a=±1)='.repeat(120)],
		['many signs', '±1'.repeat(400)],
		['many roots', '√'.repeat(900)],
		['a long list', Array(400).fill('x').join(',')],
		['many words', 'a '.repeat(499)],
		['a million brackets', '('.repeat(1e6)],
		['a million boxes', '\\boxed{'.repeat(140_000)],
	])('are told apart in bounded time where one is %s', (_, hostile) => {
		const spent = ownTime();
		expect(sameMath('5', hostile)).toBe(false);
		expect(sameMath(hostile, `${hostile}1`)).toBe(false);
		expect(spent()).toBeLessThan(3_000);
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
