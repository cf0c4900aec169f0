/** How many tokens the calls of a run can have: what trainings and benchmarks share. */
import type { Experience } from '../core/experience/experience.js';
import { answerForm, answersDirectly } from '../core/learning/actor.js';
import { actorPrompt } from '../core/learning/prompts/actor.js';
import { judgePrompt } from '../core/learning/prompts/judge.js';
import { kindPrompt } from '../core/learning/prompts/kind.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { ModelRole } from '../core/models/chatModel.js';
import { estimatePrompt, estimateTokens } from '../core/models/tokenEstimate.js';
import type { Problem, ProblemSet } from '../core/tasks/task.js';
import { type Likely, type Range, type RoleFacts, sum, type Work } from './estimate.js';
import { withinContext } from './openRun.js';
import type { PastCalls } from './pastCalls.js';

export interface CallSizesInput {
	readonly set: ProblemSet;
	readonly problems: readonly Problem[];
	readonly config: RunConfig;
	readonly models?: RoleFacts | undefined;
	readonly past?: PastCalls | undefined;
	/** Absent where it is not known. */
	readonly library?: readonly Experience[] | undefined;
}

/** Tokens that a kind of case takes at most, as the critic and the actor are held to. */
const kindTokens = 64;
/** Tokens of the shortest JSON answer. */
export const leastJson = 4;
/** Tokens of telling a model what was wrong with its JSON. */
const faultTokens = 160;
/** Tokens of a form in words, where a model can't be held to a schema. */
const formTokens = 160;
/** Tokens of a judgement at most. */
const judgementTokens = 200;
/** Tokens that mark a question and its answer as turns. */
const turnTokens = 8;
/** Added to the system part of named experience. */
const nameFirstTokens = 24;

export class CallSizes {
	/** Counts without a tokenizer are right within about 15 %; chat templates and rare words take their share. */
	readonly margin = { low: 0.75, high: 1.3 } as const;
	/** Tokens of one answer of the actor. */
	readonly answer: Range;
	/** Tokens of experience in a prompt at most. */
	readonly shown: number;
	/** Tokens of asking for JSON in words at most; 0 where every model takes a schema. */
	readonly jsonDemand: number;

	constructor(private readonly input: CallSizesInput) {
		const { models } = input;
		this.answer = answerSize(input);
		this.shown = shownTokens(input, this.answer[1]);
		const schemas = [models?.critic, models?.updater, models?.actor].every((model) => model?.supports.schema === true);
		this.jsonDemand = schemas ? 0 : formTokens;
	}

	/** A prompt is never longer than what the model takes. */
	within(role: ModelRole, tokens: number): number {
		return Math.min(tokens, this.input.models?.[role]?.contextTokens ?? Number.POSITIVE_INFINITY);
	}

	/** A structured call and its repetition with the faulty answer and what was wrong: tokens read in both. */
	twice(role: ModelRole, tokensIn: number, tokensOut: number): number {
		return this.within(role, tokensIn) + this.within(role, tokensIn + tokensOut + faultTokens);
	}

	/** An actor's prompt without experience and without the form of the answer, which named experience leaves out. */
	leastPrompt(question: string): number {
		return estimatePrompt(actorPrompt(this.input.set.description, undefined, question, []));
	}

	/** Naming the kinds of `problems`; @param calls how often in all, fewest and most */
	naming(role: ModelRole, problems: readonly Problem[], calls: Range): Work {
		const questions = [...new Set(problems.map(({ question }) => question))];
		const sizes = questions.map((question) => estimatePrompt(kindPrompt(question)));
		const shortest = [...sizes].sort((a, b) => a - b).slice(0, calls[0]);
		const high = sizes.map((size) => this.twice(role, size * this.margin.high + this.jsonDemand, kindTokens));
		return {
			role,
			calls,
			tokensIn: [sum(shortest) * this.margin.low, sum(high)],
			tokensOut: [shortest.length * leastJson, calls[1] * kindTokens],
			likely: { calls: calls[1] / 2, tokensIn: sum(sizes), tokensOut: (calls[1] / 2) * (kindTokens / 4) },
		};
	}

	/** Judging answers, `most` in all. */
	judging(problems: readonly Problem[], most: number, likelyCalls: number): Work {
		const sizes = problems.map(({ question, answer }) => estimatePrompt(judgePrompt(question, answer, '')));
		const mean = sum(sizes) / Math.max(1, sizes.length);
		const longest = Math.max(0, ...sizes);
		const asked = longest * this.margin.high + this.answer[1] + this.jsonDemand;
		const past = this.input.past?.perCall.judge;
		const each = past ?? { tokensIn: mean + this.answer[1] / 4, tokensOut: judgementTokens / 4 };
		const likely: Likely = {
			calls: likelyCalls,
			tokensIn: likelyCalls * each.tokensIn,
			tokensOut: likelyCalls * each.tokensOut,
		};
		return {
			role: 'judge',
			calls: [0, most * 2],
			tokensIn: [0, most * this.twice('judge', asked, judgementTokens)],
			tokensOut: [0, most * 2 * judgementTokens],
			likely,
		};
	}
}

/** From one token to the cap; where the model is held to labels, to the longest of them. */
function answerSize({ set, config, models }: CallSizesInput): Range {
	const { maxAnswerTokens } = config.training;
	const held = answersDirectly(set) && models?.actor?.supports.choices === true;
	if (!held) return [1, maxAnswerTokens];
	const longest = Math.max(1, ...(set.answerSpace ?? []).map((label) => estimateTokens(label)));
	const label = longest * 2 + 2;
	return [1, Math.max(1, label + (config.retrieval.named ? kindTokens + 2 : 0))];
}

/**
 * What retrieval may put into a prompt: its budget, or as many cases as it may show if all are as long as the longest
 * that the library holds or this run can write.
 */
function shownTokens({ set, problems, config, models, library }: CallSizesInput, answerTokens: number): number {
	const { retrieval } = config;
	const { budgetTokens } = models?.actor ? withinContext(retrieval, models.actor.contextTokens) : retrieval;
	const extra = retrieval.named ? nameFirstTokens : 0;
	if (retrieval.style !== 'turns' || !library) return budgetTokens + extra;
	const named = retrieval.named ? kindTokens + 2 : 0;
	const form = answerForm(set);
	const stored = library.flatMap((experience) =>
		experience.cases.map((item) => estimateTokens(item.question) + estimateTokens(form(item, experience))),
	);
	const written = problems.map(({ question, answer, solution = '' }) => {
		const worked = answersDirectly(set) ? 0 : Math.max(answerTokens, estimateTokens(solution));
		return estimateTokens(question) + estimateTokens(answer) + worked + 2;
	});
	const longest = Math.max(0, ...stored, ...written) + named + turnTokens;
	const cases = retrieval.cases + (retrieval.prefixTokens > 0 ? retrieval.leadingCases : 0);
	return Math.min(budgetTokens, cases * longest) + extra;
}
