import { describe, expect, it } from 'vitest';
import { TaskError } from '../../../../src/core/tasks/task.js';
import { listProblems, problemCalled } from '../../../../src/host/solve/asked.js';

const problem = (id: string) => ({ id, question: `${id}?`, answer: id, extra: {} });
const set = { splits: { train: [problem('a'), problem('b')], dev: [problem('c')], test: [problem('x')] } };
const say = { isTest: 'a test problem', isGone: 'gone' };

describe('what can be solved one by one', () => {
	it('is train and dev, and never a test problem', () => {
		expect(listProblems(set).map(({ problem: { id }, split }) => `${split} ${id}`)).toEqual([
			'train a',
			'train b',
			'dev c',
		]);
		expect(problemCalled(set, 'c', say).answer).toBe('c');
		expect(() => problemCalled(set, 'x', say)).toThrow(new TaskError('bad-problem', 'a test problem'));
		expect(() => problemCalled(set, 'y', say)).toThrow(new TaskError('bad-problem', 'gone'));
	});
});
