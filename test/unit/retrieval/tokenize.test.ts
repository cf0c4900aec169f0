import { describe, expect, it } from 'vitest';
import { TermTable } from '../../../src/core/retrieval/tokenize.js';

function words(text: string): readonly string[] {
	const table = new TermTable();
	const count = table.read(text, true);
	return [...table.tokens.subarray(0, count)].map((term) => table.text(term));
}

describe('cutting text into words', () => {
	it.each([
		['letters and digits make words', 'x2 = 3.5, and y_1', ['x2', '3', '5', 'and', 'y', '1']],
		['letter case does not count', 'Straße ΣΊΣΥΦΟΣ MÜLLER', ['straße', 'σίσυφοσ', 'muller']],
		['marks of Latin letters do not count, composed or not', 'Café Cafe\u0301 Việt', ['cafe', 'cafe', 'viet']],
		['marks of other letters stay', 'йога', ['йога']],
		['mathematical letters are letters', '𝑥+𝑦', ['𝑥', '𝑦']],
		['pictures are no words', 'ok 🙂 then', ['ok', 'then']],
		['Han and Kana characters stand alone', '学习experience经验', ['学', '习', 'experience', '经', '验']],
		['half a surrogate pair separates', 'a\ud835b', ['a', 'b']],
		['nothing is no word', ' .,;\u0301 ', []],
	])('%s', (_, text, expected) => {
		expect(words(text)).toEqual(expected);
	});
});

describe('the table of words', () => {
	it('gives equal words equal numbers, also among tens of thousands', () => {
		const table = new TermTable();
		const numbers = (): readonly number[] =>
			Array.from({ length: 20_000 }, (_, at) => {
				table.read(`w${at.toString(36)}`, true);
				return table.tokens[0] ?? -1;
			});
		expect(numbers()).toEqual(Array.from({ length: 20_000 }, (_, at) => at));
		expect(numbers()).toEqual(Array.from({ length: 20_000 }, (_, at) => at));
	});

	it('gives unknown words negative numbers that tell them apart, and stays as it is', () => {
		const table = new TermTable();
		table.read('known', true);
		table.read('new known other new', false);
		const [first = 0, second, third = 0, fourth] = table.tokens;
		expect(second).toBe(0);
		expect(first).toBeLessThan(0);
		expect(third).toBeLessThan(0);
		expect(first).not.toBe(third);
		expect(fourth).toBe(first);
		expect(table.size).toBe(1);
	});

	it('is the same after its spellings were taken over', () => {
		const table = new TermTable();
		table.read('one two three two', true);
		const copy = new TermTable(table.spellings());
		copy.read('three four one', true);
		expect([...copy.tokens.subarray(0, 3)]).toEqual([2, 3, 0]);
		expect(copy.text(3)).toBe('four');
	});
});
