/** One benchmark from its config to its report: the same problems for every arm, each answer kept as it comes. */
import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { type ArmName, type ArmOptions, type ArmPorts, createArm, usesLibrary } from '../core/evaluation/arms.js';
import { type BenchmarkCell, greedy, runBenchmark, type Sampling } from '../core/evaluation/benchmark.js';
import type { ExperienceStore } from '../core/experience/store.js';
import type { RunEvent } from '../core/learning/events.js';
import { kindOf } from '../core/learning/kinds.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { SampleRecord } from '../core/learning/runLog.js';
import type { Ledger } from '../core/models/ledger.js';
import type { Problem, ProblemSet, Split } from '../core/tasks/task.js';
import { type OpenedRun, openRun, type RunPorts, splitProblems } from './openRun.js';

export interface BenchRequest {
	readonly set: ProblemSet;
	readonly split: Split;
	/** The first so many problems of the split (0: all). */
	readonly limit: number;
	readonly arms: readonly ArmName[];
	/** One library for each training seed; the arms without a library run once. */
	readonly libraries: readonly { readonly seed: number; readonly store: ExperienceStore }[];
}

export interface BenchRun {
	readonly events: AsyncGenerator<RunEvent, void>;
	readonly ledger: Ledger;
	readonly problems: readonly Problem[];
	/** What is answered, read anew from the run's folder each time. */
	readonly samples: Iterable<SampleRecord>;
}

/** Starts or resumes the benchmark `run`. @throws {TaskError | ModelError | RunFolderError} before the first event */
export async function startBenchmark(
	ports: RunPorts,
	request: BenchRequest,
	config: RunConfig,
	run: string,
	signal: AbortSignal,
): Promise<BenchRun> {
	const { set, split } = request;
	const problems = splitProblems(set, split, request.limit);
	const { experiences, patterns } = (await ports.store.stats()).byStatus.active;
	const record = {
		split,
		limit: request.limit,
		arms: request.arms,
		seeds: request.libraries.map(({ seed }) => seed),
		problems: problems.length,
		library: { id: ports.libraryId ?? ports.workspace.flex, experiences, patterns },
	};
	const opened = await openRun(ports, {
		kind: 'bench',
		run,
		set,
		config,
		problems: problems.length,
		epochs: 0,
		record,
	});
	if (split === 'test') logTestUse(ports, request, run);
	const events = opened.follow(signal, () =>
		runCells(opened, set, problems, cellsOf(opened, request, config, signal), config, signal, config.evaluation),
	);
	return { events, ledger: opened.ledger, problems, samples: opened.log.samples() };
}

/** Answers all cells, by the actor of an opened run; the answers lie in its log. */
export function runCells(
	opened: OpenedRun,
	set: ProblemSet,
	problems: readonly Problem[],
	cells: readonly BenchmarkCell[],
	config: RunConfig,
	signal: AbortSignal,
	sampling: Sampling = greedy,
): Promise<void> {
	const { kind, graders, calls, log, stream, concurrency } = opened;
	const now = (): number => performance.now();
	const ports = { set, kind, problems, graders, calls: calls.actor, log, stream, now };
	const { maxAnswerTokens, toolSteps } = config.training;
	return runBenchmark(ports, cells, { maxAnswerTokens, sampling, concurrency, toolSteps }, signal);
}

export function armOptions(
	config: RunConfig,
	seed: number,
	opened: Pick<OpenedRun, 'rendering' | 'concurrency'>,
): ArmOptions {
	const { retrieval } = config;
	return {
		seed,
		retrieval,
		rendering: opened.rendering,
		iclShots: retrieval.iclSimilarShots,
		iclSimilarShots: retrieval.iclSimilarShots,
		concurrency: opened.concurrency,
	};
}

/** Names kinds by the actor of an opened run. */
export function kindNamer({ calls }: OpenedRun, signal: AbortSignal): ArmPorts['nameKind'] {
	return (problem) => kindOf(calls.actor, problem.question, signal);
}

/** Arms that look into the library run once for each; the others once in all. */
export function librariesOf(name: ArmName, { libraries }: Pick<BenchRequest, 'libraries'>): BenchRequest['libraries'] {
	return usesLibrary(name) ? libraries : libraries.slice(0, 1);
}

function cellsOf(
	opened: OpenedRun,
	request: BenchRequest,
	config: RunConfig,
	signal: AbortSignal,
): readonly BenchmarkCell[] {
	const train = splitProblems(request.set, 'train', config.training.limit);
	const { sandbox } = opened.graders;
	return request.arms.flatMap((name) => {
		return librariesOf(name, request).map(({ seed, store }) => ({
			seed,
			arm: createArm(
				name,
				{ set: request.set, train, store, nameKind: kindNamer(opened, signal), sandbox },
				armOptions(config, seed, opened),
			),
		}));
	});
}

/** Every use of a test split leaves a line, so that nobody tunes on it unseen. */
export function logTestUse(
	ports: RunPorts,
	request: Pick<BenchRequest, 'set' | 'limit'> & { readonly arms: readonly string[] },
	run: string,
): void {
	const line = {
		at: new Date().toISOString(),
		run,
		set: request.set.name,
		sha256: request.set.sha256.test,
		limit: request.limit,
		arms: request.arms,
	};
	appendFileSync(ports.workspace.testUses, `${JSON.stringify(line)}\n`);
}
