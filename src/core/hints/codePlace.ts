/** A piece of code as hints look at it: which names and words it holds, and in which lines. */
import { readTokens } from './codeTokens.js';

/** Something that a compiler or linter said about a line. */
export interface CodeFinding {
	readonly line: number;
	/** Message and code. */
	readonly text: string;
}

export interface CodePlace {
	/** Number of the first of `lines` in the document. */
	readonly first: number;
	readonly lines: readonly string[];
	readonly findings: readonly CodeFinding[];
}

/** Where a term stands. */
export interface Standing {
	readonly lines: readonly number[];
	/** The first findings that name it. */
	readonly inFinding: boolean;
	/** Names of the tokens that it is a part of; a few are enough. */
	readonly within: readonly string[];
}

interface Kept {
	readonly lines: number[];
	inFinding: boolean;
	readonly within: string[];
}

const mostKept = 4;

/** By term: a stem, or a name with `=` before it. */
export function standings({ first, lines, findings }: CodePlace): ReadonlyMap<string, Standing> {
	const found = new Map<string, Kept>();
	const add = (key: string, line: number, inFinding: boolean, name: string): void => {
		let kept = found.get(key);
		if (!kept) {
			kept = { lines: [], inFinding: false, within: [] };
			found.set(key, kept);
		}
		if (inFinding) kept.inFinding = true;
		if (kept.lines.at(-1) !== line && kept.lines.length < mostKept) kept.lines.push(line);
		if (kept.within.length < mostKept && !kept.within.includes(name)) kept.within.push(name);
	};
	const read = (text: string, line: number, inFinding: boolean): void => {
		readTokens(text, {
			token: ({ name, key, words }) => {
				if (name.length >= 3) add(key, line, inFinding, name);
				for (const word of words) add(word, line, inFinding, name);
			},
			compound: (key) => add(key, line, inFinding, key.slice(1)),
		});
	};
	for (const [index, text] of lines.entries())
		read(text.length > longestLine ? text.slice(0, longestLine) : text, first + index, false);
	for (const { line, text } of findings) read(text, line, true);
	return found;
}

/** What is longer was not written by hand. */
const longestLine = 1000;
