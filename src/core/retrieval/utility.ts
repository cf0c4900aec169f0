/** Whether an experience helps: from pairs of the same problem with and without it, and from nothing else. */

/** One problem, answered with the experience in the prompt and again without it, all else equal. */
export interface PairedOutcome {
	readonly withSolved: boolean;
	readonly withoutSolved: boolean;
}

export interface Utility {
	/** Problems solved only with the experience. */
	readonly helped: number;
	/** Problems solved only without it. */
	readonly hurt: number;
	readonly pairs: number;
	/** 95 % interval of (helped − hurt) / pairs, between −1 and 1; absent without pairs. */
	readonly interval?: readonly [low: number, high: number];
	/** Absent under `fewestPairs` pairs. */
	readonly verdict?: 'helps' | 'hurts' | 'no evidence';
}

/** Under so many pairs there is no verdict, whatever the interval says. */
export const fewestPairs = 10;

/** What the pairs say; outcomes that have no counterpart say nothing about an experience and do not belong here. */
export function utilityOf(outcomes: Iterable<PairedOutcome>): Utility {
	let [both, helped, hurt, neither] = [0, 0, 0, 0];
	for (const { withSolved, withoutSolved } of outcomes) {
		if (withSolved && withoutSolved) both++;
		else if (withSolved) helped++;
		else if (withoutSolved) hurt++;
		else neither++;
	}
	const pairs = both + helped + hurt + neither;
	if (pairs === 0) return { helped, hurt, pairs };
	const interval = pairedInterval(both, helped, hurt, neither);
	if (pairs < fewestPairs) return { helped, hurt, pairs, interval };
	const verdict = interval[0] > 0 ? 'helps' : interval[1] < 0 ? 'hurts' : 'no evidence';
	return { helped, hurt, pairs, interval, verdict };
}

/**
 * 95 % interval of the difference of two paired proportions, by method 10 of R. G. Newcombe, "Improved confidence
 * intervals for the difference between binomial proportions based on paired data", Statistics in Medicine 17 (1998):
 * Wilson's intervals of both proportions, joined with their correlation.
 */
function pairedInterval(both: number, helped: number, hurt: number, neither: number): readonly [number, number] {
	const pairs = both + helped + hurt + neither;
	const difference = (helped - hurt) / pairs;
	const [lowWith, highWith] = distancesToWilson(both + helped, pairs);
	const [lowWithout, highWithout] = distancesToWilson(both + hurt, pairs);
	const correlation = correlationOf(both, helped, hurt, neither);
	const distance = (a: number, b: number): number => Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
	return [difference - distance(lowWith, highWithout), difference + distance(highWith, lowWithout)];
}

/** How far below and above the proportion the ends of its Wilson interval lie. */
export function distancesToWilson(solved: number, pairs: number): readonly [below: number, above: number] {
	const z = 1.959964;
	const share = solved / pairs;
	const centre = (share + (z * z) / (2 * pairs)) / (1 + (z * z) / pairs);
	const half = (z * Math.sqrt((share * (1 - share)) / pairs + (z * z) / (4 * pairs * pairs))) / (1 + (z * z) / pairs);
	return [share - centre + half, centre + half - share];
}

/** φ of the table, its numerator moved towards 0 by half the number of pairs where it is positive, as in the paper. */
function correlationOf(both: number, helped: number, hurt: number, neither: number): number {
	const product = (both + helped) * (hurt + neither) * (both + hurt) * (helped + neither);
	if (product === 0) return 0;
	const excess = both * neither - helped * hurt;
	const corrected = excess > 0 ? Math.max(0, excess - (both + helped + hurt + neither) / 2) : excess;
	return corrected / Math.sqrt(product);
}
