/** Brackets in plain mathematical text: what stands outside of them, and where they end. */

export const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '⟨': '⟩', '⦃': '⦄', '{': '}' };

const opening = new Set(Object.keys(closing));
const closers = new Set(Object.values(closing));

/** Parts between separators that stand in no bracket; `separator` is sticky. */
export function split(text: string, separator: RegExp): readonly string[] {
	const parts: string[] = [];
	let start = 0;
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const sign = text[at] ?? '';
		if (opening.has(sign)) depth++;
		if (closers.has(sign)) depth--;
		separator.lastIndex = at;
		const found = depth === 0 ? separator.exec(text) : null;
		if (!found) continue;
		parts.push(text.slice(start, at).trim());
		start = separator.lastIndex;
		at = start - 1;
	}
	return [...parts, text.slice(start).trim()];
}

/** Where the bracket at the beginning closes; brackets of any form, as intervals mix them. */
export function matching(text: string): number {
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		if (opening.has(text[at] ?? '')) depth++;
		if (closers.has(text[at] ?? '') && --depth === 0) return at;
	}
	return -1;
}
