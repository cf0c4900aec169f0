/** Reads problem sets: the manifest, and problems line by line; pure, so that the editor can check what is being typed. */
import * as v from 'valibot';
import { problemId } from '../experience/ids.js';
import { hashSeed, seededRandom, shuffled } from '../random.js';
import { type Problem, TaskError } from './task.js';

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

/** What is wrong with a line of a split; `line` counts from 1. */
export interface ProblemIssue {
	readonly line: number;
	readonly message: string;
	/** True where the problem can't be used; else it is only odd. */
	readonly fatal: boolean;
}

export interface ParsedProblems {
	readonly problems: readonly Problem[];
	readonly issues: readonly ProblemIssue[];
}

/** The problems of a JSONL text; byte-order mark, CRLF, empty lines and a missing final newline are no matter. */
export function parseProblems(jsonl: string): ParsedProblems {
	const problems: Problem[] = [];
	const issues: ProblemIssue[] = [];
	const byId = new Map<string, number>();
	const byQuestion = new Map<string, number>();
	for (const [index, raw] of jsonl
		.replace(/^\uFEFF/u, '')
		.split(/\r?\n/u)
		.entries()) {
		if (raw.trim() === '') continue;
		const line = index + 1;
		const parsed = parseProblem(raw);
		if (typeof parsed === 'string') {
			issues.push({ line, message: parsed, fatal: true });
			continue;
		}
		const twin = byId.get(parsed.id);
		if (twin !== undefined) {
			issues.push({ line, message: `The id "${parsed.id}" stands on line ${twin} already.`, fatal: true });
			continue;
		}
		const question = parsed.question.normalize('NFC').trim();
		const same = byQuestion.get(question);
		if (same !== undefined) issues.push({ line, message: `The question of line ${same} again.`, fatal: false });
		byId.set(parsed.id, line);
		byQuestion.set(question, line);
		problems.push(parsed);
	}
	return { problems, issues };
}

/** A problem, or what is wrong with the line. */
function parseProblem(line: string): Problem | string {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch (cause) {
		return `Not valid JSON: ${messageOf(cause)}`;
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		return 'A problem is an object: { "question": …, "answer": … }.';
	const { id, question, answer, solution, ...extra } = value as Record<string, unknown>;
	if (typeof question !== 'string' || question.trim() === '') return '"question" is missing, or is not a text.';
	if (typeof answer !== 'string' && typeof answer !== 'number') return '"answer" is missing, or is not a text.';
	if (String(answer).trim() === '') return '"answer" is empty; nothing could ever be right.';
	if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') return '"id" must be a text.';
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
