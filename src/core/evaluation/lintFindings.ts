/** What the contamination lint finds. */

export type LintCode = 'answer-leak' | 'harness-words';

export interface LintFinding {
	readonly code: LintCode;
	readonly experience: string;
	/** `when`, `strategy`, or the id of a pattern or case. */
	readonly part: string;
	readonly excerpt: string;
	/** The problem whose answer leaks. */
	readonly problem?: string;
}
