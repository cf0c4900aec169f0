/** The held-out curve of a training: dev problems, answered with the library as it is between epochs, and never learned from. */
import type { ModelCalls } from '../models/modelCalls.js';
import { hashSeed } from '../random.js';
import type { GraderPorts, Problem, TaskKind } from '../tasks/task.js';
import type { Actor } from './actor.js';
import { mapConcurrently } from './mapConcurrently.js';
import type { RunLog } from './runLog.js';
import type { RunStream } from './runStream.js';
import { type ShownExperience, type ShowOptions, type ShowPorts, shownExperience } from './shownExperience.js';

export interface DevPorts extends Omit<ShowPorts, 'calls'> {
	/** What is trained on. */
	readonly problems: readonly Problem[];
	/** What is held out. */
	readonly dev?: readonly Problem[] | undefined;
	readonly kind: TaskKind;
	readonly graders: GraderPorts;
	readonly calls: { readonly actor: ModelCalls };
	readonly log: RunLog;
	readonly stream: RunStream;
}

export interface DevOptions extends Pick<ShowOptions, 'retrieval' | 'rendering' | 'concurrency'> {
	/** Of the training. */
	readonly seed: number;
}

/** Keeps these answers apart from the training's in the cache; an unchanged prompt is one answer in all epochs. */
const sample = 'dev';

export class DevEvaluation {
	constructor(
		private readonly ports: DevPorts,
		private readonly actor: Actor,
		private readonly options: DevOptions,
	) {}

	/**
	 * Answers the dev problems once each and emits `evaluated`, unless the run's events hold it already. What a killed run
	 * had answered comes from the cache.
	 * @param epochs finished so far
	 * @throws {ModelError | BudgetError | CacheError} the run can be resumed after each of them
	 */
	async evaluate(epochs: number, signal: AbortSignal): Promise<void> {
		const { dev = [], log, stream } = this.ports;
		if (dev.length === 0 || log.evaluated(epochs) || this.isPast(epochs)) return;
		const { actor: calls } = this.ports.calls;
		const shown = await shownExperience({ ...this.ports, calls }, dev, { ...this.options, hideOwn: true }, signal);
		const right = await mapConcurrently(shown, this.options.concurrency, (item) => this.isSolved(item, signal));
		const accuracy = right.filter((solved) => solved).length / dev.length;
		stream.emit({ type: 'evaluated', split: 'dev', epoch: epochs, accuracy, n: dev.length });
	}

	/** Whether the next epoch has changed the library: then its state after so many epochs is gone. */
	private isPast(epochs: number): boolean {
		return this.ports.problems.some(({ id }) => this.ports.log.update(epochs, id) !== undefined);
	}

	private async isSolved({ problem, rendered, kind }: ShownExperience, signal: AbortSignal): Promise<boolean> {
		const { set, graders, kind: task } = this.ports;
		// As the training's first attempt at a problem is made.
		const seed = hashSeed(this.options.seed, problem.id, '0.0.0');
		const input = { problem, experience: rendered, kind, temperature: 0, seed, sample };
		const { attempt } = await this.actor.attempt(input, signal);
		const { verdict } = await task.grade(problem, attempt, set, graders, signal);
		return verdict === 'correct';
	}
}
