/** Long lists in a tree, page by page. */

/** Items that are shown at once, and as many more each time that more is asked for. */
export const pageSize = 200;

export interface Page<T> {
	readonly shown: readonly T[];
	/** How many the next page adds; 0 where all are shown. */
	readonly next: number;
	readonly left: number;
}

/** @param pages from 1 */
export function pageOf<T>(items: readonly T[], pages: number, size = pageSize): Page<T> {
	const shown = items.slice(0, pages * size);
	const left = items.length - shown.length;
	return { shown, left, next: Math.min(left, size) };
}
