/** One training run from its config to its end. */
import type { RunEvent } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { Trainer, type TrainingOptions } from '../core/learning/trainer.js';
import type { Ledger } from '../core/models/ledger.js';
import type { ProblemSet } from '../core/tasks/task.js';
import { Gate } from './gate.js';
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
	const { epochs, devProblems, gate: action, gateAllows } = config.training;
	const gated = action !== 'off';
	const dev = devProblems > 0 || gated ? splitProblems(set, 'dev', devProblems) : [];
	const opened = await openRun(ports, { kind: 'train', run, set, config, problems: problems.length, epochs });
	const { kind, graders, calls, log, stream, clock } = opened;
	// The gate asks the same problems between the same epochs, so that nobody else need.
	const gate = gated ? new Gate(ports, opened, set, dev, config, run) : undefined;
	const between = gate && (async (done: number, until: AbortSignal) => void (await gate.ask(done, until)));
	const trainer = new Trainer(
		{ set, problems, dev: gated ? [] : dev, kind, graders, store: ports.store, calls, log, stream, between, clock },
		trainingOptions(config, run, opened),
	);
	const events = opened.follow(signal, async () => {
		await trainer.run(signal);
		await gate?.judge(undefined, { allowed: gateAllows, rollback: action === 'rollback' });
	});
	return { events, ledger: opened.ledger };
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
