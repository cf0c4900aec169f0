/** Takes a text apart into paragraphs, code, bold and mathematics. What is not understood stays text, as it was written. */

export type Inline =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'code'; readonly text: string }
	| { readonly kind: 'bold'; readonly parts: readonly Inline[] }
	/** `source` has the delimiters too: what is shown where the formula can't be set. */
	| { readonly kind: 'math'; readonly tex: string; readonly display: boolean; readonly source: string };

export type Block =
	| { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
	/** `language` as it was named, in lower case; empty where it was not. */
	| { readonly kind: 'code'; readonly language: string; readonly text: string };

/** A longer formula is shown as it was written. UTF-16 units. */
export const longestFormula = 2_000;

/** @param text with line feeds alone as ends of lines */
export function parseRich(text: string): readonly Block[] {
	const blocks: Block[] = [];
	let paragraph: string[] = [];
	const endParagraph = (): void => {
		if (paragraph.length > 0) blocks.push({ kind: 'paragraph', parts: parseInline(paragraph.join('\n')) });
		paragraph = [];
	};
	const lines = text.split('\n');
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at] ?? '';
		const fence = openingFence(line);
		if (fence) {
			endParagraph();
			const end = closingFence(lines, at + 1, fence);
			blocks.push({ kind: 'code', language: fence.language, text: unindented(lines.slice(at + 1, end), fence.indent) });
			at = end;
		} else if (line.trim() === '') endParagraph();
		else paragraph.push(line);
	}
	endParagraph();
	return blocks;
}

interface Fence {
	readonly mark: string;
	readonly indent: number;
	readonly language: string;
}

function openingFence(line: string): Fence | undefined {
	const [opening, indent = '', mark] = /^([ \t]*)(`{3,}|~{3,})/u.exec(line) ?? [];
	if (opening === undefined || mark === undefined) return undefined;
	const rest = line.slice(opening.length);
	if (mark.startsWith('`') && rest.includes('`')) return undefined;
	return { mark, indent: indent.length, language: (rest.trim().split(/\s/u)[0] ?? '').toLowerCase() };
}

/** The line that ends the block; behind the last where none does. */
function closingFence(lines: readonly string[], from: number, { mark }: Fence): number {
	for (let at = from; at < lines.length; at++) {
		const bare = (lines[at] ?? '').trim();
		if (bare.length >= mark.length && bare === mark.charAt(0).repeat(bare.length)) return at;
	}
	return lines.length;
}

/** The lines without the spaces that the whole block stands in. */
function unindented(lines: readonly string[], indent: number): string {
	return lines
		.map((line) => {
			const own = line.length - line.trimStart().length;
			return line.slice(Math.min(indent, own));
		})
		.join('\n');
}

/** What an opening delimiter needs to be one, and where its part ends. */
interface Rule {
	readonly open: string;
	/** Where the closing delimiter begins, looked for from `from`; -1 where there is none. */
	close(text: string, from: number): number;
	readonly closeLength: number;
	make(inner: string, source: string): Inline;
}

const formula =
	(display: boolean) =>
	(tex: string, source: string): Inline =>
		tex.length > longestFormula ? { kind: 'text', text: source } : { kind: 'math', tex: tex.trim(), display, source };

/** The longer delimiters first: `$$` is no empty formula. */
const rules: readonly Rule[] = [
	{ open: '$$', close: (text, from) => unescaped(text, '$$', from), closeLength: 2, make: formula(true) },
	{ open: '\\[', close: (text, from) => unescaped(text, '\\]', from), closeLength: 2, make: formula(true) },
	{ open: '\\(', close: (text, from) => unescaped(text, '\\)', from), closeLength: 2, make: formula(false) },
	{ open: '$', close: closingDollar, closeLength: 1, make: formula(false) },
	{
		open: '**',
		close: (text, from) => firstWhere(text, '**', from, (at) => !isSpace(text[at - 1])),
		closeLength: 2,
		make: (inner) => ({ kind: 'bold', parts: parseInline(inner) }),
	},
];

/** Delimiters that need ink right behind them: “$ 5” opens no formula, “2 ** 3” no bold. */
const tight: ReadonlySet<string> = new Set(['$', '**']);

function parseInline(text: string): readonly Inline[] {
	const parts: Inline[] = [];
	// A delimiter that found no end finds none further on either: what is looked for does not depend on where it opened.
	const endless = new Set<string>();
	let plain = 0;
	let at = 0;
	while (at < text.length) {
		const found = codeAt(text, at, endless) ?? ruleAt(text, at, endless);
		if (!found) {
			at += text.startsWith('`', at) ? runLength(text, at) : text[at] === '\\' ? 2 : 1;
			continue;
		}
		if (at > plain) parts.push({ kind: 'text', text: text.slice(plain, at) });
		parts.push(found.part);
		at = found.end;
		plain = at;
	}
	if (plain < text.length) parts.push({ kind: 'text', text: text.slice(plain) });
	return parts;
}

interface Found {
	readonly part: Inline;
	readonly end: number;
}

/** Code ends with as many backticks as it began with, so that it can hold fewer. */
function codeAt(text: string, at: number, endless: Set<string>): Found | undefined {
	if (text[at] !== '`') return undefined;
	const length = runLength(text, at);
	const mark = '`'.repeat(length);
	if (endless.has(mark)) return undefined;
	for (let close = text.indexOf(mark, at + length); close !== -1; ) {
		const run = runLength(text, close);
		if (run === length) {
			const inner = text.slice(at + length, close);
			const padded = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== '';
			return { part: { kind: 'code', text: padded ? inner.slice(1, -1) : inner }, end: close + length };
		}
		close = text.indexOf(mark, close + run);
	}
	endless.add(mark);
	return undefined;
}

function ruleAt(text: string, at: number, endless: Set<string>): Found | undefined {
	for (const rule of rules) {
		const { open, closeLength, make } = rule;
		if (!text.startsWith(open, at) || endless.has(open)) continue;
		const from = at + open.length;
		if (tight.has(open) && (isSpace(text[from]) || text[from] === undefined || text[from] === open[0])) continue;
		const close = rule.close(text, from);
		if (close === -1) {
			endless.add(open);
			continue;
		}
		const end = close + closeLength;
		const inner = text.slice(from, close);
		if (inner.trim() === '') continue;
		return { part: make(inner, text.slice(at, end)), end };
	}
	return undefined;
}

/** A dollar sign ends a formula only with ink before it and no digit behind it: “$5 and $7” are two prices. */
function closingDollar(text: string, from: number): number {
	return firstWhere(
		text,
		'$',
		from,
		(at) => !isSpace(text[at - 1]) && !isEscaped(text, at) && !/[0-9]/u.test(text[at + 1] ?? ''),
	);
}

function unescaped(text: string, mark: string, from: number): number {
	return firstWhere(text, mark, from, (at) => !isEscaped(text, at));
}

function firstWhere(text: string, mark: string, from: number, fits: (at: number) => boolean): number {
	let at = text.indexOf(mark, from);
	while (at !== -1 && !fits(at)) at = text.indexOf(mark, at + 1);
	return at;
}

function isEscaped(text: string, at: number): boolean {
	let slashes = 0;
	while (text[at - 1 - slashes] === '\\') slashes++;
	return slashes % 2 === 1;
}

function isSpace(char: string | undefined): boolean {
	return char !== undefined && /\s/u.test(char);
}

function runLength(text: string, at: number): number {
	let end = at;
	while (text[end] === '`') end++;
	return end - at;
}
