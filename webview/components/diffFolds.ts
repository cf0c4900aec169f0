/** Folds what two texts have in common, so that the lines which differ stand close together. */
import type { DiffLine } from '../../src/protocol/library.js';

export type DiffPart =
	| { readonly kind: 'lines'; readonly lines: readonly DiffLine[] }
	/** Lines that are the same and not shown; `at` is the index of the first. */
	| { readonly kind: 'fold'; readonly at: number; readonly lines: readonly DiffLine[] };

/** Lines that stay visible before and after what differs. */
const context = 3;

/** A button in place of fewer lines saves nothing. */
const fewest = 2;

/** @param opened the places (`at`) of folds that are shown all the same */
export function foldSame(lines: readonly DiffLine[], opened: ReadonlySet<number> = new Set()): readonly DiffPart[] {
	const parts: DiffPart[] = [];
	let shown: DiffLine[] = [];
	for (const { from, to, same } of runsOf(lines)) {
		const first = same && from > 0 ? from + context : from;
		const last = same && to < lines.length ? to - context : to;
		if (!same || last - first < fewest || opened.has(first)) {
			shown.push(...lines.slice(from, to));
			continue;
		}
		shown.push(...lines.slice(from, first));
		if (shown.length > 0) parts.push({ kind: 'lines', lines: shown });
		parts.push({ kind: 'fold', at: first, lines: lines.slice(first, last) });
		shown = lines.slice(last, to);
	}
	if (shown.length > 0) parts.push({ kind: 'lines', lines: shown });
	return parts;
}

interface Run {
	readonly from: number;
	readonly to: number;
	readonly same: boolean;
}

/** Neighbours that are all the same, or all differ. */
function runsOf(lines: readonly DiffLine[]): readonly Run[] {
	const runs: Run[] = [];
	for (let from = 0; from < lines.length; ) {
		const same = lines[from]?.kind === 'same';
		let to = from + 1;
		while (to < lines.length && (lines[to]?.kind === 'same') === same) to++;
		runs.push({ from, to, same });
		from = to;
	}
	return runs;
}
