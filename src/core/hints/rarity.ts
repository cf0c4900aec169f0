/** How much it says that a term stands in some code: in bits, against ordinary code of other people. */
import { isName } from './codeTokens.js';
import { codeWords } from './codeWords.js';

/** Of what no ordinary code holds: a name is somebody's own; a word may be just one that programmers seldom need. */
const unknownName = 14;
const unknownWord = 8;

let known: ReadonlyMap<string, number> | undefined;

/** −log2 of the share of functions that hold it. @param term a stem, or a name with `=` before it */
export function bitsOf(term: string): number {
	known ??= new Map(
		Object.entries(codeWords).flatMap(([bits, words]) => words.split(' ').map((word) => [word, Number(bits)] as const)),
	);
	return Math.min(known.get(term) ?? Number.POSITIVE_INFINITY, isName(term) ? unknownName : unknownWord);
}
