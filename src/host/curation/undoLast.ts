/** Takes back the last change of a library, and says what it was. */
import * as vscode from 'vscode';
import type { Experience } from '../../core/experience/experience.js';
import { Dismissed } from '../guarded.js';
import type { Services } from '../services.js';
import { shortTitle } from './curationTexts.js';
import { sayBriefly } from './offerUndo.js';
import { type NamedLibrary, namedLibraries, pickLibrary } from './pickLibrary.js';

export async function undoLast({ folders, libraries, log }: Services): Promise<void> {
	const choices = await namedLibraries({ folders, libraries });
	if (choices.length === 0) return sayBriefly(vscode.l10n.t('There is no library yet, so there is nothing to undo.'));
	const picked = await pickLibrary(choices, vscode.l10n.t('Undo the last change of which library?'));
	if (!picked) throw new Dismissed();
	const undone = await picked.library.undoLast('user');
	if (!undone) return sayBriefly(vscode.l10n.t('There is nothing to undo in this library.'));
	const [before, after] = (await picked.library.history(undone.id)).slice(-2);
	if (!before || !after) return;
	void offerOpen(picked, undoneText(before.experience, after.experience), undone.id).catch((error: unknown) =>
		log.error(String(error)),
	);
}

/** Nothing waits for the answer. */
async function offerOpen({ folder }: NamedLibrary, message: string, id: string): Promise<void> {
	const open = vscode.l10n.t('Open');
	if ((await vscode.window.showInformationMessage(message, open)) !== open) return;
	await vscode.commands.executeCommand('flex.library.open', { folder, id });
}

/** What the undo did, as the difference of the two revisions shows. */
function undoneText(before: Experience, after: Experience): string {
	const title = shortTitle(after.title);
	if (before.status !== after.status) return statusText(after, title);
	if (before.pinned !== after.pinned) {
		return after.pinned
			? vscode.l10n.t('Undone: “{0}” is pinned again.', title)
			: vscode.l10n.t('Undone: “{0}” is not pinned any more.', title);
	}
	if (before.starred !== after.starred) return vscode.l10n.t('Undone: the star of “{0}”.', title);
	return vscode.l10n.t('Undone: “{0}” says again what it said before.', title);
}

function statusText({ status }: Experience, title: string): string {
	const texts: Readonly<Record<Experience['status'], string>> = {
		active: vscode.l10n.t('Undone: “{0}” is in use again.', title),
		proposed: vscode.l10n.t('Undone: “{0}” is proposed again and waits for you.', title),
		quarantined: vscode.l10n.t('Undone: “{0}” is quarantined again and waits for you.', title),
		retired: vscode.l10n.t('Undone: “{0}” is not used any more.', title),
	};
	return texts[status];
}
