/** Features that labelled variants lend to others: how those scored that share a position or a residue with them. */
import type { Substitution } from './mutant.js';

export const labelNames = ['position_mean', 'neighbour_mean', 'from_mean', 'to_mean'] as const;

/** A labelled variant: what was exchanged, and its score as a deviation (mean 0, standard deviation 1). */
export interface Labelled {
	readonly substitutions: readonly Substitution[];
	readonly deviation: number;
}

/** How strongly a mean of few is drawn towards 0, in variants. */
const shrinkage = 1;
/** How far along the sequence a labelled variant speaks for others: standard deviation of a bell curve, in positions. */
const reach = 2;
/** Beyond so many positions its weight is nothing. */
const furthest = 4 * reach;

interface Tally {
	readonly sum: number;
	readonly count: number;
}

/**
 * Means over labelled variants, ready to be asked. They are of deviations and drawn towards 0, so that a variant about which
 * nothing is known gets 0, and means of different folds can be compared.
 */
export class LabelFeatures {
	private readonly positions = new Map<number, Tally>();
	private readonly from = new Map<string, Tally>();
	private readonly to = new Map<string, Tally>();

	/** @param labelled without the variants that will be asked about: none lends its score to itself */
	constructor(labelled: readonly Labelled[]) {
		for (const { substitutions, deviation } of labelled) {
			for (const { from, position, to } of substitutions) {
				add(this.positions, position, deviation);
				add(this.from, from, deviation);
				add(this.to, to, deviation);
			}
		}
	}

	/** In the order of `labelNames`; of several substitutions the mean. */
	of(substitutions: readonly Substitution[]): readonly number[] {
		const each = substitutions.map(({ from, position, to }) => [
			shrunk(this.positions.get(position)),
			this.around(position),
			shrunk(this.from.get(from)),
			shrunk(this.to.get(to)),
		]);
		return labelNames.map((_, column) => each.reduce((sum, row) => sum + (row[column] ?? 0), 0) / each.length);
	}

	private around(position: number): number {
		let sum = 0;
		let weights = 0;
		for (let at = position - furthest; at <= position + furthest; at++) {
			const tally = this.positions.get(at);
			if (!tally) continue;
			const weight = Math.exp(-((at - position) ** 2) / (2 * reach ** 2));
			sum += weight * tally.sum;
			weights += weight * tally.count;
		}
		return sum / (weights + shrinkage);
	}
}

function add<K>(tallies: Map<K, Tally>, key: K, deviation: number): void {
	const { sum, count } = tallies.get(key) ?? { sum: 0, count: 0 };
	tallies.set(key, { sum: sum + deviation, count: count + 1 });
}

function shrunk(tally: Tally | undefined): number {
	return tally ? tally.sum / (tally.count + shrinkage) : 0;
}
