/** Accepts all that came from outside and waits, after saying how much it is and where it came from. */
import * as vscode from 'vscode';
import type { Library } from '../../library/library.js';
import { Dismissed } from '../guarded.js';
import type { Services } from '../services.js';
import { originsText } from './curationTexts.js';
import { offerUndo, sayBriefly } from './offerUndo.js';
import { namedLibraries, pickLibrary } from './pickLibrary.js';

export async function acceptAll({ folders, libraries, log }: Services): Promise<void> {
	const waiting = [];
	for (const named of await namedLibraries({ folders, libraries })) {
		const { byStatus } = await named.library.stats();
		const count = byStatus.quarantined.experiences;
		if (count > 0) waiting.push({ ...named, detail: vscode.l10n.t('Quarantined experiences: {0}', count) });
	}
	if (waiting.length === 0) return sayBriefly(vscode.l10n.t('No experience is quarantined.'));
	const picked = await pickLibrary(waiting, vscode.l10n.t('Accept the quarantined experiences of which library?'));
	if (picked) await acceptIn(picked.library, log);
}

async function acceptIn(library: Library, log: vscode.LogOutputChannel): Promise<void> {
	const quarantined = await library.list({ statuses: ['quarantined'] });
	const accept = vscode.l10n.t('Accept all');
	const question = vscode.l10n.t('Accept {0} experiences from {1}?', quarantined.length, originsText(quarantined));
	const detail = vscode.l10n.t(
		'They came from outside this workspace. Once accepted, they are put into prompts wherever they fit. It can be undone.',
	);
	if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, accept)) !== accept) {
		throw new Dismissed();
	}
	const { decide, undoDecisions } = await import('../../runs/decisions.js');
	const { changed } = await decide(library, 'accept', quarantined);
	const text = vscode.l10n.t('Accepted {0} experiences: they are in use now.', changed.length);
	offerUndo(log, text, () => undoDecisions(library, changed));
}
