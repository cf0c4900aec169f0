/** The kind `judge`: a language model compares the answers; for what nothing can compute, and labelled as judged. */
import { markedAnswer } from './answerExtraction.js';
import { TaskError, type TaskKind, unusable } from './task.js';

export const judge: TaskKind = {
	kind: 'judge',
	instructions: (set) => (set.answerFormat ? `The answer is ${set.answerFormat}.` : 'End with a line "Answer: …".'),
	extract: (text) => markedAnswer(text) ?? (text.trim() === '' ? undefined : text.trim()),
	async grade(problem, attempt, _set, ports, signal) {
		if (attempt.answer === undefined) return { ...unusable('The attempt is empty.'), judged: true };
		if (!ports.judge) {
			throw new TaskError('missing-port', 'This problem set is graded by a judge; name a model for it (models.judge).');
		}
		const { correct, reason } = await ports.judge.judge(problem.question, problem.answer, attempt.answer, signal);
		return { verdict: correct ? 'correct' : 'incorrect', detail: reason, judged: true };
	},
};
