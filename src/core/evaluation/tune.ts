/** Chooses by measurement on `dev` how a model should be given its experience, and how many examples it copes with. */
import type { RenderingOptions } from '../experience/rendering.js';
import type { RetrievalLimits } from '../experience/store.js';
import type { ArmName } from './arms.js';

/** One way to be tried: an arm with its settings. */
export interface TuneCandidate {
	readonly arm: Extract<ArmName, 'flex' | 'icl-similar' | 'llm'>;
	readonly name: string;
	readonly rendering: RenderingOptions;
	readonly retrieval: RetrievalLimits;
	readonly iclSimilarShots: number;
}

export interface TuneResult {
	readonly candidate: TuneCandidate;
	readonly n: number;
	readonly solved: number;
	/** Mean tokens of a prompt. */
	readonly tokens: number;
}

/** What `tune` found for a problem set and a model: an entry of `.flex/profiles.json`. */
export interface TunedProfile {
	readonly set: string;
	readonly model: string;
	/** Hash of the model file, or the endpoint. */
	readonly identity: string;
	readonly rendering: RenderingOptions;
	readonly retrieval: RetrievalLimits;
	readonly iclSimilarShots: number;
	readonly measured: readonly {
		readonly name: string;
		readonly n: number;
		readonly solved: number;
		readonly tokens: number;
	}[];
}

/** The grid: what a model copes with differs too much to be guessed. Every way keeps to `budgetTokens`. */
export function tuneCandidates(budgetTokens: number, minMatch: number): readonly TuneCandidate[] {
	const plain = { style: 'both', budgetTokens, prefixTokens: 0, leadingCases: 0, named: false } as const;
	const asTurns = { ...plain, style: 'turns' } as const;
	return [
		flexWay('kind named, 4 cases', { style: 'turns', named: true }, 4),
		flexWay('kind named, 8 cases', { style: 'turns', named: true }, 8),
		flexWay('4 cases as turns', { style: 'turns' }, 4),
		flexWay('leading rules, 4 cases', { style: 'both', prefixTokens: Math.round(budgetTokens * 0.65) }, 4),
		...[4, 8].map(similarWay),
		{ arm: 'llm', name: 'the model alone', rendering: asTurns, retrieval: limits(0), iclSimilarShots: 0 },
	];

	function flexWay(name: string, rendering: Partial<RenderingOptions>, cases: number): TuneCandidate {
		return { arm: 'flex', name, rendering: { ...plain, ...rendering }, retrieval: limits(cases), iclSimilarShots: 4 };
	}

	function similarWay(shots: number): TuneCandidate {
		return {
			arm: 'icl-similar',
			name: `${shots} similar examples`,
			rendering: asTurns,
			retrieval: limits(shots),
			iclSimilarShots: shots,
		};
	}

	function limits(cases: number): RetrievalLimits {
		return { experiences: cases, patterns: cases, cases, minMatch };
	}
}

/** The best way of an arm: most solved, then fewest tokens, then first in the grid. */
export function bestOf(results: readonly TuneResult[], arm: TuneCandidate['arm']): TuneResult | undefined {
	return results
		.filter((result) => result.candidate.arm === arm)
		.toSorted((a, b) => b.solved / b.n - a.solved / a.n || a.tokens - b.tokens)[0];
}

/** The best way with experience, and the model alone, where that solved at least as much: it may not help here. */
export function noGain(
	results: readonly TuneResult[],
): { readonly flex: TuneResult; readonly alone: TuneResult } | undefined {
	const [flex, alone] = [bestOf(results, 'flex'), bestOf(results, 'llm')];
	return flex && alone && alone.solved / alone.n >= flex.solved / flex.n ? { flex, alone } : undefined;
}
