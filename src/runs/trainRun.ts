/** One training run from its config to its end. */
import type { RunEvent } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { Trainer, type TrainingOptions } from '../core/learning/trainer.js';
import type { Ledger } from '../core/models/ledger.js';
import type { ProblemSet } from '../core/tasks/task.js';
import { type OpenedRun, openRun, type RunPorts, splitProblems } from './openRun.js';

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
	const problems = splitProblems(set, 'train', config.training.limit);
	const { epochs, devProblems } = config.training;
	const dev = devProblems > 0 ? splitProblems(set, 'dev', devProblems) : [];
	const opened = await openRun(ports, { kind: 'train', run, set, config, problems: problems.length, epochs });
	const { kind, graders, calls, log, stream, clock } = opened;
	const trainer = new Trainer(
		{ set, problems, dev, kind, graders, store: ports.store, calls, log, stream, clock },
		trainingOptions(config, run, opened),
	);
	return { events: opened.follow(signal, () => trainer.run(signal)), ledger: opened.ledger };
}

function trainingOptions(config: RunConfig, run: string, opened: OpenedRun): TrainingOptions {
	const { training, retrieval, updater } = config;
	const { rollouts, rounds, stop, temperature, advice } = training;
	return {
		...training,
		run,
		concurrency: opened.concurrency,
		exploration: { rollouts, rounds, stop, temperature, advice },
		withhold: retrieval.withhold,
		retrieval,
		rendering: opened.rendering,
		updater,
	};
}
