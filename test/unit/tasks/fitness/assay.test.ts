/** Assays: variants divided, features made comparable, and cross-validation that no held-out score can reach. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.js';
import { assayRow } from '../../../../src/core/tasks/fitness/assayRow.js';
import { assayTable, foldCount } from '../../../../src/core/tasks/fitness/assayTable.js';
import { assess } from '../../../../src/core/tasks/fitness/assess.js';
import { blosum62 } from '../../../../src/core/tasks/fitness/blosum62.js';
import { standardised } from '../../../../src/core/tasks/fitness/columns.js';
import { divideAssay } from '../../../../src/core/tasks/fitness/divideAssay.js';
import { assessFusion, bestSingle, fusionText, rankedFeatures } from '../../../../src/core/tasks/fitness/fusion.js';
import { LabelFeatures } from '../../../../src/core/tasks/fitness/labelFeatures.js';
import { parseMutant } from '../../../../src/core/tasks/fitness/mutant.js';
import { bestFusion, recipeRho, recipesFor } from '../../../../src/core/tasks/fitness/recipes.js';
import { ridgeWeights } from '../../../../src/core/tasks/fitness/ridge.js';
import { substitutionFeatures, substitutionNames } from '../../../../src/core/tasks/fitness/substitutionFeatures.js';
import { parseVariant } from '../../../../src/core/tasks/fitness/variantsFile.js';
import { variants } from '../../../builders/assays.js';

const all = variants(300);
const drawn = { file: 'made-up.jsonl', labelled: 100, seed: 4 };

describe('a division', () => {
	it('is the same for the same seed, whatever the order of the file, and another for another seed', () => {
		const once = divideAssay(all, drawn, false);
		expect(divideAssay([...all].reverse(), drawn, false)).toEqual(once);
		expect(divideAssay(all, { ...drawn, seed: 5 }, false).labelled).not.toEqual(once.labelled);
		expect([once.labelled.length, once.unseen.length, once.unseenScores?.length]).toEqual([100, 200, 200]);
	});

	it('that withholds has no score of an unseen variant anywhere in it', () => {
		const { unseen, unseenScores } = divideAssay(all, drawn, true);
		expect(unseenScores).toBeUndefined();
		expect(JSON.stringify(unseen)).not.toContain('score');
	});

	it('takes the variants that are named', () => {
		const named = all.slice(0, 20).map(({ mutant }) => mutant);
		expect(
			divideAssay(all, { ...drawn, labelled: named }, true)
				.labelled.map(({ mutant }) => mutant)
				.sort(),
		).toEqual(named.sort());
	});

	it('refuses names that are not there, and too few variants on a side', () => {
		expect(() => divideAssay(all, { ...drawn, labelled: ['W1A'] }, true)).toThrowError(/W1A.*made-up\.jsonl/u);
		expect(() => divideAssay(all, { ...drawn, labelled: 5 }, true)).toThrowError(/at least 10 variants/u);
		expect(() => divideAssay(all, { ...drawn, labelled: 295 }, true)).toThrowError(/at least 10 variants/u);
	});
});

describe('a line of a variants file', () => {
	it('is a variant; features may be missing or null', () => {
		expect(parseVariant('{"mutant":"A2C","score":1}')).toEqual({ mutant: 'A2C', score: 1, features: {} });
		expect(parseVariant('{"mutant":"A2C","score":1,"features":{"x":null},"more":2}')).toEqual({
			mutant: 'A2C',
			score: 1,
			features: { x: null },
		});
	});

	it.each([
		['broken JSON', '{"mutant":', /Not valid JSON/u],
		['a text', '"A2C"', /object/u],
		['no score', '{"mutant":"A2C"}', /"score" is missing/u],
		['a score that is a text', '{"mutant":"A2C","score":"1"}', /"score" must be a number/u],
		['an empty name', '{"mutant":" ","score":1}', /"mutant" is empty/u],
		['a feature that is a text', '{"mutant":"A2C","score":1,"features":{"x":"1"}}', /features\.x/u],
	])('with %s is refused', (_, line, why) => {
		const parsed = parseVariant(line);
		expect('message' in parsed ? parsed.message : '').toMatch(why);
	});
});

describe('features', () => {
	it('get mean 0 and deviation 1, the median where one is missing, and 0 where they never vary', () => {
		const column = standardised([1, null, 2, 3, 3]);
		expect(column[1]).toBeCloseTo((2.5 - 2.3) / Math.sqrt(0.56), 9);
		expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
		expect(standardised([0.1, 0.1, null])).toEqual([0, 0, 0]);
	});

	it('follow from the substitutions: BLOSUM62 in both directions, sums over several', () => {
		expect([
			blosum62('W', 'W'),
			blosum62('A', 'R'),
			blosum62('R', 'A'),
			blosum62('I', 'V'),
			blosum62('W', 'C'),
		]).toEqual([11, -1, -1, 3, -2]);
		const of = (mutant: string, name: string) =>
			substitutionFeatures(parseMutant(mutant) ?? [])[substitutionNames.indexOf(name)];
		expect(of('D3K', 'charge_change')).toBe(2);
		expect(of('I7R', 'hydropathy_change')).toBeCloseTo(-9, 9);
		expect(of('A2C:G5W', 'mutations')).toBe(2);
		expect(of('A2C:G5W', 'blosum62')).toBe(0 + -2);
		expect([parseMutant('2C'), parseMutant('A2'), parseMutant('B2C'), parseMutant('A2C:')]).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
		]);
	});

	it('of labels are drawn towards 0, fade with distance, and are 0 where nothing is known', () => {
		const labels = new LabelFeatures([{ substitutions: [{ from: 'A', position: 10, to: 'C' }], deviation: 2 }]);
		expect(labels.of([{ from: 'A', position: 10, to: 'D' }])).toEqual([1, 1, 1, 0]);
		const [here = 0, near = 0] = [10, 12].map((position) => labels.of([{ from: 'G', position, to: 'D' }])[1]);
		expect(near).toBeGreaterThan(0);
		expect(near).toBeLessThan(here);
		expect(labels.of([{ from: 'G', position: 90, to: 'D' }])).toEqual([0, 0, 0, 0]);
	});
});

describe('the table of an assay', () => {
	const assay = divideAssay(all, drawn, false);

	it('holds each labelled variant out exactly once, the same way each time', () => {
		const table = assayTable(assay, { computed: false, seed: 4 });
		expect(assayTable(assay, { computed: false, seed: 4 })).toEqual(table);
		expect(table.folds.flatMap(({ heldOut }) => heldOut).sort((a, b) => a - b)).toEqual(
			table.scores.map((_, index) => index),
		);
		for (const { heldOut, training } of table.folds) {
			expect(training).toHaveLength(100 - heldOut.length);
			expect(training.some(({ labelled }) => heldOut.includes(labelled))).toBe(false);
		}
		expect(table.folds).toHaveLength(foldCount);
	});

	it('lets no labelled variant see its own score, nor the scores of its fold', () => {
		const table = assayTable(assay, { computed: true, seed: 4 });
		const { heldOut = [] } = table.folds[2] ?? {};
		const changed = {
			...assay,
			// The same scores in another order within the fold: mean and deviation of all stay as they are.
			labelled: assay.labelled.map((variant, index) => {
				const at = heldOut.indexOf(index);
				const other = assay.labelled[heldOut[(at + 1) % heldOut.length] ?? 0];
				return at < 0 || !other ? variant : { ...variant, score: other.score };
			}),
		};
		const after = assayTable(changed, { computed: true, seed: 4 });
		expect(heldOut).toHaveLength(20);
		// Label features of a fold come from the others alone, apart from the scale that all share: no sign can change.
		const signs = (of: typeof table) =>
			heldOut.map((index) => of.rows[of.labelled[index] ?? 0]?.slice(-4).map((value) => Math.sign(value)));
		expect(signs(after)).toEqual(signs(table));
	});

	it('needs features, or names that something can be computed from', () => {
		const bare = divideAssay(
			all.map(({ mutant, score }) => ({ mutant, score, features: {} })),
			drawn,
			true,
		);
		expect(() => assayTable(bare, { computed: false, seed: 1 })).toThrowError(/"computed": true/u);
		expect(assayTable(bare, { computed: true, seed: 1 }).names).toContain('blosum62');
		const odd = divideAssay(
			all.map((variant, index) => ({ ...variant, mutant: `v${index}` })),
			drawn,
			true,
		);
		expect(() => assayTable(odd, { computed: true, seed: 1 })).toThrowError(/names no substitution/u);
	});
});

describe('an assessment', () => {
	const table = assayTable(divideAssay(all, drawn, false), { computed: false, seed: 4 });

	it('finds the features that matter, with their direction', () => {
		const ranked = rankedFeatures(table);
		expect(
			ranked
				.slice(0, 3)
				.map(({ name }) => name)
				.sort(),
		).toEqual(['cost', 'fair', 'good']);
		expect(ranked.find(({ name }) => name === 'cost')?.sign).toBe(-1);
		expect(ranked.at(-1)?.name).toBe('noise');
	});

	it('puts two halves of the truth above each of them, fitted or not', () => {
		const single = bestSingle(table);
		const features = [
			{ name: 'good', sign: 1 as const },
			{ name: 'fair', sign: 1 as const },
		];
		for (const weights of ['equal', 'fitted'] as const) {
			const both = assessFusion({ features, weights }, table);
			expect(both.labelled).toBeGreaterThan(single.labelled + 0.1);
			expect(both.unseen ?? 0).toBeGreaterThan((single.unseen ?? 1) + 0.1);
		}
		expect(bestFusion(table).labelled).toBeGreaterThan(single.labelled);
	});

	it('has no ρ of unseen variants where their scores are withheld', () => {
		const withheld = assayTable(divideAssay(all, drawn, true), { computed: false, seed: 4 });
		const constant = { kind: 'scores' as const, values: withheld.rows.map(() => 1) };
		expect(assess(constant, withheld)).toMatchObject({ labelled: 0, unseen: undefined });
		expect(bestSingle(withheld).labelled).toBe(bestSingle(table).labelled);
	});

	it('of a recipe includes its choice: among features of pure chance the best is worth nothing', () => {
		const names = Array.from({ length: 40 }, (_, column) => `chance_${column}`);
		const random = seededRandom(11);
		const rows = table.rows.map(() => names.map(() => random()));
		const chance = { ...table, names, rows };
		const [single] = recipesFor(names);
		expect(bestSingle(chance).labelled).toBeGreaterThan(0.2);
		expect(single && recipeRho(single, chance)).toBeLessThan(0.2);
	});

	it('fits noise to nothing: terms of pure chance cross-validate near 0', () => {
		const values = table.rows.map((_, row) =>
			Array.from({ length: 30 }, (__, term) => Math.sin(row * 7919 + term * 104_729)),
		);
		expect(Math.abs(assess({ kind: 'terms', values }, table).labelled)).toBeLessThan(0.3);
	});
});

describe('weights', () => {
	it('find the direction of each term and leave out what never varies', () => {
		const rows = Array.from({ length: 60 }, (_, index) => [index, 3, Math.sin(index * 12.9)]);
		const weights = ridgeWeights(
			rows,
			rows.map(([x = 0, , noise = 0]) => -x + noise),
		);
		expect(weights[0]).toBeLessThan(0);
		expect(weights[1]).toBe(0);
		expect(Math.abs((weights[2] ?? 9) * 0.7)).toBeLessThan(Math.abs((weights[0] ?? 0) * 17));
	});
});

describe('the problem that an assay poses', () => {
	it('shows every feature with its correlation, and a formula of the right form as its answer', () => {
		const row = assayRow({ id: 'a', about: 'Something.', variants: all, computed: false, ...drawn });
		expect(row.question).toMatch(/100 variants are labelled \(drawn with seed 4\), 200 are to be ranked/u);
		for (const name of ['good: 0', 'cost: -0', 'fair: 0', 'noise: ']) expect(row.question).toContain(name);
		expect(row.answer).toMatch(/^\(f\) => /u);
		expect(row).toMatchObject({ id: 'a', assay: 'made-up.jsonl', labelled: 100, seed: 4 });
	});

	it('knows nothing of the scores of unseen variants', () => {
		const labelled = new Set(divideAssay(all, drawn, true).labelled.map(({ mutant }) => mutant));
		const other = all.map((variant) =>
			labelled.has(variant.mutant) ? variant : { ...variant, score: -variant.score },
		);
		const input = { id: 'a', about: 'Something.', computed: false, ...drawn };
		expect(assayRow({ ...input, variants: other })).toEqual(assayRow({ ...input, variants: all }));
	});

	it('writes formulas of names that are no identifiers', () => {
		expect(fusionText({ features: [{ name: 'ESM2 (8M)', sign: -1 }], weights: 'equal' })).toBe(
			'(f) => -f["ESM2 (8M)"]',
		);
	});
});
