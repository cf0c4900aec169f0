/** Cuts an edit form into its front matter and the blocks under its headings; knows nothing of what they mean. */
import { outcomeMark, sourcesMark } from './editForm.js';
import type { FormIssue } from './editFormError.js';

export interface FormBlock {
	/** Number of `#`. */
	readonly level: number;
	readonly heading: string;
	readonly line: number;
	/** What stands behind `Learned from:` and `Outcome:`. */
	readonly sources?: string;
	readonly outcome?: string;
	readonly text: string;
	/** Anything stands below the heading, be it an empty fence. */
	readonly filled: boolean;
}

export interface FormParts {
	/** Values as they stand there, by field. */
	readonly fields: ReadonlyMap<string, { readonly value: string; readonly line: number }>;
	readonly blocks: readonly FormBlock[];
	readonly issues: readonly FormIssue[];
}

export function cutForm(form: string): FormParts {
	const lines = linesOf(form);
	const issues: FormIssue[] = [];
	const fields = new Map<string, { value: string; line: number }>();
	const end = lines[0]?.trim() === '---' ? lines.findIndex((line, index) => index > 0 && line.trim() === '---') : -1;
	if (end < 0) issues.push({ line: 1, message: 'The form must begin with its fields between two lines "---".' });
	for (const [index, line] of lines.slice(1, Math.max(1, end)).entries()) {
		const match = /^([A-Za-z]+):\s*(.*?)\s*$/su.exec(line);
		const [, field, value] = match ?? [];
		if (line.trim() === '') continue;
		if (field === undefined || value === undefined) {
			issues.push({ line: index + 2, message: 'A field is written as "name: value".' });
		} else if (fields.has(field)) issues.push({ line: index + 2, message: `"${field}" is there twice.` });
		else fields.set(field, { value, line: index + 2 });
	}
	return { fields, blocks: blocksOf(lines, end + 1, issues), issues };
}

/** An editor may have ended every line in the way of Windows; a text that holds such an end by itself stays as it is. */
function linesOf(form: string): readonly string[] {
	const text = form.replace(/^\uFEFF/u, '');
	const windows = !/(?<!\r)\n/u.test(text);
	return (windows ? text.replaceAll('\r\n', '\n') : text).split('\n');
}

function blocksOf(lines: readonly string[], from: number, issues: FormIssue[]): readonly FormBlock[] {
	const starts: number[] = [];
	let fence: string | undefined;
	for (let index = from; index < lines.length; index++) {
		const line = lines[index] ?? '';
		const ticks = /^`{3,}/u.exec(line)?.[0];
		if (fence !== undefined) {
			if (line.trimEnd() === fence) fence = undefined;
		} else if (ticks !== undefined) fence = ticks;
		else if (/^#{1,6}(?:\s|$)/u.test(line)) starts.push(index);
		else if (starts.length === 0 && line.trim() !== '') {
			issues.push({ line: index + 1, message: 'This stands before the title; the title is a line "# …".' });
		}
	}
	if (fence !== undefined) issues.push({ line: lines.length, message: `A fence ${fence} is never closed.` });
	return starts.map((start, index) => blockAt(lines, start, starts[index + 1] ?? lines.length, issues));
}

function blockAt(lines: readonly string[], start: number, end: number, issues: FormIssue[]): FormBlock {
	const [, marks = '', heading = ''] = /^(#{1,6})\s*(.*)$/su.exec(lines[start] ?? '') ?? [];
	let at = start + 1;
	const found: { sources?: string; outcome?: string } = {};
	for (; at < end; at++) {
		const line = lines[at] ?? '';
		if (line.startsWith(sourcesMark)) found.sources = line.slice(sourcesMark.length).trim();
		else if (line.startsWith(outcomeMark)) found.outcome = line.slice(outcomeMark.length).trim();
		else break;
	}
	const body = lines.slice(at, end);
	while (body.length > 0 && body[0]?.trim() === '') {
		body.shift();
		at++;
	}
	while (body.length > 0 && body.at(-1)?.trim() === '') body.pop();
	const text = textOf(body, at + 1, issues);
	return { level: marks.length, heading: heading.trim(), line: start + 1, ...found, text, filled: body.length > 0 };
}

/** @param line of the first of `body` */
function textOf(body: readonly string[], line: number, issues: FormIssue[]): string {
	const fence = /^`{3,}/u.exec(body[0] ?? '')?.[0];
	if (fence === undefined) return body.join('\n');
	const close = body.findIndex((one, index) => index > 0 && one.trimEnd() === fence);
	if (close >= 0 && close < body.length - 1) {
		const message = 'A text in a fence ends with it; put all of the text into the fence, or none.';
		issues.push({ line: line + close + 1, message });
	}
	return body.slice(1, close < 0 ? body.length : close).join('\n');
}
