/** The changes of a line that mend what is wrong with it; pure, offsets instead of positions. */
import { type Field, type Span, scanObject } from './jsonScan.js';

/** Replaces `span` of the line by `text`. */
export interface LineEdit {
	readonly span: Span;
	readonly text: string;
}

/** The field's value as written anew; undefined where the line has no such field. */
export function valueEdit(line: string, key: string, value: string): LineEdit | undefined {
	const field = fieldOf(line, key);
	return field && { span: field.valueSpan, text: JSON.stringify(value) };
}

/** Takes the field out, with the comma that belongs to it. */
export function removalEdit(line: string, key: string): LineEdit | undefined {
	const { fields } = scanObject(line);
	const index = fields.findLastIndex((field) => field.key === key);
	const field = fields[index];
	if (!field) return undefined;
	const next = fields[index + 1];
	const before = fields[index - 1];
	const start = next || !before ? field.keySpan.start : before.valueSpan.end;
	return { span: { start, end: next ? next.keySpan.start : field.valueSpan.end }, text: '' };
}

/** The last one of that key, which is the one that counts. */
export function fieldOf(line: string, key: string): Field | undefined {
	return scanObject(line).fields.findLast((field) => field.key === key);
}

/** What of the line a finding is about: the value of its key, else the place where it stops being JSON, else all of it. */
export function spanOf(line: string, key: string | undefined): Span {
	const whole = { start: line.length - line.trimStart().length, end: line.trimEnd().length };
	const { fields, stop } = scanObject(line);
	const field = key === undefined ? undefined : fields.findLast((known) => known.key === key);
	if (field) return field.valueSpan;
	if (key !== undefined || !stop || stop.expected === 'object') return whole;
	// Behind the last character there is nothing to underline: then it is the last one.
	const start = Math.max(0, Math.min(stop.from, whole.end - 1));
	return { start, end: Math.max(start + 1, Math.min(stop.at, whole.end)) };
}
