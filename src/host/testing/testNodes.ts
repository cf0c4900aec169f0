/** What the items of the test tree stand for. */
import type { Problem } from '../../core/tasks/task.js';
import type { FoundSet } from '../problemSets.js';

/** Splits whose problems can be looked at and solved one by one. */
export const openSplits = ['train', 'dev'] as const;
export type OpenSplit = (typeof openSplits)[number];

export type TestNode =
	| { readonly kind: 'set'; readonly set: FoundSet }
	| { readonly kind: 'split'; readonly set: FoundSet; readonly split: OpenSplit }
	/** All test problems as one: only a comparison runs them, and each use of them is logged. */
	| { readonly kind: 'test'; readonly set: FoundSet }
	| { readonly kind: 'problem'; readonly set: FoundSet; readonly problem: Problem };

const longestLabel = 100;

/** The first words of a question, on one line. */
export function labelOf({ question }: Pick<Problem, 'question'>): string {
	const line = question.replace(/\s+/gu, ' ').trim();
	return line.length <= longestLabel ? line : `${line.slice(0, longestLabel - 1).trimEnd()}…`;
}
