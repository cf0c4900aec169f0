/** New problem sets: every kind can be loaded as it is written, its own answers are right, and nothing is written over. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { taskKind } from '../../../../src/core/tasks/registry.js';
import { answerForms, type SetAnswers, setFiles } from '../../../../src/host/newSets/setTemplate.js';
import { FolderTaken, writeNewSet } from '../../../../src/host/newSets/writeNewSet.js';
import { loadProblemSet } from '../../../../src/providers/problemSets.js';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'flex-new-set-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const answers = (form: SetAnswers['form']): SetAnswers => ({
	form,
	name: 'mine',
	description: 'Do it.',
	...(form === 'labels' ? { labels: ['Sales', 'Support'] } : {}),
});

describe.each(answerForms)('a new set of the form %s', (form) => {
	it('is loaded without a complaint, with problems in each split that say to be replaced', async () => {
		const place = join(folder, 'sets', 'mine');
		await writeNewSet(place, setFiles(answers(form)));
		const { name, splits } = await loadProblemSet(place);
		expect(name).toBe('mine');
		const problems = [...(splits.train ?? []), ...(splits.dev ?? []), ...(splits.test ?? [])];
		expect(splits.train?.length).toBeGreaterThanOrEqual(2);
		expect(Math.min(splits.dev?.length ?? 0, splits.test?.length ?? 0)).toBeGreaterThanOrEqual(1);
		for (const { question } of problems) expect(question).toMatch(/^Replace me: /);
		expect(new Set(problems.map(({ id }) => id)).size).toBe(problems.length);
	});

	// Of the others, the judge is a model, and the code is tested below.
	if (form === 'judged' || form === 'code') return;
	it('counts its own answers as right', async () => {
		await writeNewSet(join(folder, 'mine'), setFiles(answers(form)));
		const set = await loadProblemSet(join(folder, 'mine'));
		const kind = taskKind(set.kind);
		for (const problem of set.splits.train ?? []) {
			const attempt = { text: problem.answer, answer: kind.extract(`The answer is ${problem.answer}`, set) };
			const grade = await kind.grade(problem, attempt, set, {}, new AbortController().signal);
			expect(grade.verdict).toBe('correct');
		}
	});
});

describe('the tests of the code example', () => {
	it('pass for its own answers and fail for another one', () => {
		const lines = setFiles(answers('code'));
		const rows = [lines['train.jsonl'], lines['dev.jsonl'], lines['test.jsonl']].flatMap((text) =>
			text
				.trim()
				.split('\n')
				.map((line): { readonly answer: string; readonly test: string } => JSON.parse(line)),
		);
		for (const { answer, test } of rows) {
			expect(() => new Function(`${answer}\n${test}`)()).not.toThrow();
			const wrong = answer.replace(/return [^;]+;/, 'return undefined;');
			expect(() => new Function(`${wrong}\n${test}`)()).toThrow();
		}
	});
});

describe('a folder that is there already', () => {
	it('stays as it is', async () => {
		mkdirSync(join(folder, 'mine'));
		writeFileSync(join(folder, 'mine', 'train.jsonl'), 'precious');
		await expect(writeNewSet(join(folder, 'mine'), setFiles(answers('text')))).rejects.toBeInstanceOf(FolderTaken);
		expect(readFileSync(join(folder, 'mine', 'train.jsonl'), 'utf8')).toBe('precious');
	});
});
