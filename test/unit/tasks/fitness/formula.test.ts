/** Formulas: found in what a model wrote, run in a real sandbox, and refused where they are none. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formulaIn } from '../../../../src/core/tasks/fitness/formulaText.js';
import { runFormula } from '../../../../src/core/tasks/fitness/runFormula.js';
import type { Sandbox } from '../../../../src/core/tasks/sandbox.js';
import { openSandbox } from '../../../../src/providers/sandbox.js';
import { builtSandbox } from '../../providers/builtSandbox.js';

describe('the formula of an attempt', () => {
	it.each([
		['a marked line', 'First I look.\nAnswer: (f) => f.a + f.b', '(f) => f.a + f.b'],
		['the last of several', 'Answer: (f) => f.a\nBetter:\nAnswer: (f) => f.b', '(f) => f.b'],
		['with bold marks and back-quotes', '**Answer:** `(f) => mean(f.a, f.b)`', '(f) => mean(f.a, f.b)'],
		[
			'a function over several lines',
			'Answer: (f) => {\n  const x = f.a;\n  return -x;\n}\nDone.',
			'(f) => {\n  const x = f.a;\n  return -x;\n}',
		],
		['a fenced block', 'So:\n```js\nconst score = (f) => f.a;\n```', '(f) => f.a'],
		['a fence after the mark', 'Answer:\n```javascript\n(f) => f.a\n```', '(f) => f.a'],
		['a bare expression', 'Answer: f.a - 0.5 * f.b;', 'f.a - 0.5 * f.b'],
		['an arrow without any mark', 'I would use\n(f) => f.a * 2', '(f) => f.a * 2'],
		['the last whole one of a text that was cut off', 'Answer: (f) => f.a\nAnswer: (f) => mean(f.a, f.', '(f) => f.a'],
		['a list of terms', 'Answer: (f) => [f.a, f.b]', '(f) => [f.a, f.b]'],
	])('is %s', (_, text, expected) => expect(formulaIn(text)).toBe(expected));

	it.each([
		['nothing', ''],
		['prose', 'I do not know which feature matters.'],
	])('is not found in %s', (_, text) => expect(formulaIn(text)).toBeUndefined());

	it('of endless length is none', () => expect(formulaIn(`Answer: (f) => ${'f.a + '.repeat(2000)}0`)).toBeUndefined());
});

describe('running a formula', () => {
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

	const table = {
		names: ['a', 'b', 'ESM2 (8M)'],
		rows: Array.from({ length: 20 }, (_, index) => [index, -index, index % 2]),
	};
	const limits = { timeoutMs: 300, memoryBytes: 32 * 1024 * 1024 };
	const run = (formula: string) => runFormula(formula, table, sandbox, limits, new AbortController().signal);
	const valuesOf = async (formula: string) => {
		const done = await run(formula);
		return 'outputs' in done ? done.outputs.values.slice(0, 3) : done.fault;
	};
	const faultOf = async (formula: string) => {
		const done = await run(formula);
		return 'fault' in done ? done.fault : `gave ${JSON.stringify(done.outputs.values.slice(0, 3))}`;
	};

	it.each([
		['an arrow function', '(f) => f.a + 1', [1, 2, 3]],
		['a function with a body', 'function score(f) { const x = f.a; return x * 2; }', [0, 2, 4]],
		['a function after a constant', 'const k = 3; const score = (f) => k * f.a', [0, 3, 6]],
		['an expression', 'f.a - f.b', [0, 2, 4]],
		['bare names', '2 * a - b', [0, 3, 6]],
		['a body with return', 'const x = f.a; return x + 1', [1, 2, 3]],
		['mean and Math by their bare names', '(f) => mean(f.a, [f.b, 3]) + max(0, abs(f.b)) + Math.sign(f.a)', [1, 3, 4]],
		['the mean of all', '(f) => mean(f)', [0, 1 / 3, 0]],
		['names that are no identifiers', "(f) => f['ESM2 (8M)']", [0, 1, 0]],
		[
			'terms',
			'(f) => [f.a, 1 + f.b]',
			[
				[0, 1],
				[1, 0],
				[2, -1],
			],
		],
	])('takes %s', async (_, formula, expected) => expect(await valuesOf(formula)).toEqual(expected));

	it('puts the middle where a few values are no numbers', async () => {
		expect(await valuesOf('(f) => f.a === 0 ? NaN : f.a')).toEqual([10, 1, 2]);
	});

	it.each([
		['an endless loop', '(f) => { while (true) {} }', /does not come to an end/u],
		['an endless loop outside of the function', 'while (true) {}', /does not come to an end/u],
		['too much memory', '(f) => { const x = []; for (;;) x.push(new Array(100000).fill(1)); }', /memory|end/u],
		['endless recursion', '(f) => (function g() { return g() + 1; })()', /fails/u],
		['a throwing one', "(f) => { throw new Error('no'); }", /fails: no/u],
		['a feature that is not there', '(f) => f.esm', /no feature "esm"; there are: a, b, ESM2 \(8M\)/u],
		['NaN everywhere', '(f) => f.a / 0 * 0', /no finite number for 20 of 20/u],
		['infinity in many places', '(f) => f.a > 10 ? 1 / 0 : f.a', /no finite number/u],
		['text', "(f) => 'high'", /gives string/u],
		['a number as text', '(f) => String(f.a)', /gives string/u],
		['true and false', '(f) => f.a > 3', /gives boolean/u],
		['nothing', '(f) => { f.a; }', /gives undefined/u],
		['an object', '(f) => ({ a: 1 })', /gives object/u],
		['a promise', 'async (f) => f.a', /gives object/u],
		['big integers', '(f) => 10n', /fails|gives/u],
		['lists of different lengths', '(f) => f.a > 3 ? [1] : [1, 2]', /longer lists/u],
		['now a number, now a list', '(f) => f.a > 3 ? 1 : [1]', /lists/u],
		['an empty list', '(f) => []', /1 to 64 terms/u],
		['a hundred terms', '(f) => Array.from({ length: 100 }, () => f.a)', /1 to 64 terms/u],
		['chance', '(f) => Math.random()', /fails/u],
		['the clock', '(f) => Date.now()', /fails/u],
		['no code at all', 'the mean of both', /fails/u],
		['changing features', "(f) => { 'use strict'; f.a = 1; return f.a; }", /fails/u],
		[
			'a spoiled JSON',
			'(JSON.parse = () => [[1, 2, 3]], JSON.stringify = () => "[]", Array.prototype.push = () => 0, (f) => f.a)',
			/./u,
		],
	])('refuses %s', async (_, formula, why) => expect(await faultOf(formula)).toMatch(why));

	it('is not fooled by changed prototypes', async () => {
		const done = await run('(Number.isFinite = () => true, Array.prototype.toJSON = () => "x", (f) => f.a)');
		expect('fault' in done).toBe(true);
		// And the next formula finds a world as new.
		expect(await valuesOf('(f) => f.a')).toEqual([0, 1, 2]);
	});

	it('knows features only: no score, no other variant', async () => {
		expect(
			await faultOf('(f) => { throw new Error(Object.keys(globalThis).concat(Object.keys(f)).join(" ")); }'),
		).not.toMatch(/score|row/iu);
	});
});
