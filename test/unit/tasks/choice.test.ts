import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choice } from '../../../src/core/tasks/choice.js';
import { parseProblems } from '../../../src/core/tasks/problemSet.js';
import type { ProblemSet } from '../../../src/core/tasks/task.js';
import { problem, problemSet } from '../../builders/problems.js';

const teams = problemSet([]);
const letters = problemSet([], { answerSpace: undefined });

async function verdictOn(text: string, expected: string, set: ProblemSet): Promise<string> {
	const attempt = { text, answer: choice.extract(text, set) };
	const grade = await choice.grade(problem('p', 'q', expected), attempt, set, {}, new AbortController().signal);
	return grade.verdict;
}

describe('a choice among declared labels', () => {
	it.each([
		['North', 'correct'],
		['north.', 'correct'],
		['It is a bill.\nAnswer: North', 'correct'],
		['South', 'incorrect'],
		['North or South', 'invalid'],
		['East', 'invalid'],
		['', 'invalid'],
	])('"%s" where North is expected is %s', async (text, verdict) => {
		expect(await verdictOn(text, 'North', teams)).toBe(verdict);
	});

	it('is told its labels and the form of the answer', () => {
		const told = choice.instructions({ ...teams, answerFormat: "the team's name only" });
		expect(told).toBe("Allowed answers: North, South.\nAnswer with the team's name only.");
		expect(choice.instructions(letters)).toBe('Answer with the letter of the right option, like (A).');
	});
});

describe('a choice among lettered options', () => {
	it.each([
		['(B)', '(B)'],
		['B', '(B)'],
		['b', '(B)'],
		['B.', '(B)'],
		['B) the second one', '(B)'],
		['B: the second one', '(B)'],
		['Answer: B', '(B)'],
		['Answer: B because it is later', '(B)'],
		['Neither (A) nor (C) fits.\nThe answer is (B).', '(B)'],
		['The answer is **(B)**.', '(B)'],
		['\\boxed{B}', '(B)'],
		['I do not know.', undefined],
		['A robot may pick one.', undefined],
		['It is (A) or (B).', undefined],
		['(Z)', undefined],
		['', undefined],
	])('finds in "%s" the option %s', (text, expected) => {
		expect(choice.extract(text, letters)).toBe(expected);
	});

	it('grades a bare letter like the one in brackets', async () => {
		expect(await verdictOn('(B)', 'B', letters)).toBe('correct');
		expect(await verdictOn('(C)', 'B', letters)).toBe('incorrect');
	});
});

const folder = process.env.FLEX_DATASETS;

describe.skipIf(folder === undefined)('BIG-Bench Hard (FLEX_DATASETS)', () => {
	it('has 1,500 test choices of which each right answer is found in every form in which models write it', async () => {
		const { problems } = parseProblems(readFileSync(join(folder ?? '', 'bbh', 'test.jsonl'), 'utf8'));
		const choices = problems.filter((row) => row.extra['answer_kind'] === 'choice');
		expect(choices).toHaveLength(1_500);
		for (const { id, answer } of choices) {
			const bare = answer.replace(/[()]/gu, '');
			const wrong = bare === 'A' ? '(B)' : '(A)';
			for (const text of [`Answer: ${answer}`, bare, `The answer is ${answer}.`, `So the answer is ${bare}.`]) {
				expect([id, text, await verdictOn(text, answer, letters)]).toEqual([id, text, 'correct']);
			}
			expect([id, await verdictOn(`Answer: ${wrong}`, answer, letters)]).toEqual([id, 'incorrect']);
		}
	});
});
