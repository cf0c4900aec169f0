/** The request cache: a model call whose answer is in it is finished, and never paid twice. */
import * as v from 'valibot';
import { sha256Hex } from '../hash.js';
import { canonicalJson } from './canonicalJson.js';
import type { ChatAnswer, ChatModel, ChatRequest } from './chatModel.js';

export interface RequestCache {
	/** @throws {CacheError} */
	get(key: string): Promise<ChatAnswer | undefined>;
	/**
	 * Durable when it resolves.
	 * @throws {CacheError}
	 */
	put(key: string, answer: ChatAnswer): Promise<void>;
}

export type CacheErrorReason = 'disk-full' | 'read-only' | 'io';

/** The cache can't be read or written; `message` says what to do. */
export class CacheError extends Error {
	override readonly name = 'CacheError';
	constructor(
		readonly reason: CacheErrorReason,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** An answer as it is stored; checks what comes from a file. */
export const answerSchema: v.GenericSchema<unknown, ChatAnswer> = v.object({
	text: v.string(),
	toolCalls: v.array(v.object({ id: v.string(), name: v.string(), arguments: v.string() })),
	usage: v.object({ tokensIn: count, tokensOut: count, estimated: v.optional(v.literal(true)) }),
	finish: v.picklist(['stop', 'length', 'tool']),
});

/**
 * Hex sha256 of all that decides an answer: the request, its sample included, and which model is asked, by id and
 * identity (base URL or hash of the model file).
 */
export function cacheKey(request: ChatRequest, model: Pick<ChatModel, 'id' | 'identity'>): string {
	const asked = { ...request, temperature: request.temperature ?? 0 };
	return hashOf({ v: 1, model: model.id, identity: model.identity, request: asked });
}

/** Hex sha256 of `value` in its canonical spelling. */
export function hashOf(value: unknown): string {
	return sha256Hex(canonicalJson(value));
}

/** Keeps answers as long as the process lives: for tests, and where nothing may be written. */
export class MemoryRequestCache implements RequestCache {
	private readonly answers = new Map<string, ChatAnswer>();

	async get(key: string): Promise<ChatAnswer | undefined> {
		return this.answers.get(key);
	}

	async put(key: string, answer: ChatAnswer): Promise<void> {
		this.answers.set(key, answer);
	}
}
