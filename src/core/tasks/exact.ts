/** The kind `exact`: a text that must be the same, apart from case, white space and outer punctuation. */
import { markedAnswer } from './answerExtraction.js';
import { type ProblemSet, type TaskKind, unusable } from './task.js';

export const exact: TaskKind = {
	kind: 'exact',
	instructions(set) {
		const form = set.answerFormat ? `The answer is ${set.answerFormat}.` : '';
		return [form, 'End with a line "Answer: …".'].filter((part) => part !== '').join(' ');
	},
	extract(text) {
		const line = text.trim().split('\n').at(-1)?.trim();
		return markedAnswer(text) ?? (line === '' ? undefined : line);
	},
	async grade(problem, attempt, set) {
		if (attempt.answer === undefined) return unusable('No answer was found in the attempt.');
		const canonical = normal(attempt.answer, set);
		const right = canonical === normal(problem.answer, set);
		const detail = right ? 'The text is the same.' : `Expected "${problem.answer}", got "${attempt.answer}".`;
		return { verdict: right ? 'correct' : 'incorrect', detail, canonical };
	},
};

/** What counts as the same text; `grader.caseSensitive` and `grader.punctuation` make it stricter. */
function normal(text: string, set: ProblemSet): string {
	let shown = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
	if (set.grader['caseSensitive'] !== true) shown = shown.toLowerCase();
	return set.grader['punctuation'] === true ? shown : withoutOuter(shown);
}

/** Without the marks that only surround an answer; a minus sign, or an answer made of marks ("] )"), says something. */
function withoutOuter(text: string): string {
	const inside = text
		.replace(/^[\s"'`“”„‘’«»*_¿¡]+|(?<![\s"'`“”„‘’«»*_.,;:!?…])[\s"'`“”„‘’«»*_.,;:!?…]+$/gu, '')
		.replace(/^[([{]([^()[\]{}]*[\p{L}\p{N}][^()[\]{}]*)[)\]}]$/u, '$1');
	return inside === '' ? text : inside;
}
