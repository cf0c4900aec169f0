/** Exploration of one problem: rollouts side by side, rounds one after another (FLEX, base level). */
import { hashSeed } from '../random.js';
import type { GraderPorts, Problem, ProblemSet, TaskKind } from '../tasks/task.js';
import { type Actor, type AttemptInput, answersDirectly } from './actor.js';
import type { Critic } from './critic.js';
import type { ProblemPlace, RunEventBody } from './events.js';
import type { Rollout, Round } from './rollout.js';

export interface ExplorationOptions {
	/** Rollouts of one problem, sampled independently (reference: up to 3). */
	readonly rollouts: number;
	/** Attempts within a rollout at most (reference: 5). */
	readonly rounds: number;
	/** `first-success`: after the round in which any rollout succeeded, none goes on; `all`: each runs its course. */
	readonly stop: 'first-success' | 'all';
	/** Of every rollout but the first, which is greedy. */
	readonly temperature: number;
	/** False: between rounds the actor hears the verdict alone, and no model is asked for advice. */
	readonly advice: boolean;
	readonly seed: number;
}

export interface ExplorationPorts {
	readonly actor: Actor;
	readonly critic: Critic;
	readonly set: ProblemSet;
	readonly kind: TaskKind;
	readonly graders: GraderPorts;
	readonly emit: (event: RunEventBody) => void;
}

/** What every attempt at the problem is given. */
export type AttemptContext = Pick<AttemptInput, 'experience' | 'kind'>;

/** Explores `problem`; rollouts go round by round, so that early stopping does not depend on who answers first. */
export async function explore(
	ports: ExplorationPorts,
	problem: Problem,
	epoch: number,
	context: AttemptContext,
	options: ExplorationOptions,
	signal: AbortSignal,
): Promise<readonly Rollout[]> {
	const rollouts = Array.from({ length: options.rollouts }, (): Round[] => []);
	for (let round = 0; round < options.rounds; round++) {
		const open = rollouts.map((rounds, index) => ({ rounds, index })).filter(({ rounds }) => !solved(rounds));
		if (open.length === 0 || (options.stop === 'first-success' && open.length < rollouts.length)) break;
		await Promise.all(
			open.map(async ({ rounds, index }) => {
				const where = { problem: problem.id, epoch, rollout: index, round };
				await adviseOnLast(ports, problem, where, rounds, options, signal);
				rounds.push(await playRound(ports, problem, where, context, rounds, options, signal));
			}),
		);
	}
	return rollouts.map((rounds, rollout) => ({ rollout, rounds, solved: solved(rounds) }));
}

function solved(rounds: readonly Round[]): boolean {
	return rounds.at(-1)?.grade.verdict === 'correct';
}

/** Adds advice to the last attempt, only now that another round is certain to follow. */
async function adviseOnLast(
	ports: ExplorationPorts,
	problem: Problem,
	where: ProblemPlace,
	rounds: Round[],
	options: ExplorationOptions,
	signal: AbortSignal,
): Promise<void> {
	const last = rounds.at(-1);
	if (!last || !options.advice) return;
	const advice = await ports.critic.advise(problem, last, sampleOf(where), signal);
	ports.emit({ type: 'advice', ...where, round: where.round - 1, text: advice.text, redacted: advice.redacted });
	rounds[rounds.length - 1] = { ...last, advice: advice.text };
}

async function playRound(
	ports: ExplorationPorts,
	problem: Problem,
	where: ProblemPlace,
	context: AttemptContext,
	earlier: readonly Round[],
	options: ExplorationOptions,
	signal: AbortSignal,
): Promise<Round> {
	const { actor, set, kind, graders, emit } = ports;
	const sample = sampleOf(where);
	const made = await actor.attempt(
		{
			problem,
			...context,
			earlier: earlier.map(({ attempt, grade, advice }) => ({
				attempt: attempt.text,
				advice: [grade.feedback, advice].filter(Boolean).join(' '),
			})),
			ruledOut: answersDirectly(set) ? earlier.map((round) => round.attempt.answer ?? '') : [],
			temperature: where.rollout === 0 ? 0 : options.temperature,
			seed: hashSeed(options.seed, problem.id, sample),
			sample,
		},
		signal,
	);
	const grade = await kind.grade(problem, made.attempt, set, graders, signal);
	emit({ type: 'attempt', ...where, verdict: grade.verdict, score: grade.score });
	return { ...made, grade };
}

/** Names one sample of a prompt within a run. */
function sampleOf(where: ProblemPlace): string {
	return `${where.epoch}.${where.rollout}.${where.round}`;
}
