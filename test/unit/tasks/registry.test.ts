import { describe, expect, it } from 'vitest';
import { taskKind, taskKinds } from '../../../src/core/tasks/registry.js';
import { TaskError } from '../../../src/core/tasks/task.js';

describe('the kinds of tasks', () => {
	it('are found by their names', () => {
		for (const kind of taskKinds) expect(taskKind(kind.kind)).toBe(kind);
		expect(new Set(taskKinds.map(({ kind }) => kind)).size).toBe(taskKinds.length);
	});

	it('that are unknown are refused with those that are known', () => {
		expect(() => taskKind('essay')).toThrowError(TaskError);
		expect(() => taskKind('essay')).toThrowError(/"essay".*choice, exact, math, judge.*flex-task\.json/u);
	});
});
