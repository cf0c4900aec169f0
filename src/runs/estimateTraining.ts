/** What a training will take: from nothing but right answers to never a right one. */
import { blankExperience, type Experience } from '../core/experience/experience.js';
import { answersDirectly, taskText } from '../core/learning/actor.js';
import { actorPrompt } from '../core/learning/prompts/actor.js';
import { advisePrompt } from '../core/learning/prompts/advise.js';
import { distilPrompt } from '../core/learning/prompts/distil.js';
import { updatePrompt } from '../core/learning/prompts/update.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { estimatePrompt } from '../core/models/tokenEstimate.js';
import { taskKind } from '../core/tasks/registry.js';
import type { Problem, ProblemSet } from '../core/tasks/task.js';
import { CallSizes, leastJson } from './callSizes.js';
import { type Estimate, estimateOf, type Likely, modelIdOf, type RoleFacts, sum, type Work } from './estimate.js';
import type { PastCalls } from './pastCalls.js';

export interface TrainingToEstimate {
	readonly set: ProblemSet;
	/** The train problems that the run takes. */
	readonly problems: readonly Problem[];
	readonly config: RunConfig;
	/** Facts of the models, where they are known; without them the ranges are wider. */
	readonly models?: RoleFacts | undefined;
	/** What past runs of these models tell; without it there is neither time nor a likely value. */
	readonly past?: PastCalls | undefined;
	/** The active experiences of the library; absent where they are not known. */
	readonly library?: readonly Experience[] | undefined;
}

/**
 * The estimate of a training from its shape: attempts and advice of every round, lessons, trials, the updater's and the
 * judge's questions, and held-out problems between epochs. Low is every problem right at once, high none ever.
 * @throws {TaskError} `unknown-kind`
 */
export function estimateTraining(training: TrainingToEstimate): Estimate {
	const shape = new TrainingShape(training);
	const works = [
		...shape.kinds(),
		...shape.attempts(),
		...shape.lessons(),
		...shape.updates(),
		...shape.evaluations(),
		...shape.judgements(),
	];
	const { problems, config, models, past } = training;
	return estimateOf(works, { kind: 'train', problems: problems.length, config, models, past });
}

class TrainingShape {
	private readonly sizes: CallSizes;
	private readonly task: string;
	/** Whether an answer is the bare label, so that lessons and updates are computed but for the kind. */
	private readonly direct: boolean;
	/** Rounds of a rollout at most. */
	private readonly roundsPossible: number;
	private readonly attemptsPossible: number;
	/** Held-out problems, and how often they are answered. */
	private readonly dev: readonly Problem[];
	private readonly evaluated: number;
	/** Different questions. */
	private readonly distinct: number;

	constructor(private readonly input: TrainingToEstimate) {
		const { set, problems, config, models } = input;
		const { rollouts, rounds, epochs, devProblems, gate } = config.training;
		const asked = gate !== 'off' && devProblems === 0 ? undefined : devProblems;
		this.dev = (set.splits.dev ?? []).slice(0, asked);
		this.evaluated = epochs + 1;
		this.sizes = new CallSizes(input);
		this.task = taskText(set, taskKind(set.kind));
		this.direct = answersDirectly(set);
		this.distinct = new Set(problems.map(({ question }) => question)).size;
		this.roundsPossible = Math.min(rounds, labelsToTry(set, problems, models));
		this.attemptsPossible = problems.length * epochs * rollouts * this.roundsPossible;
	}

	/** Naming the kinds of the problems, once each: the answers are cached from then on. */
	kinds(): readonly Work[] {
		if (!this.input.config.retrieval.named) return [];
		const asked = [...this.input.problems, ...this.dev];
		const distinct = new Set(asked.map(({ question }) => question)).size;
		return [this.sizes.naming('actor', asked, [distinct, distinct * 2])];
	}

	/** All rollouts begin; further rounds, each after advice, only where nothing was right. */
	attempts(): readonly Work[] {
		const { problems, config } = this.input;
		const { rollouts, epochs, advice, adviceTokens, trial, lessons } = config.training;
		const { answer, shown, margin } = this.sizes;
		const runs = epochs * rollouts;
		const later = Array.from({ length: this.roundsPossible - 1 }, (_, index) => index + 1);
		const sizes = problems.map(({ question }) => {
			const base = estimatePrompt(actorPrompt(this.task, undefined, question, []));
			const bare = config.retrieval.named ? this.sizes.leastPrompt(question) : base;
			const said = answer[1] + (advice ? adviceTokens : 0) + betweenRounds;
			const advised = estimatePrompt(advisePrompt(this.task, question, ''));
			return {
				low: bare * margin.low,
				first: this.sizes.within('actor', (base + shown) * margin.high),
				later: later.map((round) => this.sizes.within('actor', (base + shown) * margin.high + round * said)),
				advice: this.sizes.within('critic', advised * margin.high + answer[1]),
			};
		});
		const first = problems.length * runs;
		const inLow = sum(sizes.map(({ low }) => low)) * runs;
		const inHigh = sum(sizes.map((size) => size.first + sum(size.later))) * runs;
		const actor: Work = {
			role: 'actor',
			calls: [first, this.attemptsPossible],
			tokensIn: [inLow, inHigh],
			tokensOut: [first * answer[0], this.attemptsPossible * answer[1]],
			likely: this.likely('actor', first * this.expectedRounds(), inLow / margin.low / first + shown / 2),
		};
		const advices = advice ? first * (this.roundsPossible - 1) : 0;
		const critic: Work = {
			role: 'critic',
			calls: [0, advices],
			tokensIn: [0, advices === 0 ? 0 : sum(sizes.map((size) => size.advice)) * runs * (this.roundsPossible - 1)],
			tokensOut: [0, advices * adviceTokens],
			likely: this.likely(
				'critic',
				advices === 0 ? 0 : first * (this.expectedRounds() - 1),
				inLow / first,
				adviceTokens,
			),
		};
		return trial && lessons ? [actor, critic, this.trials(sizes.map((size) => size.first))] : [actor, critic];
	}

	/** One lesson a problem and epoch, unless it was right at once a second time; of labels, once a question. */
	lessons(): readonly Work[] {
		const { problems, config } = this.input;
		const { training, retrieval } = config;
		if (!training.lessons) return [];
		if (this.direct) {
			// Named before, by the same model: the answer is in the cache.
			const known = retrieval.named && modelIdOf('actor', this.input) === modelIdOf('critic', this.input);
			const least = Math.min(this.leastLessons(), this.distinct);
			return known ? [] : [this.sizes.naming('critic', problems, [least, this.distinct * 2])];
		}
		const most = problems.length * training.epochs;
		const asked = problems.map((problem) => this.lessonPrompt(problem));
		const right = this.right;
		const expected = right === undefined ? undefined : problems.length * (1 + (training.epochs - 1) * (1 - right));
		const shortest = [...asked].sort((a, b) => a - b).slice(0, this.leastLessons());
		const { margin } = this.sizes;
		const attempts = 4 * this.sizes.answer[1];
		const high = asked.map((tokens) =>
			this.sizes.twice('critic', tokens * margin.high + attempts, training.lessonTokens),
		);
		return [
			{
				role: 'critic',
				calls: [shortest.length, most * 2],
				tokensIn: [sum(shortest) * margin.low, sum(high) * training.epochs],
				tokensOut: [shortest.length * leastJson, most * 2 * training.lessonTokens],
				likely: this.likely('critic', expected, sum(asked) / asked.length + attempts / 4, training.lessonTokens / 2),
			},
		];
	}

	/** Asked where a candidate is like a stored experience and not the same; labels need no asking. */
	updates(): readonly Work[] {
		const { problems, config, models, past } = this.input;
		const { updater, training } = config;
		if (this.direct || !updater.consult) return [];
		const candidates = problems.length * training.epochs;
		const blank = estimatePrompt(updatePrompt(blankExperience(''), [], 0));
		const half = Math.floor((models?.updater?.contextTokens ?? Number.POSITIVE_INFINITY) / 2);
		const lessons = Math.min(updater.budgetTokens, half) + updater.neighbours * tokensOfId;
		const { margin } = this.sizes;
		const once = (blank + lessons) * margin.high + this.sizes.jsonDemand;
		return [
			{
				role: 'updater',
				calls: [0, candidates * 2],
				tokensIn: [0, candidates * this.sizes.twice('updater', once, updateTokens)],
				tokensOut: [0, candidates * 2 * updateTokens],
				likely: this.likely(
					'updater',
					past && past.updatesPerProblem * candidates,
					blank + lessons / 4,
					updateTokens / 4,
				),
			},
		];
	}

	/** Held-out problems once before the first epoch and after each; a prompt that did not change comes from the cache. */
	evaluations(): readonly Work[] {
		if (this.dev.length === 0) return [];
		const { answer, shown, margin } = this.sizes;
		const sizes = this.dev.map(({ question }) => {
			const base = estimatePrompt(actorPrompt(this.task, undefined, question, []));
			const bare = this.input.config.retrieval.named ? this.sizes.leastPrompt(question) : base;
			return { low: bare * margin.low, high: this.sizes.within('actor', (base + shown) * margin.high) };
		});
		const inLow = sum(sizes.map(({ low }) => low));
		const most = this.dev.length * this.evaluated;
		return [
			{
				role: 'actor',
				calls: [this.dev.length, most],
				tokensIn: [inLow, sum(sizes.map(({ high }) => high)) * this.evaluated],
				tokensOut: [this.dev.length * answer[0], most * answer[1]],
				likely: this.likely('actor', most, inLow / margin.low / this.dev.length + shown / 2),
			},
		];
	}

	/** A judge is asked about every answer that is not empty. */
	judgements(): readonly Work[] {
		const { set, problems, config } = this.input;
		const { trial, lessons, epochs, rollouts } = config.training;
		const trials = trial && lessons ? problems.length * epochs : 0;
		const heldOut = this.dev.length * this.evaluated;
		const likely = problems.length * epochs * rollouts * this.expectedRounds() + heldOut;
		const most = this.attemptsPossible + trials + heldOut;
		return set.kind === 'judge' ? [this.sizes.judging([...problems, ...this.dev], most, likely)] : [];
	}

	/** The problem once more with its lesson alone, where it was wrong. */
	private trials(first: readonly number[]): Work {
		const { problems, config } = this.input;
		const { epochs, lessonTokens } = config.training;
		const most = problems.length * epochs;
		const tokensIn = (sum(first) + lessonTokens * problems.length) * epochs;
		const expected = this.right === undefined ? undefined : most * (1 - this.right) * 0.5;
		return {
			role: 'actor',
			calls: [0, most],
			tokensIn: [0, tokensIn],
			tokensOut: [0, most * this.sizes.answer[1]],
			likely: this.likely('actor', expected, tokensIn / most / 2),
		};
	}

	/** The model gives up where no lesson passes; that is looked at after each batch. */
	private leastLessons(): number {
		const { problems, config } = this.input;
		const { giveUpAfter, batch } = config.training;
		if (giveUpAfter === 0) return problems.length;
		return Math.min(problems.length, Math.ceil(giveUpAfter / batch) * batch);
	}

	private lessonPrompt({ question, answer, solution }: Problem): number {
		const { set } = this.input;
		const { description: task, levels } = set;
		const prompt = distilPrompt({ task, question, expected: answer, solution, wrong: [], right: [], levels });
		return estimatePrompt(prompt) + this.sizes.jsonDemand;
	}

	/** Part of the attempts that were right in past trainings on the set; undefined where there were none. */
	private get right(): number | undefined {
		return this.input.past?.accuracy;
	}

	/** Rounds that a rollout goes through on average, if each attempt is as often right as past first ones. */
	private expectedRounds(): number {
		const { stop, rollouts } = this.input.config.training;
		const wrong = 1 - (this.right ?? 0);
		const goesOn = stop === 'first-success' ? wrong ** rollouts : wrong;
		return sum(Array.from({ length: this.roundsPossible }, (_, round) => goesOn ** round));
	}

	/** So many calls of the size that past ones had, else of the size given. */
	private likely(
		role: Work['role'],
		calls: number | undefined,
		tokensIn: number,
		tokensOut = (this.sizes.answer[0] + this.sizes.answer[1]) / 2,
	): Likely | undefined {
		if (calls === undefined || this.right === undefined) return undefined;
		const past = this.input.past?.perCall[role];
		const each = past ?? { tokensIn, tokensOut };
		return { calls, tokensIn: calls * each.tokensIn, tokensOut: calls * each.tokensOut };
	}
}

/** Tokens of what is said between two rounds beside the advice. */
const betweenRounds = 24;
/** What the updater may write. */
const updateTokens = 300;
/** Tokens of an id before a lesson, with the brackets. */
const tokensOfId = 24;

/** How many labels can be wrong before only the right one is left, where the model is held to them. */
function labelsToTry(set: ProblemSet, problems: readonly Problem[], models: RoleFacts | undefined): number {
	const labels = set.answerSpace ?? [];
	const held = answersDirectly(set) && models?.actor?.supports.choices === true;
	const listed = problems.every(({ answer }) => labels.includes(answer));
	return held && listed && labels.length > 0 ? labels.length : Number.POSITIVE_INFINITY;
}
