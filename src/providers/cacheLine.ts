/** One line of the request cache file: `{"k":key,"c":checksum,"a":answer}`. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { ChatAnswer } from '../core/models/chatModel.js';
import { answerSchema } from '../core/models/requestCache.js';

export interface CacheEntry {
	readonly key: string;
	readonly answer: ChatAnswer;
}

const lineSchema = v.object({ k: v.string(), c: v.string(), a: answerSchema });

/** The line, without its end. @param key hex */
export function cacheLine(key: string, answer: ChatAnswer): string {
	return JSON.stringify({ k: key, c: checksum(key, answer), a: answer });
}

const closingBrace = 0x7d;
/** More than any key and its field take. */
const headBytes = 200;

/** The key of a line that looks whole, without reading its answer: what an index of a large file is made of. */
export function keyOfLine(line: Buffer): string | undefined {
	if (line.at(-1) !== closingBrace) return undefined;
	return /^\{"k":"([0-9a-f]+)","c":/.exec(line.toString('latin1', 0, headBytes))?.[1];
}

/** The entry of a line; undefined where it is torn, damaged or of another form. */
export function readCacheLine(line: string): CacheEntry | undefined {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return undefined;
	}
	const checked = v.safeParse(lineSchema, value);
	if (!checked.success) return undefined;
	const { k: key, c, a: answer } = checked.output;
	return c === checksum(key, answer) ? { key, answer } : undefined;
}

function checksum(key: string, { text, toolCalls, usage, finish }: ChatAnswer): string {
	const parts = [key, text, finish, usage.tokensIn, usage.tokensOut, usage.estimated === true];
	const calls = toolCalls.flatMap((call) => [call.id, call.name, call.arguments]);
	return createHash('sha256')
		.update(JSON.stringify([parts, calls]))
		.digest('hex')
		.slice(0, 8);
}
