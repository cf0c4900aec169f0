/** Shares a number of places out among lists of scored items. */

/**
 * The items chosen of each list, best first, `limit` in all: the best one of each list in order of the lists, then the
 * best of the rest wherever they are. So no list that was found worth keeping goes without, and the others compete.
 * @param lists scores by item; equal ones keep their order
 */
export function allot(lists: readonly ReadonlyMap<number, number>[], limit: number): readonly (readonly number[])[] {
	const ranked = lists.flatMap((scores, list) =>
		[...scores].sort(([, a], [, b]) => b - a).map(([item, score], rank) => ({ list, item, score, first: rank === 0 })),
	);
	const inOrder = [
		...ranked.filter(({ first }) => first),
		...ranked.filter(({ first }) => !first).sort((a, b) => b.score - a.score),
	];
	const chosen = new Set(inOrder.slice(0, Math.max(0, limit)));
	return lists.map((_, list) =>
		ranked.filter((entry) => entry.list === list && chosen.has(entry)).map(({ item }) => item),
	);
}
