/** Reads deep mutational scans into fitness problems: variants files, and a row for each drawing of labelled variants. */
import { hashSeed, seededRandom, shuffled } from '../../core/random.js';
import type { MeasuredVariant } from '../../core/tasks/fitness/assay.js';
import { type AssayRow, assayRow } from '../../core/tasks/fitness/assayRow.js';
import type { Rows } from './datasetForms.js';
import { linesOf, type SourceFiles, textOf } from './sourceText.js';

/** Labelled variants of a problem, as in the paper. */
const labelled = 100;
const testSeeds = range(1, 10);

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

/** β-lactamase with the scores of zero-shot models, from the table that belongs to ESM-1v. */
export function blatOfficialRows(files: SourceFiles): Rows {
	const [head = '', ...lines] = textOf(files, blatCsv).split(/\r?\n/u);
	const columns = head.split(',');
	const variants = lines.flatMap((line) => {
		const cells = line.split(',');
		const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
		if (cell('mutant') === '' || cell('2500') === '') return [];
		const features = Object.entries(blatColumns).map(([column, name]) => [name, rounded(cell(column))] as const);
		return [{ mutant: cell('mutant'), features: Object.fromEntries(features), score: Number(cell('2500')) }];
	});
	return blatRows(variants, {});
}

/** As the mirror folder holds it: rounded to four digits behind the point. */
function rounded(cell: string): number | null {
	return cell === '' ? null : Math.round(Number(cell) * 1e4) / 1e4;
}

export function blatMirrorRows(files: SourceFiles): Rows {
	const facts = factsOf(textOf(files, '../dms-BLAT_ECOLX_Stiffler_2015/assay.json'));
	return blatRows(variantsIn(files, ''), { 'blat-test.json': facts, 'blat-train.json': facts });
}

/** Experience is learned on a fifth of the variants and tested on the others, so that no variant is in both. */
function blatRows(variants: readonly MeasuredVariant[], facts: Readonly<Record<string, string>>): Rows {
	const order = shuffled(sorted(variants), seededRandom(hashSeed(1, 'blat')));
	const cut = Math.round(order.length / 5);
	const parts = { train: sorted(order.slice(0, cut)), test: sorted(order.slice(cut)) };
	const rows = (part: 'train' | 'test', seeds: readonly number[]): readonly AssayRow[] =>
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
		train: rows('train', range(101, 20)),
		test: rows('test', testSeeds),
		attachments: {
			'blat-train.jsonl': jsonlOf(parts.train),
			'blat-test.jsonl': jsonlOf(parts.test),
			...facts,
		},
	};
}

/** One assay among others: experience is learned on the others and tested on it. */
export function leaveOneOutRows(target: string, assays: readonly string[]) {
	return (files: SourceFiles): Rows => {
		const open = new Map(assays.map((name) => [name, sorted(variantsIn(files, `../dms-${name}/`))]));
		const facts = (name: string) => textOf(files, `../dms-${name}/assay.json`);
		const rows = (name: string, seeds: readonly number[]): readonly AssayRow[] =>
			seeds.map((seed) =>
				assayRow({
					id: `${name}/${seed}`,
					about: aboutOf(name, facts(name)),
					variants: open.get(name) ?? [],
					file: `${name}.jsonl`,
					labelled,
					seed,
					computed: true,
				}),
			);
		return {
			train: assays.filter((name) => name !== target).flatMap((name) => rows(name, range(101, 6))),
			test: rows(target, testSeeds),
			attachments: Object.fromEntries(
				assays.flatMap((name) => [
					[`${name}.jsonl`, jsonlOf(open.get(name) ?? [])],
					[`${name}.json`, factsOf(facts(name))],
				]),
			),
		};
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
