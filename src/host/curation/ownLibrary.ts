/** Turns the user's own library on or off, after saying what that means. */
import * as vscode from 'vscode';
import { Dismissed } from '../guarded.js';
import type { Services } from '../services.js';

const setting = 'flex.retrieval.ownLibrary';

/**
 * @returns whether it is on afterwards
 * @throws {Dismissed}
 */
export async function toggleOwnLibrary({ libraries }: Pick<Services, 'libraries'>): Promise<boolean> {
	const on = libraries.ownEnabled;
	const [message, button] = on
		? [
				vscode.l10n.t(
					'Your own library is on. Turned off, it is neither searched nor shown; what it holds is kept for when you turn it on again.',
				),
				vscode.l10n.t('Turn off'),
			]
		: [
				vscode.l10n.t(
					'Your own library is off. Turned on, it follows you across workspaces: it is searched after the library of the workspace, and holds what you move into it. It stays on this machine.',
				),
				vscode.l10n.t('Turn on'),
			];
	if ((await vscode.window.showInformationMessage(message, button)) !== button) throw new Dismissed();
	await vscode.workspace.getConfiguration().update(setting, !on, vscode.ConfigurationTarget.Global);
	if (!on) await vscode.commands.executeCommand('flex.library.focus');
	// A workspace may have a setting of its own, which then decides.
	return libraries.ownEnabled;
}
