/** Tells the solver's words from the comments that stand between them in `<comments>…</comments>`. */

export interface SolutionPart {
	/** Somebody's remark on the solution, not a part of it. */
	readonly comment: boolean;
	readonly text: string;
}

/** The parts in order, none of them empty. A comment that is not closed goes on to the end. */
export function solutionParts(solution: string): readonly SolutionPart[] {
	const parts: SolutionPart[] = [];
	let end = 0;
	for (const { index, 0: found, 1: inner = '' } of solution.matchAll(/<comments>([\s\S]*?)(?:<\/comments>|$)/gu)) {
		parts.push({ comment: false, text: solution.slice(end, index) }, { comment: true, text: inner });
		end = index + found.length;
	}
	parts.push({ comment: false, text: solution.slice(end) });
	return parts.map(({ comment, text }) => ({ comment, text: text.trim() })).filter(({ text }) => text !== '');
}
