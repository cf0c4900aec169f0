/** The kinds of tasks: one line each. */
import { choice } from './choice.js';
import { code } from './code.js';
import { exact } from './exact.js';
import { fitness } from './fitness.js';
import { judge } from './judge.js';
import { math } from './math.js';
import { retrosynthesis } from './retrosynthesis.js';
import { type AnswerTraces, TaskError, type TaskKind } from './task.js';

export const taskKinds: readonly TaskKind[] = [choice, exact, math, judge, code, retrosynthesis, fitness];

/** The kind of that name; undefined where there is none, as for a free question or a set that was changed since. */
export function knownKind(name: string | undefined): TaskKind | undefined {
	return taskKinds.find(({ kind }) => kind === name);
}

/** @throws {TaskError} `unknown-kind` */
export function taskKind(name: string): TaskKind {
	const found = knownKind(name);
	if (found) return found;
	const known = taskKinds.map((kind) => kind.kind).join(', ');
	throw new TaskError(
		'unknown-kind',
		`There is no kind of task "${name}"; known kinds are ${known}. Change "kind" in flex-task.json.`,
	);
}

/** How answers of this kind are recognised in a text, where it has its own way; undefined for unknown kinds, too. */
export function tracesOf(name: string): AnswerTraces | undefined {
	return knownKind(name)?.traces;
}

/** Whether questions and answers of this kind are molecules that can be drawn. */
export function drawsMolecules(name: string): boolean {
	return knownKind(name)?.molecules === true;
}
