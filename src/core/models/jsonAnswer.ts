/** Finds the JSON object in what a model wrote: in fences, between sentences, or slightly broken. */
import { jsonrepair } from 'jsonrepair';

export type FoundJson =
	| { readonly object: Readonly<Record<string, unknown>> }
	| { readonly missing: 'not-json' | 'cut-off' };

/**
 * The first JSON object in `text`; a broken one is repaired.
 * @param stoppedAtLimit the model ran into its token limit, so an object without an end is not whole
 */
export function findJsonObject(text: string, stoppedAtLimit: boolean): FoundJson {
	const shown = withoutThoughts(text);
	for (const candidate of candidates(shown)) {
		const object = parseObject(candidate);
		if (object) return { object };
	}
	const start = shown.indexOf('{');
	if (stoppedAtLimit) return { missing: 'cut-off' };
	const object = start < 0 ? undefined : repairObject(withoutFence(shown.slice(start)));
	return object ? { object } : { missing: 'not-json' };
}

/** What a reasoning model thinks aloud is not its answer. */
export function withoutThoughts(text: string): string {
	const end = text.lastIndexOf('</think>');
	return end < 0 ? text : text.slice(end + '</think>'.length);
}

function withoutFence(text: string): string {
	const end = text.indexOf('```');
	return end < 0 ? text : text.slice(0, end);
}

const mostCandidates = 20;

/** Every outermost `{…}` whose brackets match, in order. */
function* candidates(text: string): Generator<string> {
	let from = 0;
	for (let n = 0; n < mostCandidates; n++) {
		const start = text.indexOf('{', from);
		if (start < 0) return;
		const end = endOfObject(text, start);
		if (end !== undefined) yield text.slice(start, end);
		from = end ?? start + 1;
	}
}

/** Where the object that opens at `start` ends; undefined where it does not. Brackets in strings don't count. */
function endOfObject(text: string, start: number): number | undefined {
	let depth = 0;
	let inString = false;
	for (let at = start; at < text.length; at++) {
		const char = text[at];
		if (inString) {
			if (char === '\\') at++;
			else if (char === '"') inString = false;
		} else if (char === '"') inString = true;
		else if (char === '{') depth++;
		else if (char === '}' && --depth === 0) return at + 1;
	}
	return undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function repairObject(text: string): Readonly<Record<string, unknown>> | undefined {
	const end = text.lastIndexOf('}');
	// First without what follows the last bracket, for that is prose; then with it, where no bracket closes the object.
	for (const part of end < 0 ? [text] : [text.slice(0, end + 1), text]) {
		try {
			const object = parseObject(jsonrepair(part));
			if (object) return object;
		} catch {
			// Beyond repair in this reading.
		}
	}
	return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
