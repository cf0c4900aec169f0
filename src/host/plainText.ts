/** Text from libraries and files in places where VS Code would make links of it: there it is text and nothing else. */

/** For notifications, which turn `[text](address)` into a link that can run commands. */
export function withoutLinks(text: string): string {
	return text.replaceAll('](', '] (');
}

/** One line of at most `most` characters, without control characters. */
export function oneLine(text: string, most: number): string {
	const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
	return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}

/** Text in which editors find no addresses to follow. */
export function withoutAddresses(text: string): string {
	return text.replaceAll('://', ': //');
}

/** One line for a page of Markdown in an editor: nothing in it is a link. */
export function inertLine(text: string, most: number): string {
	return withoutAddresses(withoutLinks(oneLine(text, most)))
		.replaceAll(']:', '] :')
		.replaceAll('<', '< ');
}
