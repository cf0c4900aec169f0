/** The last question before a benchmark: what it takes, as ranges, and with which model. */
import * as vscode from 'vscode';
import type { BenchmarkPlan } from '../benchJob.js';
import { type Outlook, outlookOf } from '../benchOutlook.js';
import { estimateWords } from '../estimateWords.js';
import type { Services } from '../services.js';
import { type Answer, back, type Choice, type Place, pickOne } from '../steps.js';

type Decision = 'start' | 'model' | 'cap' | 'train';

/** Shows the estimate until it is accepted; the model and the cap can be changed on the way. */
export async function askToStart(
	services: Services,
	plan: Partial<BenchmarkPlan>,
	place: Place,
): Promise<Answer<Partial<BenchmarkPlan>>> {
	const { set, problemSet, split, arms, limit = 0, chosen = {} } = plan;
	if (!set || !problemSet || !split || !arms) return back;
	let complete: BenchmarkPlan = { set, problemSet, split, arms, limit, chosen };
	for (;;) {
		const outlook = outlookOf(services, complete);
		const decision = await pickOne({
			...place,
			title: vscode.l10n.t('Run benchmark'),
			placeholder: vscode.l10n.t('This is what it would take. Start?'),
			items: outlook.then((found) => rowsOf(complete, found)),
		});
		if (decision === back || decision === undefined) return decision;
		if (decision === 'start') return complete;
		if (decision === 'train') {
			void vscode.commands.executeCommand('flex.problemSets.train', { set });
			return undefined;
		}
		if (decision === 'model') await vscode.commands.executeCommand('flex.chooseModels');
		else complete = { ...complete, chosen: { ...chosen, budget: { calls: (await outlook).estimate.calls[1] } } };
	}
}

async function rowsOf(plan: BenchmarkPlan, { estimate, config, experiences }: Outlook) {
	const { arms, set } = plan;
	const rows: Choice<Decision>[] = [
		{
			label: `$(play) ${vscode.l10n.t('Start the benchmark')}`,
			description: vscode.l10n.t('{0}: {1} arms on {2} problems', set.label, arms.length, estimate.problems),
			value: 'start',
		},
		{
			label: `$(hubot) ${vscode.l10n.t('Choose another model…')}`,
			description: config.models.actor ?? config.models.default,
			value: 'model',
		},
	];
	if (estimate.callCap !== undefined) {
		const label = vscode.l10n.t('Raise the cap to {0} calls for this run', estimate.calls[1]);
		rows.push({ label: `$(arrow-up) ${label}`, value: 'cap' });
	}
	if (experiences === 0 && arms.includes('flex')) {
		const label = vscode.l10n.t('Train first');
		const detail = vscode.l10n.t('Nothing has been learned here yet, so experience could not make a difference.');
		rows.push({ label: `$(warning) ${label}`, detail, value: 'train' });
	}
	const words = await estimateWords(estimate);
	return [
		...rows,
		{ label: vscode.l10n.t('Estimate'), kind: vscode.QuickPickItemKind.Separator },
		...words.map((text): Choice<Decision> => ({ label: `$(info) ${text}`, alwaysShow: true })),
	];
}
