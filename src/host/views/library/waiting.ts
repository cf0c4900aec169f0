/** How many experiences wait for a person: the badge of the view, and the command that accepts them all. */
import * as vscode from 'vscode';
import type { Services } from '../../services.js';

/** Counted by the libraries themselves: cheap, whether anybody looks at the tree or not. */
export async function showWaiting(
	view: Pick<vscode.TreeView<unknown>, 'badge'>,
	{ folders, libraries }: Pick<Services, 'folders' | 'libraries'>,
): Promise<void> {
	const opening = [...folders.all().map((folder) => libraries.existing(folder)), libraries.own()];
	const opened = await Promise.allSettled(opening);
	let [quarantined, proposed] = [0, 0];
	for (const entry of opened) {
		if (entry.status === 'rejected' || !entry.value) continue;
		const { byStatus } = await entry.value.stats();
		quarantined += byStatus.quarantined.experiences;
		proposed += byStatus.proposed.experiences;
	}
	const value = quarantined + proposed;
	view.badge = value > 0 ? { value, tooltip: vscode.l10n.t('Experiences that wait for you: {0}', value) } : undefined;
	await vscode.commands.executeCommand('setContext', 'flex.library.quarantined', quarantined > 0);
}
