/** How a text is taken apart: what is a formula, code or bold, and what stays as it was written. */
import { describe, expect, it } from 'vitest';
import { ownTime } from '../../../src/providers/ownTime.js';
import { type Block, type Inline, longestFormula, parseRich } from '../../../webview/components/richParts.js';

/** The parts of a text of one paragraph, in a short form: `m(x)` a formula, `M(x)` one of its own line, `c(x)`, `b(…)`. */
function parts(text: string): readonly string[] {
	const blocks = parseRich(text);
	const [block] = blocks;
	if (blocks.length !== 1 || block?.kind !== 'paragraph')
		throw new Error(`No single paragraph: ${JSON.stringify(blocks)}`);
	return block.parts.map(short);
}

function short(part: Inline): string {
	if (part.kind === 'text') return part.text;
	if (part.kind === 'code') return `c(${part.text})`;
	if (part.kind === 'bold') return `b(${part.parts.map(short).join('')})`;
	return `${part.display ? 'M' : 'm'}(${part.tex})`;
}

describe('paragraphs and code', () => {
	it('parts paragraphs at empty lines and keeps the lines within', () => {
		expect(parseRich('a\nb\n\n \nc')).toEqual([
			{ kind: 'paragraph', parts: [{ kind: 'text', text: 'a\nb' }] },
			{ kind: 'paragraph', parts: [{ kind: 'text', text: 'c' }] },
		]);
		expect(parseRich('')).toEqual([]);
	});

	it('takes a fenced block as it is, with its language', () => {
		const program = 'def f():\n\n    return "$x$ **y**"';
		expect(parseRich(`Try:\n\`\`\`Python title\n${program}\n\`\`\`\nDone`)).toEqual<Block[]>([
			{ kind: 'paragraph', parts: [{ kind: 'text', text: 'Try:' }] },
			{ kind: 'code', language: 'python', text: program },
			{ kind: 'paragraph', parts: [{ kind: 'text', text: 'Done' }] },
		]);
	});

	it('ends a block only at a fence that is as long, and without one at the end of the text', () => {
		expect(parseRich('````\n```\na\n````')).toEqual([{ kind: 'code', language: '', text: '```\na' }]);
		expect(parseRich('~~~sql\nselect 1')).toEqual([{ kind: 'code', language: 'sql', text: 'select 1' }]);
	});

	it('takes the indent of a list away from the block that stands in it', () => {
		expect(parseRich('  ```js\n  a;\n    b;\n  ```')).toEqual([{ kind: 'code', language: 'js', text: 'a;\n  b;' }]);
	});

	it('knows code in a line, also code that holds a backtick', () => {
		expect(parts('use `a + b` here')).toEqual(['use ', 'c(a + b)', ' here']);
		expect(parts('`` a`b ``')).toEqual(['c(a`b)']);
		expect(parts('one ` alone')).toEqual(['one ` alone']);
		expect(parts('`$x$ **b**`')).toEqual(['c($x$ **b**)']);
	});

	it('knows bold, with code and formulas in it', () => {
		expect(parts('**then `x` and $y$**: go')).toEqual(['b(then c(x) and m(y))', ': go']);
		expect(parts('2 ** 3 ** 4')).toEqual(['2 ** 3 ** 4']);
		expect(parts('**open')).toEqual(['**open']);
	});
});

describe('formulas', () => {
	it.each([
		['$x^2$', 'm(x^2)'],
		['$$\n\\frac12\n$$', 'M(\\frac12)'],
		['\\(a+b\\)', 'm(a+b)'],
		['\\[ a+b \\]', 'M(a+b)'],
	])('knows %j', (text, part) => {
		expect(parts(`So ${text}.`)).toEqual(['So ', part, '.']);
	});

	it.each([
		'$5 and $7',
		'It costs $5, then $7.',
		'US$5 and US$7',
		'$HOME and $PATH',
		'5$ or 6$ more',
		'$ x $',
		'\\$5 or x\\$',
		'one $ alone',
		'\\\\(no\\\\)',
		'$$',
		'$$ $$',
		'\\(never closed',
	])('leaves %j as it is', (text) => {
		expect(parts(text).join('|')).toBe(text);
	});

	it('keeps a price apart from a formula in the same line', () => {
		expect(parts('For $5 you get $x$ of them')).not.toContain('m(x)');
		expect(parts('You get $x$ of them for $5')).toEqual(['You get ', 'm(x)', ' of them for $5']);
	});

	it('goes on over a dollar sign that is escaped', () => {
		expect(parts('$a\\$b$')).toEqual(['m(a\\$b)']);
	});

	it('shows a formula that is too long as it was written', () => {
		const long = `$${'x'.repeat(longestFormula + 1)}$`;
		expect(parts(long)).toEqual([long]);
	});
});

it.each([
	['delimiters that never close', '$a **b `c \\(d \\[e $$f '.repeat(9_000)],
	['backticks', '`'.repeat(200_000)],
	['backticks of all lengths', Array.from({ length: 300 }, (_, length) => '`'.repeat(length)).join(' ')],
	['spaces behind a fence', `\`\`\`${' '.repeat(100_000)}\``],
	['letters behind a fence', `\`\`\`${'a'.repeat(100_000)}\``],
	['fences', '```\n```\n'.repeat(20_000)],
	['backslashes', '\\'.repeat(200_000)],
])('takes a long text of %s apart in the time of a glance', (_, text) => {
	const spent = ownTime();
	parseRich(text);
	expect(spent()).toBeLessThan(1_500);
});
