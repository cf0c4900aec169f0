/** What a model wrote, as text that shows it and does nothing else. */

/** Longer attempts are cut; the whole of them is nowhere of use in a message. */
const longestText = 20_000;

/** The text as a block of code in Markdown, whatever fences it has itself. */
export function fenced(text: string): string {
	const shown = shortened(text);
	const longest = Math.max(2, ...[...shown.matchAll(/`+/gu)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}text\n${shown}\n${fence}`;
}

/** The text for a terminal: without control characters, which could move or hide what stands there. */
export function terminalText(text: string): string {
	return (
		shortened(text)
			// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
			.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu, '')
			.replace(/\n/gu, '\r\n')
	);
}

/** A link that runs a command with one argument. */
export function commandLink(command: string, argument: unknown): string {
	return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}

function shortened(text: string): string {
	return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
