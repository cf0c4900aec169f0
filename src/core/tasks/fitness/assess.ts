/** How well a formula orders an assay: its rank correlation on labelled variants by cross-validation, and on unseen ones. */
import { mean } from '../../mean.js';
import { spearman } from '../../spearman.js';
import type { AssayTable, TrainingRow } from './assayTable.js';
import { dot, ridgeWeights } from './ridge.js';

/** What a formula gave for every row of the table: a score each, or terms whose weights are to be fitted. */
export type Outputs =
	| { readonly kind: 'scores'; readonly values: readonly number[] }
	| { readonly kind: 'terms'; readonly values: readonly (readonly number[])[] };

export interface Assessment {
	/**
	 * ρ over all labelled variants, each predicted without its own fold: one coefficient, for one of the 20 variants of a fold
	 * would be coarse. Where nothing is fitted and no feature comes from labels it is ρ itself.
	 */
	readonly labelled: number;
	/** ρ over the unseen variants; absent where their scores are withheld. */
	readonly unseen?: number | undefined;
	/** The order that the formula gives to the unseen variants. */
	readonly unseenValues: readonly number[];
}

export function assess(outputs: Outputs, table: AssayTable): Assessment {
	const { labelled, scores, unseenScores } = table;
	const predicted =
		outputs.kind === 'scores' ? labelled.map((row) => outputs.values[row] ?? 0) : byFold(outputs, table);
	const unseenValues =
		outputs.kind === 'scores' ? table.unseen.map((row) => outputs.values[row] ?? 0) : byAll(outputs, table);
	return {
		labelled: spearman(predicted, scores),
		unseen: unseenScores && spearman(unseenValues, unseenScores),
		unseenValues,
	};
}

type Terms = Extract<Outputs, { readonly kind: 'terms' }>;

function byFold({ values }: Terms, { labelled, scores, folds }: AssayTable): readonly number[] {
	const predicted = new Array<number>(labelled.length).fill(0);
	for (const { heldOut, training } of folds) {
		const weights = fit(training, values, scores);
		// Terms have a mean of their own; without it the folds would be compared at different heights.
		const height = mean(training.map(({ row }) => dot(weights, values[row] ?? [])));
		for (const index of heldOut) predicted[index] = dot(weights, values[labelled[index] ?? 0] ?? []) - height;
	}
	return predicted;
}

function byAll({ values }: Terms, { labelled, scores, unseen }: AssayTable): readonly number[] {
	const training = labelled.map((row, index) => ({ row, labelled: index }));
	const weights = fit(training, values, scores);
	return unseen.map((row) => dot(weights, values[row] ?? []));
}

function fit(training: readonly TrainingRow[], values: Terms['values'], scores: readonly number[]): readonly number[] {
	return ridgeWeights(
		training.map(({ row }) => values[row] ?? []),
		training.map(({ labelled }) => scores[labelled] ?? 0),
	);
}
