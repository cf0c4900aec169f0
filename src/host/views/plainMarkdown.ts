/** Text for places that read Markdown, and that it must not be read as. */

/** Longer texts are cut: a tooltip is no place to read them. */
const longest = 1500;

/**
 * Markdown that shows `text` as it is, and wraps it as usual, which `MarkdownString.appendText` does not: its spaces
 * never break.
 */
export function plainMarkdown(text: string): string {
	const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
	return (
		shown
			// Every punctuation mark of ASCII may be escaped; so there is no list of those that mean something.
			.replace(/[!-/:-@[-`{-~]/gu, '\\$&')
			.split(/\r?\n/u)
			.map((line) => line.trim())
			.filter((line) => line !== '')
			.join('  \n')
	);
}
