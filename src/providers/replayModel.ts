/** A model of recorded answers: for tests, and for looking at a run again at no cost. */
import { createHash } from 'node:crypto';
import { appendFile, readFile, truncate } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import { type ChatAnswer, type ChatModel, type ChatRequest, ModelError } from '../core/models/chatModel.js';
import { answerSchema, hashOf } from '../core/models/requestCache.js';
import { estimatePrompt, estimateTokens } from '../core/models/tokenEstimate.js';

const supportsSchema = v.object({
	tools: v.boolean(),
	schema: v.boolean(),
	choices: v.boolean(),
	seed: v.boolean(),
	system: v.boolean(),
});

/** First line of a recording: what the model could do, for prompts depend on it. Optional in one written by hand. */
const headSchema = v.object({
	recorded: v.string(),
	contextTokens: v.number(),
	concurrency: v.number(),
	supports: supportsSchema,
});

/** One answer: for the request with this key, or for any whose last message holds `match`. */
const entrySchema = v.object({
	key: v.optional(v.string()),
	match: v.optional(v.string()),
	answer: v.union([v.string(), answerSchema]),
});

type Head = v.InferOutput<typeof headSchema>;
type Entry = v.InferOutput<typeof entrySchema>;

const handwritten: Head = {
	recorded: 'by hand',
	contextTokens: 32_768,
	concurrency: 8,
	supports: { tools: true, schema: true, choices: true, seed: true, system: true },
};

/** What a recorded answer is found by. Not the model: a recording of any model can be replayed. */
export function replayKey(request: ChatRequest): string {
	const { messages, choices, schema, temperature = 0, seed, sample } = request;
	return hashOf({ messages, choices, schema: schema?.name, temperature, seed, sample });
}

/**
 * Opens a recording: JSONL of `{ key?, match?, answer }`, where `answer` is a text or a whole answer. A key is looked
 * for first, then the first `match` in the file's order.
 * @throws {ModelError} `not-found` where the file is missing, `bad-request` where a line is not of this form
 */
export async function openReplayModel(file: string): Promise<ChatModel> {
	const text = await readRecording(file);
	const { head, entries } = parseRecording(file, text);
	const byKey = new Map<string, Entry>();
	for (const entry of entries) if (entry.key !== undefined && !byKey.has(entry.key)) byKey.set(entry.key, entry);
	const matching = entries.filter((entry) => entry.match !== undefined);
	return {
		...head,
		id: `replay:${basename(file)}`,
		identity: createHash('sha256').update(text).digest('hex'),
		async complete(request, signal) {
			if (signal.aborted) throw new ModelError('cancelled', 'The model call was cancelled.');
			const last = request.messages.at(-1)?.content ?? '';
			const entry = byKey.get(replayKey(request)) ?? matching.find(({ match = '' }) => last.includes(match));
			if (!entry) throw missing(file, last);
			return answerOf(entry, request);
		},
		async close() {},
	};
}

/**
 * `model`, with every answer appended to `file` for replay before it is given back. A file that exists is continued.
 * @throws {ModelError} `bad-request` where the file exists and is not a recording
 */
export async function recordModel(model: ChatModel, file: string): Promise<ChatModel> {
	const { id, contextTokens, concurrency, supports } = model;
	const head: Head = { recorded: id, contextTokens, concurrency, supports };
	await prepareRecording(file, head);
	return {
		id,
		identity: model.identity,
		contextTokens,
		concurrency,
		supports,
		async complete(request, signal) {
			const answer = await model.complete(request, signal);
			await appendFile(file, `${JSON.stringify({ key: replayKey(request), answer })}\n`);
			return answer;
		},
		close: () => model.close(),
	};
}

/** Begins the file where it is empty; ends or cuts off its last line where that has no end. */
async function prepareRecording(file: string, head: Head): Promise<void> {
	await appendFile(file, '');
	const text = await readRecording(file);
	if (text === '') return appendFile(file, `${JSON.stringify(head)}\n`);
	parseRecording(file, text);
	if (text.endsWith('\n')) return;
	const whole = text.slice(0, text.lastIndexOf('\n') + 1);
	if (parseJson(text.slice(whole.length)) === undefined) await truncate(file, Buffer.byteLength(whole));
	else await appendFile(file, '\n');
}

async function readRecording(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (cause) {
		throw new ModelError('not-found', `The recording ${file} can't be read; check its path.`, { cause });
	}
}

function parseRecording(file: string, text: string): { readonly head: Head; readonly entries: readonly Entry[] } {
	let head = handwritten;
	const entries: Entry[] = [];
	const lines = text.split('\n');
	for (const [index, line] of lines.entries()) {
		if (line.trim() === '') continue;
		const value = parseJson(line);
		// A recorder that was killed leaves a torn last line; what it held is simply not recorded.
		if (value === undefined && index === lines.length - 1) continue;
		const heading = index === 0 ? v.safeParse(headSchema, value) : undefined;
		const entry = v.safeParse(entrySchema, value);
		if (heading?.success) head = heading.output;
		else if (entry.success) entries.push(entry.output);
		else throw badLine(file, index + 1);
	}
	return { head, entries };
}

function parseJson(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

function answerOf({ answer }: Entry, request: ChatRequest): ChatAnswer {
	if (typeof answer !== 'string') return answer;
	const tokensIn = estimatePrompt(request.messages);
	const usage = { tokensIn, tokensOut: estimateTokens(answer), estimated: true };
	return { text: answer, toolCalls: [], usage, finish: 'stop' };
}

function missing(file: string, question: string): ModelError {
	const line = question.split('\n', 1)[0] ?? '';
	const shown = line.length > 120 ? `${line.slice(0, 120)}…` : line;
	return new ModelError(
		'not-found',
		`The recording ${file} has no answer to the request that begins "${shown}"; record the run again with this prompt.`,
	);
}

function badLine(file: string, line: number): ModelError {
	const form = '{ "key" or "match": …, "answer": … }';
	return new ModelError('bad-request', `Line ${line} of the recording ${file} is not of the form ${form}; mend it.`);
}
