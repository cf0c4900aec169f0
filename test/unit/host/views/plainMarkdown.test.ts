/** Text in a tooltip is text, whatever it looks like. */
import { describe, expect, it } from 'vitest';
import { plainMarkdown } from '../../../../src/host/views/plainMarkdown.js';

describe('text where Markdown is read', () => {
	it('has every mark escaped that could mean something', () => {
		expect(plainMarkdown('**a** [b](command:c) <img> &amp; $(x)')).toBe(
			'\\*\\*a\\*\\* \\[b\\]\\(command\\:c\\) \\<img\\> \\&amp\\; \\$\\(x\\)',
		);
		expect(plainMarkdown('1. one')).toBe('1\\. one');
	});

	it('keeps its lines, and no indentation that would make code of them', () => {
		expect(plainMarkdown('a\n\n    b\r\nc')).toBe('a  \nb  \nc');
	});

	it('is cut where it is too long to read there', () => {
		expect(plainMarkdown('x'.repeat(5000))).toMatch(/^x{1500}…$/u);
	});
});
