import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/core/tasks/judge.js';
import type { JudgePort } from '../../../src/core/tasks/task.js';
import { problem, problemSet } from '../../builders/problems.js';

const set = problemSet([], { kind: 'judge', answerSpace: undefined });
const lenient: JudgePort = {
	judge: async (question, expected, answer) => ({ correct: answer === expected, reason: `${question}: compared` }),
};

function grade(text: string, port?: JudgePort) {
	const attempt = { text, answer: judge.extract(text, set) };
	return judge.grade(problem('p', 'Why?', 'rain'), attempt, set, { judge: port }, new AbortController().signal);
}

describe('a judged answer', () => {
	it('is what the judge says, and labelled as judged', async () => {
		const right = { verdict: 'correct', detail: 'Why?: compared', judged: true };
		expect(await grade('It fell.\nAnswer: rain', lenient)).toEqual(right);
		expect(await grade('snow', lenient)).toEqual({ ...right, verdict: 'incorrect' });
	});

	it('that is empty is invalid without asking the judge', async () => {
		expect(await grade('  ')).toMatchObject({ verdict: 'invalid', judged: true });
	});

	it('without a judge fails and says which setting names one', async () => {
		await expect(grade('rain')).rejects.toMatchObject({
			name: 'TaskError',
			reason: 'missing-port',
			message: expect.stringContaining('models.judge'),
		});
	});
});
