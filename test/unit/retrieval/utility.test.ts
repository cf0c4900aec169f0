import { describe, expect, it } from 'vitest';
import { type PairedOutcome, utilityOf } from '../../../src/core/retrieval/utility.js';

function outcomes(both: number, helped: number, hurt: number, neither: number): readonly PairedOutcome[] {
	const times = (count: number, withSolved: boolean, withoutSolved: boolean): PairedOutcome[] =>
		Array.from({ length: count }, () => ({ withSolved, withoutSolved }));
	return [
		...times(both, true, true),
		...times(helped, true, false),
		...times(hurt, false, true),
		...times(neither, false, false),
	];
}

describe('utility', () => {
	it('counts where the experience made the difference', () => {
		expect(utilityOf(outcomes(3, 4, 1, 2))).toMatchObject({ helped: 4, hurt: 1, pairs: 10 });
	});

	it('gives the interval of Newcombe’s method 10 (airway example of Fagerland, Lydersen and Laake, 2014)', () => {
		const { interval } = utilityOf(outcomes(1, 1, 7, 12));
		expect(interval?.[0]).toBeCloseTo(-0.507, 3);
		expect(interval?.[1]).toBeCloseTo(-0.026, 3);
	});

	it('turns its interval around when with and without change places', () => {
		const [low, high] = utilityOf(outcomes(5, 9, 2, 7)).interval ?? [0, 0];
		const turned = utilityOf(outcomes(5, 2, 9, 7)).interval;
		expect(turned?.[0]).toBeCloseTo(-high, 12);
		expect(turned?.[1]).toBeCloseTo(-low, 12);
	});

	it.each([
		['helps', outcomes(20, 15, 1, 4)],
		['hurts', outcomes(20, 1, 15, 4)],
		['no evidence', outcomes(20, 5, 4, 11)],
		['no evidence', outcomes(10, 0, 0, 0)],
		['helps', outcomes(0, 30, 0, 0)],
	])('says "%s"', (verdict, given) => {
		expect(utilityOf(given).verdict).toBe(verdict);
	});

	it('has no verdict under 10 pairs, however clear they are', () => {
		expect(utilityOf(outcomes(0, 9, 0, 0)).verdict).toBeUndefined();
		expect(utilityOf(outcomes(0, 10, 0, 0)).verdict).toBe('helps');
	});

	it('has no interval without pairs', () => {
		expect(utilityOf([])).toEqual({ helped: 0, hurt: 0, pairs: 0 });
	});

	it('stays within −1 and 1', () => {
		for (const given of [outcomes(0, 12, 0, 0), outcomes(0, 0, 12, 0), outcomes(1, 0, 0, 0), outcomes(6, 0, 0, 6)]) {
			const [low, high] = utilityOf(given).interval ?? [Number.NaN, Number.NaN];
			expect(low).toBeGreaterThanOrEqual(-1);
			expect(high).toBeLessThanOrEqual(1);
			expect(low).toBeLessThanOrEqual(high);
		}
	});
});
