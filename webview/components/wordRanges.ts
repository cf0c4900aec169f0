/** Where words of a search stand in a text, to be marked. */

/** Start and end, UTF-16 units; in order, apart from each other. A word is found where another begins with it. */
export function wordRanges(text: string, words: readonly string[]): readonly (readonly [from: number, to: number])[] {
	const patterns = words
		.filter((word) => word.trim() !== '')
		.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'));
	if (patterns.length === 0) return [];
	// The longest first: of two words that begin alike, the longer is marked.
	patterns.sort((a, b) => b.length - a.length);
	// Scripts without spaces have no beginnings of words to look for.
	const start = String.raw`(?<![\p{L}\p{N}])|(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])`;
	return [...text.matchAll(new RegExp(`(?:${start})(?:${patterns.join('|')})`, 'giu'))].map(
		({ index, 0: found }) => [index, index + found.length] as const,
	);
}
