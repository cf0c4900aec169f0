/** Reads deep mutational scans into fitness problems: variants files, and a row for each drawing of labelled variants. */
import { hashSeed, seededRandom, shuffled } from '../../core/random.js';
import type { MeasuredVariant } from '../../core/tasks/fitness/assay.js';
import { type AssayRow, assayRow } from '../../core/tasks/fitness/assayRow.js';
import type { Rows } from './datasetForms.js';
import { linesOf, type SourceFiles, textOf } from './sourceText.js';

/** Labelled variants of a problem, as in the paper. */
const labelled = 100;
/** Drawings of a split: all of one protein, or of each of several. */
const drawings = {
	train: range(101, 20),
	trainOfMany: range(101, 4),
	dev: range(201, 10),
	devOfMany: range(201, 2),
	test: range(1, 20),
} as const;

function range(first: number, count: number): readonly number[] {
	return Array.from({ length: count }, (_, index) => first + index);
}

const blatAbout = 'TEM-1 beta-lactamase of Escherichia coli; measured: growth in ampicillin.';
const blatCsv = 'examples/variant-prediction/data/BLAT_ECOLX_Ranganathan2015_labeled.csv';

/** Columns of the official table and what we call them. */
const blatColumns: Readonly<Record<string, string>> = {
	mutation_effect_prediction_vae_ensemble: 'deepsequence_vae_ensemble',
	...Object.fromEntries(range(1, 5).map((n) => [`mutation_effect_prediction_vae_${n}`, `deepsequence_vae_${n}`])),
	mutation_effect_prediction_pairwise: 'evmutation_pairwise',
	mutation_effect_prediction_independent: 'site_independent',
	...Object.fromEntries(range(1, 5).map((n) => [`esm1v_t33_650M_UR90_${n}`, `esm1v_wt_${n}`])),
};

/** What becomes of the files of a source. */
export interface FitnessForm {
	read(files: SourceFiles): Rows;
	attachments(files: SourceFiles): Readonly<Record<string, string>>;
}

/** β-lactamase with the scores of zero-shot models, from the table that belongs to ESM-1v. */
export const officialBlatForm: FitnessForm = {
	read: (files) => blatRows(blatParts(blatTable(textOf(files, blatCsv)))),
	attachments: (files) => blatFiles(blatParts(blatTable(textOf(files, blatCsv)))),
};

/** The same from a mirror folder, with what is published of it. */
export const mirrorBlatForm: FitnessForm = {
	read: (files) => blatRows(blatParts(variantsIn(files, ''))),
	attachments: (files) => {
		const facts = factsOf(textOf(files, '../dms-BLAT_ECOLX_Stiffler_2015/assay.json'));
		return { ...blatFiles(blatParts(variantsIn(files, ''))), 'blat-train.json': facts, 'blat-test.json': facts };
	},
};

function blatTable(csv: string): readonly MeasuredVariant[] {
	const [head = '', ...lines] = csv.split(/\r?\n/u);
	const columns = head.split(',');
	return lines.flatMap((line) => {
		const cells = line.split(',');
		const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
		if (cell('mutant') === '' || cell('2500') === '') return [];
		const features = Object.entries(blatColumns).map(([column, name]) => [name, rounded(cell(column))] as const);
		return [{ mutant: cell('mutant'), features: Object.fromEntries(features), score: Number(cell('2500')) }];
	});
}

/** As the mirror folder holds it: four digits behind the point, a half to the even neighbour. */
function rounded(cell: string): number | null {
	if (cell === '') return null;
	const scaled = Number(cell) * 1e4;
	const isHalf = scaled - Math.floor(scaled) === 0.5;
	return (isHalf ? 2 * Math.round(scaled / 2) : Math.round(scaled)) / 1e4;
}

interface BlatParts {
	readonly train: readonly MeasuredVariant[];
	readonly test: readonly MeasuredVariant[];
}

/** Experience is learned on a fifth of the variants and tested on the others, so that no variant is in both. */
function blatParts(variants: readonly MeasuredVariant[]): BlatParts {
	const order = shuffled(sorted(variants), seededRandom(hashSeed(1, 'blat')));
	const cut = Math.round(order.length / 5);
	return { train: sorted(order.slice(0, cut)), test: sorted(order.slice(cut)) };
}

function blatFiles({ train, test }: BlatParts): Readonly<Record<string, string>> {
	return { 'blat-train.jsonl': jsonlOf(train), 'blat-test.jsonl': jsonlOf(test) };
}

function blatRows(parts: BlatParts): Rows {
	const rows = (part: keyof BlatParts, seeds: readonly number[]): readonly AssayRow[] =>
		seeds.map((seed) =>
			assayRow({
				id: `blat-fitness/${part}/${seed}`,
				about: blatAbout,
				variants: parts[part],
				file: `blat-${part}.jsonl`,
				labelled,
				seed,
				computed: false,
			}),
		);
	return {
		train: rows('train', drawings.train),
		dev: rows('train', drawings.dev),
		test: rows('test', drawings.test),
	};
}

/** One assay among others: experience is learned on the others and tested on it. */
export function leaveOneOutForm(target: string, assays: readonly string[]): FitnessForm {
	const variantsOf = (files: SourceFiles, name: string) => sorted(variantsIn(files, `../dms-${name}/`));
	const facts = (files: SourceFiles, name: string) => textOf(files, `../dms-${name}/assay.json`);
	const rows = (files: SourceFiles, name: string, seeds: readonly number[]): readonly AssayRow[] => {
		const variants = variantsOf(files, name);
		const about = aboutOf(name, facts(files, name));
		return seeds.map((seed) =>
			assayRow({ id: `${name}/${seed}`, about, variants, file: `${name}.jsonl`, labelled, seed, computed: true }),
		);
	};
	return {
		read: (files) => {
			const others = assays.filter((name) => name !== target);
			return {
				train: others.flatMap((name) => rows(files, name, drawings.trainOfMany)),
				dev: others.flatMap((name) => rows(files, name, drawings.devOfMany)),
				test: rows(files, target, drawings.test),
			};
		},
		attachments: (files) =>
			Object.fromEntries(
				assays.flatMap((name) => [
					[`${name}.jsonl`, jsonlOf(variantsOf(files, name))],
					[`${name}.json`, factsOf(facts(files, name))],
				]),
			),
	};
}

function variantsIn(files: SourceFiles, folder: string): readonly MeasuredVariant[] {
	return ['train.jsonl', 'test.jsonl'].flatMap((file) =>
		linesOf(textOf(files, `${folder}${file}`)).flatMap(({ mutant, score, features }) =>
			typeof mutant === 'string' && typeof score === 'number' ? [{ mutant, score, features: numbersIn(features) }] : [],
		),
	);
}

function numbersIn(features: unknown): MeasuredVariant['features'] {
	if (typeof features !== 'object' || features === null) return {};
	const entries = Object.entries(features).map(([name, value]) => [name, typeof value === 'number' ? value : null]);
	return Object.fromEntries(entries);
}

function sorted(variants: readonly MeasuredVariant[]): readonly MeasuredVariant[] {
	return [...variants].sort((a, b) => (a.mutant < b.mutant ? -1 : 1));
}

function jsonlOf(variants: readonly MeasuredVariant[]): string {
	const lines = variants.map(({ mutant, features, score }) =>
		JSON.stringify(Object.keys(features).length > 0 ? { mutant, features, score } : { mutant, score }),
	);
	return `${lines.join('\n')}\n`;
}

interface Facts {
	readonly molecule_name?: string;
	readonly source_organism?: string;
	readonly selection_assay?: string;
	readonly published_zero_shot_spearman?: Readonly<Record<string, number>>;
}

function aboutOf(name: string, json: string): string {
	const { molecule_name: molecule, source_organism: organism, selection_assay: measured }: Facts = JSON.parse(json);
	if (!molecule) return `Assay ${name}.`;
	return `${molecule}${organism ? ` of ${organism}` : ''}${measured ? `; measured: ${measured}` : ''}.`;
}

/** What is published of the assay: the correlations of zero-shot models over all of its variants. */
function factsOf(json: string): string {
	const { published_zero_shot_spearman: published = {} }: Facts = JSON.parse(json);
	return `${JSON.stringify({ published, over: 'all variants' }, null, 2)}\n`;
}
