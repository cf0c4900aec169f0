/** What an exploration leaves behind: rollouts, and the rounds in them. */
import type { ChatMessage } from '../models/chatModel.js';
import type { Attempt, Grade } from '../tasks/task.js';

export interface Round {
	readonly messages: readonly ChatMessage[];
	readonly attempt: Attempt;
	readonly grade: Grade;
	readonly advice?: string;
}

export interface Rollout {
	readonly rollout: number;
	readonly rounds: readonly Round[];
	readonly solved: boolean;
}
