/** Ways to choose and fuse features by what labelled variants say of them, and how good such a way is. */
import { spearman } from '../../spearman.js';
import type { AssayTable, Fold, Row } from './assayTable.js';
import { spreadOf } from './columns.js';
import {
	type AssessedFusion,
	assessFusion,
	type Fusion,
	fusionOutputs,
	type RankedFeature,
	rankedBy,
	rankedFeatures,
} from './fusion.js';
import { dot, ridgeWeights } from './ridge.js';

export interface Recipe {
	readonly name: string;
	fusion(ranked: readonly RankedFeature[]): Fusion;
}

const sizes = [2, 3, 5, 8];

/** How well an exchange is tolerated elsewhere, and how labelled variants near it fared: chosen by knowledge, not by labels. */
const known = ['blosum62', 'position_mean', 'neighbour_mean', 'from_mean', 'to_mean'];

/** The best single feature, means of the best few and of all, the same with fitted weights, and what is known to help. */
export function recipesFor(names: readonly string[]): readonly Recipe[] {
	const general = [
		best('best single feature', 1, 'equal'),
		...sizes.map((size) => best(`mean of the best ${size}`, size, 'equal')),
		best('mean of all', names.length, 'equal'),
		...sizes.slice(1).map((size) => best(`the best ${size}, weights fitted`, size, 'fitted')),
		best('all, weights fitted', names.length, 'fitted'),
	];
	if (!known.every((name) => names.includes(name))) return general;
	const features = known.map((name) => ({ name, sign: 1 as const }));
	return [
		...general,
		{ name: 'BLOSUM62 and label means', fusion: () => ({ features, weights: 'equal' }) },
		{ name: 'BLOSUM62 and label means, weights fitted', fusion: () => ({ features, weights: 'fitted' }) },
	];
}

function best(name: string, size: number, weights: Fusion['weights']): Recipe {
	return { name, fusion: (ranked) => ({ features: ranked.slice(0, size), weights }) };
}

/**
 * ρ of a recipe on the labelled variants: in each fold the features are chosen, too, without the variants that are held out,
 * so that a recipe gains nothing from choosing among many.
 */
export function recipeRho(recipe: Recipe, table: AssayTable): number {
	const predicted = new Array<number>(table.labelled.length).fill(0);
	for (const fold of table.folds) {
		const score = fitted(recipe, table, fold);
		// Folds may choose different features; on one scale they can be ranked together.
		const { mean, deviation } = spreadOf(fold.training.map(({ row }) => score(row)));
		for (const index of fold.heldOut) predicted[index] = (score(table.labelled[index] ?? 0) - mean) / (deviation || 1);
	}
	return spearman(predicted, table.scores);
}

/** What the recipe makes of a fold's training rows: a value for any row. */
function fitted(recipe: Recipe, { names, rows, scores }: AssayTable, { training }: Fold): (row: number) => number {
	const own: readonly Row[] = training.map(({ row }) => rows[row] ?? []);
	const targets = training.map(({ labelled }) => scores[labelled] ?? 0);
	const fusion = recipe.fusion(rankedBy(names, own, targets));
	const outputs = fusionOutputs(fusion, { names, rows });
	if (outputs.kind === 'scores') return (row) => outputs.values[row] ?? 0;
	const weights = ridgeWeights(
		training.map(({ row }) => outputs.values[row] ?? []),
		targets,
	);
	return (row) => dot(weights, outputs.values[row] ?? []);
}

/** The formula of the recipe that cross-validation on the labelled variants finds best. */
export function bestFusion(table: AssayTable): AssessedFusion & { readonly recipe: string } {
	const ranked = rankedFeatures(table);
	const [chosen] = recipesFor(table.names)
		.map((recipe) => ({ recipe, rho: recipeRho(recipe, table) }))
		.sort((a, b) => b.rho - a.rho);
	if (!chosen) throw new RangeError('There are no recipes.');
	return { recipe: chosen.recipe.name, ...assessFusion(chosen.recipe.fusion(ranked), table) };
}
