/** What a training is asked for. */
import * as vscode from 'vscode';
import type { JobPlan } from '../startJob.js';
import type { Place } from '../steps.js';

export type TrainingPlan = JobPlan;

/** As far as the questions are answered. */
export type PartialPlan = Partial<TrainingPlan>;

export function isComplete(plan: PartialPlan): plan is TrainingPlan {
	return plan.set !== undefined && plan.problemSet !== undefined && plan.chosen !== undefined;
}

export function titled(place: Place): Place & { readonly title: string } {
	return { ...place, title: vscode.l10n.t('Train on problem set') };
}
