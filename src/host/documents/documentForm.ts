/**
 * The text of an experience's document: the edit form without what no person may change, so that a comparison of two
 * revisions shows only what somebody said.
 */
import { editableFields, type FormField, fixedFields, formatEditForm } from '../../core/experience/editForm.js';
import { EditFormError } from '../../core/experience/editFormError.js';
import { parseEditForm } from '../../core/experience/editFormParser.js';
import type { Experience } from '../../core/experience/experience.js';
import type { Revision } from '../../core/experience/store.js';

const shownFields: readonly FormField[] = ['id', ...editableFields];

export function formatDocument(experience: Experience): string {
	return formatEditForm(experience, shownFields);
}

/**
 * The experience that a document says.
 * @param basis gives what the document does not show
 * @throws {EditFormError} with everything that is wrong, by the lines of `text`
 */
export function parseDocument(text: string, basis: Experience): Experience {
	const { form, added } = withHiddenFields(text, basis);
	try {
		return parseEditForm(form, basis);
	} catch (error) {
		if (!(error instanceof EditFormError)) throw error;
		const issues = error.issues.map(({ line, message }) => ({ line: line > 1 ? line - added : line, message }));
		throw new EditFormError(issues.map((issue) => ({ ...issue, line: Math.max(1, issue.line) })));
	}
}

/** Puts what is hidden below the first line; a whole form, as the command line prints it, stays as it is. */
function withHiddenFields(text: string, basis: Experience): { readonly form: string; readonly added: number } {
	const [head, end = '\n'] = /^\uFEFF?---[^\S\r\n]*(\r?\n)/u.exec(text) ?? [];
	if (head === undefined) return { form: text, added: 0 };
	const hidden = fixedFields.filter((field) => !new RegExp(`^${field}:`, 'mu').test(frontMatter(text)));
	const lines = hidden.map((field) => `${field}: ${JSON.stringify(basis[field])}${end}`);
	return { form: `${head}${lines.join('')}${text.slice(head.length)}`, added: lines.length };
}

function frontMatter(text: string): string {
	const end = text.search(/\n---\s*(?:\n|$)/u);
	return end < 0 ? text : text.slice(0, end + 1);
}

/**
 * The size that is told for the newest revision, in bytes. VS Code takes a document whose size did not change for the
 * one that it knows, however late it was written; so no two revisions of an experience are told to be of one size.
 * @param revisions oldest first
 */
export function toldSize(revisions: readonly Pick<Revision, 'experience'>[]): number {
	const told = new Set<number>();
	let size = 0;
	for (const { experience } of revisions) {
		size = Buffer.byteLength(formatDocument(experience));
		while (told.has(size)) size++;
		told.add(size);
	}
	return size;
}
