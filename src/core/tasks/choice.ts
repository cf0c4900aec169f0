/** The kind `choice`: one label of a closed set, or the letter of an option named in the question. */
import { labelIn, markedAnswer } from './answerExtraction.js';
import { type TaskKind, unusable } from './task.js';

export const choice: TaskKind = {
	kind: 'choice',
	instructions(set) {
		const allowed = set.answerSpace ? `Allowed answers: ${set.answerSpace.join(', ')}.` : '';
		const form = set.answerFormat
			? `Answer with ${set.answerFormat}.`
			: 'Answer with the letter of the right option, like (A).';
		return [allowed, form].filter((part) => part !== '').join('\n');
	},
	extract(text, set) {
		return labelIn(text, set.answerSpace ?? optionLetters) ?? optionLetter(text, set.answerSpace);
	},
	async grade(problem, attempt) {
		if (attempt.answer === undefined) return unusable('No allowed answer was found in the attempt.');
		const canonical = bare(attempt.answer);
		const right = canonical === bare(problem.answer);
		const detail = right ? 'The label is right.' : `Expected ${problem.answer}, got ${attempt.answer}.`;
		return { verdict: right ? 'correct' : 'incorrect', detail, canonical };
	},
};

const optionLetters = [...'ABCDEFGHIJKLMNOPQR'].map((letter) => `(${letter})`);

/** "A" and "I" before a white space are more often words than options: "I am not sure". */
const optionLead = /^\(?([A-R])(?:[.):]|$|(?<![AI])\s)/u;

/** A bare letter after an answer marker, "B", stands for "(B)" where no labels are declared. */
function optionLetter(text: string, answerSpace: readonly string[] | undefined): string | undefined {
	if (answerSpace) return undefined;
	const letter = optionLead.exec((markedAnswer(text) ?? text).trim())?.[1];
	return letter === undefined ? undefined : `(${letter})`;
}

function bare(text: string): string {
	return text
		.trim()
		.replace(/^\((.*)\)$/u, '$1')
		.toLowerCase();
}
