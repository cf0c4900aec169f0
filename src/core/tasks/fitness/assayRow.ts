/** Writes the problem that an assay poses: its question shows what the labelled variants say of each feature. */

import type { AssaySource, MeasuredVariant } from './assay.js';
import { assayTable, type TableOptions } from './assayTable.js';
import { divideAssay } from './divideAssay.js';
import { fusionText, rankedFeatures } from './fusion.js';
import { bestFusion } from './recipes.js';

export interface AssayRowInput extends TableOptions, Pick<AssaySource, 'file' | 'labelled'> {
	readonly id: string;
	/** What was measured of which protein, in a sentence. */
	readonly about: string;
	readonly variants: readonly MeasuredVariant[];
}

export interface AssayRow extends Readonly<Record<string, unknown>> {
	readonly id: string;
	readonly question: string;
	readonly answer: string;
	readonly assay: string;
	readonly labelled: AssaySource['labelled'];
	readonly seed: number;
}

/**
 * `answer` is the best of a few simple formulas (`recipesFor`), chosen by cross-validation on the labelled variants: a good
 * answer, not the right one. Nothing in the row comes from the scores of unseen variants.
 * @throws {TaskError} `bad-problem`
 */
export function assayRow(input: AssayRowInput): AssayRow {
	const { id, about, variants, file, labelled, seed } = input;
	const assay = divideAssay(variants, { file, labelled, seed }, true);
	const table = assayTable(assay, input);
	const features = rankedFeatures(table).map(
		({ name, sign, rho }) => `${name}: ${sign < 0 ? '-' : ''}${rho.toFixed(2)}`,
	);
	const question = [
		`${about} ${assay.labelled.length} variants are labelled (drawn with seed ${seed}), ${assay.unseen.length} are to be ranked.`,
		'Features, each with its rank correlation with the measured score on the labelled variants (negative: less is fitter):',
		...features,
	].join('\n');
	return { id, question, answer: fusionText(bestFusion(table).fusion), assay: file, labelled, seed };
}
