/** The function or block around a line, by its indentation: known at once, in every language, without asking anybody. */

/** A document, or a part of it, as far as it is needed. */
export interface CodeLines {
	readonly count: number;
	/** Without its break. */
	at(line: number): string;
}

/** Lines from `first` up to `last`, that included. */
export interface LineRange {
	readonly first: number;
	readonly last: number;
}

/** A block is widened as long as it has no more lines than this. */
const mostLines = 60;
/** Lines of comments and decorators above a block that belong to it. */
const mostAbove = 12;

/**
 * The widest block around `line` that is no longer than a screen: with its head, what stands above that, and what closes
 * it. Statements outside of any block are taken with their neighbours up to the next empty line.
 */
export function blockAround(lines: CodeLines, line: number): LineRange {
	const start = startOf(lines, line);
	let block: LineRange | undefined;
	for (
		let head: number | undefined = isHead(lines, start) ? start : headAbove(lines, start);
		head !== undefined;
		head = headAbove(lines, head)
	) {
		const wider = blockOf(lines, head);
		if (wider.last - wider.first >= mostLines) break;
		block = wider;
	}
	return block ?? neighbours(lines, start);
}

/** The line itself, or the nearest one below it that is not empty; a comment belongs to what it stands above. */
function startOf(lines: CodeLines, line: number): number {
	let at = Math.min(Math.max(0, line), lines.count - 1);
	while (at < lines.count - 1 && (isBlank(lines.at(at)) || isAbove(lines.at(at)))) at++;
	return at;
}

/** Whether the next line that says something is indented further. */
function isHead(lines: CodeLines, line: number): boolean {
	const next = nextFilled(lines, line + 1, line + 3);
	return next !== undefined && indentOf(lines.at(next)) > indentOf(lines.at(line)) && !isBlank(lines.at(line));
}

/** The line that the block around `line` begins with. */
function headAbove(lines: CodeLines, line: number): number | undefined {
	const indent = indentOf(lines.at(line));
	if (indent === 0) return undefined;
	for (let at = line - 1; at >= Math.max(0, line - mostLines * 3); at--) {
		const text = lines.at(at);
		if (isBlank(text) || isAbove(text) || indentOf(text) >= indent) continue;
		// `) {` or `} else {` closes what began further up, with the same indentation.
		return closes(text) ? (openingOf(lines, at) ?? at) : at;
	}
	return undefined;
}

function openingOf(lines: CodeLines, line: number): number | undefined {
	const indent = indentOf(lines.at(line));
	for (let at = line - 1; at >= Math.max(0, line - mostLines); at--) {
		const text = lines.at(at);
		if (!isBlank(text) && indentOf(text) <= indent && !closes(text)) return indentOf(text) === indent ? at : undefined;
	}
	return undefined;
}

function blockOf(lines: CodeLines, head: number): LineRange {
	const indent = indentOf(lines.at(head));
	let last = head;
	for (let at = head + 1; at < lines.count && at - head <= mostLines * 2; at++) {
		const text = lines.at(at);
		if (isBlank(text)) continue;
		if (indentOf(text) < indent || (indentOf(text) === indent && !closes(text))) break;
		last = at;
	}
	return { first: firstAbove(lines, head), last };
}

/** Comments and decorators right above a head belong to it. */
function firstAbove(lines: CodeLines, head: number): number {
	let first = head;
	while (first > 0 && head - first < mostAbove && isAbove(lines.at(first - 1))) first--;
	return first;
}

function neighbours(lines: CodeLines, line: number): LineRange {
	const indent = indentOf(lines.at(line));
	const belongs = (at: number): boolean =>
		at >= 0 && at < lines.count && !isBlank(lines.at(at)) && indentOf(lines.at(at)) === indent;
	let [first, last] = [line, line];
	while (line - first < mostAbove && belongs(first - 1) && !isHead(lines, first - 1)) first--;
	while (last - line < mostAbove && belongs(last + 1) && !isHead(lines, last + 1)) last++;
	return { first, last };
}

function nextFilled(lines: CodeLines, from: number, to: number): number | undefined {
	for (let at = from; at <= Math.min(to, lines.count - 1); at++) if (!isBlank(lines.at(at))) return at;
	return undefined;
}

function isBlank(text: string): boolean {
	return !/\S/u.test(text);
}

/** A comment or a decorator. */
function isAbove(text: string): boolean {
	return /^\s*(?:\/\/|\/\*|\*|#(?!\s*(?:if|endif|else|define|include)\b)|--\s|@|\[\w+[\](]|""")/u.test(text);
}

function closes(text: string): boolean {
	return /^\s*(?:[\])}]|end\b|else\b|elif\b|elsif\b|catch\b|except\b|finally\b|rescue\b|ensure\b|case\b|default\b|when\b)/u.test(
		text,
	);
}

/** Columns before the first character; a tab counts as four. */
function indentOf(text: string): number {
	let columns = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 32) columns++;
		else if (unit === 9) columns += 4;
		else break;
	}
	return columns;
}
