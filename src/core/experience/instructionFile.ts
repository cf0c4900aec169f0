/** The block of FLEX in an instruction file that belongs to somebody else: found, put in, kept up to date in its place. */

export type InstructionsErrorReason = 'no-end' | 'no-begin' | 'two-blocks' | 'not-text' | 'unreadable' | 'changed';

/** An instruction file can't be updated; nothing was written, and `message` says what to do. */
export class InstructionsError extends Error {
	override readonly name = 'InstructionsError';
	constructor(
		readonly reason: InstructionsErrorReason,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

const begin = '<!-- flex:begin (written by FLEX from its library; what you change in here is overwritten) -->';
const end = '<!-- flex:end -->';

/** Markers stand in lines of their own, so that a text may speak of them. */
const marker = /^\uFEFF?[ \t]*<!--[ \t]*flex:(begin|end)\b[^\r\n]*?-->[ \t]*$/gmu;

/**
 * `text` with `block` between the markers: in the place of the block that it has, else behind all the rest. Not a
 * character outside of the block is changed; inside, lines end as the file's first line does.
 * @throws {InstructionsError} where the markers of the text are no pair
 */
export function withInstructions(text: string, block: string): string {
	const eol = /\r?\n/u.exec(text)?.[0] ?? '\n';
	const marked = [begin, ...block.split('\n'), end].join(eol);
	const place = instructionsIn(text);
	if (place) return text.slice(0, place.start) + marked + text.slice(place.end);
	const nothingYet = text === '' || text === '\uFEFF';
	if (nothingYet) return `${text}${marked}${eol}`;
	const gap = text.endsWith(`${eol}${eol}`) ? '' : /\n$/u.test(text) ? eol : eol + eol;
	return `${text}${gap}${marked}${eol}`;
}

/** From the first character of the begin marker to behind the last one of the end marker; undefined where there is none. */
export function instructionsIn(text: string): { readonly start: number; readonly end: number } | undefined {
	const found = [...text.matchAll(marker)].map((match) => ({
		kind: match[1],
		line: text.slice(0, match.index).split('\n').length,
		start: match.index + match[0].indexOf('<'),
		end: match.index + match[0].lastIndexOf('-->') + 3,
	}));
	const [first, second, ...more] = found;
	if (!first) return undefined;
	if (first.kind === 'end') {
		const message = `Line ${first.line} ends a block of FLEX that does not begin; delete the line, or put the begin marker back.`;
		throw new InstructionsError('no-begin', message);
	}
	if (second?.kind !== 'end') {
		const message = `The block of FLEX that begins in line ${first.line} does not end; put "${end}" in a line below it, or delete its begin marker.`;
		throw new InstructionsError('no-end', message);
	}
	const [third] = more;
	if (third) {
		const message = `There is a second block of FLEX, or a part of one, in line ${third.line}; delete one of the two with its markers.`;
		throw new InstructionsError('two-blocks', message);
	}
	return { start: first.start, end: second.end };
}
