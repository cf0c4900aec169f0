/** Problem sets, and what a kind of task must be able to do. */
import type { Chemistry } from './chemistry.js';
import type { AssayPort } from './fitness/assay.js';
import type { Sandbox } from './sandbox.js';

export type Split = 'train' | 'dev' | 'test';

export interface Problem {
	readonly id: string;
	readonly question: string;
	/** The expected answer, always a string; the actor never sees it in training. */
	readonly answer: string;
	/** A worked answer, where the set has one. */
	readonly solution?: string | undefined;
	/** Every other field of the line, for graders of its kind. */
	readonly extra: Readonly<Record<string, unknown>>;
}

/** How a set wants to be explored by default; a run's config overrides it. */
export interface ExplorationDefaults {
	readonly rollouts?: number | undefined;
	readonly rounds?: number | undefined;
	readonly temperature?: number | undefined;
	readonly maxAnswerTokens?: number | undefined;
}

/** Where the text of a public dataset comes from, and what its splits are. */
export interface DatasetOrigin {
	readonly name: string;
	readonly from: 'official' | 'mirror';
	/** owner/name and commit, where the files come from the official repository. */
	readonly repository?: string | undefined;
	readonly commit?: string | undefined;
	readonly licence: string;
	/** "official", or why a split is not. */
	readonly splits: Readonly<Partial<Record<Split, string | undefined>>>;
	/** SHA-256 of each file that was read, hex. */
	readonly files: Readonly<Record<string, string>>;
}

/** `flex-task.json` with its splits read. */
export interface ProblemSet {
	readonly name: string;
	readonly kind: string;
	/** Told to every model as the task. */
	readonly description: string;
	/** The closed set of labels, where there is one; every arm is told it. */
	readonly answerSpace?: readonly string[] | undefined;
	readonly answerFormat?: string | undefined;
	readonly levels: 'hierarchical' | 'flat';
	readonly grader: Readonly<Record<string, unknown>>;
	readonly exploration: ExplorationDefaults;
	readonly rendering: Readonly<Record<string, unknown>>;
	readonly splits: Readonly<Partial<Record<Split, readonly Problem[]>>>;
	/** sha256 of each split's file, hex. */
	readonly sha256: Readonly<Partial<Record<Split, string>>>;
	/** Folder it was read from. */
	readonly source: string;
	/** Where it is a public dataset that was added by name. */
	readonly dataset?: DatasetOrigin | undefined;
}

/** What the actor wrote, and the answer found in it (undefined: none found). */
export interface Attempt {
	readonly text: string;
	readonly answer: string | undefined;
}

export type Verdict = 'correct' | 'incorrect' | 'invalid';

export interface Grade {
	readonly verdict: Verdict;
	/** Where the kind grades by degree: 0 to 1, a correlation −1 to 1; higher is better. */
	readonly score?: number | undefined;
	/** One sentence for people; never shown to the actor, for it may hold the expected answer. */
	readonly detail: string;
	/** What the actor and its critic may be told of the attempt, in a sentence; nothing in it comes from what is held back. */
	readonly feedback?: string | undefined;
	/** How the attempt broke down, in at most 400 characters, for the critic alone: it may hold what a test expects. */
	readonly trace?: string | undefined;
	/**
	 * The one writing of what was answered, whatever the expected answer is, where that differs from the answer itself: by
	 * it a majority vote counts equal answers.
	 */
	readonly canonical?: string | undefined;
	/** True where a language model judged. */
	readonly judged?: boolean | undefined;
}

/** An attempt in which no answer can be read. `why` says what is wrong with its form, so the actor may hear it, too. */
export function unusable(why: string): Grade {
	return { verdict: 'invalid', detail: why, feedback: why };
}

/** A language model as judge: is `answer` right for `question`, given the expected one? */
export interface JudgePort {
	judge(
		question: string,
		expected: string,
		answer: string,
		signal: AbortSignal,
	): Promise<{ correct: boolean; reason: string }>;
}

/** What graders may use; each is absent where it is not configured. */
export interface GraderPorts {
	readonly judge?: JudgePort | undefined;
	/** Runs code; for the kinds `code` and `fitness`. */
	readonly sandbox?: Sandbox | undefined;
	/** Reads and draws molecules; for the kind `retrosynthesis`. */
	readonly chemistry?: Chemistry | undefined;
	/** Opens variants files; for the kind `fitness`. */
	readonly assays?: AssayPort | undefined;
}

/** How a text is searched for an answer that it must not hold. */
export interface AnswerTraces {
	/** The answer, and parts that tell so much of it that naming one is a leak. */
	values(answer: string): readonly string[];
	/** Whether the value stands in the text, in whatever writing. */
	mentions(text: string, value: string): boolean;
}

/** One kind of task: how to ask, how to find the answer, how to grade it. */
export interface TaskKind {
	readonly kind: string;
	/** What its scores are, where it grades by degree: the head of a column in reports. */
	readonly scoreName?: string;
	/** True where no answer is the right one: a problem's `answer` is a good one, and an attempt may be better. */
	readonly openEnded?: true;
	/** What the actor is told about the form of its answer, after the set's description. */
	instructions(set: ProblemSet): string;
	/** A right answer in the form that the instructions ask for, for worked examples; "Answer: …" where the kind has none. */
	written?(item: Pick<Problem, 'question' | 'answer'>, set: ProblemSet): string;
	/** The answer in the actor's text, or undefined. */
	extract(text: string, set: ProblemSet): string | undefined;
	/**
	 * Gets ready what grading needs, before a run has asked a model anything.
	 * @throws {TaskError} where a port is missing; and what the port throws where it can't be had
	 */
	prepare?(ports: GraderPorts): Promise<void>;
	/** Questions and answers are SMILES, which can be drawn. */
	readonly molecules?: true | undefined;
	/** How an answer is recognised in a text, where its words and numbers are not all there is to it. */
	readonly traces?: AnswerTraces | undefined;
	/** @throws {TaskError} where a port is missing */
	grade(problem: Problem, attempt: Attempt, set: ProblemSet, ports: GraderPorts, signal: AbortSignal): Promise<Grade>;
}

export type TaskErrorReason = 'bad-manifest' | 'bad-problem' | 'unknown-kind' | 'missing-split' | 'missing-port';

/** Something is wrong with a problem set; `message` says where and what to do. */
export class TaskError extends Error {
	override readonly name = 'TaskError';
	constructor(
		readonly reason: TaskErrorReason,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}
