/** The public datasets that can be added by name: what they are, and where they come from. Their text is never shipped. */
import type { Dataset } from './dataset.js';
import * as source from './datasetFiles.js';
import { bbhRows, gsm8kRows, humanEvalJsRows, mbppJsRows, mirrorRows, paperRows, type Row } from './datasetForms.js';
import { fitnessDatasets } from './fitnessDatasets.js';

const official = 'official';
const own40 = 'our own seeded 40 % of a set without splits';
const own60 = 'our own seeded 60 % of a set without splits';

const worked = {
	levels: 'hierarchical',
	exploration: { rollouts: 2, rounds: 2, maxAnswerTokens: 320 },
	rendering: { style: 'both', experiences: 3, patterns: 4, cases: 2, budgetTokens: 900 },
};

const code = {
	kind: 'code',
	description: 'Complete the JavaScript function.',
	levels: 'hierarchical',
	exploration: { rollouts: 2, rounds: 2, maxAnswerTokens: 400 },
	rendering: { style: 'both', experiences: 3, patterns: 4, cases: 2, budgetTokens: 900 },
};

const single: readonly Dataset[] = [
	{
		name: 'gsm8k',
		summary: 'grade-school word problems with whole numbers as answers',
		licence: 'MIT',
		official: { source: source.officialGsm8k, read: gsm8kRows, notes: { train: official, test: official } },
		mirror: {
			source: source.mirrorGsm8k,
			read: mirrorRows({ train: 'train.jsonl', test: 'test.jsonl' }),
			notes: { train: official, test: 'partial: the first 619 of the official 1,319' },
		},
		manifest: { kind: 'math', description: 'Solve the word problem.', answerFormat: 'one number', ...worked },
	},
	{
		name: 'aime',
		summary: 'competition mathematics, the split of the FLEX paper (test: AIME 2025)',
		licence: 'texts © MAA: for measuring, not for publishing',
		official: {
			source: source.officialAime,
			read: paperRows('data/AIME', 'flex-aime'),
			notes: { train: official, test: official },
		},
		mirror: {
			source: source.mirrorAime,
			read: mirrorRows({ train: 'train.jsonl', test: 'test.jsonl' }),
			notes: { train: official, test: official },
		},
		manifest: {
			kind: 'math',
			description: 'Solve the problem.',
			answerFormat: 'a whole number from 0 to 999',
			...worked,
			exploration: { rollouts: 2, rounds: 2, maxAnswerTokens: 1024 },
		},
	},
	{
		name: 'uspto50k',
		summary: 'single-step retrosynthesis, the split of the FLEX paper',
		licence: 'MIT',
		official: {
			source: source.officialUspto50k,
			read: paperRows('data/uspto50k', 'flex-uspto50k'),
			notes: { train: official, test: official },
		},
		mirror: {
			source: source.mirrorUspto50k,
			read: mirrorRows({ train: 'train.jsonl', test: 'test.jsonl' }),
			notes: { train: official, test: official },
		},
		manifest: retrosynthesis(),
	},
	{
		name: 'uspto50k-classes',
		summary: 'single-step retrosynthesis with reaction classes',
		licence: 'MIT',
		mirror: {
			source: source.mirrorUspto50kClasses,
			read: mirrorRows({ train: 'train_500.jsonl', test: 'test_500.jsonl' }),
			notes: {
				train: 'partial: 500 of the official train reactions, stratified by class',
				test: 'partial: 500 of the official test reactions, stratified by class',
			},
		},
		manifest: retrosynthesis(['reaction_class', 'class_name']),
	},
	{
		name: 'humaneval-js',
		summary: 'HumanEval in JavaScript (HumanEval-X)',
		licence: 'Apache-2.0',
		official: { source: source.officialHumanEvalX, read: humanEvalJsRows, notes: { train: own40, test: own60 } },
		mirror: {
			source: source.mirrorHumanEvalJs,
			read: mirrorRows({ train: 'train.jsonl', test: 'test.jsonl' }),
			notes: { train: 'own: 60 of the 164 problems', test: 'own: the other 104' },
		},
		manifest: code,
	},
	{
		name: 'humaneval-ts',
		summary: 'HumanEval in TypeScript (multilingual HumanEval of MXEval)',
		licence: 'MIT',
		mirror: {
			source: source.mirrorHumanEvalTs,
			read: mirrorRows({ train: 'train.jsonl', test: 'test.jsonl' }),
			notes: {
				train: 'own: 59 of the 161 problems',
				test: 'own: the other 102, without one whose solution is not known',
			},
		},
		manifest: { ...code, description: 'Complete the TypeScript function.', grader: { language: 'typescript' } },
	},
	{
		name: 'mbpp-js',
		summary: 'MBPP in JavaScript (MBXP)',
		licence: 'CC-BY-4.0',
		official: {
			source: source.officialMbxp,
			read: mbppJsRows,
			notes: {
				train: 'official, problems with a known solution',
				dev: 'official (validation), problems with a known solution',
				test: 'official, problems with a known solution',
			},
		},
		mirror: {
			source: source.mirrorMbppJs,
			read: mirrorRows({ train: 'train.jsonl', dev: 'validation.jsonl', test: 'test.jsonl' }),
			notes: {
				train: 'official, problems with a verified solution',
				dev: 'official (validation), problems with a verified solution',
				test: 'official, problems with a verified solution',
			},
		},
		manifest: code,
	},
];

/** Tasks of BIG-Bench Hard by the form of their answers; those of `closed` end in one of few labels. */
const bbhTasks = {
	closed: [
		'boolean_expressions',
		'causal_judgement',
		'date_understanding',
		'disambiguation_qa',
		'formal_fallacies',
		'geometric_shapes',
		'hyperbaton',
		'logical_deduction_five_objects',
		'logical_deduction_seven_objects',
		'logical_deduction_three_objects',
		'movie_recommendation',
		'navigate',
		'penguins_in_a_table',
		'reasoning_about_colored_objects',
		'ruin_names',
		'salient_translation_error_detection',
		'snarks',
		'sports_understanding',
		'temporal_sequences',
		'tracking_shuffled_objects_five_objects',
		'tracking_shuffled_objects_seven_objects',
		'tracking_shuffled_objects_three_objects',
		'web_of_lies',
	],
	number: ['multistep_arithmetic_two', 'object_counting'],
	text: ['dyck_languages', 'word_sorting'],
} as const;

/** The mirror holds these tasks only. */
const mirrored = new Set<string>([
	...['boolean_expressions', 'causal_judgement', 'date_understanding', 'disambiguation_qa', 'dyck_languages'],
	...['formal_fallacies', 'geometric_shapes', 'hyperbaton', 'logical_deduction_five_objects'],
	...['logical_deduction_seven_objects', 'logical_deduction_three_objects', 'multistep_arithmetic_two', 'navigate'],
	...['reasoning_about_colored_objects', 'sports_understanding', 'tracking_shuffled_objects_five_objects'],
	'tracking_shuffled_objects_three_objects',
]);

function bbh(task: string, form: keyof typeof bbhTasks): Dataset {
	const path = `bbh/${task}.json`;
	const file = source.officialBbh.files[path];
	return {
		name: `bbh-${task}`,
		summary: `BIG-Bench Hard: ${task.replaceAll('_', ' ')}`,
		licence: 'MIT',
		...(file && {
			official: {
				source: { ...source.officialBbh, files: { [path]: file } },
				read: bbhRows(task),
				notes: { train: own40, test: own60 },
			},
		}),
		...(mirrored.has(task) && {
			mirror: {
				source: source.mirrorBbh,
				read: mirrorRows({ train: 'train.jsonl', test: 'test.jsonl' }, (row: Row) => row['task'] === task),
				notes: { train: own40, test: own60 },
			},
		}),
		manifest: bbhManifests[form],
		closed: form === 'closed',
	};
}

const bbhManifests: Readonly<Record<keyof typeof bbhTasks, Readonly<Record<string, unknown>>>> = {
	closed: {
		kind: 'choice',
		description: 'Answer the question.',
		levels: 'flat',
		exploration: { rollouts: 2, rounds: 2, maxAnswerTokens: 48 },
		rendering: { style: 'turns', experiences: 4, patterns: 4, cases: 4, budgetTokens: 900 },
	},
	number: { kind: 'math', description: 'Answer the question.', answerFormat: 'one number', ...worked },
	text: { kind: 'exact', description: 'Answer the question.', ...worked },
};

export const datasets: readonly Dataset[] = [
	...single,
	...fitnessDatasets,
	...(['closed', 'number', 'text'] as const).flatMap((form) => bbhTasks[form].map((task) => bbh(task, form))),
];

/** The dataset of that name, or all of a family: "bbh". Empty where there is none. */
export function datasetsNamed(name: string): readonly Dataset[] {
	const exact = datasets.filter((dataset) => dataset.name === name);
	return exact.length > 0 ? exact : datasets.filter((dataset) => dataset.name.startsWith(`${name}-`));
}

/** @param groupBy fields of a row whose values split the report, the number of a class and its name */
function retrosynthesis(groupBy: readonly string[] = []) {
	return {
		kind: 'retrosynthesis',
		description:
			'Plan one step of a synthesis backwards: which reactants give this product in a single reaction? Find the bond that the reaction made, or the group that it changed, and write the molecules as they were before. Product and reactants are SMILES.',
		grader: groupBy.length > 0 ? { groupBy } : {},
		...worked,
	};
}
