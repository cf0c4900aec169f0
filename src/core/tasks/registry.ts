/** The kinds of tasks: one line each. */
import { choice } from './choice.js';
import { code } from './code.js';
import { exact } from './exact.js';
import { judge } from './judge.js';
import { math } from './math.js';
import { TaskError, type TaskKind } from './task.js';

export const taskKinds: readonly TaskKind[] = [choice, exact, math, judge, code];

/** @throws {TaskError} `unknown-kind` */
export function taskKind(name: string): TaskKind {
	const found = taskKinds.find((kind) => kind.kind === name);
	if (found) return found;
	const known = taskKinds.map((kind) => kind.kind).join(', ');
	throw new TaskError(
		'unknown-kind',
		`There is no kind of task "${name}"; known kinds are ${known}. Change "kind" in flex-task.json.`,
	);
}
