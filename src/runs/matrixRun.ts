/** One inheritance matrix: every model alone and with every library, column by column, on the same problems. */
import { createArm } from '../core/evaluation/arms.js';
import type { BenchmarkCell } from '../core/evaluation/benchmark.js';
import {
	aloneArm,
	inheritArm,
	inheritanceMatrix,
	type MatrixLibrary,
	type MatrixReport,
	matrixMarkdown,
} from '../core/evaluation/inheritance.js';
import { matrixHtml } from '../core/evaluation/inheritanceHtml.js';
import { sizeOf } from '../core/evaluation/librarySlice.js';
import type { Experience } from '../core/experience/experience.js';
import type { ExperienceStore } from '../core/experience/store.js';
import type { RunEvent } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { SampleRecord } from '../core/learning/runLog.js';
import { Ledger } from '../core/models/ledger.js';
import { MemoryStore } from '../core/retrieval/memoryStore.js';
import type { Problem, ProblemSet, Split } from '../core/tasks/task.js';
import { armOptions, kindNamer, logTestUse, runCells } from './benchRun.js';
import { judgePort } from './judge.js';
import {
	type DescribedModel,
	type MeasureInput,
	reportHead,
	type WrittenMeasure,
	writeMeasure,
} from './measureReport.js';
import { type OpenedRun, openRun, type RunPorts, splitProblems, withinContext } from './openRun.js';
import { openRoles } from './roles.js';

/** A model that uses the libraries, with the settings it is given them by. */
export interface MatrixColumn extends DescribedModel {
	/** Its role `actor` names the model. */
	readonly config: RunConfig;
}

export interface MatrixRow {
	readonly about: MatrixLibrary;
	readonly store: ExperienceStore;
	readonly active: readonly Experience[];
}

export interface MatrixRequest {
	readonly set: ProblemSet;
	readonly split: Split;
	/** The first so many problems of the split (0: all). */
	readonly limit: number;
	readonly rows: readonly MatrixRow[];
	readonly columns: readonly MatrixColumn[];
}

export interface MatrixRun {
	readonly events: AsyncGenerator<RunEvent, void>;
	readonly ledger: Ledger;
	readonly problems: readonly Problem[];
	/** What is answered, read anew from the run's folder each time. */
	readonly samples: Iterable<SampleRecord>;
}

/** A library as a row. */
export async function matrixRow(name: string, flex: string, store: ExperienceStore): Promise<MatrixRow> {
	const active = await store.list({ statuses: ['active'] });
	const models = active.map(({ origin }) => origin.model).filter((model) => model !== '');
	const imported = active.flatMap(({ origin }) => origin.imported ?? []);
	return {
		store,
		active,
		about: {
			name,
			id: flex,
			models: [...new Set(models)].sort(),
			imported: [...new Set(imported)].sort(),
			...sizeOf(active),
		},
	};
}

/**
 * Starts or resumes the matrix `run`. One model is open at a time, and one cap holds for all of them.
 * @param config of the run as a whole: its budget, and the model of the first column
 * @throws {TaskError | ModelError | RunFolderError} before the first event
 */
export async function startMatrix(
	ports: RunPorts,
	request: MatrixRequest,
	config: RunConfig,
	run: string,
	signal: AbortSignal,
): Promise<MatrixRun> {
	const { set, split, limit, rows, columns } = request;
	const problems = splitProblems(set, split, limit);
	const models = columns.map(({ model }) => model.id);
	const arms = models.flatMap((model) => [aloneArm(model), ...rows.map(({ about }) => inheritArm(about.name, model))]);
	const record = { split, limit, arms, models, libraries: rows.map(({ about }) => about) };
	const opened = await openRun(ports, {
		kind: 'matrix',
		run,
		set,
		config,
		problems: problems.length,
		epochs: 0,
		record,
	});
	if (split === 'test') logTestUse(ports, { set, limit, arms }, run);
	const events = opened.follow(signal, async () => {
		for (const [index, column] of columns.entries()) {
			const own = index === 0 ? opened : await openColumn(ports, opened, column.config);
			const cells = cellsOf(own, request, column, signal);
			await runCells(own, set, problems, cells, column.config, signal);
		}
	});
	return { events, ledger: opened.ledger, problems, samples: opened.log.samples() };
}

/** The same run with another model in its roles; the one before it is closed first. */
async function openColumn(ports: RunPorts, opened: OpenedRun, config: RunConfig): Promise<OpenedRun> {
	await ports.pool.close();
	const roles = await openRoles(config, ports.pool, ports.cache, opened.stream, {
		pause: ports.pause,
		ledger: opened.ledger,
	});
	const { actor } = roles.models;
	return {
		...opened,
		...roles,
		graders: { ...opened.graders, judge: judgePort(roles.calls.judge) },
		rendering: withinContext(config.retrieval, actor.contextTokens),
		concurrency: config.training.concurrency || actor.concurrency,
	};
}

/** A column from top to bottom: the model alone, then with each library. */
function cellsOf(
	opened: OpenedRun,
	{ set, rows }: MatrixRequest,
	{ model, config }: MatrixColumn,
	signal: AbortSignal,
): readonly BenchmarkCell[] {
	const { seed } = config.training;
	const options = armOptions(config, seed, opened);
	const nameKind = kindNamer(opened, signal);
	const nothing = new MemoryStore({ clock: opened.clock });
	const alone = createArm('llm', { set, train: [], store: nothing, nameKind }, options);
	return [
		{ arm: { ...alone, name: aloneArm(model.id) }, seed },
		...rows.map(({ about, store }) => {
			const arm = createArm('flex', { set, train: [], store, nameKind }, options);
			return { arm: { ...arm, name: inheritArm(about.name, model.id) }, seed };
		}),
	];
}

/** The report of a matrix that is done, written into its folder. */
export function writeMatrix(input: MeasureInput & { readonly request: MatrixRequest; readonly matrix: MatrixRun }): {
	readonly report: MatrixReport;
} & WrittenMeasure {
	const { request, matrix, config } = input;
	const { set, rows, columns } = request;
	const prices = new Ledger({ prices: config.prices, now: () => 0 });
	const report: MatrixReport = {
		schema: 1,
		kind: 'matrix',
		...reportHead(
			input,
			set,
			request.split,
			matrix.problems.length,
			rows.flatMap(({ active }) => active),
		),
		settings: columns.map(({ model, config: { training, retrieval } }) => ({ model: model.id, training, retrieval })),
		...inheritanceMatrix(
			rows.map(({ about }) => about),
			columns.map(({ model }) => model.id),
			[...matrix.samples],
			(sample, model) => prices.cost(model, sample),
		),
	};
	return { report, ...writeMeasure(input, report, matrixHtml(report), matrixMarkdown(report)) };
}
