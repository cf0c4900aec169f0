/** What an imported entry said and an experience has no place for, kept as JSON in its origin for the way back. */

/** A method that was an object: its fields besides the text, or all of them where it held none. */
export type OriginalMethod =
	| { readonly fields: Readonly<Record<string, unknown>> }
	| { readonly whole: Readonly<Record<string, unknown>> };

export interface Original {
	readonly created_at?: unknown;
	readonly usage_count?: unknown;
	readonly last_used?: unknown;
	readonly problem_category?: unknown;
	/** What stood in the method text before the strategy. */
	readonly lead?: string;
	readonly methodFields?: OriginalMethod;
	/** Which part of a cut entry this is, from 0, and of how many. */
	readonly part?: number;
	readonly parts?: number;
}

export function writeOriginal(original: Original): string {
	return JSON.stringify({ format: 'reference', ...original });
}

/** Undefined for experiences that did not come from a reference file. */
export function readOriginal(text: string | undefined): Original | undefined {
	if (text === undefined) return undefined;
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!isObject(value) || value.format !== 'reference') return undefined;
	const { created_at, usage_count, last_used, problem_category, lead, methodFields, part, parts } = value;
	return {
		created_at,
		usage_count,
		last_used,
		problem_category,
		...(typeof lead === 'string' ? { lead } : {}),
		...(isMethod(methodFields) ? { methodFields } : {}),
		...(typeof part === 'number' ? { part } : {}),
		...(typeof parts === 'number' ? { parts } : {}),
	};
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMethod(value: unknown): value is OriginalMethod {
	return isObject(value) && (isObject(value.fields) || isObject(value.whole));
}
