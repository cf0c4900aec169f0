/** The kind `math`: answers compared by what they denote, whatever their spelling. */
import { lastNumber, markedAnswer } from './answerExtraction.js';
import { canonicalMath, sameMath } from './math/sameMath.js';
import { type TaskKind, unusable } from './task.js';

export const math: TaskKind = {
	kind: 'math',
	instructions: (set) => {
		const form = set.answerFormat ? ` The answer is ${set.answerFormat}.` : '';
		return `Think step by step.${form} End with a line "Answer: …".`;
	},
	extract: (text) => markedAnswer(text) ?? lastNumber(text),
	async grade(problem, attempt) {
		if (attempt.answer === undefined) return unusable('No answer was found in the attempt.');
		const right = sameMath(problem.answer, attempt.answer);
		const detail = right ? 'Both denote the same.' : `Expected ${problem.answer}, got ${attempt.answer}.`;
		return { verdict: right ? 'correct' : 'incorrect', detail, canonical: canonicalMath(attempt.answer) };
	},
};
