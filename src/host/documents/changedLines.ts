/** The smallest run of whole lines in which two texts differ. */

export interface LineChange {
	/** Offsets in the text before. */
	readonly start: number;
	readonly end: number;
	/** What stands there afterwards. */
	readonly text: string;
}

/** @returns undefined where the texts are equal */
export function changedLines(before: string, after: string): LineChange | undefined {
	if (before === after) return undefined;
	const most = Math.min(before.length, after.length);
	let start = 0;
	while (start < most && before[start] === after[start]) start++;
	start = before.lastIndexOf('\n', start - 1) + 1;
	let tail = 0;
	while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
	// What is kept begins after a line's end.
	const newline = before.indexOf('\n', before.length - tail);
	tail = tail === 0 || newline < 0 ? 0 : before.length - newline - 1;
	return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
