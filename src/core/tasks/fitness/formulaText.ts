/** Finds the formula in what a model wrote. */
import { markedAnswer } from '../answerExtraction.js';
import { fencedCode } from '../codeText.js';

/** A longer one is no formula over a few features. */
const longest = 4_000;
const mostMarks = 20;

/**
 * The marked answer, where it holds a whole formula; else the last fenced block; else the last line that is an arrow
 * function or a `return`. Undefined where there is none of them.
 */
export function formulaIn(text: string): string | undefined {
	const marked = answerLine(text);
	const found = [marked, fencedCode(text), lastFormulaLine(text), markedAnswer(text)]
		.map((candidate) => plain(candidate ?? ''))
		.find((candidate) => candidate !== '');
	return found !== undefined && found.length <= longest ? found : undefined;
}

/** The last that is whole of those behind "Answer:", since a text may have been cut off; else the last of them. */
function answerLine(text: string): string | undefined {
	const marks = [...text.matchAll(/\banswer\s*(?:is\b|:|=)\s*:?[*\s]*/giu)].slice(-mostMarks);
	const rests = marks.map(({ index, 0: mark }) => text.slice(index + mark.length));
	const whole = rests.map(wholeBeginning).findLast((found) => found !== undefined);
	return whole ?? rests.at(-1)?.split('\n')[0];
}

/** To the end of the line, or of the function that begins there and goes over several lines. */
function wholeBeginning(text: string): string | undefined {
	if (/^(?:```|~~~)/u.test(text)) return fencedCode(text);
	const lines = text.split('\n');
	for (let count = 1; count <= lines.length; count++) {
		const whole = lines.slice(0, count).join('\n');
		if (isClosed(whole)) return whole;
	}
	return undefined;
}

function isClosed(text: string): boolean {
	let depth = 0;
	for (const character of text) {
		if ('([{'.includes(character)) depth++;
		if (')]}'.includes(character)) depth--;
	}
	return depth <= 0;
}

function lastFormulaLine(text: string): string | undefined {
	return text.split('\n').findLast((line) => /=>|^\s*return\s/u.test(line));
}

/** Without the marks and names that only surround it. */
function plain(text: string): string {
	return text
		.trim()
		.replace(/^[`*\s]+|[`*\s]+$/gu, '')
		.replace(/^(?:javascript|js)\s+/iu, '')
		.replace(/^(?:export\s+default\s+|(?:const|let|var)\s+[\w$]+\s*=\s*|answer\s*[:=]\s*)/iu, '')
		.replace(/[;\s]+$/u, '');
}
