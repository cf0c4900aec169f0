/**
 * What a fused formula is worth on protein fitness, without any model: an actor that only proposes the recipes of
 * `recipes.ts` chooses one by cross-validation on 100 labelled variants, and it is measured once on all unseen ones, for ten
 * drawings; against the best single feature chosen the same way, and in hindsight. Then leave-one-assay-out: the recipe is
 * chosen on labelled variants of the other assays. Deterministic.
 */
import { rhoDifference } from '../src/core/evaluation/rankStatistics.js';
import { bootstrapMean } from '../src/core/evaluation/statistics.js';
import { spearman } from '../src/core/spearman.js';
import type { MeasuredVariant } from '../src/core/tasks/fitness/assay.js';
import { type AssayTable, assayTable } from '../src/core/tasks/fitness/assayTable.js';
import { divideAssay } from '../src/core/tasks/fitness/divideAssay.js';
import { type AssessedFusion, assessFusion, rankedFeatures } from '../src/core/tasks/fitness/fusion.js';
import { recipeRho, recipesFor } from '../src/core/tasks/fitness/recipes.js';
import { scanNames } from '../src/providers/datasets/fitnessDatasets.js';
import { readScan, scansFolder } from './support/scans.js';

const labelled = 100;
const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
/** Of the bootstrap over variants, for each drawing. */
const resamples = 500;
/** The recipe that is the baseline. */
const single = 'best single feature';

interface AssessedRecipe extends AssessedFusion {
	/** By cross-validation on the labelled variants, the choice of features included. */
	readonly rho: number;
}

/** One drawing of labelled variants: every recipe assessed. */
interface Drawing {
	readonly table: AssayTable;
	readonly byRecipe: ReadonlyMap<string, AssessedRecipe>;
	/** ρ of the feature that is best on the unseen variants themselves. */
	readonly hindsight: number;
}

function draw(variants: readonly MeasuredVariant[], seed: number, computed: boolean): Drawing {
	const assay = divideAssay(variants, { file: 'scan', labelled, seed }, false);
	const table = assayTable(assay, { computed, seed });
	const ranked = rankedFeatures(table);
	const { unseen, unseenScores = [] } = table;
	const each = table.names.map((_, column) =>
		Math.abs(
			spearman(
				unseen.map((row) => table.rows[row]?.[column] ?? 0),
				unseenScores,
			),
		),
	);
	return {
		table,
		byRecipe: new Map(
			recipesFor(table.names).map((recipe) => [
				recipe.name,
				{ ...assessFusion(recipe.fusion(ranked), table), rho: recipeRho(recipe, table) },
			]),
		),
		hindsight: Math.max(...each),
	};
}

function of(drawing: Drawing, recipe: string): AssessedRecipe {
	const found = drawing.byRecipe.get(recipe);
	if (!found) throw new RangeError(`There is no recipe "${recipe}".`);
	return found;
}

/** The recipe that cross-validation on the labelled variants recommends. */
function chosenBy({ byRecipe }: Drawing): string {
	const [best] = [...byRecipe].sort(([, a], [, b]) => b.rho - a.rho);
	return best?.[0] ?? single;
}

/** The recipe with the best mean cross-validated ρ over drawings of other assays. */
function learnedFrom(drawings: readonly Drawing[]): string {
	const names = [...(drawings[0]?.byRecipe.keys() ?? [])];
	const score = (name: string) => mean(drawings.map((drawing) => of(drawing, name).rho));
	return names.sort((a, b) => score(b) - score(a))[0] ?? single;
}

interface Line {
	readonly name: string;
	readonly rhos: readonly number[];
	/** Against the single feature chosen on the same labels, drawing by drawing. */
	readonly against?: readonly { readonly diff: number; readonly ci95: readonly [number, number] }[];
}

function lineOf(name: string, drawings: readonly Drawing[], recipeOf: (drawing: Drawing) => string): Line {
	const pairs = drawings.map((drawing) => ({
		own: of(drawing, recipeOf(drawing)),
		base: of(drawing, single),
		drawing,
	}));
	return {
		name,
		rhos: pairs.map(({ own }) => own.unseen ?? 0),
		against: pairs.map(({ own, base, drawing }, index) =>
			rhoDifference(own.unseenValues, base.unseenValues, drawing.table.unseenScores ?? [], index + 1, resamples),
		),
	};
}

/** The baseline itself, which is compared with nothing. */
function baseline(drawings: readonly Drawing[]): Line {
	return {
		name: 'single feature chosen on the labels',
		rhos: drawings.map((drawing) => of(drawing, single).unseen ?? 0),
	};
}

function print(title: string, lines: readonly Line[]): void {
	console.log(`\n### ${title}\n`);
	console.log(
		'| formula | mean ρ | lowest – highest | against the chosen single feature [95 %] | above, below, of 10 |',
	);
	console.log('|---|---|---|---|---|');
	for (const { name, rhos, against } of lines) {
		const range = `${shown(Math.min(...rhos))} – ${shown(Math.max(...rhos))}`;
		const cells = against ? [differenceOf(against.map(({ diff }) => diff)), wins(against)] : ['–', '–'];
		console.log(`| ${name} | ${shown(mean(rhos))} | ${range} | ${cells.join(' | ')} |`);
	}
}

/** The mean over drawings, with a bootstrap over them. */
function differenceOf(differences: readonly number[]): string {
	const [low, high] = bootstrapMean(differences, 1);
	return `${signed(mean(differences))} [${signed(low)}, ${signed(high)}]`;
}

/** In how many drawings the paired bootstrap over variants leaves no doubt. */
function wins(against: NonNullable<Line['against']>): string {
	const above = against.filter(({ ci95: [low] }) => low > 0).length;
	const below = against.filter(({ ci95: [, high] }) => high < 0).length;
	return `${above}, ${below}`;
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function shown(rho: number): string {
	return rho.toFixed(3).replace('-', '−');
}

function signed(value: number): string {
	return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

/** @returns whether the fused formulas are above the chosen single feature on average */
function modelScores(title: string, variants: readonly MeasuredVariant[]): boolean {
	const drawings = seeds.map((seed) => draw(variants, seed, false));
	const chosen = lineOf('chosen by cross-validation', drawings, chosenBy);
	const all = lineOf('mean of all 13', drawings, () => 'mean of all');
	const base = baseline(drawings);
	print(`${title}: ${variants.length} variants, ${labelled} labelled`, [
		base,
		{ name: 'best single feature in hindsight', rhos: drawings.map(({ hindsight }) => hindsight) },
		lineOf('mean of the best 8', drawings, () => 'mean of the best 8'),
		all,
		lineOf('all, weights fitted', drawings, () => 'all, weights fitted'),
		chosen,
	]);
	return mean(chosen.rhos) > mean(base.rhos) && mean(all.rhos) > mean(base.rhos);
}

/** @returns for each assay whether the learned recipe is above the chosen single feature on average */
function leaveOneOut(folder: string): readonly boolean[] {
	const byScan = new Map(
		scanNames.map((name) => {
			const variants = readScan(folder, `dms-${name}`);
			return [name, seeds.map((seed) => draw(variants, seed, true))] as const;
		}),
	);
	return scanNames.map((target) => {
		const others = scanNames.filter((name) => name !== target).flatMap((name) => byScan.get(name) ?? []);
		const drawings = byScan.get(target) ?? [];
		const learned = learnedFrom(others);
		const own = lineOf(`learned on the other assays: ${learned}`, drawings, () => learned);
		const base = baseline(drawings);
		print(`${target}, computed features`, [
			base,
			{ name: 'best single feature in hindsight', rhos: drawings.map(({ hindsight }) => hindsight) },
			lineOf('chosen by cross-validation on its own labels', drawings, chosenBy),
			own,
		]);
		return mean(own.rhos) > mean(base.rhos);
	});
}

const folder = scansFolder();
if (folder === undefined) {
	console.log('skipped: FLEX_DATASETS names no folder with blat-features and dms-*');
} else {
	const blat = readScan(folder, 'blat-features');
	const complete = blat.filter(({ features }) => Object.values(features).every((value) => value !== null));
	const whole = [
		modelScores('β-lactamase, complete rows only', complete),
		modelScores('β-lactamase, missing scores filled with the median', blat),
	];
	const left = leaveOneOut(folder);
	const above = left.filter(Boolean).length;
	console.log(
		`\nFused above the chosen single feature: with model scores ${whole.every(Boolean) ? 'yes' : 'no'}; learned on other assays in ${above} of ${left.length}.`,
	);
	if (!whole.every(Boolean) || above * 2 <= left.length) process.exitCode = 1;
}
