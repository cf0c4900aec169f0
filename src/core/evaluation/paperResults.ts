/** What the FLEX paper measured (arXiv 2511.06449 v2, tables 1 to 3), and a result of ours beside it. */
import type { Report } from './report.js';

/** The paper's names of its four ways. */
export const paperArms = ['LLM', 'ICL', 'Agent', 'FLEX'] as const;
export type PaperArm = (typeof paperArms)[number];

export interface PaperRow {
	readonly model: string;
	/** In the order of `paperArms`; points of 100. */
	readonly figures: readonly [llm: number, icl: number, agent: number, flex: number];
}

export interface PaperBenchmark {
	readonly name: string;
	/** What a figure is. */
	readonly metric: string;
	/** How the paper splits the set, in words, and how many problems it is tested on. */
	readonly split: string;
	readonly test: number;
	readonly rows: readonly PaperRow[];
	/** Names of sets of ours that hold its problems. */
	readonly sets: RegExp;
}

export const paperBenchmarks: readonly PaperBenchmark[] = [
	{
		name: 'AIME25',
		metric: '% solved',
		split: '49 problems to learn from, 30 to test',
		test: 30,
		sets: /^(?:flex-)?aime/u,
		rows: [
			{ model: 'Claude-Sonnet-4', figures: [40.0, 30.0, 50.0, 63.3] },
			{ model: 'DeepSeek-V3.1-Terminus', figures: [56.7, 53.3, 60.0, 66.6] },
		],
	},
	{
		name: 'GSM8K',
		metric: '% solved',
		split: 'the official split, 1,319 to test',
		test: 1319,
		sets: /^gsm8k/u,
		rows: [
			{ model: 'GPT-3.5', figures: [80.8, 81.4, 78.5, 83.3] },
			{ model: 'GPT-4', figures: [93.8, 94.2, 94.0, 95.9] },
			{ model: 'Llama-3.2-1B', figures: [74.3, 75.8, 71.0, 80.9] },
			{ model: 'Llama-3.2-3B', figures: [78.4, 78.8, 74.5, 81.1] },
		],
	},
	{
		name: 'USPTO-50k',
		metric: '% solved',
		split: '50 reactions to learn from, 100 to test',
		test: 100,
		sets: /^(?:flex-)?uspto-?50k$/u,
		rows: [
			{ model: 'GPT-5', figures: [9, 14, 12, 16] },
			{ model: 'Gemini-2.5-Pro', figures: [9, 15, 12, 18] },
			{ model: 'Claude-Sonnet-4.5', figures: [20, 24, 23, 30] },
		],
	},
	{
		name: 'ProteinGym',
		metric: 'mean Spearman ρ × 100',
		split: '100 labelled variants of each protein to learn from',
		test: 0,
		sets: /^(?:flex-)?protein-?gym/u,
		rows: [
			{ model: 'DeepSeek-V3.1-Terminus', figures: [47.9, 48.9, 48.6, 56.8] },
			{ model: 'GPT-OSS-120B', figures: [47.7, 49.8, 51.5, 57.3] },
			{ model: 'Claude-Sonnet-4', figures: [46.0, 49.8, 50.2, 59.7] },
		],
	},
];

/** Our arm under the name that the paper gives its like. */
const ourArms: Readonly<Record<PaperArm, string>> = { LLM: 'llm', ICL: 'icl', Agent: 'agent', FLEX: 'flex' };

export interface PaperComparison {
	readonly benchmark: Pick<PaperBenchmark, 'name' | 'metric' | 'split'>;
	readonly rows: readonly PaperRow[];
	/** Ours in the same columns; null where the arm was not asked. */
	readonly ours: { readonly model: string; readonly figures: readonly (number | null)[] };
	/** What is not the same, a sentence each. */
	readonly differences: readonly string[];
}

/** A result of ours beside the paper's; undefined where the paper did not measure this set. */
export function paperComparison(report: Report): PaperComparison | undefined {
	const name = report.set.name.toLowerCase();
	const benchmark = paperBenchmarks.find(({ sets }) => sets.test(name));
	if (!benchmark) return undefined;
	const { name: title, metric, split, rows } = benchmark;
	const figures = paperArms.map((arm) => figureOf(report, ourArms[arm], metric));
	const model = [...new Set(report.models.map(({ id }) => id))].join(', ');
	const differences = differencesOf(report, benchmark, model);
	return { benchmark: { name: title, metric, split }, rows, ours: { model, figures }, differences };
}

/** The share that is solved; where scores are what counts, their mean. */
function figureOf({ arms, scores }: Report, name: string, metric: string): number | null {
	if (metric === '% solved') {
		const arm = arms.find((one) => one.arm === name);
		return arm ? 100 * arm.accuracy : null;
	}
	const score = scores?.arms.find((one) => one.arm === name)?.mean;
	return score === undefined ? null : 100 * score;
}

function differencesOf({ set, seeds, arms, partial }: Report, benchmark: PaperBenchmark, model: string): string[] {
	const same = benchmark.rows.some((row) => row.model.toLowerCase() === model.toLowerCase());
	const missing = paperArms.filter((arm) => !arms.some((one) => one.arm === ourArms[arm]));
	return [
		same ? '' : `Model: ours is ${model}, which the paper did not measure; rows of other models are no target for it.`,
		set.split === 'test' ? '' : `Split: ours are ${set.split} problems; the paper's are test problems.`,
		benchmark.test > 0 && set.n !== benchmark.test
			? `Number: ours are ${set.n.toLocaleString('en-US')} problems; the paper's are ${benchmark.test.toLocaleString('en-US')}.`
			: '',
		/partial|own|mirror/iu.test(set.source) ? `Source: ${set.source}.` : '',
		missing.length > 0 ? `Not asked here: ${missing.join(', ')}.` : '',
		arms.some(({ samples }) => samples)
			? 'Answers: ours are the mean of several that were drawn; the paper does not say how many it took.'
			: 'Answers: ours are one greedy answer a problem; the paper does not say how it drew its own.',
		`Doubt: the paper gives no intervals and no seeds; ours has ${seeds.length === 1 ? 'one training seed' : `${seeds.length} training seeds`} and intervals in the table above.`,
		'Arms: our ICL has fixed random examples, our Agent may run JavaScript; the paper’s prompts and tools are its own.',
		partial ? 'Ours is not finished.' : '',
	].filter((sentence) => sentence !== '');
}

/** A figure as the paper's tables have it. */
export function paperFigure(figure: number | null): string {
	return figure === null ? '–' : figure.toFixed(1).replace('-', '−');
}
