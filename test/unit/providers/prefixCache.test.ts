/** Which cached prompt a new one continues, seen over whole sequences of requests. */
import { describe, expect, it } from 'vitest';
import { type CachedPrompt, choosePrompt, sharedPrefix, worthOf } from '../../../src/providers/prefixCache.js';

/** `length` tokens that no other start has. */
function tokens(start: number, length: number): readonly number[] {
	return Array.from({ length }, (_, index) => start * 100_000 + index);
}

/** Plays requests against three slots; returns how many tokens each request had to read. */
function play(prompts: readonly (readonly number[])[]): readonly number[] {
	const slots: CachedPrompt[] = Array.from({ length: 3 }, () => ({ tokens: [], worth: 0, usedAt: 0 }));
	return prompts.map((prompt, index) => {
		const chosen = choosePrompt(slots, prompt, index + 1);
		const before = slots[chosen];
		if (!before) throw new Error('no such slot');
		const shared = sharedPrefix(before.tokens, prompt);
		slots[chosen] = { tokens: prompt, worth: worthOf(prompt, shared, before), usedAt: index + 1 };
		return prompt.length - shared;
	});
}

const last = <T>(items: readonly T[], count: number): readonly T[] => items.slice(-count);

describe('the shared beginning', () => {
	it('leaves at least one token to read, for the answer follows from it', () => {
		expect(sharedPrefix([1, 2, 3], [1, 2, 3])).toBe(2);
		expect(sharedPrefix([1, 2, 3, 4], [1, 2, 9, 4])).toBe(2);
		expect(sharedPrefix([], [1])).toBe(0);
	});
});

describe('a fixed beginning', () => {
	it('is read once for a whole series of questions', () => {
		const system = tokens(1, 480);
		const read = play([2, 3, 4, 5].map((question) => [...system, ...tokens(question, 200)]));
		expect(read).toEqual([680, 200, 200, 200]);
	});

	it('stays while two or three roles take turns', () => {
		const roles = [tokens(1, 300), tokens(2, 400), tokens(3, 200)];
		const prompts = Array.from({ length: 12 }, (_, n) => [...(roles[n % 3] ?? []), ...tokens(10 + n, 50)]);
		expect(last(play(prompts), 9)).toEqual(Array(9).fill(50));
	});

	it('stays while two arms alternate that share a part of it', () => {
		const shared = tokens(1, 100);
		const arms = [
			[...shared, ...tokens(2, 380)],
			[...shared, ...tokens(3, 380)],
		];
		const prompts = Array.from({ length: 10 }, (_, n) => [...(arms[n % 2] ?? []), ...tokens(10 + n, 200)]);
		expect(last(play(prompts), 6)).toEqual(Array(6).fill(200));
	});

	it('that is short beside what varies is still read once', () => {
		const system = tokens(1, 100);
		const prompts = Array.from({ length: 8 }, (_, n) => [...system, ...tokens(10 + n, 500)]);
		expect(last(play(prompts), 4)).toEqual(Array(4).fill(500));
	});

	it('that nobody asks for any more gives way to three new ones', () => {
		const old = Array.from({ length: 9 }, (_, n) => [...tokens(n % 3, 1000), ...tokens(10 + n, 50)]);
		const next = Array.from({ length: 60 }, (_, n) => [...tokens(50 + (n % 3), 300), ...tokens(100 + n, 50)]);
		expect(last(play([...old, ...next]), 9)).toEqual(Array(9).fill(50));
	});
});
