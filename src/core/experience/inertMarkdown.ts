/** A text from a library inside somebody's Markdown: it reads as it was written, and does nothing. */
import { oneLine } from './rendering.js';

/**
 * One line in which nothing is a heading, list, link, picture, HTML, comment or the reference to a file, whatever it
 * held. Code in single backticks stays as it is where it is certain what belongs to it (CommonMark 0.31, 6.1).
 */
export function inertMarkdown(text: string): string {
	const line = oneLine(text.replace(/[\p{Cc}\p{Cf}]+/gu, ' '))
		// Also inside of code: other programs look for comments without knowing Markdown.
		.replaceAll('<!--', '<!- -')
		.replaceAll('-->', '- ->');
	// Runs of several backticks, and escaped ones, pair up in ways that a look at single ones can't tell.
	if (/``|\\`/u.test(line)) return atLineStart(inert(line));
	const parts = line.split(/(`[^`]+`)/u);
	return atLineStart(parts.map((part, at) => (at % 2 === 1 ? part : inert(part))).join(''));
}

function inert(text: string): string {
	return (
		text
			.replaceAll('`', '\\`')
			.replace(/<(?=[\p{L}/!?])/gu, '\\<')
			.replaceAll('![', '!\\[')
			.replace(/\](?=[([:])/gu, ']\\')
			// Some agents read a file that is named like this into the prompt.
			.replace(/(^|[\s("'])@(?=[\w~./\\])/gu, '$1\\@')
	);
}

/** What would begin a heading, quote, list, rule or fence at the start of a line. */
function atLineStart(line: string): string {
	return line.replace(/^(?=[#>+*=~|-])/u, '\\').replace(/^(\d{1,9})(?=[.)])/u, '$1\\');
}
