/** Problem sets for tests, said in a few words. */
import type { Problem, ProblemSet } from '../../src/core/tasks/task.js';

export function problem(id: string, question: string, answer: string, more: Partial<Problem> = {}): Problem {
	return { id, question, answer, extra: {}, ...more };
}

export function problemSet(train: readonly Problem[], more: Partial<ProblemSet> = {}): ProblemSet {
	return {
		name: 'routing',
		kind: 'choice',
		description: 'Say which team handles the message.',
		answerSpace: ['North', 'South'],
		levels: 'flat',
		grader: {},
		exploration: {},
		rendering: {},
		splits: { train },
		sha256: {},
		source: '/routing',
		...more,
	};
}
