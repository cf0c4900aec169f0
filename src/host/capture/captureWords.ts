/** What capture says of a change, in the user's language. */
import * as vscode from 'vscode';
import type { LeftOutReason } from '../../core/learning/capture/leftOut.js';

export function leftOutText(reason: LeftOutReason): string {
	switch (reason) {
		case 'secrets':
			return vscode.l10n.t('may hold secrets');
		case 'ignored':
			return vscode.l10n.t('ignored by Git');
		case 'excluded':
			return vscode.l10n.t('excluded by a setting');
		case 'binary':
			return vscode.l10n.t('binary');
		case 'generated':
			return vscode.l10n.t('generated');
		case 'too-large':
			return vscode.l10n.t('too large');
		case 'no-content':
			return vscode.l10n.t('only white space or its name changed');
		case 'no-room':
			return vscode.l10n.t('no room in the prompt');
	}
}

/** What the log tells of a lesson that was dropped. */
export const droppedText = (title: string, fault: string): string => `A lesson was dropped (${fault}): ${title}`;
