/** Bounded concurrency over a list. */

/**
 * Calls `work` for each item, at most `limit` at once, in order of the list. After the first failure no further item is
 * started; what is under way ends first, then the failure is thrown.
 */
export async function mapConcurrently<T, R>(
	items: readonly T[],
	limit: number,
	work: (item: T, index: number) => Promise<R>,
): Promise<readonly R[]> {
	const results: R[] = new Array(items.length);
	const queue = items.entries();
	let failure: { readonly error: unknown } | undefined;
	const lane = async (): Promise<void> => {
		for (const [index, item] of queue) {
			if (failure) return;
			try {
				results[index] = await work(item, index);
			} catch (error) {
				failure ??= { error };
			}
		}
	};
	await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, lane));
	if (failure) throw failure.error;
	return results;
}
