/** Why a public dataset could not be added, in words that say what to do in an editor. */
import * as vscode from 'vscode';
import type { DatasetErrorReason } from '../../providers/datasets/datasetSources.js';

export function datasetTrouble(reason: DatasetErrorReason, name: string): string {
	switch (reason) {
		case 'unreachable':
			return vscode.l10n.t(
				'The files of {0} could not be fetched, and nothing was added. Check the network and try again; or set the environment variable FLEX_DATASETS to a folder that holds them, and start VS Code anew.',
				name,
			);
		case 'changed':
			return vscode.l10n.t(
				'A file of {0} is not the one that FLEX knows, so nothing was added. Get the file again; the log names it.',
				name,
			);
		case 'no-source':
			return vscode.l10n.t(
				'{0} can be had from a folder with prepared files only. Set the environment variable FLEX_DATASETS to that folder and start VS Code anew; the log says which file was looked for.',
				name,
			);
		case 'exists':
			return vscode.l10n.t(
				'There is a folder for {0} already that is no whole problem set. Delete it from .flex/datasets and try again.',
				name,
			);
		case 'unusable':
		case 'unknown':
			return vscode.l10n.t('The files of {0} hold no problems that can be used; nothing was added.', name);
	}
}
