/** The kind `math`: numbers compared by value, whatever their spelling; other answers by their normalised LaTeX. */
import { lastNumber, markedAnswer } from './answerExtraction.js';
import { parseRational, sameRational } from './rational.js';
import type { TaskKind } from './task.js';

export const math: TaskKind = {
	kind: 'math',
	instructions: (set) => {
		const form = set.answerFormat ? ` The answer is ${set.answerFormat}.` : '';
		return `Think step by step.${form} End with a line "Answer: …".`;
	},
	extract: (text) => markedAnswer(text) ?? lastNumber(text),
	async grade(problem, attempt) {
		if (attempt.answer === undefined) return { verdict: 'invalid', detail: 'No answer was found in the attempt.' };
		const right = sameMath(problem.answer, attempt.answer);
		const detail = right ? 'The values are equal.' : `Expected ${problem.answer}, got ${attempt.answer}.`;
		return { verdict: right ? 'correct' : 'incorrect', detail };
	},
};

/** Whether two answers denote the same: as exact rationals where both are, else as normalised text. */
export function sameMath(expected: string, given: string): boolean {
	const [x, y] = [finalPart(expected), finalPart(given)];
	// A question that asks for per cent is answered with "50" as well as with "50%".
	const sign = percentSign.test(x) === percentSign.test(y) ? undefined : percentSign;
	const same = (a: string, b: string) => {
		const [p, q] = [parseRational(a), parseRational(b)];
		return p && q && sameRational(p, q);
	};
	const byValue = same(x, y);
	if (byValue !== undefined)
		return byValue || (sign !== undefined && same(x.replace(sign, ''), y.replace(sign, '')) === true);
	return plain(expected) === plain(given);
}

const percentSign = /\s*(?:\\?%|percent)\s*\$?\.?$/iu;

/** The answer inside a marked one: "x = 5" gives "5", "5. I hope this helps" does too. */
function finalPart(text: string): string {
	const marked = markedAnswer(text) ?? text;
	const sentence = marked.split(/(?<=\d)\.\s/u)[0] ?? marked;
	return sentence.split('=').at(-1) ?? sentence;
}

function plain(text: string): string {
	return (markedAnswer(text) ?? text)
		.normalize('NFKC')
		.replace(/(?<=\d)\s+(?=\d)/gu, '_')
		.replace(/\\left|\\right|\\[,;!: ]|\$|\\text\{[^{}]*\}|\s+/gu, '')
		.replace(/\\[dt]frac/gu, '\\frac')
		.replace(/\\frac(\d)(\d)/gu, '\\frac{$1}{$2}')
		.replace(/\^\{(\w)\}/gu, '^$1')
		.replace(/\.$/u, '')
		.toLowerCase();
}
