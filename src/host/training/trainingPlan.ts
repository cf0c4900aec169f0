/** What a training is asked for. */
import * as vscode from 'vscode';
import type { PartialRunConfig } from '../../core/learning/runConfig.js';
import type { ProblemSet } from '../../core/tasks/task.js';
import type { FoundSet } from '../problemSets.js';
import type { Place } from '../steps.js';

export interface TrainingPlan {
	readonly set: FoundSet;
	readonly problemSet: ProblemSet;
	/** Over the user's settings. */
	readonly chosen: PartialRunConfig;
}

/** As far as the questions are answered. */
export type PartialPlan = Partial<TrainingPlan>;

export function isComplete(plan: PartialPlan): plan is TrainingPlan {
	return plan.set !== undefined && plan.problemSet !== undefined && plan.chosen !== undefined;
}

export function titled(place: Place): Place & { readonly title: string } {
	return { ...place, title: vscode.l10n.t('Train on problem set') };
}
