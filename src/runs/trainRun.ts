/** One training run from its config to its end: folder, models, trainer, event stream. */
import { join } from 'node:path';
import type { ExperienceStore } from '../core/experience/store.js';
import type { RunEvent } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { RunStream } from '../core/learning/runStream.js';
import { Trainer, type TrainingOptions } from '../core/learning/trainer.js';
import type { Ledger } from '../core/models/ledger.js';
import type { RequestCache } from '../core/models/requestCache.js';
import { taskKind } from '../core/tasks/registry.js';
import { type Problem, type ProblemSet, TaskError } from '../core/tasks/task.js';
import { RunFolder } from '../providers/runFolder.js';
import { endRun } from './endRun.js';
import { judgePort } from './judge.js';
import type { ModelPool } from './modelPool.js';
import { openRoles } from './roles.js';
import type { Workspace } from './workspace.js';

export interface RunPorts {
	readonly workspace: Workspace;
	readonly store: ExperienceStore;
	readonly cache: RequestCache;
	readonly pool: ModelPool;
}

export interface TrainRun {
	readonly events: AsyncGenerator<RunEvent, void>;
	/** Filled while the run goes on. */
	readonly ledger: Ledger;
}

/**
 * Starts or resumes the training run `run`: what its folder records as finished is not done again.
 * @throws {TaskError | ModelError | RunFolderError} before the first event
 */
export async function startTraining(
	ports: RunPorts,
	set: ProblemSet,
	config: RunConfig,
	run: string,
	signal: AbortSignal,
): Promise<TrainRun> {
	const problems = trainProblems(set, config.training.limit);
	const kind = taskKind(set.kind);
	const log = new RunFolder(join(ports.workspace.runs, run));
	log.writeJson('config.json', { kind: 'train', run, set: set.source, config });
	const clock = (): string => new Date().toISOString();
	const resumed = log.nextSeq > 0;
	const stream = new RunStream({ run, clock, firstSeq: log.nextSeq, write: (event) => log.event(event) });
	const { calls, models, ledger } = await openRoles(config, ports.pool, ports.cache, stream);
	const concurrency = config.training.concurrency || models.actor.concurrency;
	const trainer = new Trainer(
		{ set, problems, kind, graders: { judge: judgePort(calls.judge) }, store: ports.store, calls, log, stream, clock },
		trainingOptions(config, run, concurrency),
	);
	const work = async (): Promise<void> => {
		const { epochs } = config.training;
		stream.emit({ type: 'run.started', kind: 'train', set: set.name, problems: problems.length, epochs, resumed });
		await endRun(stream, log, signal, () => trainer.run(signal));
	};
	return { events: stream.follow(work), ledger };
}

/** The first `limit` problems of the train split (0: all). @throws {TaskError} `missing-split` */
export function trainProblems(set: ProblemSet, limit: number): readonly Problem[] {
	const train = set.splits.train ?? [];
	if (train.length === 0) {
		throw new TaskError('missing-split', `${set.name} has no train problems; add train.jsonl to ${set.source}.`);
	}
	return limit > 0 ? train.slice(0, limit) : train;
}

function trainingOptions(config: RunConfig, run: string, concurrency: number): TrainingOptions {
	const { training, retrieval, updater } = config;
	const { epochs, batch, seed, lessons, giveUpAfter, trial, seeOwnLessons } = training;
	return {
		run,
		seed,
		epochs,
		batch,
		concurrency,
		exploration: {
			rollouts: training.rollouts,
			rounds: training.rounds,
			stop: training.stop,
			temperature: training.temperature,
			advice: training.advice,
		},
		maxAnswerTokens: training.maxAnswerTokens,
		adviceTokens: training.adviceTokens,
		lessonTokens: training.lessonTokens,
		lessons,
		giveUpAfter,
		trial,
		seeOwnLessons,
		withhold: retrieval.withhold,
		retrieval,
		rendering: retrieval,
		updater,
	};
}
