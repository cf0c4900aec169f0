/** The last question before a training: what it takes, as ranges, with the way to take more or less. */
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { type Answer, back, type Choice, type Place, pickOne } from '../steps.js';
import { type Outlook, outlooks } from './outlook.js';
import { isComplete, type PartialPlan, type TrainingPlan, titled } from './trainingPlan.js';

type Decision = 'start' | 'cap' | 'settings';

/** Shows the estimate until it is accepted; the cap can be raised on the way. */
export async function askToStart(services: Services, plan: PartialPlan, place: Place): Promise<Answer<PartialPlan>> {
	if (!isComplete(plan)) return back;
	let complete: TrainingPlan = plan;
	for (;;) {
		const { training } = complete.chosen;
		const outlook = outlooks(services, complete, [training?.limit ?? 0]).then(([found]) => found);
		const decision = await pickOne({
			...titled(place),
			placeholder: vscode.l10n.t('This is what it would take. Start?'),
			items: outlook.then((found) => (found ? rowsOf(complete, found) : [])),
		});
		if (decision === back || decision === undefined) return decision;
		if (decision === 'start') return complete;
		if (decision === 'settings') {
			await vscode.commands.executeCommand('workbench.action.openSettings', 'flex.training');
			return undefined;
		}
		const calls = (await outlook)?.estimate.calls[1] ?? null;
		complete = { ...complete, chosen: { ...complete.chosen, budget: { ...complete.chosen.budget, calls } } };
	}
}

function rowsOf({ set }: TrainingPlan, { estimate, config, words }: Outlook): readonly Choice<Decision>[] {
	const { epochs, rollouts, rounds } = config.training;
	const rows: Choice<Decision>[] = [
		{
			label: `$(play) ${vscode.l10n.t('Start training')}`,
			description: vscode.l10n.t('{0}: {1} problems', set.label, estimate.problems),
			value: 'start',
		},
	];
	if (estimate.callCap !== undefined) {
		const label = vscode.l10n.t('Raise the cap to {0} calls for this run', estimate.calls[1]);
		rows.push({ label: `$(arrow-up) ${label}`, value: 'cap' });
	}
	return [
		...rows,
		{
			label: `$(settings-gear) ${vscode.l10n.t('Change the settings of training…')}`,
			description: vscode.l10n.t('passes {0} · rollouts {1} · rounds {2}', epochs, rollouts, rounds),
			value: 'settings',
		},
		{ label: vscode.l10n.t('Estimate'), kind: vscode.QuickPickItemKind.Separator },
		...words.map((text): Choice<Decision> => ({ label: `$(info) ${text}`, alwaysShow: true })),
	];
}
