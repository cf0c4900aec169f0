/** One benchmark from its config to its report: the same problems for every arm, each answer kept as it comes. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type ArmName, type ArmOptions, createArm } from '../core/evaluation/arms.js';
import { type BenchmarkCell, runBenchmark } from '../core/evaluation/benchmark.js';
import type { ExperienceStore } from '../core/experience/store.js';
import type { RunEvent } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { SampleRecord } from '../core/learning/runLog.js';
import { RunStream } from '../core/learning/runStream.js';
import type { Ledger } from '../core/models/ledger.js';
import { taskKind } from '../core/tasks/registry.js';
import { type Problem, type ProblemSet, type Split, TaskError } from '../core/tasks/task.js';
import { RunFolder } from '../providers/runFolder.js';
import { endRun } from './endRun.js';
import { judgePort } from './judge.js';
import { openRoles } from './roles.js';
import { type RunPorts, trainProblems } from './trainRun.js';

export interface BenchRequest {
	readonly set: ProblemSet;
	readonly split: Split;
	/** The first so many problems of the split (0: all). */
	readonly limit: number;
	readonly arms: readonly ArmName[];
	/** One library for each training seed; the arms without a library run once. */
	readonly libraries: readonly { readonly seed: number; readonly store: ExperienceStore }[];
	/** Settings of one arm that differ from the config's, as `tune` found them. */
	readonly armConfig?: Readonly<Partial<Record<ArmName, RunConfig>>>;
}

export interface BenchRun {
	readonly events: AsyncGenerator<RunEvent, void>;
	readonly ledger: Ledger;
	readonly problems: readonly Problem[];
	/** Filled when the events have ended with status `done`. */
	readonly samples: SampleRecord[];
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
	if (split === 'test') logTestUse(ports, request, run);
	const log = new RunFolder(join(ports.workspace.runs, run));
	log.writeJson('config.json', { kind: 'bench', run, set: set.source, split, arms: request.arms, config });
	const resumed = log.nextSeq > 0;
	const clock = (): string => new Date().toISOString();
	const stream = new RunStream({ run, clock, firstSeq: log.nextSeq, write: (event) => log.event(event) });
	const { calls, models, ledger } = await openRoles(config, ports.pool, ports.cache, stream);
	const samples: SampleRecord[] = [];
	const work = async (): Promise<void> => {
		stream.emit({ type: 'run.started', kind: 'bench', set: set.name, problems: problems.length, epochs: 0, resumed });
		await endRun(stream, log, signal, async () => {
			const records = await runBenchmark(
				{
					set,
					kind: taskKind(set.kind),
					problems,
					graders: { judge: judgePort(calls.judge) },
					calls: calls.actor,
					log,
					stream,
					now: () => performance.now(),
				},
				cellsOf(request, config),
				{
					maxAnswerTokens: config.training.maxAnswerTokens,
					temperature: 0,
					concurrency: config.training.concurrency || models.actor.concurrency,
				},
				signal,
			);
			samples.push(...records);
		});
	};
	return { events: stream.follow(work), ledger, problems, samples };
}

/** The first `limit` problems of a split (0: all). @throws {TaskError} `missing-split` */
export function splitProblems(set: ProblemSet, split: Split, limit: number): readonly Problem[] {
	const problems = set.splits[split];
	if (!problems || problems.length === 0) {
		throw new TaskError('missing-split', `${set.name} has no ${split} problems; add ${split}.jsonl to ${set.source}.`);
	}
	return limit > 0 ? problems.slice(0, limit) : problems;
}

export function armOptions(config: RunConfig, seed: number): ArmOptions {
	const { retrieval } = config;
	return {
		seed,
		retrieval,
		rendering: retrieval,
		iclShots: retrieval.iclSimilarShots,
		iclSimilarShots: retrieval.iclSimilarShots,
	};
}

/** Arms that look into the library run once for each; the others once in all. */
function cellsOf(request: BenchRequest, config: RunConfig): readonly BenchmarkCell[] {
	return request.arms.flatMap((name) => {
		const own = request.armConfig?.[name] ?? config;
		const libraries = name === 'flex' || name === 'placebo' ? request.libraries : request.libraries.slice(0, 1);
		return libraries.map(({ seed, store }) => ({
			seed,
			arm: createArm(
				name,
				{ set: request.set, train: trainProblems(request.set, own.training.limit), store },
				armOptions(own, seed),
			),
		}));
	});
}

/** Every use of a test split leaves a line, so that nobody tunes on it unseen. */
function logTestUse(ports: RunPorts, request: BenchRequest, run: string): void {
	const line = {
		at: new Date().toISOString(),
		run,
		set: request.set.name,
		sha256: request.set.sha256.test,
		limit: request.limit,
		arms: request.arms,
	};
	mkdirSync(ports.workspace.flex, { recursive: true });
	appendFileSync(ports.workspace.testUses, `${JSON.stringify(line)}\n`);
}
