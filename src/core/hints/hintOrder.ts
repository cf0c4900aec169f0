/** Which hints of a place come first, and which never again: by what is known of their experiences. */
import type { UseCount } from '../experience/store.js';
import type { Hint } from './hintIndex.js';

/** What people and benchmarks found. */
export interface HintOpinion {
	readonly uses: UseCount | undefined;
	/** What paired evidence says; undefined where there is too little. */
	readonly verdict: 'helps' | 'hurts' | 'no evidence' | 'unknown' | undefined;
}

/** Called not helpful so many times more often than helpful, an experience is no hint any more. */
export const mostUnhelpful = 3;

/** Warnings that a diagnostic is about come first, then what else one is about, then the surest. */
export function orderedHints<H extends Hint>(hints: readonly H[], opinionOf: (hint: H) => HintOpinion): readonly H[] {
	return hints
		.map((hint) => ({ hint, opinion: opinionOf(hint) }))
		.filter(({ opinion }) => unhelpful(opinion) < mostUnhelpful)
		.map(({ hint, opinion }) => ({ hint, rank: rankOf(hint, opinion) }))
		.sort((a, b) => b.rank - a.rank || (a.hint.experience.id < b.hint.experience.id ? -1 : 1))
		.map(({ hint }) => hint);
}

function rankOf({ onFinding, experience, strength }: Hint, opinion: HintOpinion): number {
	const first = onFinding ? (experience.zone === 'golden' ? 1 : 2) : 0;
	const evidence = opinion.verdict === 'helps' ? 1.15 : opinion.verdict === 'hurts' ? 0.6 : 1;
	return 2 * first + strength * evidence * 0.75 ** Math.max(0, unhelpful(opinion));
}

function unhelpful({ uses }: HintOpinion): number {
	return (uses?.unhelpful ?? 0) - (uses?.helpful ?? 0);
}
