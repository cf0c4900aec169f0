import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exact } from '../../../src/core/tasks/exact.js';
import { parseProblems } from '../../../src/core/tasks/problemSet.js';
import { problem, problemSet } from '../../builders/problems.js';

async function verdictOn(text: string, expected: string, grader: Readonly<Record<string, unknown>> = {}) {
	const set = problemSet([], { kind: 'exact', answerSpace: undefined, grader });
	const attempt = { text, answer: exact.extract(text, set) };
	const grade = await exact.grade(problem('p', 'q', expected), attempt, set, {}, new AbortController().signal);
	return grade.verdict;
}

describe('an exact answer', () => {
	it.each([
		['Paris', 'Paris', 'correct'],
		['Thinking.\nAnswer:  new   york. ', 'New York', 'correct'],
		['Thinking.\nParis', 'Paris', 'correct'],
		['Cafe\u0301', 'Café', 'correct'],
		['London', 'Paris', 'incorrect'],
		['New-York', 'New York', 'incorrect'],
		['-5', '5', 'incorrect'],
		['(Paris)', 'Paris', 'correct'],
		['“Paris”!', 'paris', 'correct'],
		['  \n ', 'Paris', 'invalid'],
	])('"%s" where "%s" is expected is %s', async (text, expected, verdict) => {
		expect(await verdictOn(text, expected)).toBe(verdict);
	});

	it('heeds case and outer punctuation only where the set wants it', async () => {
		expect(await verdictOn('paris', 'Paris', { caseSensitive: true })).toBe('incorrect');
		expect(await verdictOn('Paris', 'Paris', { caseSensitive: true })).toBe('correct');
		expect(await verdictOn('<answer>Paris!</answer>', 'Paris', { punctuation: true })).toBe('incorrect');
		expect(await verdictOn('<answer>Paris!</answer>', 'Paris!', { punctuation: true })).toBe('correct');
	});

	it('that consists of punctuation is compared as it stands', async () => {
		expect(await verdictOn('Answer: ] )', '] )')).toBe('correct');
		expect(await verdictOn('Answer: } )', '] )')).toBe('incorrect');
	});
});

const folder = process.env.FLEX_DATASETS;

describe.skipIf(folder === undefined)('BIG-Bench Hard (FLEX_DATASETS)', () => {
	it('has 1,010 test texts that are right when they are given, and wrong when another answer is', async () => {
		const { problems } = parseProblems(readFileSync(join(folder ?? '', 'bbh', 'test.jsonl'), 'utf8'));
		const texts = problems.filter((row) => row.extra['answer_kind'] === 'text');
		expect(texts).toHaveLength(1_010);
		for (const { id, answer, extra } of texts) {
			expect([id, await verdictOn(`Steps.\nAnswer: ${answer}`, answer)]).toEqual([id, 'correct']);
			const other = texts.find((row) => row.extra['task'] === extra['task'] && row.answer !== answer);
			expect([id, await verdictOn(`Answer: ${other?.answer}`, answer)]).toEqual([id, 'incorrect']);
		}
	});
});
