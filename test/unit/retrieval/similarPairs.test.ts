import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.js';
import { similarPairs } from '../../../src/core/retrieval/similarPairs.js';

const words = Array.from({ length: 900 }, (_, at) => `w${(at * 7919) % 10007}x${at}`);

/** Texts of 20 words; every third one is the one before it with some words changed. */
function texts(count: number): readonly string[] {
	const random = seededRandom('texts');
	const word = (): string => words[Math.floor(random() * words.length)] ?? '';
	const made: string[][] = [];
	for (let at = 0; at < count; at++) {
		const before = made[at - 1];
		made.push(
			at % 3 === 2 && before
				? before.map((known) => (random() < 0.2 ? word() : known))
				: Array.from({ length: 20 }, word),
		);
	}
	return made.map((text) => text.join(' '));
}

describe('similar pairs', () => {
	it('are those at or above the threshold, most alike first', () => {
		const pairs = similarPairs(
			['red apples in baskets', 'wooden chairs', 'Red apple in a basket', 'wooden chairs'],
			0.5,
		);
		expect(pairs.map(({ a, b }) => [a, b])).toEqual([
			[1, 3],
			[0, 2],
		]);
		expect(pairs[0]?.similarity).toBeCloseTo(1);
	});

	it('are found in a large library as in a small one', () => {
		const all = texts(900);
		const pairs = similarPairs(all, 0.55);
		const expected = all.flatMap((_, at) => (at % 3 === 2 ? [`${at - 1} ${at}`] : []));
		const found = new Set(pairs.map(({ a, b }) => `${a} ${b}`));
		const missed = expected.filter((pair) => !found.has(pair));
		// Some of the changed texts fall below the threshold; those of a small library tell which.
		const below = missed.filter((pair) => {
			const [a = 0, b = 0] = pair.split(' ').map(Number);
			return similarPairs([...all.slice(0, 200), all[a] ?? '', all[b] ?? ''], 0.65).some(
				(one) => one.a === 200 && one.b === 201,
			);
		});
		expect(found.size).toBeGreaterThan(250);
		expect(below).toEqual([]);
	});

	it('do not come from texts without words', () => {
		expect(similarPairs(['', '!!!', '', '…'], 0.1)).toEqual([]);
	});
});
