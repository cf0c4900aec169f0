/** Many who wait for one signal, behind one listener: Node warns of a leak from the eleventh listener on. */

const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls `listener` when `signal` fires, once. Returns what forgets it. A signal that has fired already calls nobody. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
	const known = listeners.get(signal) ?? listenTo(signal);
	// Wrapped, so that one function given twice is two listeners.
	const own = (): void => listener();
	known.add(own);
	return () => known.delete(own);
}

/**
 * What `work` gives, unless `signal` fires first: then nobody waits for it any longer.
 * @param error what is thrown in that case
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, error: () => Error): Promise<T> {
	if (signal.aborted) throw error();
	let forget = (): void => {};
	const aborted = new Promise<never>((_, failed) => {
		forget = onAbort(signal, () => failed(error()));
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		forget();
	}
}

function listenTo(signal: AbortSignal): Set<() => void> {
	const waiting = new Set<() => void>();
	listeners.set(signal, waiting);
	signal.addEventListener(
		'abort',
		() => {
			for (const listener of waiting) listener();
			waiting.clear();
		},
		{ once: true },
	);
	return waiting;
}
