/** The values of a new benchmark: what the form was left with, where it still fits what can be measured now. */
import type { BenchOptions, BenchPlan, BenchSet } from '../../../src/protocol/benchmarks.js';

export const seeds = [1, 2, 3, 4, 5];
export const mostSamples = 64;

/** What was chosen before, and for the rest what is usual. */
export function planFrom(options: BenchOptions, kept: Partial<BenchPlan>): BenchPlan {
	const set = options.sets.find(({ key }) => key === kept.set) ?? options.sets[0];
	const split = usualSplit(set, kept.split);
	const known = new Set(options.arms.map(({ arm }) => arm));
	const arms = kept.arms ?? options.arms.filter(({ usual }) => usual).map(({ arm }) => arm);
	return {
		set: set?.key ?? '',
		split,
		arms: arms.filter((arm) => known.has(arm)),
		model: options.models.some(({ id }) => id === kept.model) ? (kept.model ?? options.model) : options.model,
		library: options.libraries.some(({ key }) => key === kept.library) ? (kept.library ?? '') : '',
		limit: Math.min(kept.limit ?? 0, problemsIn(set, split)),
		samples: Math.min(mostSamples, Math.max(1, kept.samples ?? options.samples)),
		seed: seeds.includes(kept.seed ?? 0) ? (kept.seed ?? 1) : 1,
	};
}

/** Problems for every day where there are any; test problems are for the last word. */
function usualSplit(set: BenchSet | undefined, kept: BenchPlan['split'] | undefined): BenchPlan['split'] {
	const there = set?.splits.map(({ split }) => split) ?? [];
	if (kept && there.includes(kept)) return kept;
	return there.includes('dev') ? 'dev' : (there[0] ?? 'dev');
}

export function problemsIn(set: BenchSet | undefined, split: BenchPlan['split']): number {
	return set?.splits.find((one) => one.split === split)?.n ?? 0;
}
