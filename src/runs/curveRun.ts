/** One scaling curve: a trained library cut back to several sizes, each measured on the same problems. */
import { createArm } from '../core/evaluation/arms.js';
import type { BenchmarkCell } from '../core/evaluation/benchmark.js';
import { sizeOf, sliceLibrary } from '../core/evaluation/librarySlice.js';
import {
	type CurveReport,
	type CurveSize,
	curveArm,
	curveMarkdown,
	scalingCurve,
} from '../core/evaluation/scalingCurve.js';
import { curveHtml } from '../core/evaluation/scalingCurveHtml.js';
import type { Experience } from '../core/experience/experience.js';
import type { ExperienceStore } from '../core/experience/store.js';
import type { RunEvent } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { SampleRecord } from '../core/learning/runLog.js';
import { Ledger } from '../core/models/ledger.js';
import { MemoryStore } from '../core/retrieval/memoryStore.js';
import type { Problem, ProblemSet, Split } from '../core/tasks/task.js';
import { armOptions, kindNamer, logTestUse, runCells } from './benchRun.js';
import { type MeasureInput, reportHead, type WrittenMeasure, writeMeasure } from './measureReport.js';
import { type OpenedRun, openRun, type RunPorts, splitProblems } from './openRun.js';
import { type LearnedOrder, learnedOrder } from './trainingOrder.js';

/** What is to be measured: found out before any model is asked. */
export interface CurvePlan {
	readonly set: ProblemSet;
	readonly learned: LearnedOrder;
	readonly library: CurveReport['library'];
	/** In rising order, beginning with 0, each with its slice. */
	readonly slices: readonly { readonly size: CurveSize; readonly experiences: readonly Experience[] }[];
}

export interface CurveRequest {
	readonly plan: CurvePlan;
	readonly split: Split;
	/** The first so many problems of the split (0: all). */
	readonly limit: number;
}

export interface CurveRun {
	readonly events: AsyncGenerator<RunEvent, void>;
	readonly ledger: Ledger;
	readonly problems: readonly Problem[];
	/** What is answered, read anew from the run's folder each time. */
	readonly samples: Iterable<SampleRecord>;
}

/**
 * Cuts the library to sizes. A size beyond what was learned becomes all of it.
 * @param flex the library's folder, where its runs recorded the order of the training
 * @param sizes numbers of problems; empty: none, all, and halves of all in between
 * @param seed takes the problems in a random order, not in that of the training
 */
export async function planCurve(
	store: ExperienceStore,
	flex: string,
	set: ProblemSet,
	sizes: readonly number[],
	seed?: number,
): Promise<CurvePlan> {
	const active = await store.list({ statuses: ['active'] });
	const histories = await Promise.all(active.map(({ id }) => store.history(id)));
	const library = active.map((current, at) => [...(histories[at] ?? []).map(({ experience }) => experience), current]);
	const learned = learnedOrder(flex, set, histories.flat(), seed);
	const sources = learned.problems.map((problem) => ({ set: set.name, problem }));
	const all = sources.length;
	const chosen = sizes.length > 0 ? sizes : halves(all);
	const rising = [...new Set([0, ...chosen.map((size) => Math.min(size, all))])].sort((a, b) => a - b);
	const slices = rising.map((problems) => {
		const experiences = sliceLibrary(library, sources.slice(0, problems));
		return { size: { problems, ...sizeOf(experiences) }, experiences };
	});
	const traced = sliceLibrary(library, sources).length;
	return { set, learned, slices, library: { id: flex, experiences: active.length, traced } };
}

/** All, and halves of it as long as they are whole libraries rather than single cases. */
function halves(all: number): readonly number[] {
	return Array.from({ length: 5 }, (_, times) => Math.round(all / 2 ** times)).filter((size) => size > 0);
}

/** Starts or resumes the curve `run`. @throws {TaskError | ModelError | RunFolderError} before the first event */
export async function startCurve(
	ports: RunPorts,
	{ plan, split, limit }: CurveRequest,
	config: RunConfig,
	run: string,
	signal: AbortSignal,
): Promise<CurveRun> {
	const { set, learned, slices, library } = plan;
	const problems = splitProblems(set, split, limit);
	const arms = slices.map(({ size }) => curveArm(size.problems));
	const record = { split, limit, arms, learned, library, sizes: slices.map(({ size }) => size) };
	const opened = await openRun(ports, {
		kind: 'curve',
		run,
		set,
		config,
		problems: problems.length,
		epochs: 0,
		record,
	});
	if (split === 'test') logTestUse(ports, { set, limit, arms }, run);
	const events = opened.follow(signal, async () => {
		const cells = await Promise.all(slices.map((slice) => cellOf(opened, plan, slice, config, signal)));
		await runCells(opened, set, problems, cells, config, signal);
	});
	return { events, ledger: opened.ledger, problems, samples: opened.log.samples() };
}

/** One size as an arm, served from memory. The seed is the same for all: nothing but the library differs. */
async function cellOf(
	opened: OpenedRun,
	{ set }: CurvePlan,
	{ size, experiences }: CurvePlan['slices'][number],
	config: RunConfig,
	signal: AbortSignal,
): Promise<BenchmarkCell> {
	const { seed } = config.training;
	const store = new MemoryStore({ clock: opened.clock });
	await store.apply(experiences.map((experience) => ({ change: { op: 'insert', experience }, by: 'user' })));
	const ports = { set, train: [], store, nameKind: kindNamer(opened, signal) };
	const arm = createArm(size.problems === 0 ? 'llm' : 'flex', ports, armOptions(config, seed, opened));
	return { arm: { ...arm, name: curveArm(size.problems) }, seed };
}

/** The report of a curve that is done, written into its folder. */
export function writeCurve(input: MeasureInput & { readonly request: CurveRequest; readonly curve: CurveRun }): {
	readonly report: CurveReport;
} & WrittenMeasure {
	const { request, curve, config } = input;
	const { set, slices, learned, library } = request.plan;
	const prices = new Ledger({ prices: config.prices, now: () => 0 });
	const model = input.models[0]?.model.id ?? '';
	const sizes = slices.map(({ size }) => size);
	const report: CurveReport = {
		schema: 1,
		kind: 'curve',
		...reportHead(input, set, request.split, curve.problems.length, slices.at(-1)?.experiences ?? []),
		library,
		learned: { ...learned, problems: learned.problems.length },
		...scalingCurve(sizes, [...curve.samples], (sample) => prices.cost(model, sample)),
	};
	return { report, ...writeMeasure(input, report, curveHtml(report), curveMarkdown(report)) };
}
