/** Reads problem sets: the manifest, and problems line by line; pure, so that the editor can check what is being typed. */
import * as v from 'valibot';
import { problemId } from '../experience/ids.js';
import { hashSeed, seededRandom, shuffled } from '../random.js';
import { type Problem, type Split, TaskError } from './task.js';

const text = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));

const manifestSchema = v.object({
	name: v.pipe(text(100), v.regex(/^[\w.-]+$/u, 'Use letters, digits, "-", "_" and "." only.')),
	kind: text(40),
	description: text(10_000),
	answerSpace: v.optional(v.pipe(v.array(text(200)), v.minLength(2), v.maxLength(1000))),
	answerFormat: v.optional(text(500)),
	splits: v.optional(
		v.object({ train: v.optional(text(300)), dev: v.optional(text(300)), test: v.optional(text(300)) }),
		{ train: 'train.jsonl', dev: 'dev.jsonl', test: 'test.jsonl' },
	),
	levels: v.optional(v.picklist(['hierarchical', 'flat']), 'hierarchical'),
	grader: v.optional(v.record(v.string(), v.unknown()), {}),
	exploration: v.optional(
		v.object({
			rollouts: v.optional(v.number()),
			rounds: v.optional(v.number()),
			temperature: v.optional(v.number()),
			maxAnswerTokens: v.optional(v.number()),
		}),
		{},
	),
	rendering: v.optional(v.record(v.string(), v.unknown()), {}),
	dataset: v.optional(
		v.object({
			name: text(100),
			from: v.picklist(['official', 'mirror']),
			repository: v.optional(text(200)),
			commit: v.optional(text(64)),
			licence: text(200),
			splits: v.object({ train: v.optional(text(200)), dev: v.optional(text(200)), test: v.optional(text(200)) }),
			files: v.record(v.string(), v.string()),
		}),
	),
});

/** `flex-task.json` as it stands, its splits still file names. */
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** @param where the file, for messages. @throws {TaskError} `bad-manifest` */
export function parseManifest(json: string, where: string): Manifest {
	let value: unknown;
	try {
		value = JSON.parse(json.replace(/^\uFEFF/u, ''));
	} catch (cause) {
		throw new TaskError('bad-manifest', `${where} is not valid JSON: ${messageOf(cause)}`, { cause });
	}
	const checked = v.safeParse(manifestSchema, value);
	if (checked.success) return checked.output;
	const lines = checked.issues.map((issue) => `  ${v.getDotPath(issue) ?? '(top)'}: ${issue.message}`);
	throw new TaskError('bad-manifest', `${where} can't be used:\n${lines.join('\n')}`);
}

/** The file of a split, relative to the set's folder. */
export function splitFile({ splits }: Pick<Manifest, 'splits'>, split: Split): string {
	return splits[split] ?? `${split}.jsonl`;
}

/** What is wrong with the text of a line. */
export interface LineFault {
	readonly message: string;
	/** The key whose value is wrong or missing; absent where the whole line is no problem. */
	readonly key?: 'id' | 'question' | 'answer';
}

/** What is wrong with a line of a split; `line` counts from 1. */
export interface ProblemIssue extends LineFault {
	readonly line: number;
	/** True where the problem can't be used; else it is only odd. */
	readonly fatal: boolean;
	/** The earlier line that has the same id (fatal) or question. */
	readonly twin?: number;
}

export interface ParsedProblems {
	readonly problems: readonly Problem[];
	/** Where each of the problems stands, from 1. */
	readonly lines: readonly number[];
	readonly issues: readonly ProblemIssue[];
}

/**
 * The problems of a JSONL text; byte-order mark, CRLF, empty lines and a missing final newline are no matter.
 * @param parse reads a line; one that remembers lines makes reading a text again cheap
 */
export function parseProblems(jsonl: string, parse: typeof parseProblem = parseProblem): ParsedProblems {
	const problems: Problem[] = [];
	const lines: number[] = [];
	const issues: ProblemIssue[] = [];
	const byId = new Map<string, number>();
	const byQuestion = new Map<string, number>();
	for (const [index, raw] of jsonl
		.replace(/^\uFEFF/u, '')
		.split(/\r?\n/u)
		.entries()) {
		if (raw.trim() === '') continue;
		const line = index + 1;
		const parsed = parse(raw);
		if ('message' in parsed) {
			issues.push({ line, ...parsed, fatal: true });
			continue;
		}
		const twin = byId.get(parsed.id);
		if (twin !== undefined) {
			issues.push({
				line,
				message: `The id "${parsed.id}" stands on line ${twin} already.`,
				key: 'id',
				fatal: true,
				twin,
			});
			continue;
		}
		const question = plainQuestion(parsed);
		const same = byQuestion.get(question);
		if (same !== undefined) {
			issues.push({ line, message: `The question of line ${same} again.`, key: 'question', fatal: false, twin: same });
		}
		byId.set(parsed.id, line);
		byQuestion.set(question, line);
		problems.push(parsed);
		lines.push(line);
	}
	return { problems, lines, issues };
}

/** What makes two questions the same one. */
export function plainQuestion({ question }: Pick<Problem, 'question'>): string {
	return question.normalize('NFC').trim();
}

/** A problem, or what is wrong with the line. */
export function parseProblem(line: string): Problem | LineFault {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch (cause) {
		return { message: `Not valid JSON: ${messageOf(cause)}` };
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		return { message: 'A problem is an object: { "question": …, "answer": … }.' };
	const { id, question, answer, solution, ...extra } = value as Record<string, unknown>;
	if (typeof question !== 'string' || question.trim() === '')
		return { message: '"question" is missing, or is not a text.', key: 'question' };
	if (typeof answer !== 'string' && typeof answer !== 'number')
		return { message: '"answer" is missing, or is not a text.', key: 'answer' };
	if (String(answer).trim() === '')
		return { message: '"answer" is empty; nothing could ever be right.', key: 'answer' };
	if (id !== undefined && typeof id !== 'string' && typeof id !== 'number')
		return { message: '"id" must be a text.', key: 'id' };
	return {
		id: id === undefined ? problemId(question) : String(id),
		question,
		answer: String(answer).trim(),
		...(typeof solution === 'string' ? { solution } : {}),
		extra,
	};
}

const devShare = 0.2;
const leastDev = 10;
const mostDev = 200;

/** Splits a dev part off `train`, where a set has none: a seeded 20 %, 10 to 200 problems, never more than half. */
export function splitDev(
	train: readonly Problem[],
	seed: number,
): { readonly train: readonly Problem[]; readonly dev: readonly Problem[] } {
	const wanted = Math.min(mostDev, Math.max(leastDev, Math.round(train.length * devShare)));
	const count = Math.min(wanted, Math.floor(train.length / 2));
	const chosen = new Set(shuffled(train, seededRandom(hashSeed(seed, 'dev'))).slice(0, count));
	return {
		train: train.filter((problem) => !chosen.has(problem)),
		dev: train.filter((problem) => chosen.has(problem)),
	};
}

function messageOf(cause: unknown): string {
	return cause instanceof Error ? cause.message : String(cause);
}
