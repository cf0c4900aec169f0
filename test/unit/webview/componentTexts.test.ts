/** What components do with texts before they show them. */
import { describe, expect, it } from 'vitest';
import type { DiffLine } from '../../../src/protocol/library.js';
import { foldSame } from '../../../webview/components/diffFolds.js';
import { solutionParts } from '../../../webview/components/solutionParts.js';
import { visible } from '../../../webview/components/visibleText.js';
import { wordRanges } from '../../../webview/components/wordRanges.js';

describe('visible', () => {
	it('replaces what would show nothing or turn the text around', () => {
		expect(visible('a\u001b[31mb\u0000\u007f')).toBe('a␛[31mb␀␡');
		expect(visible('user\u202egnp.exe')).toBe('user⟦U+202E⟧gnp.exe');
		expect(visible('\u2066x\u2069\u200b\u{e0041}')).toBe('⟦U+2066⟧x⟦U+2069⟧⟦U+200B⟧⟦U+E0041⟧');
	});

	it('keeps lines, tabs, other scripts and emoji', () => {
		const text = 'a\n\tб 你好 مرحبا 👩‍👧 é';
		expect(visible(text)).toBe(text);
		expect(visible('a\r\nb\rc')).toBe('a\nb\nc');
	});
});

describe('wordRanges', () => {
	const found = (text: string, ...words: string[]): readonly string[] =>
		wordRanges(text, words).map(([from, to]) => text.slice(from, to));

	it('finds words in any case, where another begins with them, and not inside others', () => {
		expect(found('Refunds: prerefund, refund', 'REFUND')).toEqual(['Refund', 'refund']);
	});

	it('takes words as they are, not as patterns', () => {
		expect(found('a.c abc (x)', 'a.c', '(x')).toEqual(['a.c', '(x']);
		expect(found('a', '')).toEqual([]);
		expect(found('a-b [x] c:\\d', 'a-b', '[x]', 'c:\\d')).toEqual(['a-b', '[x]', 'c:\\d']);
	});

	it('finds words inside a text without spaces', () => {
		expect(found('解方程的余数', '余数')).toEqual(['余数']);
	});
});

describe('solutionParts', () => {
	it('tells the solver from the comments', () => {
		expect(solutionParts('Take 3.<comments> Why 3? </comments>\nThen 4.<comments></comments>')).toEqual([
			{ comment: false, text: 'Take 3.' },
			{ comment: true, text: 'Why 3?' },
			{ comment: false, text: 'Then 4.' },
		]);
	});

	it('takes a comment that does not end as one to the end', () => {
		expect(solutionParts('a<comments>b')).toEqual([
			{ comment: false, text: 'a' },
			{ comment: true, text: 'b' },
		]);
	});
});

describe('foldSame', () => {
	const same = (count: number): readonly DiffLine[] =>
		Array.from({ length: count }, (_, at) => ({ kind: 'same', text: String(at) }));
	const added: DiffLine = { kind: 'added', text: 'new' };
	const sizes = (lines: readonly DiffLine[], opened?: ReadonlySet<number>): readonly string[] =>
		foldSame(lines, opened).map(({ kind, lines: inner }) => `${kind} ${inner.length}`);

	it('keeps three lines around what differs', () => {
		expect(sizes([...same(10), added, ...same(10)])).toEqual(['fold 7', 'lines 7', 'fold 7']);
		expect(sizes([added, ...same(20), added])).toEqual(['lines 4', 'fold 14', 'lines 4']);
	});

	it('folds nothing where a button would save no room', () => {
		expect(sizes([added, ...same(7), added])).toEqual(['lines 9']);
		expect(sizes([])).toEqual([]);
	});

	it('shows what was opened, and nothing else', () => {
		const lines = [...same(10), added, ...same(10)];
		expect(sizes(lines, new Set([0]))).toEqual(['lines 14', 'fold 7']);
		expect(sizes(lines, new Set([0, 14]))).toEqual(['lines 21']);
	});
});
