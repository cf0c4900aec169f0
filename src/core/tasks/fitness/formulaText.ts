/** Finds the formula in what a model wrote. */
import { markedAnswer } from '../answerExtraction.js';
import { fencedCode } from '../codeText.js';

/** A longer one is no formula over a few features. */
const longest = 4_000;

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

/** From "Answer:" to the end of the line, or of the function that begins there and goes over several lines. */
function answerLine(text: string): string | undefined {
	const last = [...text.matchAll(/\banswer\s*(?:is\b|:|=)\s*:?[*\s]*/giu)].at(-1);
	if (!last) return undefined;
	const rest = text.slice(last.index + last[0].length);
	if (/^(?:```|~~~)/u.test(rest)) return fencedCode(rest);
	const lines = rest.split('\n');
	for (let count = 1; count <= lines.length; count++) {
		const whole = lines.slice(0, count).join('\n');
		if (isClosed(whole)) return whole;
	}
	return lines[0];
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
