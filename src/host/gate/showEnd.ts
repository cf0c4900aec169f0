/** What is said when a regression check is over: what is lost, and the way back. */
import * as vscode from 'vscode';
import { offerUndo } from '../curation/offerUndo.js';
import { showFailure } from '../guarded.js';
import { withoutLinks } from '../plainText.js';
import type { FoundSet } from '../problemSets.js';
import type { LiveRun } from '../runs.js';
import type { Services } from '../services.js';

/** Waits for the end; nothing waits for the answer to what is said then. */
export async function showEnd(services: Services, set: FoundSet, { ended, tally, job }: LiveRun): Promise<void> {
	const outcome = await ended;
	if (outcome.status === 'failed')
		return showFailure(services.log, 'error' in outcome ? outcome.error : outcome.message);
	const { gate } = tally;
	if (outcome.status !== 'done' || !gate) {
		const stopped = vscode.l10n.t(
			'The check of {0} stopped. Ask again: what was answered is not asked anew.',
			set.label,
		);
		await vscode.window.showInformationMessage(withoutLinks([stopped, outcome.message ?? ''].join(' ').trim()));
		return;
	}
	const show = vscode.l10n.t('Show run');
	const rollBack = vscode.l10n.t('Roll back');
	const text = withoutLinks(gateText(set.label, gate));
	const answer = gate.passed
		? await vscode.window.showInformationMessage(text, show)
		: await vscode.window.showWarningMessage(text, rollBack, show);
	if (answer === show) await vscode.commands.executeCommand('flex.runs.open', { folder: job.folder, id: job.id });
	if (answer === rollBack) await goBack(services, set, job.id);
}

type GateEvent = NonNullable<LiveRun['tally']['gate']>;

const mostNamed = 5;

/** What the gate found, in a sentence or two. */
export function gateText(set: string, { compared, lost, gained, passed, restored }: GateEvent): string {
	if (compared === 0) {
		return vscode.l10n.t('{0}: this is the first check. Later ones are compared with it.', set);
	}
	const counts = vscode.l10n.t('lost {0}, gained {1}, of {2} problems.', lost.length, gained.length, compared);
	if (passed) return vscode.l10n.t('{0} passed the regression check: {1}', set, counts);
	const named = lost.slice(0, mostNamed).join(', ') + (lost.length > mostNamed ? ' …' : '');
	const back =
		restored > 0
			? vscode.l10n.t('The library went back to the last state that passed (experiences changed: {0}).', restored)
			: '';
	return [
		vscode.l10n.t('{0} regressed: {1}', set, counts),
		vscode.l10n.t('Solved before and lost now: {0}.', named),
		back,
	]
		.filter((part) => part !== '')
		.join(' ');
}

async function goBack({ libraries, log }: Services, { folder }: FoundSet, run: string): Promise<void> {
	const [{ rollBackAfter }, { Curation }] = await Promise.all([
		import('../../runs/gateRun.js'),
		import('../../runs/curation.js'),
	]);
	const library = await libraries.open(folder);
	const rolledBack = await rollBackAfter(library, folder.workspace.runs, run);
	const { undo = [], kept = [] } = rolledBack ?? {};
	const done =
		undo.length === 1
			? vscode.l10n.t('1 experience is as it was in the last state that passed.')
			: vscode.l10n.t('{0} experiences are as they were in the last state that passed.', undo.length);
	const left = kept.length > 0 ? vscode.l10n.t('{0} that you changed since stayed.', kept.length) : '';
	offerUndo(log, [done, left].join(' ').trim(), () => new Curation(library).undo(undo));
}
