/** What is kept of a failed command's output. */
import { describe, expect, it } from 'vitest';
import { headline, trimFailure } from '../../../../src/core/learning/capture/failureText.js';
import { estimateTokens } from '../../../../src/core/models/tokenEstimate.js';
import { ownTime } from '../../../../src/providers/ownTime.js';

const esc = '\u001b';

describe('the output of a failure', () => {
	it('is kept without colours, cursor movements, links and what a progress bar wrote over', () => {
		const output = `${esc}[2K${esc}[1G10 %\r50 %\r100 %\r\n${esc}[31m${esc}[1mError: no such table${esc}[0m\r\n${esc}]8;;http://x${esc}\\at store.ts:3${esc}]8;;${esc}\\\r\n`;
		expect(trimFailure(output, 200)).toBe('100 %\nError: no such table\nat store.ts:3');
	});

	it('is the lines around the error, and how it ended, with a sign for what was left out', () => {
		const passing = (from: number) => Array.from({ length: 200 }, (_, n) => `  ✓ passes ${from + n}`);
		const output = [
			...passing(0),
			'AssertionError: expected 2 to be 3',
			'  at sum (src/sum.ts:4:9)',
			...passing(500),
			'Tests: 1 failed, 400 passed',
		].join('\n');
		const text = trimFailure(output, 200);
		expect(text).toContain('AssertionError: expected 2 to be 3\n  at sum (src/sum.ts:4:9)');
		expect(text).toContain('Tests: 1 failed, 400 passed');
		expect(text).toContain('\n…\n');
		expect(text).not.toContain('passes 100');
	});

	it('has the calls within the project, and none within a runtime or a package', () => {
		const output = [
			'Error: expected 3 pages, got 2',
			'    at pagesOf (file:///shop/src/pages.mjs:2:34)',
			'    at nodeOf (/shop/src/node.ts:1:2)',
			'    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)',
			'    at node:internal/main/run_main_module:28:49',
			'    at Array.map (native)',
			'    at runTest (/shop/node_modules/runner/dist/run.js:9:1)',
			'    at java.base/java.util.Optional.orElseThrow(Optional.java:403)',
			'    at shop.Pages.count(Pages.java:12)',
			'Node.js v20.20.2',
		];
		expect(trimFailure(output.join('\n'), 300).split('\n')).toEqual([output[0], output[1], output[2], output[8]]);
	});

	it('stays within its tokens, the first error before the later ones', () => {
		const output = Array.from({ length: 3000 }, (_, n) => `src/a${n}.ts(1,1): error TS2304: Cannot find name 'x${n}'.`);
		const text = trimFailure(output.join('\n'), 150);
		expect(estimateTokens(text)).toBeLessThanOrEqual(170);
		expect(text).toContain("'x0'");
		expect(text).not.toContain("'x2000'");
	});

	it('may be a megabyte, in one line or in many', () => {
		const spent = ownTime();
		const noise = 'building module 12345 of many\n'.repeat(20_000);
		expect(trimFailure(`${noise}TypeError: x is not a function\n${noise}`, 100)).toContain(
			'TypeError: x is not a function',
		);
		const long = trimFailure(`Error: ${'x'.repeat(1_000_000)}`, 100);
		expect(long.length).toBeLessThan(400);
		expect(spent()).toBeLessThan(5_000);
	});

	it('is its last lines where no line tells of an error, and nothing where there is none', () => {
		expect(trimFailure('one\ntwo\nthree', 100)).toBe('one\ntwo\nthree');
		expect(trimFailure('', 100)).toBe('');
	});
});

describe('the headline of a failure', () => {
	it.each([
		['✓ a\nTests: 1 failed\nTypeError: x is not a function\n at y', 'TypeError: x is not a function'],
		[
			"src/a.ts(1,2): error TS2304: Cannot find name 'q'.\nFound 1 error.",
			"src/a.ts(1,2): error TS2304: Cannot find name 'q'.",
		],
		['E       assert 3 == 4\nFAILED test_a.py::test_b', 'E       assert 3 == 4'],
		['thread main panicked at src/main.rs:2:5:\nindex out of bounds', 'thread main panicked at src/main.rs:2:5:'],
		['0 errors\nnot ok 2 - adds up', 'not ok 2 - adds up'],
		['  error: |-\n    Expected values to be strictly equal:', 'Expected values to be strictly equal:'],
		['done', 'done'],
		['', ''],
	])('%j', (failure, line) => {
		expect(headline(failure)).toBe(line);
	});
});
