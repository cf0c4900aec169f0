/** The public datasets of the kind `fitness`: β-lactamase with model scores, and six scans that leave one protein out. */
import type { Dataset } from './dataset.js';
import type { MirrorSource, OfficialSource } from './datasetFiles.js';

import { leaveOneOutForm, mirrorBlatForm, officialBlatForm } from './fitnessRows.js';

const officialBlat: OfficialSource = {
	repository: 'facebookresearch/esm',
	commit: '2b369911bb5b4b0dda914521b9475cad1656b2ac',
	files: {
		'examples/variant-prediction/data/BLAT_ECOLX_Ranganathan2015_labeled.csv': {
			bytes: 2_488_395,
			blob: '3973e5da7a9a5e291b67bf43965a2047266630a6',
		},
	},
};

/** SHA-256 of `train.jsonl`, `test.jsonl` and `assay.json` of each scan in a mirror folder. */
const scanHashes: Readonly<Record<string, readonly [train: string, test: string, facts: string]>> = {
	BLAT_ECOLX_Stiffler_2015: [
		'54250515efd1f702db60c40937eb8bc9314c8611b5f582b68972bc4ffb3da931',
		'fc86cf7c38dc5e61f7f7d82f7b3633fd85f9123b9ed13ccdd9fd3acbab6fe0ca',
		'46a16be0bb7bb78838cf2671c5a63146d81e4cbb53f1cdcbfd5aa82016a363b4',
	],
	CCDB_ECOLI_Tripathi_2016: [
		'9bef8911a36590c77ea8835451c2707e33c657500ce4e3e802e977665a08f493',
		'd5867aefab03c08762c8dcc42e0b4b8a5c9c62aa2c27e2fc1a7c7cb79ae26fa4',
		'585a6d61280887154cf090671cc68116112eea40eee41867268909f8acb94047',
	],
	ESTA_BACSU_Nutschel_2020: [
		'41e399a30dbbabaf6dec4444f610f8680f81c7324e1a9de922159fe03e936e68',
		'92b55c8cc88440f1f7256edb71f45f6e2068751790cd9d82af3534ada51dfaf5',
		'626e84381c14f9e510aea6f94042748c5098a190604a2f55d1cea339d2f326ae',
	],
	IF1_ECOLI_Kelsic_2016: [
		'9239103c6befbd3b9c873c39893c041852a1845035db77768ca2a750a01c9499',
		'47e38cb2dce58407546940bdb4b85f22d0b90bebaefde9fd903678ca67bd8544',
		'78d65b855f8fc2491540dcb809d07d9d661510412dc69110f439235c396dd00e',
	],
	SUMO1_HUMAN_Weile_2017: [
		'1f5bf71e2f3c2c055389a927582108b6dc787eea666a3f9a730cfbd363c3e07c',
		'c1fcbdca2006968419197218684c35ad072ccfdd6fb643b128110dbba9a5363c',
		'b247043d03154afdd30d631ada4944d97660735069a9b53106640a4677306b16',
	],
	'dlg4-binding-multi': [
		'2c9ca482c34763f7d74ebbbe638492b0f876a5ce65d686dbb6cdb73a4c1a933c',
		'3023e09ec42bf995a545d6aaccad16e545aebe327bbdbce1e95a604c1486078c',
		'a0f0ac0ae69c6e6010a5e6b56459aa3c70a7530de701604eff9419484d670919',
	],
};

/** The names of the scans, as their folders in a mirror have them behind "dms-". */
export const scanNames: readonly string[] = Object.keys(scanHashes);

const mirrorBlat: MirrorSource = {
	folder: 'blat-features',
	files: {
		'train.jsonl': 'ef555ff3193b6d8df35f9069ae9f41082b3e49fc6f1750bcf21b43c82d85886a',
		'test.jsonl': 'da6886f0ee09b72e8e48fd02fbd3a903ad42dbc3ef73095a24a89a4b8cda1093',
		...scanFiles('BLAT_ECOLX_Stiffler_2015', ['assay.json']),
	},
};

/** A set needs the files of all scans: it is tested on one and learned on the others. */
function mirrorScans(target: string): MirrorSource {
	const all = scanNames.map((name) => scanFiles(name, ['train.jsonl', 'test.jsonl', 'assay.json']));
	return { folder: `dms-${target}`, files: Object.assign({}, ...all) };
}

/** Paths and hashes of a scan's files, seen from the folder beside it. */
function scanFiles(name: string, wanted: readonly string[]): MirrorSource['files'] {
	const [train = '', test = '', facts = ''] = scanHashes[name] ?? [];
	const hashes: Readonly<Record<string, string>> = { 'train.jsonl': train, 'test.jsonl': test, 'assay.json': facts };
	return Object.fromEntries(wanted.map((file) => [`../dms-${name}/${file}`, hashes[file] ?? '']));
}

const manifest = {
	kind: 'fitness',
	description: 'Rank the variants of a protein by their fitness with a formula over their features.',
	levels: 'flat',
	exploration: { rollouts: 2, rounds: 2, maxAnswerTokens: 320 },
	rendering: { style: 'both', experiences: 3, patterns: 4, cases: 3, budgetTokens: 1800 },
};

const blatNotes = {
	train: 'own: 20 drawings of 100 labelled variants, from a fifth of the variants',
	dev: 'own: 10 further drawings from the same fifth',
	test: 'own: 20 drawings of 100 labelled variants, from the other variants',
};

const names: Readonly<Record<string, string>> = {
	BLAT_ECOLX_Stiffler_2015: 'blat',
	CCDB_ECOLI_Tripathi_2016: 'ccdb',
	ESTA_BACSU_Nutschel_2020: 'esta',
	IF1_ECOLI_Kelsic_2016: 'if1',
	SUMO1_HUMAN_Weile_2017: 'sumo1',
	'dlg4-binding-multi': 'dlg4',
};

export const fitnessDatasets: readonly Dataset[] = [
	{
		name: 'blat-fitness',
		summary: 'protein fitness: β-lactamase variants with 13 zero-shot model scores (the form of the FLEX paper)',
		licence: 'MIT',
		official: { source: officialBlat, ...officialBlatForm, notes: blatNotes },
		mirror: { source: mirrorBlat, ...mirrorBlatForm, notes: blatNotes },
		manifest: { ...manifest, grader: { computed: false } },
	},
	...scanNames.map(
		(target): Dataset => ({
			name: `dms-${names[target] ?? target}`,
			summary: `protein fitness: tested on ${target}, learned on five other scans (ProteinGym)`,
			licence: 'MIT',
			mirror: {
				source: mirrorScans(target),
				...leaveOneOutForm(target, scanNames),
				notes: {
					train: 'own: 4 drawings of 100 labelled variants for each of five other proteins',
					dev: 'own: 2 further drawings for each of the five',
					test: `own: 20 drawings of 100 labelled variants of ${target}`,
				},
			},
			manifest: { ...manifest, grader: { computed: true } },
		}),
	),
];
