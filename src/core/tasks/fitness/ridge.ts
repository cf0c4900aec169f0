/** Ridge regression: weights for the terms of a formula, fitted on few labelled variants without following their noise. */
import { ranksOf } from '../../spearman.js';
import { spreadOf } from './columns.js';

/** Penalties to choose from, for each fitted row. */
const penalties = [0.01, 0.03, 0.1, 0.3, 1, 3];

/**
 * Weights for `terms` (a row a variant) such that their weighted sum orders the variants as `scores` do: least squares on
 * the ranks of the scores, with the penalty of the least leave-one-out error. Terms are standardised first, so that none
 * is preferred for its scale; the weights are for the terms as they came.
 */
export function ridgeWeights(terms: readonly (readonly number[])[], scores: readonly number[]): readonly number[] {
	const count = terms[0]?.length ?? 0;
	const spreads = Array.from({ length: count }, (_, term) => spreadOf(terms.map((row) => row[term] ?? 0)));
	const rows = terms.map((row) =>
		spreads.map(({ mean, deviation }, term) => (deviation === 0 ? 0 : ((row[term] ?? 0) - mean) / deviation)),
	);
	const ranks = ranksOf(scores);
	const { mean, deviation } = spreadOf(ranks);
	const targets = ranks.map((rank) => (deviation === 0 ? 0 : (rank - mean) / deviation));
	let best: { readonly error: number; readonly weights: readonly number[] } | undefined;
	for (const penalty of penalties) {
		const tried = fitted(rows, targets, penalty * rows.length);
		if (!best || tried.error < best.error) best = tried;
	}
	return spreads.map(({ deviation: spread }, term) => (spread === 0 ? 0 : (best?.weights[term] ?? 0) / spread));
}

/** The weights for one penalty, and their leave-one-out error, which needs no second fit (PRESS; D. M. Allen, 1974). */
function fitted(rows: readonly (readonly number[])[], targets: readonly number[], penalty: number) {
	const size = rows[0]?.length ?? 0;
	const gram = Array.from({ length: size }, (_, i) =>
		Array.from(
			{ length: size },
			(__, j) => sumOf(rows, (row) => (row[i] ?? 0) * (row[j] ?? 0)) + (i === j ? penalty : 0),
		),
	);
	const factor = cholesky(gram);
	const moments = Array.from({ length: size }, (_, i) => sumOf(rows, (row, at) => (row[i] ?? 0) * (targets[at] ?? 0)));
	const weights = solved(factor, moments);
	const error = sumOf(rows, (row, at) => {
		const residual = (targets[at] ?? 0) - dot(row, weights);
		// The mean is fitted, too: one row's share of it.
		const leverage = dot(row, solved(factor, row)) + 1 / rows.length;
		return (residual / Math.max(1e-6, 1 - leverage)) ** 2;
	});
	return { weights, error };
}

/** The lower factor of a positive definite matrix. */
function cholesky(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
	const lower: number[][] = [];
	for (const [i, row] of matrix.entries()) {
		const own: number[] = [];
		lower.push(own);
		for (let j = 0; j <= i; j++) {
			const rest = (row[j] ?? 0) - dot(own.slice(0, j), lower[j] ?? []);
			own.push(i === j ? Math.sqrt(Math.max(rest, 1e-12)) : rest / (lower[j]?.[j] ?? 1));
		}
	}
	return lower;
}

function solved(lower: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
	const middle: number[] = [];
	for (const [i, row] of lower.entries()) middle.push(((right[i] ?? 0) - dot(middle, row)) / (row[i] ?? 1));
	const result = new Array<number>(lower.length).fill(0);
	for (let i = lower.length - 1; i >= 0; i--) {
		let rest = middle[i] ?? 0;
		for (let j = i + 1; j < lower.length; j++) rest -= (lower[j]?.[i] ?? 0) * (result[j] ?? 0);
		result[i] = rest / (lower[i]?.[i] ?? 1);
	}
	return result;
}

/** Of the first list's length. */
export function dot(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function sumOf<T>(items: readonly T[], value: (item: T, index: number) => number): number {
	return items.reduce((sum, item, index) => sum + value(item, index), 0);
}
