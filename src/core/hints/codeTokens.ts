/** Cuts code, and prose about code, into names and the words that they are made of. */

/** An identifier, or a word of a comment or text. */
export interface CodeToken {
	/** As it stands there. */
	readonly text: string;
	/** Without letter case and underscores: `useEffect`, `use_effect` and `USE_EFFECT` have one name. */
	readonly name: string;
	/** The name as a term: with `=` before it, so that it is not taken for a word. */
	readonly key: string;
	/** Stems of its parts of three letters and more: `parseLocalDates` has parse, local and date. */
	readonly words: readonly string[];
	/** Whether it is written as only identifiers are: with an underscore, a capital inside, or a digit. */
	readonly shaped: boolean;
}

export interface TokenReader {
	/** @param start UTF-16 offset in the line */
	token(token: CodeToken, start: number): void;
	/**
	 * Two or more tokens with nothing but an operator between them, as `Date.parse` or `no-unused-vars`.
	 * @param key of `date.parse`; joined by hyphens they make one name: `nounusedvars`
	 */
	compound(key: string, text: string, hyphened: boolean): void;
}

/** Names and words share one table of terms. */
export function nameKey(name: string): string {
	return `=${name}`;
}

export function isName(key: string): boolean {
	return key.charCodeAt(0) === 61;
}

/** What a line holds, in order. */
interface LineTokens {
	readonly tokens: readonly { readonly token: CodeToken; readonly start: number }[];
	readonly compounds: readonly { readonly key: string; readonly text: string; readonly hyphened: boolean }[];
}

/** Most lines of a document stay what they are from one look to the next, so how each reads is remembered. */
const readLines = new Map<string, LineTokens>();
const mostLines = 20_000;
/** Longer texts are hardly lines that come again. */
const longestLine = 300;

/** Reads one line, or any other text: first its tokens, then what they are joined to. */
export function readTokens(line: string, reader: TokenReader): void {
	let found = readLines.get(line);
	if (!found) {
		found = tokensOf(line);
		if (readLines.size >= mostLines) readLines.clear();
		if (line.length <= longestLine) readLines.set(line, found);
	}
	for (const { token, start } of found.tokens) reader.token(token, start);
	for (const { key, text, hyphened } of found.compounds) reader.compound(key, text, hyphened);
}

function tokensOf(line: string): LineTokens {
	const tokens: { readonly token: CodeToken; readonly start: number }[] = [];
	const compounds: { readonly key: string; readonly text: string; readonly hyphened: boolean }[] = [];
	let before: { readonly token: CodeToken; readonly end: number } | undefined;
	let chain: { readonly name: string; readonly start: number } | undefined;
	for (let at = 0; at < line.length; ) {
		if (!isWordUnit(line.charCodeAt(at))) {
			at++;
			continue;
		}
		const start = at;
		while (at < line.length && isWordUnit(line.charCodeAt(at))) at++;
		const token = tokenOf(line.slice(start, at));
		tokens.push({ token, start });
		const between = before ? line.slice(before.end, start) : '';
		if (before && /^(?:\?\.|\.|::|->|#)$/.test(between)) {
			const key = nameKey(`${before.token.name}.${token.name}`);
			compounds.push({ key, text: `${before.token.text}${between}${token.text}`, hyphened: false });
		}
		if (before && between === '-') {
			const from = chain ?? { name: before.token.name, start: before.end - before.token.text.length };
			chain = { name: `${from.name}${token.name}`, start: from.start };
			compounds.push({ key: nameKey(chain.name), text: line.slice(chain.start, at), hyphened: true });
		} else {
			chain = undefined;
		}
		before = { token, end: at };
	}
	return { tokens, compounds };
}

/** Identifiers come again and again; how each is cut is remembered. */
const known = new Map<string, CodeToken>();
const mostKnown = 50_000;

function tokenOf(text: string): CodeToken {
	const found = known.get(text);
	if (found) return found;
	const parts = text
		.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
		.replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
		.split(/[_$]+/u)
		.filter((part) => part !== '')
		.map((part) => part.toLowerCase());
	const words = parts.filter((part) => part.length >= 3 && /\p{L}/u.test(part)).map(stemOf);
	const shaped = /\p{L}/u.test(text) && (parts.length > 1 || /\p{L}\d/u.test(text) || /^[_$]/u.test(text));
	const name = parts.join('');
	const token = { text, name, key: nameKey(name), words: [...new Set(words)], shaped };
	if (known.size >= mostKnown) known.clear();
	known.set(text, token);
	return token;
}

/** A word without its commonest endings, so that `parsing`, `parsed` and `parses` meet `parse`; not always a word. */
export function stemOf(word: string): string {
	if (word.length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
	const cut = word.length > 6 && word.endsWith('ing') ? 3 : word.length > 5 && word.endsWith('ed') ? 2 : 0;
	const root = cut > 0 ? word.slice(0, -cut) : word.length > 3 && /[^siu]s$/u.test(word) ? word.slice(0, -1) : word;
	// `stopped` and `stop`; `parsed` and `parse`.
	const single = cut > 0 && /([bdgmnprt])\1$/u.test(root) ? root.slice(0, -1) : root;
	return single.length > 4 && single.endsWith('e') ? single.slice(0, -1) : single;
}

function isWordUnit(unit: number): boolean {
	if (unit < 128) {
		return (
			(unit >= 97 && unit <= 122) ||
			(unit >= 65 && unit <= 90) ||
			(unit >= 48 && unit <= 57) ||
			unit === 95 ||
			unit === 36
		);
	}
	// Above ASCII all but punctuation and signs; finer distinctions make no difference here.
	return (
		unit >= 0xc0 &&
		unit !== 0xd7 &&
		unit !== 0xf7 &&
		!(unit >= 0x2000 && unit <= 0x2bff) &&
		!(unit >= 0x3000 && unit <= 0x303f)
	);
}
