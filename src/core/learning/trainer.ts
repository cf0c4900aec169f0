/** The trainer: epochs over seeded batches of problems; a batch reads one state of the library and then changes it. */
import type { Experience } from '../experience/experience.js';
import { type RenderingOptions, renderExperience } from '../experience/rendering.js';
import type { ExperienceStore, RetrievalLimits } from '../experience/store.js';
import type { ModelRole } from '../models/chatModel.js';
import type { ModelCalls } from '../models/modelCalls.js';
import { hashSeed, seededRandom, shuffled } from '../random.js';
import type { GraderPorts, Problem, ProblemSet, TaskKind } from '../tasks/task.js';
import { Actor, answerForm, answersDirectly, taskText } from './actor.js';
import { candidateOf } from './candidate.js';
import { Critic } from './critic.js';
import { DevEvaluation } from './devEvaluation.js';
import type { Draft } from './draft.js';
import { type ExplorationOptions, explore } from './exploration.js';
import { mapConcurrently } from './mapConcurrently.js';
import type { Rollout } from './rollout.js';
import type { LessonOutcome, ProblemRecord, RolloutLine, RunLog } from './runLog.js';
import type { RunStream } from './runStream.js';
import { type ShownExperience, shownExperience } from './shownExperience.js';
import { Updater, type UpdaterOptions } from './updater.js';

export interface TrainingOptions {
	/** ULID of the run; part of every id that it writes. */
	readonly run: string;
	readonly seed: number;
	readonly epochs: number;
	/** Problems of a batch, which reads the library as it was at its start (default 8). */
	readonly batch: number;
	/** How many problems are explored at once. */
	readonly concurrency: number;
	readonly exploration: Omit<ExplorationOptions, 'seed'>;
	readonly maxAnswerTokens: number;
	readonly adviceTokens: number;
	readonly lessonTokens: number;
	/** False: no lessons are written, cases alone are kept. */
	readonly lessons: boolean;
	/** After this many lessons of which none passed the checks, the model is asked for no more (0: never give up). */
	readonly giveUpAfter: number;
	/** A lesson is kept only if the actor solves its problem with it where it had failed. */
	readonly trial: boolean;
	/** From the second epoch on a problem may see what it taught itself (the paper's train curve does). */
	readonly seeOwnLessons: boolean;
	/** Probability that a retrieved experience is left out, for paired evidence of its use; 0 to 1. */
	readonly withhold: number;
	readonly retrieval: RetrievalLimits;
	readonly rendering: RenderingOptions;
	readonly updater: UpdaterOptions;
}

export interface TrainingPorts {
	readonly set: ProblemSet;
	readonly problems: readonly Problem[];
	/** Held-out problems of the split `dev`, answered between epochs and never learned from. */
	readonly dev?: readonly Problem[] | undefined;
	readonly kind: TaskKind;
	readonly graders: GraderPorts;
	readonly store: ExperienceStore;
	readonly calls: Readonly<Record<Exclude<ModelRole, 'judge'>, ModelCalls>>;
	readonly log: RunLog;
	readonly stream: RunStream;
	/** Called before the first epoch (0) and after each, while the library stands as it was then. */
	readonly between?: ((epochs: number, signal: AbortSignal) => Promise<void>) | undefined;
	readonly clock: () => string;
}

export class Trainer {
	private readonly actor: Actor;
	private readonly critic: Critic;
	private readonly updater: Updater;
	private readonly dev: DevEvaluation;
	private lessonsAsked = 0;
	private lessonsKept = 0;

	constructor(
		private readonly ports: TrainingPorts,
		private readonly options: TrainingOptions,
	) {
		const { set, kind, calls, store } = ports;
		this.actor = new Actor(calls.actor, set, kind, options.maxAnswerTokens);
		const critic = { ...options, traces: kind.traces, openEnded: kind.openEnded };
		this.critic = new Critic(calls.critic, set, taskText(set, kind), critic);
		this.updater = new Updater(store, calls.updater, options.updater, answersDirectly(set));
		this.dev = new DevEvaluation(ports, this.actor, options);
	}

	/**
	 * Trains to the end; what is in the run's log already is not done again.
	 * @throws {ModelError | BudgetError | LibraryError} the run can be resumed after each of them
	 */
	async run(signal: AbortSignal): Promise<void> {
		await this.between(0, signal);
		for (let epoch = 0; epoch < this.options.epochs; epoch++) {
			const order = shuffled(this.ports.problems, seededRandom(hashSeed(this.options.seed, 'epoch', epoch)));
			for (let start = 0; start < order.length; start += this.options.batch) {
				await this.runBatch(order.slice(start, start + this.options.batch), epoch, signal);
			}
			await this.finishEpoch(order, epoch);
			await this.between(epoch + 1, signal);
		}
	}

	private async between(epochs: number, signal: AbortSignal): Promise<void> {
		await this.dev.evaluate(epochs, signal);
		await this.ports.between?.(epochs, signal);
	}

	private async runBatch(batch: readonly Problem[], epoch: number, signal: AbortSignal): Promise<void> {
		const open = batch.filter((problem) => !this.ports.log.problem(epoch, problem.id));
		const lessons = this.options.lessons && !this.gaveUp();
		if (open.length > 0) {
			const prepared = await this.prepare(open, epoch, signal);
			await mapConcurrently(prepared, this.options.concurrency, (item) =>
				this.exploreOne(item, epoch, lessons, signal),
			);
		}
		for (const problem of batch) await this.updateFrom(problem, epoch, signal);
	}

	/** Retrieves for all problems of the batch from one state of the library. */
	private prepare(batch: readonly Problem[], epoch: number, signal: AbortSignal): Promise<readonly ShownExperience[]> {
		const { seed, withhold, seeOwnLessons } = this.options;
		const withholds = ({ id }: Problem): (() => boolean) => {
			const random = seededRandom(hashSeed(seed, 'withhold', epoch, id));
			return () => random() < withhold;
		};
		const hideOwn = !(seeOwnLessons && epoch > 0);
		const { actor: calls } = this.ports.calls;
		return shownExperience({ ...this.ports, calls }, batch, { ...this.options, hideOwn, withholds }, signal);
	}

	private async exploreOne(item: ShownExperience, epoch: number, lessons: boolean, signal: AbortSignal): Promise<void> {
		const { stream, log, set, kind, graders } = this.ports;
		const { problem, rendered } = item;
		const place = { problem: problem.id, epoch, rollout: 0, round: 0 };
		stream.emit({ type: 'problem.started', ...place });
		stream.emit({ type: 'retrieved', ...place, ids: rendered.ids, withheld: item.withheld });
		const rollouts = await explore(
			{ actor: this.actor, critic: this.critic, set, kind, graders, emit: stream.emit },
			problem,
			epoch,
			{ experience: rendered, kind: item.kind },
			{ ...this.options.exploration, seed: this.options.seed },
			signal,
		);
		const firstAttempt = rollouts[0]?.rounds[0]?.grade.verdict === 'correct';
		const learned = epoch > 0 && firstAttempt ? {} : await this.learn(problem, rollouts, epoch, lessons, signal);
		const record: ProblemRecord = {
			problem: problem.id,
			epoch,
			firstAttempt,
			solved: rollouts.some((rollout) => rollout.solved),
			...learned,
			uses: this.usesOf(item, rollouts, epoch),
			...(this.options.withhold > 0 ? { drawn: { given: item.given, withheld: item.withheld } } : {}),
		};
		await log.addProblem(record, rolloutLines(problem, epoch, rollouts, rendered.ids));
		stream.emit({ type: 'problem.finished', ...place, firstAttempt, solved: record.solved });
	}

	/** What one problem taught: a case always, a lesson where the critic wrote one that passed the checks. */
	private async learn(
		problem: Problem,
		rollouts: readonly Rollout[],
		epoch: number,
		lessons: boolean,
		signal: AbortSignal,
	): Promise<Pick<ProblemRecord, 'candidate' | 'lesson'>> {
		const { stream, set, kind, calls, clock } = this.ports;
		const candidate = (draft?: Draft): Experience =>
			candidateOf({
				run: this.options.run,
				epoch,
				model: calls.critic.model.id,
				set,
				problem,
				rollouts,
				draft,
				openEnded: kind.openEnded,
				at: clock(),
			});
		if (!lessons) return { candidate: candidate() };
		const sample = `${epoch}.lesson`;
		const distilled = await this.critic.distil(problem, rollouts, sample, signal);
		let lesson: LessonOutcome = distilled.kept ? { kept: true, mended: distilled.mended } : distilled;
		let draft = distilled.kept ? distilled.draft : undefined;
		if (draft && this.options.trial && rollouts[0]?.rounds[0]?.grade.verdict !== 'correct') {
			if (!(await this.passesTrial(problem, candidate(draft), sample, signal))) {
				draft = undefined;
				lesson = { kept: false, reason: 'trial-failed' };
			}
		}
		stream.emit({
			type: 'distilled',
			problem: problem.id,
			epoch,
			rollout: 0,
			round: 0,
			kept: lesson.kept,
			reason: lesson.kept ? lesson.mended && `mended: ${lesson.mended}` : lesson.reason,
		});
		return { candidate: candidate(draft), lesson };
	}

	/** The actor answers the teaching problem again with the lesson alone. Train evidence only. */
	private async passesTrial(
		problem: Problem,
		lesson: Experience,
		sample: string,
		signal: AbortSignal,
	): Promise<boolean> {
		const { budgetTokens } = this.options.rendering;
		const experience = renderExperience(
			[lesson],
			[],
			{ style: 'rules', budgetTokens, prefixTokens: budgetTokens, leadingCases: 0, named: false },
			answerForm(this.ports.set),
		);
		const made = await this.actor.attempt(
			{ problem, experience, temperature: 0, seed: this.options.seed, sample: `${sample}.trial` },
			signal,
		);
		const grade = await this.ports.kind.grade(problem, made.attempt, this.ports.set, this.ports.graders, signal);
		return grade.verdict === 'correct';
	}

	/** Folds what the problem taught into the library, once, however often it is called. */
	private async updateFrom(problem: Problem, epoch: number, signal: AbortSignal): Promise<void> {
		const { store, log, stream } = this.ports;
		const record = log.problem(epoch, problem.id);
		if (!record) return;
		this.countLesson(record);
		if (log.update(epoch, problem.id)) return;
		const by = `run:${this.options.run}`;
		const key = `${this.options.run}/${epoch}/${problem.id}`;
		const uses = record.uses.map(({ id, ...use }) => ({
			change: { op: 'use' as const, id, use },
			by,
			key: `${key}/use/${use.rollout}/${id}`,
		}));
		const { candidate } = record;
		const before = candidate && (await store.appliedBy(key));
		if (candidate && !before) {
			const decision = await this.updater.decide(candidate, `${epoch}.update`, signal);
			const request = this.updater.request(candidate, decision, by, key);
			const applied = await store.apply(request ? [request, ...uses] : uses);
			const first = request ? applied[0] : undefined;
			const id = first?.id ?? (decision.op === 'discard' ? decision.id : candidate.id);
			const change = { op: decision.op, id, rev: first?.rev ?? 0, reason: decision.reason, problem: problem.id, epoch };
			stream.emit({ type: 'library.changed', ...change });
			await log.addUpdate(change);
			return;
		}
		if (uses.length > 0) await store.apply(uses);
		const op = before?.op === 'merge' ? 'merge' : before ? 'insert' : 'none';
		await log.addUpdate({ problem: problem.id, epoch, op, id: before?.id ?? '', rev: before?.rev ?? 0, reason: '' });
	}

	/** Lessons are counted batch by batch in seeded order, so that a resumed run gives up at the same place. */
	private countLesson(record: ProblemRecord): void {
		if (!record.lesson) return;
		const gaveUpBefore = this.gaveUp();
		this.lessonsAsked++;
		if (record.lesson.kept) this.lessonsKept++;
		if (!gaveUpBefore && this.gaveUp()) {
			this.ports.stream.emit({
				type: 'warning',
				code: 'critic-too-weak',
				message: `None of ${this.lessonsAsked} lessons passed the checks: this model is too weak to write rules. Only cases are kept from here on.`,
			});
		}
	}

	private gaveUp(): boolean {
		return this.options.giveUpAfter > 0 && this.lessonsKept === 0 && this.lessonsAsked >= this.options.giveUpAfter;
	}

	private usesOf(item: ShownExperience, rollouts: readonly Rollout[], epoch: number): ProblemRecord['uses'] {
		const base = { run: this.options.run, problem: item.problem.id, epoch };
		return rollouts.flatMap(({ rollout, rounds }) => {
			const solved = rounds[0]?.grade.verdict === 'correct';
			return [
				...item.rendered.ids.map((id) => ({ id, ...base, rollout, solved })),
				...item.withheld.map((id) => ({ id, ...base, rollout, solved, withheld: true })),
			];
		});
	}

	private async finishEpoch(problems: readonly Problem[], epoch: number): Promise<void> {
		const { log, stream, store } = this.ports;
		const records = problems.flatMap((problem) => log.problem(epoch, problem.id) ?? []);
		stream.emit({
			type: 'epoch.finished',
			epoch,
			problems: records.length,
			firstAttempt: records.filter((record) => record.firstAttempt).length,
			solved: records.filter((record) => record.solved).length,
			experiences: (await store.stats()).byStatus.active.experiences,
		});
	}
}

function rolloutLines(
	problem: Problem,
	epoch: number,
	rollouts: readonly Rollout[],
	retrieved: readonly string[],
): readonly RolloutLine[] {
	return rollouts.flatMap(({ rollout, rounds }) =>
		rounds.map((round, index) => ({
			problem: problem.id,
			epoch,
			rollout,
			round: index,
			messages: round.messages,
			text: round.attempt.text,
			answer: round.attempt.answer,
			verdict: round.grade.verdict,
			score: round.grade.score,
			advice: round.advice,
			retrieved,
		})),
	);
}
