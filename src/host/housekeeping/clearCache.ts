/** "Clear Cache": deletes the answers that are kept so that nothing is asked, or paid, twice. */
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { requireQuiet } from './goingOn.js';

export async function clearCache(services: Services): Promise<void> {
	const folder = await services.folders.pick(vscode.l10n.t('Clear the cache of which folder?'));
	if (!folder || !(await requireQuiet(services, [folder]))) return;
	const [{ diskUse, size }, { forget }] = await Promise.all([
		import('../../runs/diskUse.js'),
		import('../../runs/forget.js'),
	]);
	const { flex } = folder.workspace;
	const { cache } = diskUse(flex);
	if (cache === 0) {
		void vscode.window.showInformationMessage(vscode.l10n.t('The cache of {0} is empty.', folder.name));
		return;
	}
	const clear = vscode.l10n.t('Clear cache');
	const question = vscode.l10n.t('Clear the cache of {0}? It frees {1}.', folder.name, size(cache));
	const detail = vscode.l10n.t(
		'The cache keeps what models answered, so that a question that was asked before costs nothing and gives the same answer again. What was learned and all runs stay; a run that is repeated or resumed asks and pays anew.',
	);
	if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, clear)) !== clear) return;
	// A run may have begun while the question stood.
	if (!(await requireQuiet(services, [folder]))) return;
	await forget(flex, ['cache']);
	const done = vscode.l10n.t('The cache of {0} is cleared: {1} are free.', folder.name, size(cache));
	void vscode.window.showInformationMessage(done);
}
