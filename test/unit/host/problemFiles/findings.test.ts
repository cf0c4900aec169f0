import { describe, expect, it } from 'vitest';
import { parseProblem, parseProblems } from '../../../../src/core/tasks/problemSet.js';
import { findingsOf, mostFindings, questionsOf, type SetRules } from '../../../../src/host/problemFiles/findings.js';
import { LineMemory } from '../../../../src/host/problemFiles/lineMemory.js';

const row = (more: object) => JSON.stringify({ question: 'q', answer: 'a', ...more });
const find = (lines: readonly string[], rules: SetRules = {}) =>
	findingsOf(parseProblems(lines.join('\r\n')), rules, []);

describe('the findings of a split', () => {
	it('are none where all is well', () => {
		expect(find([row({ id: '1' }), '', row({ id: '2', question: 'r' })])).toEqual([]);
	});

	it('name the line, and the key where it is known', () => {
		expect(find(['{', row({ question: 7 }), row({ answer: '' })])).toMatchObject([
			{ code: 'bad-line', line: 1 },
			{ code: 'bad-line', line: 2, key: 'question' },
			{ code: 'bad-line', line: 3, key: 'answer' },
		]);
	});

	it('point from a second id or question to the first', () => {
		const found = find([row({ id: 'a' }), row({ id: 'a', question: 'r' }), row({ id: 'b', question: ' q ' })]);
		expect(found).toEqual([
			{ code: 'same-id', line: 2, key: 'id', twin: 1 },
			{ code: 'same-question', line: 3, key: 'question', twin: 1 },
		]);
	});

	it('are answers outside of the set, of numbers too', () => {
		const found = find([row({ id: '1' }), row({ id: '2', question: 'r', answer: 4 })], { answerSpace: ['a', 'b'] });
		expect(found).toEqual([{ code: 'unknown-answer', line: 2, key: 'answer', answer: '4' }]);
	});

	it('are problems of code without tests', () => {
		expect(find([row({ test: 'check()' })], { kind: 'code' })).toEqual([]);
		expect(find([row({})], { kind: 'code' })).toEqual([{ code: 'no-tests', line: 1, key: 'test' }]);
	});

	it('are problems of fitness without an assay', () => {
		expect(find([row({ assay: 'a.jsonl' })], { kind: 'fitness' })).toEqual([]);
		expect(find([row({})], { kind: 'fitness' })).toEqual([{ code: 'no-assay', line: 1, key: 'assay' }]);
	});

	it('are questions that another split asks, whatever their ids', () => {
		const test = { split: 'test' as const, questions: questionsOf(parseProblems(`\n${row({ id: 'x' })}`)) };
		const found = findingsOf(parseProblems(row({ id: 'y' })), {}, [test]);
		expect(found).toEqual([{ code: 'in-other-split', line: 1, key: 'question', split: 'test', otherLine: 2 }]);
	});

	it('come by line, and not more than an editor shows', () => {
		const found = find(
			Array.from({ length: mostFindings + 50 }, (_, i) => (i % 2 ? '{' : row({ question: `q${i}` }))),
			{
				answerSpace: ['b', 'c'],
			},
		);
		expect(found).toHaveLength(mostFindings);
		expect(found.map(({ line }) => line)).toEqual(found.map((_, index) => index + 1));
	});
});

describe('the memory of lines', () => {
	it('reads a line once, however often the text is read', async () => {
		const read: string[] = [];
		const memory = new LineMemory({
			parseProblems,
			parseProblem: (line) => {
				read.push(line);
				return parseProblem(line);
			},
		});
		const lines = Array.from({ length: 1200 }, (_, i) => row({ question: `q${i}` }));
		await memory.read(lines.join('\n'), new AbortController().signal);
		expect(read).toHaveLength(1200);
		const changed = await memory.read([...lines, row({ question: 'new' })].join('\n'), new AbortController().signal);
		expect(read).toHaveLength(1201);
		expect(changed).toEqual(parseProblems([...lines, row({ question: 'new' })].join('\n')));
	});

	it('stops in the middle where the text is not wanted any more', async () => {
		const controller = new AbortController();
		let read = 0;
		const memory = new LineMemory({
			parseProblems,
			parseProblem: (line) => {
				if (++read === 700) controller.abort();
				return parseProblem(line);
			},
		});
		const lines = Array.from({ length: 5000 }, (_, i) => row({ question: `q${i}` }));
		expect(await memory.read(lines.join('\n'), controller.signal)).toBeUndefined();
		expect(read).toBeLessThan(1500);
	});
});
