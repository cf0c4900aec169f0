/** Spearman's rank correlation, with ties: how well one order of things agrees with another. */
import { mean } from './mean.js';

/** The rank of each value, from 1; equal values share the mean of the ranks that they take together. */
export function ranksOf(values: readonly number[]): readonly number[] {
	const sorted = Float64Array.from(values).sort();
	return values.map((value) => (countBelow(sorted, value, false) + countBelow(sorted, value, true) + 1) / 2);
}

/** How many of the sorted values are less than `value`, or with `orEqual` not more. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const at = sorted[middle] ?? 0;
		if (at < value || (orEqual && at === value)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * Spearman's ρ of two equally long lists, −1 to 1: Pearson's correlation of their ranks, which is exact with ties (C.
 * Spearman, 1904). 0 where one of them is constant, for it orders nothing. Values must be finite.
 */
export function spearman(a: readonly number[], b: readonly number[]): number {
	return pearson(ranksOf(a), ranksOf(b));
}

/** Pearson's correlation; 0 where one of the lists is constant. */
export function pearson(a: readonly number[], b: readonly number[]): number {
	if (a.length !== b.length) throw new RangeError(`Lists of ${a.length} and ${b.length} values are no pairs.`);
	const [meanA, meanB] = [mean(a), mean(b)];
	let product = 0;
	let squareA = 0;
	let squareB = 0;
	for (let i = 0; i < a.length; i++) {
		const [da, db] = [(a[i] ?? 0) - meanA, (b[i] ?? 0) - meanB];
		product += da * db;
		squareA += da * da;
		squareB += db * db;
	}
	return squareA === 0 || squareB === 0 ? 0 : product / Math.sqrt(squareA * squareB);
}
