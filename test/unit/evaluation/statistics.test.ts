import { describe, expect, it } from 'vitest';
import {
	bootstrapMean,
	holm,
	type Interval,
	mcnemarExact,
	newcombePaired,
	permutationTest,
	smallestGap,
	wilson,
} from '../../../src/core/evaluation/statistics.js';
import { seededRandom } from '../../../src/core/random.js';

const rounded = (interval: Interval, digits = 4) => interval.map((end) => Number(end.toFixed(digits)));
const pairs = (both: number, onlyA: number, onlyB: number, neither: number) => ({ both, onlyA, onlyB, neither });

describe("Wilson's interval", () => {
	it.each([
		[81, 263, [0.2553, 0.3662]],
		[0, 20, [0, 0.1611]],
		[20, 20, [0.8389, 1]],
		[5, 10, [0.2366, 0.7634]],
		[0, 0, [0, 1]],
	])('of %i solved of %i is %j', (solved, n, expected) => {
		expect(rounded(wilson(solved, n))).toEqual(expected);
	});

	it('always holds the share itself and stays between 0 and 1', () => {
		for (let n = 1; n <= 40; n++) {
			for (let solved = 0; solved <= n; solved++) {
				const [low, high] = wilson(solved, n);
				expect(low >= 0 && low <= solved / n && solved / n <= high && high <= 1).toBe(true);
			}
		}
	});
});

describe("McNemar's exact test", () => {
	it.each([
		[10, 2, 0.0386],
		[2, 10, 0.0386],
		[5, 0, 0.0625],
		[6, 0, 0.0313],
		[3, 3, 1],
		[1, 0, 1],
		[0, 0, 1],
	])('of %i against %i discordant pairs gives p = %f', (onlyA, onlyB, p) => {
		expect(mcnemarExact(pairs(7, onlyA, onlyB, 9))).toBeCloseTo(p, 4);
	});

	it('stays a probability for large counts, where factorials would overflow', () => {
		expect(mcnemarExact(pairs(0, 5_000, 5_000, 0))).toBe(1);
		// z = 200 / sqrt(10,000) = 2, for which the normal approximation with continuity gives 0.0466.
		expect(mcnemarExact(pairs(0, 5_100, 4_900, 0))).toBeCloseTo(0.0466, 3);
		const far = mcnemarExact(pairs(0, 10_000, 1, 0));
		expect(far >= 0 && far < 1e-300).toBe(true);
	});
});

describe("Newcombe's interval of a paired difference (method 10)", () => {
	it.each([
		// Cavo and others, 2012, as the R package contingencytables gives it: −0.1186 to −0.0046.
		['complete response before and after therapy', pairs(59, 6, 16, 80), [-0.1186, -0.0046]],
		['few pairs that agree', pairs(1, 1, 7, 12), [-0.5069, -0.0256]],
		['a margin that is empty', pairs(36, 12, 2, 0), [0.0569, 0.3404]],
		['many pairs that agree', pairs(20, 12, 2, 16), [0.0562, 0.3292]],
	])('of %s is as computed by hand', (_, counts, expected) => {
		expect(rounded(newcombePaired(counts))).toEqual(expected);
	});

	it('turns around when the arms are exchanged', () => {
		const [low, high] = newcombePaired(pairs(20, 12, 2, 16));
		expect(rounded(newcombePaired(pairs(20, 2, 12, 16)), 10)).toEqual(rounded([-high, -low], 10));
	});

	it('says nothing without pairs, and holds 0 where the arms agree throughout', () => {
		expect(newcombePaired(pairs(0, 0, 0, 0))).toEqual([-1, 1]);
		const [low, high] = newcombePaired(pairs(10, 0, 0, 10));
		expect(low <= 0 && high >= 0).toBe(true);
	});
});

describe("Holm's adjustment", () => {
	it.each([
		[
			[0.01, 0.04, 0.03],
			[0.03, 0.06, 0.06],
		],
		[[0.04], [0.04]],
		[
			[0.5, 0.6],
			[1, 1],
		],
		[
			[0.02, 0.02, 0.02],
			[0.06, 0.06, 0.06],
		],
		[[], []],
	])('of %j is %j', (given, expected) => {
		expect(holm(given).map((p) => Number(p.toFixed(10)))).toEqual(expected);
	});
});

describe('the permutation test', () => {
	it.each([
		['five that all point one way', [1, 1, 1, 1, 1], 2 / 32],
		['differences that cancel out', [1, -1, 1, -1], 1],
		['nothing that moved', [0, 0, 0], 1],
		['unequal sizes', [3, 2, 1], 2 / 8],
		['zeros beside those that moved', [0, 1, 1, 1, 0, 1, 0, 1], 2 / 32],
		['one against the others', [1, 1, 1, -1], 10 / 16],
	])('is exact for %s', (_, differences, p) => {
		expect(permutationTest(differences, 1)).toBe(p);
	});

	const many = [...Array.from({ length: 20 }, () => 1), ...Array.from({ length: 10 }, () => -1)];

	it('of many differences of 1 is the exact binomial test', () => {
		expect(permutationTest(many, 1)).toBeCloseTo(mcnemarExact(pairs(0, 20, 10, 0)), 12);
		expect(permutationTest(new Array<number>(200).fill(1), 1)).toBeCloseTo(2 ** -199, 70);
	});

	it('of shares of a few answers is what trying every sign pattern says', () => {
		const random = seededRandom(3);
		const unlike = Array.from({ length: 12 }, () => Math.round(random() * 8 - 3) / 4 || 0.25);
		const irrational = unlike.map((value) => value * Math.SQRT2);
		expect(permutationTest(unlike, 1)).toBeCloseTo(permutationTest(irrational, 1), 12);
		expect(permutationTest([1 / 3, 1 / 4, -1 / 3], 1)).toBeCloseTo(permutationTest([4, 3, -4], 1), 12);
	});

	it('of many values of any size comes near to the exact one, the same for the same seed', () => {
		const irrational = many.map((value) => value * Math.SQRT2);
		expect(Math.abs(permutationTest(irrational, 1) - permutationTest(many, 1))).toBeLessThan(0.01);
		expect(permutationTest(irrational, 1)).toBe(permutationTest(irrational, 1));
		expect(permutationTest(new Array<number>(200).fill(Math.SQRT2), 1)).toBeGreaterThan(0);
	});
});

describe('the bootstrap interval', () => {
	const random = seededRandom(5);
	const values = Array.from({ length: 200 }, () => (random() < 0.4 ? 1 : 0));

	it('is the same for the same seed', () => {
		expect(bootstrapMean(values, 1)).toEqual(bootstrapMean(values, 1));
		expect(bootstrapMean(values, 2)).not.toEqual(bootstrapMean(values, 1));
	});

	it('of shares comes near to the normal one', () => {
		const mean = values.reduce<number>((total, value) => total + value, 0) / values.length;
		const half = 1.96 * Math.sqrt((mean * (1 - mean)) / values.length);
		const [low, high] = bootstrapMean(values, 1);
		expect(Math.abs(low - (mean - half))).toBeLessThan(0.01);
		expect(Math.abs(high - (mean + half))).toBeLessThan(0.01);
	});

	it('of equal values is that value; of none it says nothing', () => {
		expect(bootstrapMean([0.5, 0.5, 0.5], 1)).toEqual([0.5, 0.5]);
		expect(bootstrapMean([], 1)).toEqual([-1, 1]);
	});
});

describe('the smallest gap that shows', () => {
	it('falls as problems are added', () => {
		const gaps = [0, 10, 20, 50, 100, 192, 500, 1_000, 10_000].map((n) => smallestGap(n));
		expect(gaps).toEqual(gaps.toSorted((a, b) => b - a));
		expect(gaps[0]).toBe(1);
		expect(gaps.at(-1)).toBeLessThan(0.03);
	});

	it('grows with the share of pairs that differ', () => {
		expect(smallestGap(200, 0.2)).toBeLessThan(smallestGap(200, 0.4));
	});

	it('is found in about 80 of 100 simulated benchmarks of that size', () => {
		const n = 192;
		const gap = smallestGap(n, 0.4);
		const random = seededRandom(9);
		let found = 0;
		for (let run = 0; run < 1_000; run++) {
			let [onlyA, onlyB] = [0, 0];
			for (let i = 0; i < n; i++) {
				const u = random();
				if (u < (0.4 + gap) / 2) onlyA++;
				else if (u < 0.4) onlyB++;
			}
			if (mcnemarExact(pairs(0, onlyA, onlyB, n - onlyA - onlyB)) < 0.05) found++;
		}
		// The exact test is a little more careful than the approximation.
		expect(found / 1_000).toBeGreaterThan(0.7);
		expect(found / 1_000).toBeLessThan(0.88);
	});
});
