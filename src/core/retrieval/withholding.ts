/** What random withholding in trainings says of an experience: problems that a coin gave it to, against those that it did not. */
import { distancesToWilson, fewestPairs } from './utility.js';

/** The first attempt at a problem for which an experience was found. */
export interface WithholdingOutcome {
	/** The coin left it out. */
	readonly withheld: boolean;
	readonly solved: boolean;
}

export interface Withholding {
	readonly given: number;
	readonly givenSolved: number;
	readonly withheld: number;
	readonly withheldSolved: number;
	/** Share solved where it was given, less that where it was withheld; −1 to 1. */
	readonly effect: number;
	/** 95 %; absent where one of the two groups is empty. */
	readonly interval?: readonly [low: number, high: number];
	/** Absent where one of the groups has fewer than ten problems. */
	readonly verdict?: 'helps' | 'hurts' | 'no evidence';
}

/**
 * Two groups of different problems that differ by the coin alone, so that no pairing is needed: the difference of two
 * independent proportions with the interval of R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10. A
 * problem counts by what the coin said, also where the prompt then had no room for what it gave.
 */
export function withholdingOf(outcomes: Iterable<WithholdingOutcome>): Withholding {
	let [given, givenSolved, withheld, withheldSolved] = [0, 0, 0, 0];
	for (const outcome of outcomes) {
		const solved = outcome.solved ? 1 : 0;
		if (outcome.withheld) {
			withheld++;
			withheldSolved += solved;
		} else {
			given++;
			givenSolved += solved;
		}
	}
	const counts = { given, givenSolved, withheld, withheldSolved };
	if (given === 0 || withheld === 0) return { ...counts, effect: 0 };
	const effect = givenSolved / given - withheldSolved / withheld;
	const [givenBelow, givenAbove] = distancesToWilson(givenSolved, given);
	const [withheldBelow, withheldAbove] = distancesToWilson(withheldSolved, withheld);
	const interval = [
		effect - Math.hypot(givenBelow, withheldAbove),
		effect + Math.hypot(givenAbove, withheldBelow),
	] as const;
	if (Math.min(given, withheld) < fewestPairs) return { ...counts, effect, interval };
	const verdict = interval[0] > 0 ? 'helps' : interval[1] < 0 ? 'hurts' : 'no evidence';
	return { ...counts, effect, interval, verdict };
}
