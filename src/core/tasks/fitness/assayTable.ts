/** All that a formula is asked about an assay: rows of standardised features, and which of them cross-validation may use. */
import { hashSeed, seededRandom, shuffled } from '../../random.js';
import { TaskError } from '../task.js';
import type { Assay, MeasuredVariant, Variant } from './assay.js';
import { spreadOf, standardised } from './columns.js';
import { LabelFeatures, labelNames } from './labelFeatures.js';
import { parseMutant, type Substitution } from './mutant.js';
import { substitutionFeatures, substitutionNames } from './substitutionFeatures.js';

/** Features of one variant, in the order of the table's names. */
export type Row = readonly number[];

/** A labelled variant to fit weights on: its row, and which of the labelled ones it is. */
export interface TrainingRow {
	readonly row: number;
	readonly labelled: number;
}

export interface Fold {
	/** The labelled variants that it holds out. */
	readonly heldOut: readonly number[];
	/** All others, without any trace of those that are held out. */
	readonly training: readonly TrainingRow[];
}

export interface AssayTable {
	readonly names: readonly string[];
	/** A variant may stand in several rows, with what different folds may know of it. */
	readonly rows: readonly Row[];
	/** Of each labelled variant: its row, without what its own fold knows. */
	readonly labelled: readonly number[];
	/** Scores of the labelled variants. */
	readonly scores: readonly number[];
	readonly folds: readonly Fold[];
	/** Rows of the unseen variants. */
	readonly unseen: readonly number[];
	readonly unseenScores?: readonly number[] | undefined;
}

export interface TableOptions {
	/** Adds features that are computed from the variants' names and from the labelled scores. */
	readonly computed: boolean;
	readonly seed: number;
}

export const foldCount = 5;

/** @throws {TaskError} `bad-problem` where there are no features, or a variant's name says no substitution */
export function assayTable(assay: Assay, { computed, seed }: TableOptions): AssayTable {
	const variants: readonly Variant[] = [...assay.labelled, ...assay.unseen];
	const given = [...new Set(variants.flatMap(({ features }) => Object.keys(features)))];
	const columns = given.map((name) => standardised(variants.map(({ features }) => features[name] ?? null)));
	const foldOf = foldsOf(assay.labelled.length, seed);
	const shared = { names: given, scores: assay.labelled.map(({ score }) => score), unseenScores: assay.unseenScores };
	if (computed) {
		const substitutions = variants.map(substitutionsOf);
		const own = transposed(substitutions.map(substitutionFeatures)).map(standardised);
		const fixed = transposed([...columns, ...own]);
		const names = [...given, ...substitutionNames, ...labelNames];
		return { ...shared, names, ...rowsWithLabels(fixed, substitutions, assay.labelled, foldOf) };
	}
	if (given.length === 0) {
		throw new TaskError(
			'bad-problem',
			'The variants have no "features"; give them some, or set "grader": { "computed": true } in flex-task.json.',
		);
	}
	return { ...shared, ...plainRows(transposed(columns), foldOf) };
}

/** The fold of each labelled variant: a seeded division into parts of equal size. */
function foldsOf(count: number, seed: number): readonly number[] {
	const order = shuffled(
		Array.from({ length: count }, (_, index) => index),
		seededRandom(hashSeed(seed, 'folds')),
	);
	const foldOf = new Array<number>(count).fill(0);
	for (const [place, index] of order.entries()) foldOf[index] = place % foldCount;
	return foldOf;
}

/** Without label features a variant is the same in every fold. */
function plainRows(rows: readonly Row[], foldOf: readonly number[]) {
	const all = foldOf.map((_, labelled) => ({ row: labelled, labelled }));
	return {
		rows,
		labelled: foldOf.map((_, index) => index),
		folds: Array.from({ length: foldCount }, (_, fold) => ({
			heldOut: all.flatMap(({ labelled }) => (foldOf[labelled] === fold ? [labelled] : [])),
			training: all.filter(({ labelled }) => foldOf[labelled] !== fold),
		})),
		unseen: rows.slice(foldOf.length).map((_, index) => foldOf.length + index),
	};
}

/**
 * Label features of a labelled variant come from the other folds; those of a training row also without the fold that it is
 * to predict. So what cross-validation says holds for unseen variants, whose features come from all labelled ones.
 */
function rowsWithLabels(
	fixed: readonly Row[],
	substitutions: readonly (readonly Substitution[])[],
	variants: readonly MeasuredVariant[],
	foldOf: readonly number[],
) {
	const { mean, deviation } = spreadOf(variants.map(({ score }) => score));
	const labels = variants.map(({ score }, index) => ({
		substitutions: substitutions[index] ?? [],
		deviation: deviation === 0 ? 0 : (score - mean) / deviation,
	}));
	const without = (...folds: readonly number[]) =>
		new LabelFeatures(labels.filter((_, index) => !folds.includes(foldOf[index] ?? 0)));
	const fromAll = new LabelFeatures(labels);
	const unseenLabels = substitutions.slice(variants.length).map((own) => fromAll.of(own));
	const scales = transposed(unseenLabels).map(spreadOf);
	const rows: Row[] = [];
	const add = (variant: number, features: LabelFeatures): number => {
		const own = features.of(substitutions[variant] ?? []);
		const scaled = own.map((value, column) => value / (scales[column]?.deviation || 1));
		return rows.push([...(fixed[variant] ?? []), ...scaled]) - 1;
	};
	const byFold = Array.from({ length: foldCount }, (_, fold) => without(fold));
	const labelled = foldOf.map((fold, index) => add(index, byFold[fold] ?? fromAll));
	const folds = byFold.map((_, fold) => {
		const inner = byFold.map((_features, other) => without(fold, other));
		return {
			heldOut: foldOf.flatMap((own, index) => (own === fold ? [index] : [])),
			training: foldOf.flatMap((own, index) =>
				own === fold ? [] : [{ row: add(index, inner[own] ?? fromAll), labelled: index }],
			),
		};
	});
	const unseen = substitutions.slice(variants.length).map((_, index) => add(variants.length + index, fromAll));
	return { rows, labelled, folds, unseen };
}

function substitutionsOf({ mutant }: Variant): readonly Substitution[] {
	const parsed = parseMutant(mutant);
	if (parsed) return parsed;
	throw new TaskError(
		'bad-problem',
		`"${mutant}" names no substitution like A2C, so nothing can be computed from it; give the variants "features" instead.`,
	);
}

function transposed(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
	return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
}
