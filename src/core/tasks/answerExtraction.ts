/** Finds the final answer in what a model wrote; never guesses where it is ambiguous. */

/** The last explicitly marked answer: \boxed{…}, <answer>…</answer>, "#### …", or "Answer: …". */
export function markedAnswer(text: string): string | undefined {
	return lastMark(text)?.value;
}

/** A marked answer, and where its marker begins. */
export interface Found {
	readonly at: number;
	readonly value: string;
}

/** The last explicitly marked answer that is not empty. */
export function lastMark(text: string): Found | undefined {
	const found = markers.flatMap((find) => find(text)).filter(({ value }) => value !== '');
	return found.sort((a, b) => b.at - a.at)[0];
}

const markers: readonly ((text: string) => readonly Found[])[] = [
	boxed,
	(text) => matches(text, /<answer>([\s\S]*?)(?:<\/answer>|$)/giu),
	(text) => matches(text, /^#{3,4}\s*(.+)$/gmu),
	(text) => matches(text, /\b(?:final\s+)?answer\s*(?:is\b|:|=)\s*:?\s*([^\n]+)/giu),
];

function matches(text: string, pattern: RegExp): readonly Found[] {
	return [...text.matchAll(pattern)].map((match) => ({ at: match.index, value: cleaned(match[1] ?? '') }));
}

/** Every \boxed{…} with balanced braces, in one pass. */
function boxed(text: string): readonly Found[] {
	const found: Found[] = [];
	/** For each brace that is open: where its box began, if it is the brace of one. */
	const open: ({ readonly at: number; readonly start: number } | undefined)[] = [];
	for (const match of text.matchAll(/(\\(?:boxed|fbox)\s*)?\{|\}/gu)) {
		const end = match.index + match[0].length;
		if (match[0] !== '}') {
			open.push(match[1] === undefined ? undefined : { at: match.index, start: end });
			continue;
		}
		const box = open.pop();
		if (box) found.push({ at: box.at, value: text.slice(box.start, end - 1).trim() });
	}
	return found;
}

function cleaned(text: string): string {
	return text.replace(/^[\s*"'`]+|(?<![\s*"'`.])[\s*"'`.]+$/gu, '');
}

/** A "-" after a digit, a letter or a bracket joins or subtracts; it is no sign. */
const numberPattern =
	/(?:(?<![\p{L}\d)])[-−])?(?:\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?(?:\s*\/\s*\d+)?)/gu;

/** The last number in a text: integer, decimal, fraction, with sign and thousands separators. */
export function lastNumber(text: string): string | undefined {
	return [...text.matchAll(numberPattern)].at(-1)?.[0];
}

/**
 * The label of a closed set that a text names: the whole text, or the one after an answer marker, or the only one named.
 * Undefined where several are named and none is marked.
 */
export function labelIn(text: string, labels: readonly string[]): string | undefined {
	const whole = exactLabel(text, labels);
	if (whole !== undefined) return whole;
	const marked = markedAnswer(text);
	if (marked !== undefined) {
		const label = exactLabel(marked, labels) ?? onlyLabel(marked, labels);
		if (label !== undefined) return label;
	}
	return onlyLabel(lastLine(text), labels) ?? onlyLabel(text, labels);
}

function exactLabel(text: string, labels: readonly string[]): string | undefined {
	const wanted = bare(text);
	return labels.find((label) => bare(label) === wanted);
}

/** The label that stands in the text where no other does; a label inside a longer one that also stands there is none. */
function onlyLabel(text: string, labels: readonly string[]): string | undefined {
	const named = labels.filter((label) => stands(label, text));
	const longest = named.filter((label) => !named.some((other) => other !== label && stands(label, other)));
	return longest.length === 1 ? longest[0] : undefined;
}

function stands(label: string, text: string): boolean {
	const escaped = label.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
	return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

function bare(text: string): string {
	return text
		.toLowerCase()
		.replace(/^[\s"'`(*[]+|[\s"'`)*\].:!]+$/gu, '')
		.trim();
}

function lastLine(text: string): string {
	return text.trim().split('\n').at(-1) ?? '';
}
