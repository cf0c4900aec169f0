/** Brings texts into a plain form in which only what may change their meaning is left. */

/**
 * The text for an exact comparison: white space and the capital of a word apart, every character counts. Other capitals
 * do, too: `c1ccccc1` is another molecule than `C1CCCCC1`, and `CO` is not `Co`.
 */
export function exactForm(text: string): string {
	return text
		.normalize('NFC')
		.trim()
		.replace(/\s+/gu, ' ')
		.replace(/\p{L}+/gu, withoutCapital);
}

/**
 * The words and signs of a text in order, without articles, the punctuation of sentences, and the endings of plurals.
 * Two texts with the same form say the same; a number, a "not", a name or a sign more or less is another form.
 */
export function plainForm(text: string): readonly string[] {
	const tokens = [...text.normalize('NFC').matchAll(/[\p{L}\p{M}\p{N}_]+(?:[.,:'’][\p{L}\p{N}]+)*|[^\s]/gu)].map(
		(match) => ({
			text: match[0],
			spaceBehind: /^(?:\s|$)/u.test(text.slice(match.index + match[0].length, match.index + match[0].length + 1)),
		}),
	);
	return tokens.flatMap(({ text: token, spaceBehind }, at) => {
		const before = tokens[at - 1]?.text ?? '';
		const behind = tokens[at + 1]?.text ?? '';
		if (isArticle(token, before, behind) || isPunctuation(token, before, behind, spaceBehind)) return [];
		return [singular(withoutCapital(token))];
	});
}

/** `plainForm` of a condition as one text: parts that an "and" joins hold in any order. */
export function conditionForm(text: string): string {
	const parts: string[][] = [[]];
	for (const token of plainForm(text.replace(/^\s*(?:when|whenever)\s/iu, ''))) {
		if (token === 'and') parts.push([]);
		else parts.at(-1)?.push(token);
	}
	return parts
		.map((part) => part.join(' '))
		.sort()
		.join(' & ');
}

/** "Send" as "send"; words of one or two letters and those with other capitals stay. */
function withoutCapital(word: string): string {
	return /^\p{Lu}\p{Ll}{2,}$/u.test(word) ? word.toLowerCase() : word;
}

/** `a` is an article only before a word, and `A` only where a sentence begins; else both are names of something. */
function isArticle(token: string, before: string, behind: string): boolean {
	if (/^(?:the|The|an|An)$/u.test(token)) return true;
	const word = /^\p{L}{2,}$/u.test(behind);
	return word && (token === 'a' || (token === 'A' && /^[.!?:;]?$/u.test(before)));
}

/** True for what only separates or quotes words. `n!`, `f'` and `a[1:3]` keep their signs. */
function isPunctuation(token: string, before: string, behind: string, spaceBehind: boolean): boolean {
	const afterWord = /\p{L}{3,}$/u.test(before);
	const quoteBehind = /^["”’']$/u.test(behind);
	if (/^[.,;:]$/u.test(token)) return spaceBehind || quoteBehind;
	if (/^[!?]$/u.test(token)) return afterWord && (spaceBehind || quoteBehind);
	if (/^["“”„]$/u.test(token)) return !/\d$/u.test(before);
	return (
		/^['‘’]$/u.test(token) && (afterWord || (before === '' && /^\p{L}{2,}/u.test(behind)) || /^\p{L}{3,}/u.test(behind))
	);
}

const verbs: Readonly<Record<string, string>> = { are: 'is', were: 'was', have: 'has', "doesn't": 'does not' };

function singular(word: string): string {
	const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
	if (verb !== undefined) return verb;
	return /^\p{Ll}{3,}s$/u.test(word) && !/(?:ss|us|is)$/u.test(word) ? word.slice(0, -1) : word;
}
