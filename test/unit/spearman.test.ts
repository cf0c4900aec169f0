/** Spearman's ρ against values worked by hand, and the bootstrap of a difference. */
import { describe, expect, it } from 'vitest';
import { rhoDifference } from '../../src/core/evaluation/rankStatistics.js';
import { seededRandom } from '../../src/core/random.js';
import { pearson, ranksOf, spearman } from '../../src/core/spearman.js';

describe('ranks', () => {
	it('count from 1, and equal values share the mean of theirs', () => {
		expect(ranksOf([30, 10, 20])).toEqual([3, 1, 2]);
		expect(ranksOf([5, 1, 5, 5, 0])).toEqual([4, 2, 4, 4, 1]);
		expect(ranksOf([0, -0])).toEqual([1.5, 1.5]);
		expect(ranksOf([])).toEqual([]);
	});
});

describe('the rank correlation', () => {
	it('is 1 for the same order and −1 for the opposite one, whatever the distances', () => {
		expect(spearman([1, 2, 3, 100], [0, 1, 1000, 1001])).toBeCloseTo(1, 12);
		expect(spearman([1, 2, 3], [9, 8, -7])).toBeCloseTo(-1, 12);
	});

	it('is that of the textbook formula where there are no ties', () => {
		// d = 0, 1, −1, 2, −2 and so Σd² = 10: ρ = 1 − 6·10 / (5·24) = 0.5.
		expect(
			spearman(
				[1, 2, 3, 4, 5],
				[1, 3, 2, 5, 4].map((_, i) => [1, 3, 4, 2, 5][i] ?? 0),
			),
		).toBeCloseTo(1 - (6 * 6) / 120, 12);
	});

	it('is the correlation of mean ranks where there are ties', () => {
		// Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: Σ(dx·dy) = 4.5, Σdx² = 4.5, Σdy² = 5.
		expect(spearman([10, 20, 20, 30], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
		// Ranks 1.5, 1.5, 3.5, 3.5 on both sides, crossed: no agreement at all.
		expect(spearman([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(0, 12);
	});

	it('of a list that orders nothing is 0, and lists of unequal length are refused', () => {
		expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0);
		expect(() => pearson([1], [1, 2])).toThrowError(RangeError);
	});
});

describe('the difference of two correlations', () => {
	const random = seededRandom(3);
	const truth = Array.from({ length: 200 }, () => random());
	const near = truth.map((value) => value + 0.3 * random());
	const far = truth.map((value) => value + 2 * random());

	it('is sure where one order is clearly better, and the other way round', () => {
		const { diff, ci95 } = rhoDifference(near, far, truth, 1, 300);
		expect(diff).toBeCloseTo(spearman(near, truth) - spearman(far, truth), 12);
		expect(ci95[0]).toBeGreaterThan(0);
		expect(ci95[0]).toBeLessThan(diff);
		expect(ci95[1]).toBeGreaterThan(diff);
		expect(rhoDifference(far, near, truth, 1, 300).ci95[1]).toBeLessThan(0);
	});

	it('is nothing between an order and itself, and the same seed gives the same interval', () => {
		expect(rhoDifference(near, near, truth, 1, 50)).toEqual({ diff: 0, ci95: [0, 0] });
		expect(rhoDifference(near, far, truth, 7, 50)).toEqual(rhoDifference(near, far, truth, 7, 50));
	});

	it('resamples as the plain definition does', () => {
		const few = [3, 1, 2, 2, 5, 4];
		const other = [1, 1, 2, 3, 5, 5];
		const target = [1, 2, 2, 4, 6, 5];
		const draw = seededRandom(9);
		const plain = Array.from({ length: 40 }, () => {
			const drawn = Array.from({ length: 6 }, () => Math.floor(draw() * 6));
			const pick = (list: readonly number[]) => drawn.map((index) => list[index] ?? 0);
			return spearman(pick(few), pick(target)) - spearman(pick(other), pick(target));
		}).sort((a, b) => a - b);
		const { ci95 } = rhoDifference(few, other, target, 9, 40);
		expect(ci95[0]).toBeCloseTo(plain[1] ?? 9, 12);
		expect(ci95[1]).toBeCloseTo(plain[39] ?? 9, 12);
	});
});
