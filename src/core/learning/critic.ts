/** The critic: advice between rounds without knowing the answer, and one lesson after the last round. */
import type { ModelCalls } from '../models/modelCalls.js';
import { completeStructured } from '../models/structuredOutput.js';
import type { Problem, ProblemSet } from '../tasks/task.js';
import { answersDirectly } from './actor.js';
import { type Draft, draftForms, draftFrom, type LessonForm } from './draft.js';
import { checkDraft, type DraftFault } from './draftChecks.js';
import { type Redacted, redactAdvice } from './leakGuard.js';
import { advisePrompt } from './prompts/advise.js';
import { distilPrompt } from './prompts/distil.js';
import type { Rollout } from './rollout.js';

export interface CriticOptions {
	readonly adviceTokens: number;
	readonly lessonTokens: number;
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
	async advise(problem: Problem, attempt: string, sample: string, signal: AbortSignal): Promise<Redacted> {
		const answer = await this.calls.complete(
			{
				messages: advisePrompt(this.task, problem.question, attempt),
				maxTokens: this.options.adviceTokens,
				temperature: 0,
				sample,
			},
			signal,
		);
		return redactAdvice(answer.text, {
			question: problem.question,
			expected: problem.answer,
			attempts: [attempt],
			answerSpace: this.set.answerSpace,
		});
	}

	/** One lesson from the contrast of right and wrong rollouts; checked before it is kept. */
	async distil(
		problem: Problem,
		rollouts: readonly Rollout[],
		sample: string,
		signal: AbortSignal,
	): Promise<Distilled> {
		const rounds = rollouts.flatMap((rollout) => rollout.rounds);
		const written = (verdictIsRight: boolean) =>
			[
				...new Set(
					rounds
						.filter((round) => (round.grade.verdict === 'correct') === verdictIsRight)
						.map((round) => (this.set.answerSpace ? (round.attempt.answer ?? '') : round.attempt.text)),
				),
			]
				.filter((text) => text !== '')
				.slice(0, 2);
		const form = lessonForm(this.set);
		const messages = distilPrompt({
			task: this.set.description,
			question: problem.question,
			expected: problem.answer,
			solution: problem.solution,
			wrong: written(false),
			right: written(true),
			form,
		});
		const request = { messages, maxTokens: this.options.lessonTokens, temperature: 0, sample };
		const result = await completeStructured(this.calls, { request, ...draftForms[form] }, signal);
		if ('failed' in result) return { kept: false, reason: result.failed };
		const checked = checkDraft(draftFrom(result.value, problem.answer), {
			question: problem.question,
			expected: problem.answer,
			attempts: rounds.map((round) => round.attempt.text),
			answerSpace: this.set.answerSpace,
			prompt: messages
				.slice(0, -1)
				.map((message) => message.content)
				.join('\n'),
		});
		if (!checked.kept) return { kept: false, reason: checked.fault };
		return checked;
	}
}

/** Where the answer is a bare label, a lesson is the kind of case that it holds for; else a rule, with patterns or not. */
function lessonForm(set: ProblemSet): LessonForm {
	return answersDirectly(set) ? 'kind' : set.levels;
}
