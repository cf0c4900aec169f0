/** What the model is asked: a train or dev problem of a set, or a question that somebody typed, of a set or of none. */
import { type Problem, type ProblemSet, TaskError } from '../../core/tasks/task.js';
import type { FlexFolder } from '../folders.js';
import type { FoundSet } from '../problemSets.js';

export type Asked =
	| { readonly set: FoundSet; readonly problem: string }
	/** Answered in the form that the set asks for; nothing says what would be right. */
	| { readonly set: FoundSet; readonly question: string }
	/** Answered freely, with what the folder's library knows. */
	| FreeQuestion;

export interface FreeQuestion {
	readonly folder: FlexFolder;
	readonly question: string;
}

/** Whose library is drawn on. */
export function folderOf(asked: Asked): FlexFolder {
	return 'set' in asked ? asked.set.folder : asked.folder;
}

/** The splits whose problems may be looked at one by one. */
export const openSplits = ['train', 'dev'] as const;

export interface ListedProblem {
	readonly problem: Problem;
	readonly split: (typeof openSplits)[number];
}

/** All problems that can be solved one by one; test problems can't. */
export function listProblems({ splits }: Pick<ProblemSet, 'splits'>): readonly ListedProblem[] {
	return openSplits.flatMap((split) => (splits[split] ?? []).map((problem) => ({ problem, split })));
}

/** The problem with this id. @throws {TaskError} where it is none that can be solved */
export function problemCalled(
	set: Pick<ProblemSet, 'splits'>,
	id: string,
	say: { readonly isTest: string; readonly isGone: string },
): Problem {
	const found = listProblems(set).find(({ problem }) => problem.id === id);
	if (found) return found.problem;
	const isTest = set.splits.test?.some((problem) => problem.id === id) ?? false;
	throw new TaskError('bad-problem', isTest ? say.isTest : say.isGone);
}
