import { describe, expect, it } from 'vitest';
import { labelOf } from '../../../../src/host/testing/testNodes.js';

describe('the label of a problem', () => {
	it('is its question on one line, cut where it is long', () => {
		expect(labelOf({ question: ' a\n  b ' })).toBe('a b');
		expect(labelOf({ question: 'word '.repeat(50) })).toMatch(/^.{90,99}…$/u);
	});
});
