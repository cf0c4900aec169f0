/** When a closed answer is whole, and how its grammar is written. */
import { describe, expect, it } from 'vitest';
import { choiceGrammar, completeChoice, completeJson } from '../../../src/providers/answerForm.js';
import { coresOfQuota } from '../../../src/providers/usableCores.js';

describe('a choice', () => {
	const teams = ['Falcon', 'Fern', 'Meadow'];

	it('is whole as soon as no other one begins like that', () => {
		expect(completeChoice('M', teams)).toBe('Meadow');
		expect(completeChoice('Fa', teams)).toBe('Falcon');
		expect(completeChoice('F', teams)).toBeUndefined();
		expect(completeChoice('', teams)).toBeUndefined();
	});

	it('that begins another one waits for the model to end it', () => {
		expect(completeChoice('Yes', ['Yes', 'Yes, but later'])).toBeUndefined();
		expect(completeChoice('Yes,', ['Yes', 'Yes, but later'])).toBe('Yes, but later');
	});

	it('is never guessed from half a character', () => {
		expect(completeChoice('\uFFFD', ['Ärger', 'Öl'])).toBeUndefined();
	});
});

describe('the grammar of choices', () => {
	it('takes every character literally', () => {
		expect(choiceGrammar(['say "no"', 'a\\b', 'two\nlines'])).toBe(
			String.raw`root ::= "say \"no\"" | "a\\b" | "two\x0alines"`,
		);
	});
});

describe('JSON', () => {
	it('is whole when its last bracket is closed', () => {
		expect(completeJson('{"a": [1, 2]')).toBeUndefined();
		expect(completeJson('{"a": "}"')).toBeUndefined();
		expect(completeJson('{"a": [1, 2]}\n')).toBe('{"a": [1, 2]}');
	});

	it('that is a bare number is whole only when something follows', () => {
		expect(completeJson('12')).toBeUndefined();
		expect(completeJson('12\n')).toBe('12');
	});
});

describe("a container's quota", () => {
	it('counts started cores', () => {
		expect(coresOfQuota('200000 100000')).toBe(2);
		expect(coresOfQuota('150000 100000')).toBe(2);
	});

	it('that is absent limits nothing', () => {
		expect(coresOfQuota('max 100000')).toBe(Number.POSITIVE_INFINITY);
		expect(coresOfQuota('')).toBe(Number.POSITIVE_INFINITY);
	});
});
