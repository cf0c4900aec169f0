/** Statistics of rank correlations: how sure it is that one order agrees better with the truth than another. */
import { seededRandom } from '../random.js';
import { spearman } from '../spearman.js';
import type { Interval } from './statistics.js';

export interface RhoDifference {
	/** ρ of `a` less that of `b`. */
	readonly diff: number;
	/** 95 % percentile interval. */
	readonly ci95: Interval;
}

/**
 * The difference of two rank correlations with the same truth, with a paired bootstrap over variants: each resample draws
 * variants with replacement and ranks all three lists anew, so that what both have in common cancels out.
 * @param resamples seeded
 */
export function rhoDifference(
	a: readonly number[],
	b: readonly number[],
	truth: readonly number[],
	seed: number,
	resamples = 2_000,
): RhoDifference {
	const random = seededRandom(seed);
	const n = truth.length;
	const [ofA, ofB, ofTruth] = [groupsOf(a), groupsOf(b), groupsOf(truth)];
	const differences = Array.from({ length: resamples }, () => {
		const times = new Float64Array(n);
		for (let i = 0; i < n; i++) {
			const drawn = Math.floor(random() * n);
			times[drawn] = (times[drawn] ?? 0) + 1;
		}
		const ranks = resampledRanks(ofTruth, times);
		return (
			correlation(resampledRanks(ofA, times), ranks, times) - correlation(resampledRanks(ofB, times), ranks, times)
		);
	}).sort((x, y) => x - y);
	const at = (share: number) => differences[Math.min(resamples - 1, Math.floor(resamples * share))] ?? 0;
	return { diff: spearman(a, truth) - spearman(b, truth), ci95: [at(0.025), at(0.975)] };
}

/** Indexes in rising order of their values, those of equal values together: sorted once, for all resamples. */
function groupsOf(values: readonly number[]): readonly (readonly number[])[] {
	const byValue = new Map<number, number[]>();
	for (const [index, value] of values.entries()) {
		const group = byValue.get(value);
		if (group) group.push(index);
		else byValue.set(value, [index]);
	}
	return [...byValue].sort(([x], [y]) => x - y).map(([, group]) => group);
}

/** The rank of each index in a resample that holds it so many times; ties share their mean rank. */
function resampledRanks(groups: readonly (readonly number[])[], times: Float64Array): Float64Array {
	const ranks = new Float64Array(times.length);
	let below = 0;
	for (const group of groups) {
		let size = 0;
		for (const index of group) size += times[index] ?? 0;
		for (const index of group) ranks[index] = below + (size + 1) / 2;
		below += size;
	}
	return ranks;
}

/** Pearson's correlation of ranks, each counted so many times; the mean rank of n is (n + 1) / 2. */
function correlation(a: Float64Array, b: Float64Array, times: Float64Array): number {
	const centre = (times.length + 1) / 2;
	let product = 0;
	let squareA = 0;
	let squareB = 0;
	for (let i = 0; i < times.length; i++) {
		const weight = times[i] ?? 0;
		const [da, db] = [(a[i] ?? 0) - centre, (b[i] ?? 0) - centre];
		product += weight * da * db;
		squareA += weight * da * da;
		squareB += weight * db * db;
	}
	return squareA === 0 || squareB === 0 ? 0 : product / Math.sqrt(squareA * squareB);
}
