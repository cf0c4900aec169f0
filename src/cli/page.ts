/** Texts of a library on a page of the terminal: wrapped, indented, and harmless whatever they hold. */

/** Columns of a page. */
export const pageWidth = 96;

/**
 * The text with control characters made visible as `␛` and the like, marks that turn the direction of writing among
 * them: what was learned or imported from elsewhere must not be able to steer the terminal. Line ends and tabs stay.
 */
export function printable(text: string): string {
	return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => {
		if (character === '\n' || character === '\t') return character;
		const code = character.codePointAt(0) ?? 0;
		// Unicode has a picture for each control character of ASCII.
		return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\ufffd';
	});
}

/** The text's first line, at most `most` characters. */
export function oneLine(text: string, most = 72): string {
	const line = [...printable(text).replace(/\s+/gu, ' ').trim()];
	return line.length <= most ? line.join('') : `${line.slice(0, most - 1).join('')}…`;
}

/** Lines of at most `width` columns, each after `indent`; its own line ends are kept. */
export function wrapped(text: string, indent = '', width = pageWidth): readonly string[] {
	const room = Math.max(20, width - indent.length);
	return printable(text.trim())
		.split('\n')
		.flatMap((line) => wrappedLine(line.trimEnd(), room))
		.map((line) => (line === '' ? '' : indent + line));
}

/** Breaks between words; what is longer than a line by itself stays whole, so that it can be copied. */
function wrappedLine(line: string, room: number): readonly string[] {
	const margin = /^\s*/u.exec(line)?.[0] ?? '';
	const lines: string[] = [];
	let current = '';
	for (const word of line.trim().split(/\s+/u)) {
		if (current !== '' && margin.length + current.length + 1 + word.length > room) {
			lines.push(margin + current);
			current = word;
		} else {
			current = current === '' ? word : `${current} ${word}`;
		}
	}
	return [...lines, current === '' ? '' : margin + current];
}

/** `1 case`, `12 cases`. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}
