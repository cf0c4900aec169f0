/** Turns what one problem taught into a candidate for the library: the case by computation, the rest from the draft. */
import {
	blankExperience,
	type Case,
	type Experience,
	type Outcome,
	type Source,
	type Zone,
} from '../experience/experience.js';
import { experienceId, partId } from '../experience/ids.js';
import { shortTitle } from '../experience/shortTitle.js';
import type { Problem, ProblemSet } from '../tasks/task.js';
import type { Draft } from './draft.js';
import type { Rollout, Round } from './rollout.js';

export interface CandidateInput {
	readonly run: string;
	readonly epoch: number;
	readonly model: string;
	readonly set: ProblemSet;
	readonly problem: Problem;
	readonly rollouts: readonly Rollout[];
	/** Absent where no lesson was written or it was dropped: the case stands alone. */
	readonly draft?: Draft | undefined;
	/** The problem's answer is a good one among many, and an attempt that was right takes its place in the case. */
	readonly openEnded?: boolean | undefined;
	readonly at: string;
}

/** The zone of what a problem taught: right at once, never right, or wrong first and right later. */
export function zoneOf(rollouts: readonly Rollout[]): Zone {
	const verdicts = rollouts.flatMap((rollout) => rollout.rounds.map((round) => round.grade.verdict === 'correct'));
	if (verdicts.every((right) => right)) return 'golden';
	return verdicts.some((right) => right) ? 'mixed' : 'warning';
}

const outcomes: Readonly<Record<Zone, Outcome>> = { golden: 'correct', warning: 'incorrect', mixed: 'mixed' };

export function candidateOf(input: CandidateInput): Experience {
	const { run, epoch, set, problem: given, rollouts, draft, at } = input;
	const problem = input.openEnded ? withBestAnswer(given, rollouts) : given;
	const zone = zoneOf(rollouts);
	const id = experienceId(run, problem.id, zone, epoch);
	const sources: readonly Source[] = [{ set: set.name, problem: problem.id }];
	const written = (text: string) => ({ text, sources: text === '' ? [] : sources });
	return blankExperience(id, {
		zone,
		title: shortTitle(draft?.when ?? problem.question),
		when: written(draft?.when ?? ''),
		strategy: written(draft?.strategy ?? ''),
		patterns: (draft?.patterns ?? []).map((pattern) => ({
			id: partId(id, 'pattern', pattern.rule),
			rule: pattern.rule,
			examples: pattern.example === '' ? [] : [pattern.example],
			sources,
		})),
		cases: [caseOf(id, problem, rollouts, outcomes[zone], sources)],
		domains: [set.name],
		origin: { set: set.name, run, model: input.model },
		createdAt: at,
		updatedAt: at,
	});
}

/** The problem with its right answer; worked by an attempt that was right, or by the set itself. */
function caseOf(
	id: string,
	problem: Problem,
	rollouts: readonly Rollout[],
	outcome: Outcome,
	sources: readonly Source[],
): Case {
	const right = bestRight(rollouts)?.attempt.text.trim();
	const solution = right !== undefined && right !== problem.answer ? right : problem.solution;
	return {
		id: partId(id, 'case', problem.question),
		question: problem.question.trim(),
		answer: problem.answer,
		...(solution === undefined ? {} : { solution }),
		outcome,
		sources,
	};
}

/** The answer of the best attempt that was right, in place of the set's own. */
function withBestAnswer(problem: Problem, rollouts: readonly Rollout[]): Problem {
	const answer = bestRight(rollouts)?.attempt.answer;
	return answer === undefined ? problem : { ...problem, answer };
}

/** The first attempt that was right; where there are scores, the one with the best. */
function bestRight(rollouts: readonly Rollout[]): Round | undefined {
	const right = rollouts.flatMap(({ rounds }) => rounds).filter(({ grade }) => grade.verdict === 'correct');
	return right.toSorted((a, b) => (b.grade.score ?? 0) - (a.grade.score ?? 0))[0];
}
