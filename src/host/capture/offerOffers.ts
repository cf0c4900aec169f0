/** Asked once, after somebody learned from a remedy by hand: shall it be offered from now on? */
import * as vscode from 'vscode';
import { guarded } from '../guarded.js';
import type { Services } from '../services.js';
import { setOffers, wantedOffers } from './learnSettings.js';

const memory = 'learn.offersOffered';

export async function offerOffers({ context, log }: Services): Promise<void> {
	if (wantedOffers().length > 0 || context.globalState.get<boolean>(memory, false)) return;
	await context.globalState.update(memory, true);
	void guarded(log, async () => {
		const on = vscode.l10n.t('Turn on');
		const message = vscode.l10n.t(
			'FLEX can offer this whenever tests, a task or a check in the terminal fail and pass later.',
		);
		if ((await vscode.window.showInformationMessage(message, on, vscode.l10n.t('No'))) === on) {
			await setOffers(['tests', 'tasks', 'terminal']);
		}
	});
}
