import { describe, expect, it } from 'vitest';
import { counted, oneLine, printable, wrapped } from '../../../src/cli/page.js';

describe('a text on a page', () => {
	it('cannot steer the terminal', () => {
		expect(printable('\u001b[2Jgone\r\u0007 \u009b31m \u007f')).toBe('␛[2Jgone␍␇ \ufffd31m \ufffd');
	});

	it('cannot turn the direction of writing', () => {
		expect(printable('a\u202eb\u2066c')).toBe('a\ufffdb\ufffdc');
	});

	it('keeps line ends, tabs and every letter', () => {
		expect(printable('déjà\tvu\n数学 🙂')).toBe('déjà\tvu\n数学 🙂');
	});

	it('is broken between words, each line after its indent', () => {
		const lines = wrapped('one two three four five six seven eight nine ten', '  ', 24);
		expect(lines).toEqual(['  one two three four', '  five six seven eight', '  nine ten']);
	});

	it('keeps its own lines and their margins', () => {
		expect(wrapped('if a:\n  b\n\nend', '> ')).toEqual(['> if a:', '>   b', '', '> end']);
	});

	it('keeps a word whole that is longer than a line', () => {
		const address = `https://example.org/${'a'.repeat(60)}`;
		expect(wrapped(`see ${address} there`, '', 40)).toEqual(['see', address, 'there']);
	});

	it('is shortened to one line by whole characters', () => {
		expect(oneLine('first\nsecond\t third')).toBe('first second third');
		expect(oneLine('🙂'.repeat(10), 4)).toBe('🙂🙂🙂…');
	});

	it('counts in words', () => {
		expect([counted(1, 'entry', 'entries'), counted(0, 'case'), counted(2, 'entry', 'entries')]).toEqual([
			'1 entry',
			'0 cases',
			'2 entries',
		]);
	});
});
