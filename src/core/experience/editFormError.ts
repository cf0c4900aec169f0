/** What is wrong with an edit form, line by line. */

export interface FormIssue {
	/** Counted from 1. */
	readonly line: number;
	readonly message: string;
}

/** A form that can't be read; `issues` has everything that is wrong with it. */
export class EditFormError extends Error {
	override readonly name = 'EditFormError';
	constructor(readonly issues: readonly FormIssue[]) {
		super(issues.map(({ line, message }) => `Line ${line}: ${message}`).join('\n'));
	}
}
