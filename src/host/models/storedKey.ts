/** The form in which a key is kept: with the address it was given for, so that it is sent nowhere else. */

export interface StoredKey {
	/** Scheme, host and port. */
	readonly origin: string;
	readonly key: string;
}

export function writeKey(baseUrl: string, key: string): string {
	return JSON.stringify({ origin: new URL(baseUrl).origin, key } satisfies StoredKey);
}

/** Undefined where the text is none of ours. */
export function readKey(text: string): StoredKey | undefined {
	try {
		const found: unknown = JSON.parse(text);
		if (typeof found !== 'object' || found === null || !('origin' in found) || !('key' in found)) return undefined;
		const { origin, key } = found;
		return typeof origin === 'string' && typeof key === 'string' ? { origin, key } : undefined;
	} catch {
		return undefined;
	}
}

/** Whether the key was given for the server at `baseUrl`. */
export function belongsTo({ origin }: StoredKey, baseUrl: string): boolean {
	return new URL(baseUrl).origin === origin;
}
