/** Benchmarks for the stage: results that were computed as real ones are, and answers like those of the extension. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { armResults, pairResults, type Report, reportInWords } from '../../src/core/evaluation/report.js';
import { reportScores } from '../../src/core/evaluation/reportScores.js';
import { smallestGap } from '../../src/core/evaluation/statistics.js';
import type { RunBoardView } from '../../src/core/learning/runBoardView.js';
import type { SampleRecord } from '../../src/core/learning/runLog.js';
import { hashSeed, seededRandom } from '../../src/core/random.js';
import type { BenchOptions, Comparisons, OutcomeMatrix, ReportPage } from '../../src/protocol/benchmarks.js';
import type { BoardPage, RunInfo, Transcript, TranscriptPage } from '../../src/protocol/runs.js';
import type { Answers } from './stage.js';

const folder = 'file:///workspace';
export const benchRun = '01JBENCH00000000000000000A';
export const armNames: Readonly<Record<string, string>> = {
	flex: 'With experience',
	llm: 'The model alone',
	placebo: 'Unrelated experience',
	'icl-similar': 'Similar raw examples',
	icl: 'Fixed random examples',
	nearest: 'Look-up',
};

/** How often each arm is right, and what an answer takes it. */
const abilities: Readonly<Record<string, { readonly right: number; readonly tokens: number; readonly ms: number }>> = {
	llm: { right: 0.17, tokens: 310, ms: 2100 },
	'icl-similar': { right: 0.46, tokens: 1480, ms: 4400 },
	placebo: { right: 0.18, tokens: 1205, ms: 3700 },
	nearest: { right: 0.4, tokens: 0, ms: 3 },
	flex: { right: 0.68, tokens: 1210, ms: 3800 },
};

export interface StagedBench {
	readonly problems?: number;
	/** How often the arm with experience is right. */
	readonly flex?: number;
	/** The benchmark was stopped after this share of its answers. */
	readonly stoppedAt?: number;
	/** Money for a thousand tokens; none: nothing was paid. */
	readonly price?: number;
	/** Answers are graded by degree, too. */
	readonly scored?: boolean;
	/** Put into the question, a name and a problem's id. */
	readonly hostile?: string;
}

interface Staged {
	readonly report: Report;
	readonly page: ReportPage;
}

export function stagedBench({
	problems = 60,
	flex,
	stoppedAt,
	price = 0,
	scored,
	hostile = '',
}: StagedBench = {}): Staged {
	const ids = Array.from(
		{ length: problems },
		(_, at) => `cc-dev-${String(at + 1).padStart(3, '0')}${at === 0 ? hostile : ''}`,
	);
	const all = ids.flatMap((problem, at) => Object.keys(abilities).map((arm) => sampleOf(arm, problem, at, flex)));
	const samples = stoppedAt === undefined ? all : all.slice(0, Math.round(all.length * stoppedAt));
	const report: Report = {
		schema: 1,
		createdAt: '2026-05-12T09:00:00.000Z',
		set: {
			name: 'company-conventions',
			split: 'dev',
			n: problems,
			sha256: 'ab',
			source: 'examples/company-conventions',
		},
		models: [{ role: 'actor', id: 'qwen2.5-coder-1.5b', identity: 'sha256 1f3a…', source: 'a file of this machine' }],
		seeds: [1],
		library: { id: '5d0f', experiences: 60, patterns: 84 },
		arms: armResults(samples, ({ tokensIn, tokensOut }) => ((tokensIn + tokensOut) / 1000) * price),
		pairs: pairResults(samples),
		excluded: [],
		lint: {
			findings: [],
			counts: { 'answer-leak': 0, 'harness-words': 0 },
			experiences: { 'answer-leak': 0, 'harness-words': 0 },
			chanceRate: 0,
		},
		smallestGap: smallestGap(problems),
		versions: { 'flex-learn': '0.1.0', prompts: '3' },
		settings: {},
		...(scored ? { scores: scoresOf(samples) } : {}),
		...(stoppedAt === undefined ? {} : { partial: { answered: samples.length, planned: all.length } }),
	};
	const questions = realQuestions();
	return {
		report,
		page: {
			name: `Benchmark of company-conventions · 12 May${hostile}`,
			words: reportInWords(report),
			report,
			trouble: '',
			paper: null,
			matrix: matrixOf(samples, ids),
			armNames,
			local: true,
			questions: Object.fromEntries(ids.map((id, at) => [id, `${questions[at % questions.length]}${hostile}`])),
		},
	};
}

/** What is right correlates well, what is wrong a little the other way. */
function scoresOf(samples: readonly SampleRecord[]) {
	const scored = samples.map((sample) => ({ ...sample, score: sample.verdict === 'correct' ? 0.8 : -0.1 }));
	const best = { model: 'EVE', score: 0.7 };
	return reportScores('Spearman ρ', scored, [{ name: 'blat', over: 'all variants', models: 13, best, median: 0.6 }]);
}

function sampleOf(arm: string, problem: string, at: number, flex: number | undefined): SampleRecord {
	const ability = abilities[arm] ?? { right: 0, tokens: 0, ms: 0 };
	const hardness = seededRandom(hashSeed(at, 'hardness'))();
	const luck = seededRandom(hashSeed(at, arm))();
	const right = (arm === 'flex' ? flex : undefined) ?? ability.right;
	// Experience also misleads now and then, also where the model alone is right.
	const misled = arm === 'flex' && hardness < 0.12 && at % 5 === 0;
	const verdict =
		!misled && 0.8 * hardness + 0.2 * luck < right * 0.8 + 0.1 ? 'correct' : luck > 0.97 ? 'invalid' : 'incorrect';
	const tokensOut = ability.tokens === 0 ? 0 : 12;
	return {
		...{ arm, problem, seed: 1, verdict, answer: 'Falcon', retrieved: [] },
		...{ tokensIn: ability.tokens - tokensOut, tokensOut, ms: ability.ms },
	};
}

function matrixOf(samples: readonly SampleRecord[], problems: readonly string[]): OutcomeMatrix {
	const signs = { correct: '+', incorrect: '-', invalid: '!' };
	const found = new Map(samples.map(({ arm, problem, verdict }) => [`${arm} ${problem}`, signs[verdict]]));
	const arms = [...new Set(samples.map(({ arm }) => arm))];
	const cells = arms.map((arm) => [arm, problems.map((problem) => found.get(`${arm} ${problem}`) ?? '.').join('')]);
	return { problems, arms, cells: Object.fromEntries(cells) };
}

function realQuestions(): readonly string[] {
	const file = join(import.meta.dirname, '../../examples/company-conventions/dev.jsonl');
	const lines = readFileSync(file, 'utf8').split('\n');
	return lines.filter((line) => line !== '').map((line): string => JSON.parse(line).question);
}

export function benchInfo(change: Partial<RunInfo> = {}): RunInfo {
	return {
		...{ folder, id: benchRun, state: 'done', kind: 'bench', set: 'company-conventions', model: 'qwen2.5-coder-1.5b' },
		...{ name: 'Benchmark of company-conventions · 12 May', standing: 'flex 68 %', accuracy: 0.68 },
		...{ startedAt: '2026-05-12T08:40:00.000Z', hasReport: true, resumable: false, mine: false },
		...change,
	};
}

/** @param answered of every arm so far */
export function benchBoard(run: RunInfo, answered: number, problems = 60): BoardPage {
	const board: RunBoardView = {
		...{ run: run.id, kind: run.kind, set: run.set, problems, epochs: 0, epoch: 0, ids: [], states: '' },
		...{ byEpoch: [], evaluations: [], growth: [], learned: 0, changesByOp: {}, changes: [], dropped: [] },
		...{ droppedCount: 0, spending: [], warnings: [], paused: run.state === 'paused', activeMs: 92_000, events: 120 },
		arms: Object.entries(abilities).map(([arm, { right }]) => {
			const own = Math.min(problems, arm === 'nearest' ? problems : answered);
			return { arm, answered: own, right: Math.round(own * right) };
		}),
	};
	return { run, board, titles: {}, budgets: [], currency: '', message: '', leftMs: 130_000 };
}

/** What there is of a benchmark that has just begun. */
export function nothingMeasured({ name }: RunInfo): ReportPage {
	const matrix = { problems: [], arms: [], cells: {} };
	return { name, words: [], report: null, trouble: '', paper: null, matrix, armNames, local: false, questions: {} };
}

export const benchOptions: BenchOptions = {
	samples: 1,
	sets: [
		{
			...{ key: 'file:///workspace/company-conventions', name: 'company-conventions' },
			description: 'Which team answers a letter: a company’s unwritten conventions.',
			splits: [
				{ split: 'dev', n: 96 },
				{ split: 'test', n: 192 },
			],
		},
		{
			...{
				key: 'file:///workspace/dates',
				name: 'dates-and-quantities',
				description: 'Dates and quantities as this house writes them.',
			},
			splits: [{ split: 'dev', n: 40 }],
		},
	],
	arms: [
		arm('flex', 'The model with what FLEX has learned.'),
		arm('llm', 'What experience must beat: the task and nothing else.'),
		arm('placebo', 'As long and of the same form, but about something else: does more text alone help?'),
		arm('icl-similar', 'Solved train problems like the question: is what was learned more than examples?'),
		{ ...arm('icl', 'The same few train problems for every question.'), usual: false },
		{
			...arm('nearest', 'The answer of the closest train question; asks no model and costs nothing.'),
			usual: false,
			free: true,
		},
	],
	models: [
		{ id: 'qwen2.5-coder-1.5b', name: 'Qwen 2.5 Coder 1.5B' },
		{ id: 'smollm2-135m', name: 'SmolLM2 135M' },
	],
	model: 'qwen2.5-coder-1.5b',
	libraries: [{ key: 'own', name: 'Your own library', experiences: 31 }],
	obstacle: '',
};

function arm(name: string, description: string): BenchOptions['arms'][number] {
	return { arm: name, name: armNames[name] ?? name, description, usual: true, free: false };
}

export const comparisons: Comparisons = {
	curves: [
		{
			...{ folder, run: '01JCURVE', name: 'Curve of company-conventions · 13 May', model: 'qwen2.5-coder-1.5b' },
			points: [
				{ experiences: 0, accuracy: 0.17, ci95: [0.09, 0.28], n: 60 },
				{ experiences: 10, accuracy: 0.37, ci95: [0.26, 0.49], n: 60 },
				{ experiences: 20, accuracy: 0.53, ci95: [0.41, 0.65], n: 60 },
				{ experiences: 40, accuracy: 0.65, ci95: [0.52, 0.76], n: 60 },
				{ experiences: 60, accuracy: 0.68, ci95: [0.56, 0.79], n: 60 },
			],
		},
	],
	matrices: [
		{
			...{ folder, run: '01JMATRIX', name: 'Matrix of company-conventions · 14 May' },
			models: ['0.5b', '1.5b', 'local-7b'],
			rows: [
				row('of the 1.5b', [17, 31, 13]),
				row('of the 0.5b', [11, 19, 9]),
				row('published', [2, -6, 4]),
				row('of another task', [-3, -21, 0]),
			],
		},
	],
};

function row(library: string, gains: readonly number[]): Comparisons['matrices'][number]['rows'][number] {
	return {
		library,
		cells: gains.map((diff) => ({ diff, ci95: [diff - 8, diff + 8], clear: Math.abs(diff) > 8 })),
	};
}

export function transcriptPage(problem: string, arms: readonly string[], hostile = ''): TranscriptPage {
	return {
		problem,
		question: `The rear fender is damaged, the frame scratched, and the box had a hole the size of my fist. Photos attached.${hostile}`,
		expected: `Falcon${hostile}`,
		here: true,
		transcripts: arms.map((name) => transcript(name, hostile)),
	};
}

function transcript(name: string, hostile: string): Transcript {
	const given = name === 'flex';
	return {
		epoch: 0,
		rollout: 0,
		arm: name,
		rounds: [
			{
				round: 1,
				messages: [{ role: 'user', text: 'Which team answers this letter?', cut: false }],
				text: given
					? `The sender is a private person and something arrived **damaged**. The lesson says that damage of private customers goes to Falcon, whatever else the letter asks for.\n\nAnswer: Falcon${hostile}`
					: `The letter is about a delivery, so the delivery team should answer.\n\nAnswer: Harbor${hostile}`,
				cut: false,
				answer: `${given ? 'Falcon' : 'Harbor'}${hostile}`,
				verdict: given ? 'correct' : 'incorrect',
				advice: '',
				retrieved: given
					? [
							{ id: 'a1', title: `Damage of private customers goes to Falcon${hostile}` },
							{ id: 'a2', title: 'Route by who writes, then by what about' },
						]
					: [],
			},
		],
	};
}

/** What the extension answers about a benchmark that has ended; a test changes what it needs. */
export function benchAnswers(staged: Staged = stagedBench(), change: Answers = {}): Answers {
	const run = benchInfo({ name: staged.page.name });
	return {
		runs: () => [run, benchInfo({ id: '01JTRAIN', kind: 'train', name: 'Training' })],
		watch: () => null,
		board: () => benchBoard(run, staged.report.set.n, staged.report.set.n),
		report: () => staged.page,
		comparisons: () => comparisons,
		benchOptions: () => benchOptions,
		benchEstimate: ({ arms, limit }) => ({
			lines: [
				`${arms.length * (limit || 96)} model calls`,
				'350,000 to 420,000 tokens',
				'About 14 minutes',
				'No cost: the model runs on this machine',
			],
			smallestGap: 18,
			warnings: [],
		}),
		benchStart: () => ({ folder, run: benchRun }),
		transcripts: ({ problem, arms = [] }) => transcriptPage(problem, arms),
		exportReport: ({ format }) => ({ file: `/workspace/report.${format}` }),
		steer: () => null,
		open: () => null,
		...change,
	};
}
