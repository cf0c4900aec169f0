/** The critic: advice between rounds without knowing the answer, and one lesson after the last round. */
import type { ChatMessage } from '../models/chatModel.js';
import type { ModelCalls } from '../models/modelCalls.js';
import { completeStructured } from '../models/structuredOutput.js';
import type { AnswerTraces, Problem, ProblemSet } from '../tasks/task.js';
import { answersDirectly } from './actor.js';
import { type Draft, draftForms } from './draft.js';
import { checkDraft, type DraftFault } from './draftChecks.js';
import { nameKind } from './kinds.js';
import { type Redacted, redactAdvice } from './leakGuard.js';
import { advisePrompt } from './prompts/advise.js';
import { distilPrompt } from './prompts/distil.js';
import { kindPrompt } from './prompts/kind.js';
import type { Rollout, Round } from './rollout.js';

export interface CriticOptions {
	readonly adviceTokens: number;
	readonly lessonTokens: number;
	/** How answers are recognised, where the task's kind has its own way. */
	readonly traces?: AnswerTraces | undefined;
	/** Whether a problem's answer is one of many good ones. */
	readonly openEnded?: true | undefined;
}

/** What became of a lesson; `reason` is a code for the run log and the report. */
export type Distilled =
	| { readonly kept: true; readonly draft: Draft; readonly mended?: DraftFault }
	| { readonly kept: false; readonly reason: string };

export class Critic {
	constructor(
		private readonly calls: ModelCalls,
		private readonly set: ProblemSet,
		private readonly task: string,
		private readonly options: CriticOptions,
	) {}

	/** Advice on a wrong attempt. The model is not told the answer; what it guesses of it is redacted. */
	async advise(
		problem: Problem,
		round: Pick<Round, 'attempt' | 'grade'>,
		sample: string,
		signal: AbortSignal,
	): Promise<Redacted> {
		const answer = await this.calls.complete(
			{
				messages: advisePrompt(this.task, problem.question, toldOf(round)),
				maxTokens: this.options.adviceTokens,
				temperature: 0,
				sample,
			},
			signal,
		);
		return redactAdvice(answer.text, {
			question: problem.question,
			expected: problem.answer,
			attempts: [round.attempt.text],
			answerSpace: this.set.answerSpace,
			traces: this.options.traces,
		});
	}

	/** One lesson from the contrast of right and wrong rollouts; checked before it is kept. */
	async distil(
		problem: Problem,
		rollouts: readonly Rollout[],
		sample: string,
		signal: AbortSignal,
	): Promise<Distilled> {
		const written = answersDirectly(this.set)
			? await this.labelLesson(problem, signal)
			: await this.ruleLesson(problem, rollouts, sample, signal);
		if ('failed' in written) return { kept: false, reason: written.failed };
		const checked = checkDraft(written.draft, {
			question: problem.question,
			expected: problem.answer,
			attempts: rollouts.flatMap((rollout) => rollout.rounds.map((round) => round.attempt.text)),
			answerSpace: this.set.answerSpace,
			traces: this.options.traces,
			prompt: written.prompt
				.slice(0, -1)
				.map((message) => message.content)
				.join('\n'),
		});
		return checked.kept ? checked : { kept: false, reason: checked.fault };
	}

	/** Where the answer is a bare label: the kind of case that it holds for. */
	private async labelLesson(problem: Problem, signal: AbortSignal): Promise<Written> {
		const named = await nameKind(this.calls, problem.question, signal);
		if ('failed' in named) return named;
		const draft = { when: named.kind, strategy: problem.answer, patterns: [] };
		return { draft, prompt: kindPrompt(problem.question) };
	}

	private async ruleLesson(
		problem: Problem,
		rollouts: readonly Rollout[],
		sample: string,
		signal: AbortSignal,
	): Promise<Written> {
		const prompt = distilPrompt({
			task: this.set.description,
			question: problem.question,
			expected: problem.answer,
			solution: problem.solution,
			openEnded: this.options.openEnded,
			wrong: attemptsOf(rollouts, false),
			right: attemptsOf(rollouts, true),
			levels: this.set.levels,
		});
		const request = { messages: prompt, maxTokens: this.options.lessonTokens, temperature: 0, sample };
		const result = await completeStructured(this.calls, { request, ...draftForms[this.set.levels] }, signal);
		if ('failed' in result) return result;
		const { value } = result;
		return { draft: { ...value, patterns: 'patterns' in value ? value.patterns : [] }, prompt };
	}
}

type Written = { readonly draft: Draft; readonly prompt: readonly ChatMessage[] } | { readonly failed: string };

const mostAttempts = 2;

/** A few different attempts that were right, or that were not. */
function attemptsOf(rollouts: readonly Rollout[], right: boolean): readonly string[] {
	const rounds = rollouts.flatMap((rollout) => rollout.rounds);
	const texts = rounds.filter((round) => (round.grade.verdict === 'correct') === right).map(toldOf);
	return [...new Set(texts)].filter((text) => text !== '').slice(0, mostAttempts);
}

/** An attempt as a critic reads it: with what the actor is told of it, and how it broke down. */
function toldOf({ attempt: { text }, grade: { feedback = '', trace = '' } }: Pick<Round, 'attempt' | 'grade'>): string {
	return [text, feedback, trace].filter((part) => part !== '').join('\n');
}
