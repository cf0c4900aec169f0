import { describe, expect, it } from 'vitest';
import { commandLink, fenced, terminalText } from '../../../src/host/attemptText.js';

describe('what a model wrote', () => {
	it('can’t leave its block of code', () => {
		expect(fenced('a')).toBe('```text\na\n```');
		expect(fenced('```\n[x](command:evil)\n````')).toBe('`````text\n```\n[x](command:evil)\n````\n`````');
	});

	it('moves no cursor and sends no codes to the terminal', () => {
		expect(terminalText('a\u001B[2Jb\r\nc\u0007')).toBe('a[2Jb\r\nc');
	});

	it('is cut where it is very long', () => {
		expect(fenced('x'.repeat(30_000)).length).toBeLessThan(20_100);
	});
});

describe('a link to a command', () => {
	it('brings its argument whole', () => {
		const argument = { id: 'a b', title: '"(x)" & <y>' };
		const link = commandLink('flex.library.open', argument);
		expect(link).toMatch(/^command:flex\.library\.open\?[\w%.~!*'()-]+$/u);
		expect(JSON.parse(decodeURIComponent(link.split('?')[1] ?? ''))).toEqual([argument]);
	});
});
