/** Makes features comparable: a missing value becomes the median, and each feature gets mean 0 and standard deviation 1. */
import { mean } from '../../mean.js';

/** Every value of one feature, standardised; a feature that never varies becomes 0 everywhere. */
export function standardised(values: readonly (number | null)[]): readonly number[] {
	const middle = medianOf(values.filter((value) => value !== null));
	const filled = values.map((value) => value ?? middle);
	const { mean, deviation } = spreadOf(filled);
	return filled.map((value) => (deviation === 0 ? 0 : (value - mean) / deviation));
}

export function medianOf(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const [low = 0, high = low] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
	return (low + high) / 2;
}

/** Mean and standard deviation; differences that are only rounding count as none. */
export function spreadOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
	const centre = mean(values);
	const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
	return { mean: centre, deviation: deviation <= 1e-12 * Math.max(1, Math.abs(centre)) ? 0 : deviation };
}
