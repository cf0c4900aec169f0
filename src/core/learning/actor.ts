/** The actor: one attempt at one problem, with what was retrieved and what earlier rounds were told. */
import type { Case } from '../experience/experience.js';
import type { AnswerForm, RenderedExperience } from '../experience/rendering.js';
import type { ChatMessage, ChatRequest, Usage } from '../models/chatModel.js';
import type { ModelCalls } from '../models/modelCalls.js';
import { knownKind } from '../tasks/registry.js';
import type { Attempt, Problem, ProblemSet, TaskKind } from '../tasks/task.js';
import { actorPrompt, type EarlierRound } from './prompts/actor.js';
import { ToolLoop } from './toolLoop.js';
import type { Tool } from './tools/tool.js';
import type { ToolStep } from './tools/workshop.js';

export interface AttemptInput {
	readonly problem: Problem;
	readonly experience?: RenderedExperience | undefined;
	/** Its kind, where the actor named it before it looked for experience; its answer then begins with it. */
	readonly kind?: string | undefined;
	readonly earlier?: readonly EarlierRound[];
	/** Labels that the verdict has ruled out already. */
	readonly ruledOut?: readonly string[];
	readonly temperature: number;
	readonly seed: number;
	/** Which sample it is; keeps equal prompts apart in the cache. */
	readonly sample: string;
	/** The actor may call these while it reasons, in so many steps at most. */
	readonly agent?: { readonly tools: readonly Tool[]; readonly steps: number } | undefined;
}

export interface AttemptMade {
	/** All that was said before the last answer. */
	readonly messages: readonly ChatMessage[];
	readonly attempt: Attempt;
	readonly usage: Usage;
	/** The tool calls on the way, where it could make any. */
	readonly steps?: readonly ToolStep[];
}

export class Actor {
	/** The task as every model is told it: description, form of the answer, allowed answers. */
	readonly task: string;
	private readonly loop: ToolLoop;

	constructor(
		private readonly calls: ModelCalls,
		private readonly set: ProblemSet,
		private readonly kind: TaskKind,
		private readonly maxAnswerTokens: number,
	) {
		this.task = taskText(set, kind);
		this.loop = new ToolLoop(calls);
	}

	/** @throws {ModelError | BudgetError}; with tools, also what a tool throws that the model can't mend */
	async attempt(input: AttemptInput, signal: AbortSignal): Promise<AttemptMade> {
		const task = input.experience?.named ? namedTask(this.set) : this.task;
		const messages = actorPrompt(task, input.experience, input.problem.question, input.earlier ?? []);
		const { temperature, seed, sample, agent } = input;
		const request = { maxTokens: this.maxAnswerTokens, temperature, seed, sample };
		const closing = this.closedChoices(input);
		if (!agent) {
			const answer = await this.calls.complete({ messages, ...closing, ...request }, signal);
			return { messages, attempt: this.read(answer.text), usage: answer.usage };
		}
		const answered = (text: string) => this.read(text).answer !== undefined;
		const made = await this.loop.run({ prompt: messages, ...agent, request, closing, answered }, signal);
		return { messages: made.messages, attempt: this.read(made.text), usage: made.usage, steps: made.steps };
	}

	private read(text: string): Attempt {
		return { text, answer: this.kind.extract(text, this.set) };
	}

	/**
	 * Where the answer space is closed and answered directly, the model is held to it, less what is ruled out; in named
	 * experience each answer follows its kind, and the model finds the fitting one by the words that it repeats.
	 */
	private closedChoices({ ruledOut = [], experience, kind }: AttemptInput): Pick<ChatRequest, 'choices'> {
		if (!answersDirectly(this.set)) return {};
		const labels = (this.set.answerSpace ?? []).filter((label) => !ruledOut.includes(label));
		if (labels.length === 0) return {};
		return { choices: experience?.named && kind ? labels.map((label) => `${kind}: ${label}`) : labels };
	}
}

export function taskText(set: ProblemSet, kind: TaskKind): string {
	return [set.description, kind.instructions(set)].filter((part) => part !== '').join('\n');
}

/** The task where the answer follows its kind: the form that the set asks for would contradict the examples. */
function namedTask(set: ProblemSet): string {
	return [set.description, `Allowed answers: ${(set.answerSpace ?? []).join(', ')}.`].join('\n');
}

/** Whether the bare label is the whole answer: a closed answer space, and no reasoning asked for. */
export function answersDirectly(set: ProblemSet): boolean {
	return set.answerSpace !== undefined && set.grader['reasoning'] !== true;
}

/** How a case's answer is written as a turn: the bare label, or the worked answer with the answer in its kind's form. */
export function answerForm(set: ProblemSet): AnswerForm {
	if (answersDirectly(set)) return (item: Case) => item.answer;
	const kind = knownKind(set.kind);
	return (item: Case) => {
		const { solution = '', answer } = item;
		// Said twice, it teaches a model to go on saying it.
		if (answer === '' || endsInAnswer(solution, set, kind)) return solution;
		const last = kind?.written?.(item, set) ?? `Answer: ${answer}`;
		return [solution, last].filter((part) => part !== '').join('\n');
	};
}

/** Whether a worked answer ends in what it comes to, as an attempt that was right does. */
function endsInAnswer(solution: string, set: ProblemSet, kind: TaskKind | undefined): boolean {
	if (kind?.written) return kind.extract(solution, set) !== undefined;
	const last = solution.trimEnd().split('\n').at(-1) ?? '';
	return /\banswer\s*(?:is\b|:|=)|\\boxed\{/iu.test(last);
}
