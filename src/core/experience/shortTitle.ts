/** A title out of a longer text: one line, cut at a word. */

/** Characters of a title that lists show whole. */
const most = 80;

export function shortTitle(text: string): string {
	const line = text.replace(/\s+/gu, ' ').trim();
	return line.length <= most ? line : `${line.slice(0, most - 1).replace(/\s+\S*$/u, '')}…`;
}
