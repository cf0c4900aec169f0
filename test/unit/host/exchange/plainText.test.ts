import { describe, expect, it } from 'vitest';
import { oneLine, withoutLinks } from '../../../../src/host/plainText.js';

describe('text from outside', () => {
	it('is no link in a notification', () => {
		expect(withoutLinks('[Click](command:evil).json')).not.toMatch(/\]\(/);
		expect(withoutLinks('nothing of the kind')).toBe('nothing of the kind');
	});

	it('is one short line', () => {
		expect(oneLine('a\n\tb\u0007\u202e c', 80)).toBe('a b c');
		expect(oneLine('x'.repeat(90), 10)).toBe(`${'x'.repeat(9)}…`);
	});
});
