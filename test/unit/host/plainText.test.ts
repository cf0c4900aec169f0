import { describe, expect, it } from 'vitest';
import { inertLine, withoutAddresses } from '../../../src/host/plainText.js';

describe('a line of somebody else', () => {
	it.each([
		['[x](command:evil)', '[x] (command:evil)'],
		['<command:evil>', '< command:evil>'],
		['[x]: command:evil', '[x] : command:evil'],
		['see https://evil.example', 'see https: //evil.example'],
		['two\nlines', 'two lines'],
	])('has no link in it: %s', (text, shown) => {
		expect(inertLine(text, 100)).toBe(shown);
	});

	it('keeps its lines where only addresses are taken out', () => {
		expect(withoutAddresses('a\nfile:///etc')).toBe('a\nfile: ///etc');
	});
});
