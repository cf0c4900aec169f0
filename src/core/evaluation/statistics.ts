/** The statistics of paired benchmarks: intervals, tests and power; pure and seeded. */
import { seededRandom } from '../random.js';

/** Two ends of an interval, as shares or differences of shares. */
export type Interval = readonly [low: number, high: number];

/** Standard normal quantile of a two-sided 95 % interval. */
const z95 = 1.959963984540054;

/** Wilson's score interval for `solved` of `n`, 95 % (E. B. Wilson, 1927). */
export function wilson(solved: number, n: number): Interval {
	if (n === 0) return [0, 1];
	const p = solved / n;
	const z2 = z95 * z95;
	const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
	const half = (z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
	return [solved === 0 ? 0 : Math.max(0, centre - half), solved === n ? 1 : Math.min(1, centre + half)];
}

/** Outcomes of one pair of arms on the same problems. */
export interface PairedCounts {
	readonly both: number;
	readonly onlyA: number;
	readonly onlyB: number;
	readonly neither: number;
}

/** Exact two-sided McNemar test: the binomial test of the discordant pairs against one half. */
export function mcnemarExact({ onlyA, onlyB }: PairedCounts): number {
	const n = onlyA + onlyB;
	if (n === 0) return 1;
	return Math.min(1, 2 * binomialTail(Math.min(onlyA, onlyB), n));
}

/** P(X ≤ k) for X ~ B(n, 1/2), summed in logarithms so that large n do not underflow. */
function binomialTail(k: number, n: number): number {
	let term = -n * Math.LN2;
	let sum = Math.exp(term);
	for (let i = 1; i <= k; i++) {
		term += Math.log((n - i + 1) / i);
		sum += Math.exp(term);
	}
	return Math.min(1, sum);
}

/**
 * 95 % interval of the difference of two paired shares, a − b: the square-and-add method with Wilson's limits and the
 * correlation of the pairs (R. G. Newcombe, Statistics in Medicine 17, 1998, method 10).
 */
export function newcombePaired(counts: PairedCounts): Interval {
	const { both, onlyA, onlyB, neither } = counts;
	const n = both + onlyA + onlyB + neither;
	if (n === 0) return [-1, 1];
	const a = (both + onlyA) / n;
	const b = (both + onlyB) / n;
	const [aLow, aHigh] = wilson(both + onlyA, n);
	const [bLow, bHigh] = wilson(both + onlyB, n);
	const phi = correlation(counts, n);
	const span = (da: number, db: number) => Math.sqrt(Math.max(0, da * da - 2 * phi * da * db + db * db));
	return [a - b - span(a - aLow, bHigh - b), a - b + span(aHigh - a, b - bLow)];
}

/** Newcombe's phi, its numerator corrected towards 0 where it is positive. */
function correlation({ both, onlyA, onlyB, neither }: PairedCounts, n: number): number {
	const margins = (both + onlyA) * (onlyB + neither) * (both + onlyB) * (onlyA + neither);
	if (margins === 0) return 0;
	const numerator = both * neither - onlyA * onlyB;
	const corrected = numerator > 0 ? Math.max(0, numerator - n / 2) : numerator;
	return corrected / Math.sqrt(margins);
}

/** Holm's step-down adjustment; the adjusted values stand where the given ones stood. */
export function holm(pValues: readonly number[]): readonly number[] {
	const order = pValues.map((p, index) => ({ p, index })).sort((x, y) => x.p - y.p);
	const adjusted = new Array<number>(pValues.length).fill(1);
	let running = 0;
	for (const [rank, { p, index }] of order.entries()) {
		running = Math.max(running, Math.min(1, p * (pValues.length - rank)));
		adjusted[index] = running;
	}
	return adjusted;
}

const permutations = 20_000;
/** Up to here every sign pattern is tried. */
const mostPatterns = 14;

/**
 * Two-sided sign-flip permutation test that the mean of per-problem differences is 0. Exact for differences of shares of a
 * few answers, and for up to 14 differences that are not 0; else 20,000 seeded flips with the usual correction
 * (B + 1)/(M + 1).
 */
export function permutationTest(differences: readonly number[], seed: number): number {
	const moved = differences.filter((difference) => difference !== 0);
	if (moved.length === 0) return 1;
	const multiples = asMultiples(moved);
	if (multiples) return exactTail(multiples);
	const observed = Math.abs(sum(moved));
	const reached = (total: number) => Math.abs(total) >= observed - 1e-9;
	if (moved.length <= mostPatterns) {
		let count = 0;
		const patterns = 2 ** moved.length;
		for (let bits = 0; bits < patterns; bits++) {
			if (reached(moved.reduce((total, value, i) => total + ((bits >> i) & 1 ? value : -value), 0))) count++;
		}
		return count / patterns;
	}
	const random = seededRandom(seed);
	let count = 0;
	for (let i = 0; i < permutations; i++) if (reached(flippedTotal(moved, random))) count++;
	return (count + 1) / (permutations + 1);
}

const finestUnit = 1000;
const mostSums = 2e8;

/** The values as whole numbers of their largest common unit 1/d, where there is one that is not too fine. */
function asMultiples(values: readonly number[]): readonly number[] | undefined {
	for (let d = 1; d <= finestUnit; d++) {
		if (!values.every((value) => Math.abs(value * d - Math.round(value * d)) < 1e-9)) continue;
		const multiples = values.map((value) => Math.round(value * d));
		return multiples.length * reachOf(multiples) <= mostSums ? multiples : undefined;
	}
	return undefined;
}

/** How far from 0 a sum with any signs can be. */
function reachOf(multiples: readonly number[]): number {
	return multiples.reduce((total, multiple) => total + Math.abs(multiple), 0);
}

/** P(|sum with signs drawn| ≥ |sum as it is|), from the chance of every sum. */
function exactTail(multiples: readonly number[]): number {
	const zero = reachOf(multiples);
	let chances = new Float64Array(2 * zero + 1);
	let next = new Float64Array(2 * zero + 1);
	chances[zero] = 1;
	let reach = 0;
	for (const multiple of multiples) {
		next.fill(0);
		for (let at = zero - reach; at <= zero + reach; at++) {
			const half = (chances[at] ?? 0) / 2;
			next[at - multiple] = (next[at - multiple] ?? 0) + half;
			next[at + multiple] = (next[at + multiple] ?? 0) + half;
		}
		reach += Math.abs(multiple);
		[chances, next] = [next, chances];
	}
	const observed = Math.abs(sum(multiples));
	return Math.min(1, sum([...chances].filter((_, at) => Math.abs(at - zero) >= observed)));
}

/** The sum with every sign drawn; one number of chance has the signs of 32 values. */
function flippedTotal(values: readonly number[], random: () => number): number {
	let total = 0;
	let signs = 0;
	for (let i = 0; i < values.length; i++) {
		if (i % 32 === 0) signs = random() * 2 ** 32;
		const value = values[i] ?? 0;
		total += (signs >>> (i % 32)) & 1 ? value : -value;
	}
	return total;
}

const resamples = 10_000;

/** 95 % percentile bootstrap interval of a mean over problems, seeded. */
export function bootstrapMean(values: readonly number[], seed: number): Interval {
	if (values.length === 0) return [-1, 1];
	const random = seededRandom(seed);
	const means = new Float64Array(resamples);
	for (let i = 0; i < resamples; i++) {
		let total = 0;
		for (let j = 0; j < values.length; j++) total += values[Math.floor(random() * values.length)] ?? 0;
		means[i] = total / values.length;
	}
	means.sort();
	return [means[Math.floor(resamples * 0.025)] ?? -1, means[Math.ceil(resamples * 0.975) - 1] ?? 1];
}

/**
 * The smallest gap that n pairs detect with 80 % power at p < 0.05: normal approximation of McNemar's test, with the
 * given share of discordant pairs (R. J. Connor, Biometrics 43, 1987).
 */
export function smallestGap(n: number, discordant = 0.4): number {
	if (n === 0) return 1;
	for (let gap = 0.005; gap < discordant; gap += 0.005) {
		const needed = (z95 * Math.sqrt(discordant) + 0.8416 * Math.sqrt(discordant - gap * gap)) ** 2 / (gap * gap);
		if (needed <= n) return gap;
	}
	return 1;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
