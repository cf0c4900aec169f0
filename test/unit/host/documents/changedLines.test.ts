import { describe, expect, it } from 'vitest';
import { changedLines } from '../../../../src/host/documents/changedLines.js';

const texts = [
	'',
	'a',
	'a\n',
	'a\nb\n',
	'b\na\n',
	'a\nb\nc\n',
	'a\nx\nc\n',
	'a\nc\n',
	'a\n\nc',
	'aa\nbb\naa\n',
	'aa\naa\n',
	'a\r\nb\r\n',
];

describe('the changed lines', () => {
	it('turn one text into the other, whatever they are', () => {
		for (const before of texts) {
			for (const after of texts) {
				const change = changedLines(before, after);
				const turned = change ? before.slice(0, change.start) + change.text + before.slice(change.end) : before;
				expect(turned, JSON.stringify([before, after])).toBe(after);
			}
		}
	});

	it('are whole lines, and no more than have to be', () => {
		expect(changedLines('a\nbb\nc\n', 'a\nbx\nc\n')).toEqual({ start: 2, end: 5, text: 'bx\n' });
		expect(changedLines('same', 'same')).toBeUndefined();
	});
});
