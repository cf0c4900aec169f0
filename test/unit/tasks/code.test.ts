/** Code is found in what a model wrote, and is right where its problem's tests pass in a real sandbox. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code } from '../../../src/core/tasks/code.js';
import { parseProblems } from '../../../src/core/tasks/problemSet.js';
import type { Sandbox } from '../../../src/core/tasks/sandbox.js';
import { type Problem, TaskError } from '../../../src/core/tasks/task.js';
import { openSandbox } from '../../../src/providers/sandbox.js';
import { problem, problemSet } from '../../builders/problems.js';
import { builtSandbox } from '../providers/builtSandbox.js';

let folder: string;
let sandbox: Sandbox;

beforeAll(async () => {
	const built = await builtSandbox();
	folder = built.folder;
	sandbox = openSandbox(built);
});

afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

const set = problemSet([], { name: 'functions', kind: 'code', answerSpace: undefined });
const never = new AbortController().signal;

function gradeOf(posed: Problem, text: string, grader: Readonly<Record<string, unknown>> = {}) {
	const attempt = { text, answer: code.extract(text, set) };
	return code.grade(posed, attempt, { ...set, grader }, { sandbox }, never);
}

const fenced = (text: string): string => `Here it is:\n\n\`\`\`js\n${text}\n\`\`\`\nIt adds.`;

const add = problem('add', 'Write a function add(a, b) that gives the sum.', 'const add = (a, b) => a + b;', {
	extra: {
		test: "const assert = require('assert');\nassert.strictEqual(add(1, 2), 3);\nassert.strictEqual(add(-1, 1), 0);",
	},
});

const typed = problem(
	'widest',
	"import * as math from 'mathjs'\n\ninterface Box { width: number }\n\n/* The width of the widest box. */\nconst widest = function (boxes: Array<Box>): number {\n",
	'x',
	{
		extra: {
			language: 'typescript',
			test: "import * as assert from 'assert'\nlet actual: number = widest([{ width: 2 }, { width: 3 }]);\nassert.deepEqual(actual, 3, 'Exception --- test case 0 failed to pass');",
		},
	},
);

/** A question that leaves a function open, with another one that it may use. */
const poly = problem('poly', 'const double = (x) => 2 * x;\n\n/* Four times x. */\nfunction quadruple(x) {\n', 'x', {
	extra: { test: 'console.assert(quadruple(2) === 8); console.assert(double(1) === 2);' },
});

describe('the code of an attempt', () => {
	it('is all that follows "Answer:", where nothing is fenced', async () => {
		expect(code.extract('Answer: xs.sort();\n  return xs[0];\n}', set)).toBe('xs.sort();\n  return xs[0];\n}');
		const { verdict } = await gradeOf(poly, 'Four times.\n**Answer:** x *= 2;\n  return x * 2;\n}');
		expect(verdict).toBe('correct');
	});

	it.each([
		['a fenced block', fenced('f();'), 'f();\n'],
		['a fence without a language', '```\nlet a = 1;\n```', 'let a = 1;\n'],
		[
			'the last of several',
			'```js\nconst a = () => 1;\n```\nBetter:\n```js\nconst a = () => 2;\n```',
			'const a = () => 2;\n',
		],
		['the definition, not how it is used', '```js\nfunction f() {}\n```\nUse:\n```js\nf(1);\n```', 'function f() {}\n'],
		['the script, not its output', '```javascript\nf(1);\n```\n```text\n=> 1\n```', 'f(1);\n'],
		['a block that was cut off', '```js\nfunction f() {\n  return 1;', 'function f() {\n  return 1;'],
		['a fence inside a list, with CRLF', '1. So:\r\n   ```js\r\n   f();\r\n   ```\r\n', '   f();\n'],
		['code without a fence', 'Sure:\nfunction f() {\n  return 1;\n}\n', 'function f() {\n  return 1;\n}'],
		['the rest of a function', '  return a + b;\n}\n', '  return a + b;\n}'],
	])('is %s', (_, text, found) => {
		expect(code.extract(text, set)).toBe(found);
	});

	it.each(['', 'I can not solve this.', 'The answer is 7.', '```js\n```'])('is absent in "%s"', (text) => {
		expect(code.extract(text, set)).toBeUndefined();
	});
});

describe('a worked example', () => {
	it('is the whole function in a fence, as the instructions ask for it, and passes its own tests', async () => {
		const body = '  return double(double(x));\n}';
		const shown = code.written?.({ ...poly, answer: body }, set) ?? '';
		expect(shown).toBe('```js\nfunction quadruple(x) {\n  return double(double(x));\n}\n```');
		expect((await gradeOf(poly, shown)).verdict).toBe('correct');
	});

	it('is left as it is where the answer is whole already', () => {
		const whole = 'const add = (a, b) => a + b;';
		expect(code.written?.(add, set)).toBe(fencedAs('js', whole));
		const typescript = { ...set, grader: { language: 'typescript' } };
		expect(code.written?.({ ...add, answer: fencedAs('ts', whole) }, typescript)).toBe(fencedAs('ts', whole));
	});

	const fencedAs = (tag: string, text: string) => `\`\`\`${tag}\n${text}\n\`\`\``;
});

describe('an answer', () => {
	it('is correct where all tests pass', async () => {
		expect(await gradeOf(add, fenced('function add(a, b) { return a + b; }'))).toEqual({
			verdict: 'correct',
			detail: 'All tests pass.',
		});
	});

	it('is incorrect where a test fails, and says how', async () => {
		expect(await gradeOf(add, fenced('function add(a, b) { return a - b; }'))).toEqual({
			verdict: 'incorrect',
			detail: 'The tests fail: AssertionError: strictEqual does not hold: got -1, expected 3',
			trace: 'The tests fail: AssertionError: strictEqual does not hold: got -1, expected 3',
		});
	});

	it('tells the critic of a long error no more than its beginning, and the actor nothing', async () => {
		const { trace = '', feedback } = await gradeOf(add, fenced("function add() { throw Error('x'.repeat(9999)); }"));
		expect(trace).toMatch(/^The tests fail: Error: x+$/u);
		expect([trace.length < 430, feedback]).toEqual([true, undefined]);
	});

	it('is invalid where it does not parse', async () => {
		const { verdict, detail, feedback } = await gradeOf(add, fenced('function add(a, b) { return a + ; }'));
		expect([verdict, detail]).toEqual(['invalid', expect.stringMatching(/^The code does not parse: SyntaxError: /u)]);
		expect(feedback).toBe(detail);
		expect(await gradeOf(add, 'No idea.')).toMatchObject({ verdict: 'invalid' });
	});

	it.each([
		['a syntax error of its own at run time', "const add = () => JSON.parse('{');"],
		['another name', 'const sum = (a, b) => a + b;'],
		['nothing that is defined', '1 + 2;'],
		['an early return', 'return 1;'],
		['an early return of what the grader looks for', "return 'all tests passed, really';"],
		['a thrown null', 'throw null;'],
		['an endless loop', 'function add(a, b) { for (;;); }'],
		['endless memory', "const all = []; function add() { for (;;) all.push('x'.repeat(1e6) + all.length); }"],
		['a promise instead of a value', 'async function add(a, b) { return a + b; }'],
	])('with %s is incorrect', async (_, text) => {
		const grade = await gradeOf(add, fenced(text), { timeoutMs: 2_000, memoryMb: 16 });
		expect(grade).toMatchObject({ verdict: 'incorrect', detail: expect.stringMatching(/^The tests fail: ./u) });
	});

	it('has the limits of its set', async () => {
		const { detail } = await gradeOf(add, fenced('function add() { for (;;); }'), { timeoutMs: 100 });
		expect(detail).toBe('The tests fail: Stopped after 100 ms.');
	});

	it('has a long error cut', async () => {
		const { detail } = await gradeOf(add, fenced("function add() { throw new Error('x'.repeat(5000)); }"));
		expect(detail).toHaveLength('The tests fail: '.length + 400);
	});

	it('may use names that its tests use, exports, and helpers of its own', async () => {
		const answer =
			'const assert = 1;\nconst plus = (a, b) => a + b;\nexport function add(a, b) { return plus(a, b); }\nexport { plus };';
		expect(await gradeOf(add, fenced(answer))).toMatchObject({ verdict: 'correct' });
		expect(await gradeOf(add, fenced('const add = (a, b) => a + b; // the sum'))).toMatchObject({ verdict: 'correct' });
	});

	it.each([
		['the whole function', 'function quadruple(x) { return double(double(x)); }'],
		[
			'all that the question gave and the function',
			'const double = (x) => 2 * x;\nconst quadruple = (x) => double(double(x));',
		],
		['what the question leaves open', '  const quadruple = double(x);\n  return double(quadruple);\n}'],
	])('may be %s', async (_, answer) => {
		expect(await gradeOf(poly, fenced(answer))).toMatchObject({ verdict: 'correct' });
		expect(await gradeOf(poly, fenced(answer.replaceAll('double(', '1 + double(')))).toMatchObject({
			verdict: 'incorrect',
		});
	});

	it('completes code that stands in prose', async () => {
		const question = 'Finish this:\n\n```js\nfunction triple(x) {\n```';
		const posed = problem('triple', question, 'x', { extra: { test: 'console.assert(triple(2) === 6)' } });
		expect(await gradeOf(posed, '  return 3 * x;\n}')).toMatchObject({ verdict: 'correct' });
		const prose = { ...posed, question: 'Let x be a number; finish this.\nfunction triple(x) {' };
		expect(await gradeOf(prose, '  return 3 * x;\n}')).toMatchObject({ verdict: 'correct' });
	});

	it('is waited for where its tests are asynchronous', async () => {
		const test = "(async () => require('assert').equal(await later(), 1))()";
		const posed = problem('later', 'Write later().', 'x', { extra: { test } });
		expect(await gradeOf(posed, fenced('async function later() { return 1; }'))).toMatchObject({ verdict: 'correct' });
		expect(await gradeOf(posed, fenced('async function later() { return 2; }'))).toMatchObject({
			verdict: 'incorrect',
		});
	});
});

describe('an answer in TypeScript', () => {
	it.each([
		[
			'a whole function',
			'function widest(boxes: Box[]): number {\n  return Math.max(...boxes.map((box: Box) => box.width));\n}',
		],
		[
			'what the question leaves open',
			'  let most = 0;\n  for (const { width } of boxes as Box[]) most = Math.max(most, width!);\n  return most;\n}',
		],
		[
			'a module',
			'import { Box } from "./box";\nexport const widest = (boxes: readonly Box[]): number => Math.max(...boxes.map((b) => b.width));',
		],
		['one that uses a package of the question', '  return math.max(boxes.map((box) => box.width));\n}'],
		[
			'types of its own',
			'type Boxes = Array<{ width: number }>;\nenum Least { Width = 0 }\nconst widest = (boxes: Boxes): number => boxes.reduce((most, { width }) => Math.max(most, width), Least.Width);',
		],
	])('may be %s', async (_, answer) => {
		const { verdict, detail } = await gradeOf(typed, `\`\`\`ts\n${answer}\n\`\`\``);
		expect([verdict, detail]).toEqual(['correct', 'All tests pass.']);
		const wrong = answer.replaceAll(/(Math|math)\.max/gu, '$1.min');
		expect(await gradeOf(typed, `\`\`\`ts\n${wrong}\n\`\`\``)).toMatchObject({ verdict: 'incorrect' });
	});

	it('says which test fails, and where it does not parse', async () => {
		const wrong = await gradeOf(typed, '```ts\nfunction widest(boxes: Box[]): number { return boxes.length; }\n```');
		expect(wrong.detail).toBe('The tests fail: AssertionError: Exception --- test case 0 failed to pass');
		const broken = await gradeOf(typed, '```ts\nfunction widest(boxes: Box[): number { return 1; }\n```');
		expect(broken).toMatchObject({ verdict: 'invalid', detail: expect.stringContaining('SyntaxError') });
	});

	it('is asked for by its own name', () => {
		expect(code.instructions({ ...set, grader: { language: 'typescript' } })).toContain('```ts');
		expect(code.instructions(set)).toContain('```js');
	});
});

describe('an answer as a module', () => {
	it('is graded like a script', async () => {
		const module =
			"import { strict as assert } from 'node:assert';\nexport default function add(a, b) {\n  assert(a !== undefined);\n  return a + b;\n}";
		expect(await gradeOf(add, fenced(module))).toMatchObject({ verdict: 'correct' });
	});
});

describe('what cannot be graded', () => {
	it.each([
		['without a sandbox', add, {}, 'missing-port'],
		['without tests', problem('bare', 'q', 'a'), undefined, 'bad-problem'],
		['in another language', { ...add, extra: { ...add.extra, language: 'python' } }, undefined, 'bad-problem'],
		[
			'with tests that do not parse',
			{ ...typed, extra: { ...typed.extra, test: 'let = ;' } },
			undefined,
			'bad-problem',
		],
	] as const)('%s says so', async (_, posed, ports, reason) => {
		const attempt = { text: 'f();', answer: 'f();' };
		const graded = code.grade(posed, attempt, set, ports ?? { sandbox }, never);
		await expect(graded).rejects.toThrowError(TaskError);
		await expect(graded).rejects.toMatchObject({ reason });
	});

	it('after the run was cancelled is not graded', async () => {
		const reason = new Error('enough');
		const graded = code.grade(add, { text: '', answer: 'x' }, set, { sandbox }, AbortSignal.abort(reason));
		await expect(graded).rejects.toBe(reason);
	});
});

const datasets = process.env.FLEX_DATASETS;

describe.skipIf(datasets === undefined)('public functions (FLEX_DATASETS)', () => {
	it.each(['humaneval-x-js', 'humaneval-mx-ts', 'mbpp-js'])(
		'of %s: known solutions are right, spoilt ones are not',
		{ timeout: 120_000 },
		async (name) => {
			const { problems } = parseProblems(readFileSync(join(datasets ?? '', name, 'test.jsonl'), 'utf8'));
			const rows = problems.filter(({ extra }) => extra.verified === true).slice(0, 20);
			expect(rows).toHaveLength(20);
			for (const row of rows) {
				const continued = row.extra.answer_form === 'continuation';
				const whole = continued ? `${row.question}\n${row.answer}` : row.answer;
				const opened = row.question.trimEnd().split('\n').at(-1);
				const verdicts = [
					await code.grade(row, { text: '', answer: row.answer }, set, { sandbox }, never),
					await gradeOf(row, fenced(whole)),
					await gradeOf(row, fenced(`${opened}\n  return undefined;\n}`)),
					await gradeOf(row, fenced('  return undefined;\n}')),
					await gradeOf(row, fenced(whole.replace(/\}(?=[^}]*$)/u, ''))),
				].map(({ verdict }) => verdict);
				expect([row.id, ...verdicts]).toEqual([row.id, 'correct', 'correct', 'incorrect', 'incorrect', 'invalid']);
			}
		},
	);
});
