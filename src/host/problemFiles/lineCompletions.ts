/** What may be typed at a place in a line of a problem file; pure, offsets instead of positions. */
import { type Scan, type Span, scanObject } from './jsonScan.js';

export interface LineRules {
	readonly kind?: string | undefined;
	readonly answerSpace?: readonly string[] | undefined;
}

export interface LineCompletion {
	readonly label: string;
	/** `value`: an answer that is allowed. `problem`: a whole line. */
	readonly what: 'key' | 'value' | 'problem';
	/** As a snippet: `$1` is where one goes on typing. */
	readonly snippet: string;
	/** What it takes the place of. */
	readonly span: Span;
	/** A list of values follows. */
	readonly more: boolean;
}

/** Longer lists of answers are no choice any more; they come one by one as completions. */
const mostChoices = 50;

const commonKeys = ['id', 'question', 'answer', 'solution'];
/** Fields that graders of a kind read. */
const kindKeys: Readonly<Record<string, readonly string[]>> = { code: ['test', 'language'], fitness: ['assay'] };

/**
 * @param cursor offset in `line`
 * @param before the nearest line above that is not empty, whose id is counted on
 */
export function lineCompletions(
	line: string,
	cursor: number,
	rules: LineRules,
	before: string | undefined,
): readonly LineCompletion[] {
	if (line.trim() === '') return [newProblem(line, rules, before)];
	const prefix = line.slice(0, cursor);
	const { stop } = scanObject(prefix);
	// Where the text breaks off before the cursor, nothing is known of the cursor.
	if (!stop || stop.at < prefix.trimEnd().length) return [];
	if (stop.expected === 'key') return keys(line, cursor, stop.from, rules);
	if (stop.expected === 'value' && stop.key !== undefined) return values(line, cursor, stop.from, stop.key, rules);
	return [];
}

function keys(line: string, cursor: number, from: number, rules: LineRules): readonly LineCompletion[] {
	const span = { start: from, end: endOfToken(line, cursor, from) };
	const known = new Set(otherFields(line, span).map(({ key }) => key));
	// A key that is changed keeps its value.
	const hasValue = /^\s*:/u.test(line.slice(span.end));
	const isFollowed = line.slice(span.end).trimStart().startsWith('"');
	return keysOf(rules)
		.filter((key) => !known.has(key))
		.map((key) => {
			const offers = key === 'answer' && rules.answerSpace !== undefined && !hasValue;
			const value = key === 'language' ? 'javascript' : '$1';
			const field = `"${key}": ${offers ? '' : `"${value}"`}${isFollowed ? ', ' : ''}`;
			const snippet = hasValue ? `"${key}"` : field;
			return { label: key, what: 'key', snippet, span, more: offers };
		});
}

function values(
	line: string,
	cursor: number,
	from: number,
	key: string,
	{ answerSpace, kind }: LineRules,
): readonly LineCompletion[] {
	const allowed = key === 'answer' ? answerSpace : key === 'language' && kind === 'code' ? ['javascript'] : undefined;
	const span = { start: from, end: endOfToken(line, cursor, from) };
	return (allowed ?? []).map((label) => ({
		label,
		what: 'value',
		snippet: escaped(JSON.stringify(label)),
		span,
		more: false,
	}));
}

function newProblem(line: string, rules: LineRules, before: string | undefined): LineCompletion {
	const id = nextId(before);
	const parts = keysOf(rules)
		.filter((key) => (key === 'id' ? id !== undefined : key !== 'solution' && key !== 'language'))
		.map(
			(key, index) => `"${key}": ${key === 'id' ? escaped(JSON.stringify(id)) : valueSnippet(key, index + 1, rules)}`,
		);
	const snippet = `{${parts.join(', ')}}`;
	return { label: '{…}', what: 'problem', snippet, span: { start: 0, end: line.length }, more: false };
}

function valueSnippet(key: string, stop: number, { answerSpace }: LineRules): string {
	if (key !== 'answer' || !answerSpace || answerSpace.length > mostChoices) return `"$${stop}"`;
	const choices = answerSpace.map((label) => escaped(JSON.stringify(label).slice(1, -1)).replace(/[,|]/gu, '\\$&'));
	return `"\${${stop}|${choices.join(',')}|}"`;
}

function keysOf({ kind }: LineRules): readonly string[] {
	return [...commonKeys, ...((kind && Object.hasOwn(kindKeys, kind) && kindKeys[kind]) || [])];
}

/** The id of the line above, counted on: "cc-009" gives "cc-010". */
function nextId(before: string | undefined): string | undefined {
	const field = before === undefined ? undefined : scanObject(before).fields.find(({ key }) => key === 'id');
	if (before === undefined || !field) return undefined;
	const written = before.slice(field.valueSpan.start, field.valueSpan.end).replace(/^"|"$/gu, '');
	const digits = /\d{1,12}$/u.exec(written)?.[0];
	if (digits === undefined) return undefined;
	const next = String(Number(digits) + 1).padStart(digits.length, '0');
	return `${written.slice(0, -digits.length)}${next}`;
}

/** Behind the token at the cursor: editors close quotes by themselves. */
function endOfToken(line: string, cursor: number, from: number): number {
	// At the beginning of a text nothing of it is typed yet.
	if (line[from] !== '"' || cursor <= from) return cursor;
	const rest = /^(?:[^"\\]|\\.)*"/u.exec(line.slice(from + 1));
	const end = rest ? from + 1 + rest[0].length : cursor;
	// A quote that closes here may as well open the next text: then what lies between is no text of one word.
	return end >= cursor && !/[:,{}]/u.test(line.slice(cursor, end)) ? end : cursor;
}

function otherFields(line: string, span: Span): Scan['fields'] {
	const before = scanObject(line).fields;
	// Behind the token that is being typed the line seldom reads on; it is mended for a look.
	const after = scanObject(`{${line.slice(span.end).replace(/^\s*(?::\s*(?:"(?:[^"\\]|\\.)*")?)?\s*,?/u, '')}`).fields;
	return [...before.filter(({ keySpan }) => keySpan.start !== span.start), ...after];
}

/** The text as itself within a snippet. */
function escaped(text: string): string {
	return text.replace(/[\\$}]/gu, '\\$&');
}
