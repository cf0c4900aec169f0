/** The commands that show a run, its report, and delete it. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import { type RunTarget, runFrom } from '../runArgument.js';
import type { Services } from '../services.js';
import type { ChoiceOfRun } from './chooseRun.js';
import { openProblemOf } from './openProblemOf.js';
import { ReportPanels } from './reportPanels.js';
import { RunPages } from './runPages.js';

export function registerRunPages(services: Services): vscode.Disposable {
	const { log } = services;
	const pages = new RunPages(services);
	const panels = new ReportPanels(services);
	const remove = async (target: RunTarget): Promise<void> => {
		const { deleteRun } = await import('./deleteRun.js');
		if (!(await deleteRun(services, target))) return;
		panels.close(target);
		await pages.close(target);
		services.runs.lookAgain();
	};
	const choose = async (options: ChoiceOfRun): Promise<RunTarget | undefined> => {
		const { chooseRun } = await import('./chooseRun.js');
		return chooseRun(services, options);
	};
	return vscode.Disposable.from(
		pages,
		panels,
		registerGuarded(log, 'flex.showRun', async () => {
			const target = await choose({
				title: vscode.l10n.t('Show run'),
				placeholder: vscode.l10n.t('Which run?'),
				live: true,
			});
			if (target) await pages.show(target);
		}),
		registerGuarded(log, 'flex.deleteRun', async () => {
			const target = await choose({
				title: vscode.l10n.t('Delete run'),
				placeholder: vscode.l10n.t('Which run shall be deleted? What it taught the library stays.'),
				live: false,
			});
			if (target) await remove(target);
		}),
		registerGuarded(
			log,
			'flex.runs.open',
			onRun((target) => pages.show(target)),
		),
		registerGuarded(
			log,
			'flex.runs.report',
			onRun((target) => panels.show(target)),
		),
		registerGuarded(log, 'flex.runs.delete', onRun(remove)),
		registerGuarded(log, '_flex.runs.openProblem', (argument) => openProblemOf(services, argument)),
	);
}

function onRun(action: (target: RunTarget) => Promise<void>): (argument: unknown) => Promise<void> {
	return async (argument) => {
		const target = runFrom(argument);
		if (target) await action(target);
	};
}
