/** What the process says at its end (0 done, 1 failed, 2 bad input, 3 stopped by budget, 130 cancelled). */
import { InstructionsError } from '../core/experience/instructionFile.js';
import type { RunStatus } from '../core/learning/events.js';
import { ConfigError } from '../core/learning/runConfig.js';
import { ModelError } from '../core/models/chatModel.js';
import { BudgetError } from '../core/models/ledger.js';
import { TaskError } from '../core/tasks/task.js';
import { DatasetError } from '../providers/datasets/datasetSources.js';
import { GitError } from '../providers/git.js';

export const exitCodes = { done: 0, failed: 1, badInput: 2, budget: 3, cancelled: 130 } as const;

/** The input can't be used as it is; `message` says what to give instead. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

export function exitCodeOfStatus(status: RunStatus): number {
	return exitCodes[status];
}

export function exitCodeOf(error: unknown): number {
	if (badInput.some((kind) => error instanceof kind)) return exitCodes.badInput;
	if (error instanceof DatasetError)
		return ownDatasetMistakes.has(error.reason) ? exitCodes.badInput : exitCodes.failed;
	if (error instanceof GitError && error.reason === 'cancelled') return exitCodes.cancelled;
	if (error instanceof BudgetError) return exitCodes.budget;
	if (error instanceof ModelError && error.reason === 'cancelled') return exitCodes.cancelled;
	if (error instanceof ModelError && error.reason === 'not-found') return exitCodes.badInput;
	return exitCodes.failed;
}

const badInput = [UsageError, ConfigError, TaskError, InstructionsError] as const;

/** What the caller can mend; the rest is the source's fault, or the network's. */
const ownDatasetMistakes: ReadonlySet<string> = new Set(['no-source', 'exists']);
