import { describe, expect, it } from 'vitest';
import { blockAround } from '../../../src/core/hints/codeBlocks.js';

/** The lines of the block around the line that is marked with `◆`. */
function block(text: string): string {
	const marked = text.split('\n').slice(1, -1);
	const lines = marked.map((line) => line.replace('◆', ''));
	const { first, last } = blockAround(
		{ count: lines.length, at: (line) => lines[line] ?? '' },
		marked.findIndex((line) => line.includes('◆')),
	);
	return lines.slice(first, last + 1).join('\n');
}

describe('the block around a line', () => {
	it('is the function, with the comment above it and its closing brace', () => {
		expect(
			block(`
const a = 1;

/** Doubles. */
function double(x) {
	◆return x * 2;
}

const b = 2;
`),
		).toBe('/** Doubles. */\nfunction double(x) {\n\treturn x * 2;\n}');
	});

	it('begins where the parameters do, when they stand on lines of their own', () => {
		expect(
			block(`
export function add(
	a: number,
	b: number,
): number {
	◆return a + b;
}
`),
		).toMatch(/^export function add\(/);
	});

	it('needs no braces', () => {
		expect(
			block(`
import os

@cached
def size(path):
    if path:
        ◆return os.stat(path).st_size
    return 0

def other():
    pass
`),
		).toBe('@cached\ndef size(path):\n    if path:\n        return os.stat(path).st_size\n    return 0');
	});

	it('is the statement with its neighbours where there is no function', () => {
		expect(
			block(`
import a from 'a';
◆import b from 'b';

const x = 1;
`),
		).toBe("import a from 'a';\nimport b from 'b';");
	});

	it('is no longer than a screen', () => {
		const body = Array.from({ length: 200 }, (_, at) => `\t\tstep(${at});`);
		const lines = ['class Long {', '\trun() {', ...body, '\t}', '}'];
		const { first, last } = blockAround({ count: lines.length, at: (line) => lines[line] ?? '' }, 100);
		expect(last - first).toBeLessThan(60);
	});

	it.each(['', '\n\n', '}', '\t'])('is something in a document of %j', (text) => {
		const lines = text.split('\n');
		const { first, last } = blockAround({ count: lines.length, at: (line) => lines[line] ?? '' }, 0);
		expect(first).toBeLessThanOrEqual(last);
		expect(last).toBeLessThan(lines.length);
	});
});
