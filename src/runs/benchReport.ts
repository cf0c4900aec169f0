/** Turns a finished benchmark into its report, and writes it into the run's folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintLibrary } from '../core/evaluation/contamination.js';
import {
	armResults,
	pairResults,
	type Report,
	type ReportDetails,
	type TrainingSummary,
} from '../core/evaluation/report.js';
import { reportGroups } from '../core/evaluation/reportGroups.js';
import { reportHtml } from '../core/evaluation/reportHtml.js';
import { reportMarkdown } from '../core/evaluation/reportMarkdown.js';
import { reportScores } from '../core/evaluation/reportScores.js';
import { smallestGap } from '../core/evaluation/statistics.js';
import type { Experience } from '../core/experience/experience.js';
import { promptVersions } from '../core/learning/prompts/versions.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { Ledger } from '../core/models/ledger.js';
import { taskKind, tracesOf } from '../core/tasks/registry.js';
import type { ProblemSet, Split } from '../core/tasks/task.js';
import { readRecords } from '../providers/runFolder.js';
import type { BenchRequest, BenchRun } from './benchRun.js';
import type { OpenedModel } from './modelPool.js';
import { type RunPorts, splitProblems } from './openRun.js';
import { publishedScores } from './publishedScores.js';
import { reportDrawings } from './reportDrawings.js';

export interface ReportInput {
	readonly ports: RunPorts;
	readonly request: BenchRequest;
	readonly config: RunConfig;
	readonly run: string;
	readonly bench: BenchRun;
	readonly opened: OpenedModel;
	/** The training runs whose library it is, where they are known: for the summary. */
	readonly trainingRuns?: readonly string[];
	/** How somebody else measures the same. */
	readonly command: string;
	readonly version: string;
	/** Lays the result beside the paper's table, where there is one. */
	readonly paper?: boolean | undefined;
}

export interface WrittenReport {
	readonly report: Report;
	readonly html: string;
	readonly markdown: string;
	/** `report.html` in the run's folder. */
	readonly htmlFile: string;
}

export async function writeReport(input: ReportInput): Promise<WrittenReport> {
	const { ports, request, bench } = input;
	const experiences = await ports.store.list({ statuses: ['active'] });
	const report = await buildReport(input, experiences);
	const details: ReportDetails = {
		problems: bench.problems,
		samples: bench.samples,
		experiences: experiences.filter((experience) => experience.origin.set === request.set.name),
		command: input.command,
		openEnded: taskKind(request.set.kind).openEnded,
		drawings: await reportDrawings(request.set, bench.problems, bench.samples, ports.chemistry),
		paper: input.paper,
	};
	const html = reportHtml(report, details);
	const markdown = reportMarkdown(report, input.paper);
	const folder = join(ports.workspace.runs, input.run);
	const htmlFile = join(folder, 'report.html');
	writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
	writeFileSync(htmlFile, html);
	return { report, html, markdown, htmlFile };
}

async function buildReport(input: ReportInput, experiences: readonly Experience[]): Promise<Report> {
	const { ports, request, bench, config, opened } = input;
	const { set, split } = request;
	const stats = await ports.store.stats();
	const prices = new Ledger({ prices: config.prices, now: () => 0 });
	const train = splitProblems(set, 'train', config.training.limit);
	return {
		schema: 1,
		createdAt: new Date().toISOString(),
		set: {
			name: set.name,
			split,
			n: bench.problems.length,
			sha256: splitHash(set, split),
			source: sourceOf(set, split),
		},
		models: [{ role: 'actor', id: opened.model.id, identity: opened.model.identity, source: opened.source }],
		seeds: request.libraries.map((library) => library.seed),
		sampling: config.evaluation.samples > 1 ? config.evaluation : undefined,
		library: {
			id: ports.libraryId ?? ports.workspace.flex,
			experiences: stats.byStatus.active.experiences,
			patterns: stats.byStatus.active.patterns,
		},
		arms: armResults(bench.samples, (sample) => prices.cost(opened.model.id, sample)),
		pairs: pairResults(bench.samples),
		scores: scoresOf(set, bench),
		excluded: [],
		lint: lintLibrary(experiences, train, {
			answerSpace: set.answerSpace,
			neverTrained: heldOut(set, split, bench),
			traces: tracesOf(set.kind),
		}),
		smallestGap: smallestGap(bench.problems.length),
		versions: {
			'flex-learn': input.version,
			node: process.version,
			...promptVersions,
		},
		settings: {
			training: config.training,
			evaluation: config.evaluation,
			retrieval: config.retrieval,
			updater: config.updater,
		},
		training: trainingSummary(input, train.length),
		groups: reportGroups(set, bench.problems, bench.samples),
	};
}

/** Scores beside the counts, where the set's kind grades by degree. */
function scoresOf(set: ProblemSet, { samples, problems }: Pick<BenchRun, 'samples' | 'problems'>): Report['scores'] {
	const { scoreName } = taskKind(set.kind);
	return scoreName === undefined ? undefined : reportScores(scoreName, samples, publishedScores(set, problems));
}

/** Problems that nobody trained on: the measured ones, unless they are those of the training. */
function heldOut(set: ProblemSet, split: Split, { problems }: Pick<BenchRun, 'problems'>): BenchRun['problems'] {
	return split === 'train' ? (set.splits.dev ?? []) : problems;
}

/** A dev split that was taken from train has the hash of the train file. */
export function splitHash(set: ProblemSet, split: Split): string {
	return set.sha256[split] ?? set.sha256.train ?? '';
}

function trainingSummary(
	{ ports, trainingRuns = [], config }: ReportInput,
	problems: number,
): TrainingSummary | undefined {
	const runs = trainingRuns.map((run) => readRecords(join(ports.workspace.runs, run)));
	if (runs.length === 0) return undefined;
	const records = runs.flatMap((run) => run.allProblems());
	const lessons = records.flatMap((record) => record.lesson ?? []);
	const updates = runs.flatMap((run) => run.allUpdates());
	return {
		problems,
		epochs: config.training.epochs,
		firstAttempt: records.filter((record) => record.firstAttempt).length,
		solved: records.filter((record) => record.solved).length,
		lessonsKept: lessons.filter((lesson) => lesson.kept).length,
		lessonsMended: lessons.filter((lesson) => lesson.kept && lesson.mended !== undefined).length,
		lessonsDropped: tally(lessons.flatMap((lesson) => (lesson.kept ? [] : [lesson.reason]))),
		updates: tally(updates.map((update) => update.op)),
	};
}

function tally(values: readonly string[]): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}

/** Where the problems come from; a part of a split is never called the split. */
export function sourceOf({ dataset, source }: ProblemSet, split: Split): string {
	if (!dataset) return source;
	const { repository, commit } = dataset;
	const from = repository ? `${repository}@${commit?.slice(0, 7)}` : 'a mirror folder';
	return `${dataset.name} from ${from}; ${split}: ${dataset.splits[split] ?? 'unknown'}`;
}
