/** Asks which library is meant, where there is more than one. */
import * as vscode from 'vscode';
import type { Library } from '../../library/library.js';
import type { FlexFolder } from '../folders.js';
import type { Services } from '../services.js';

export interface NamedLibrary {
	readonly name: string;
	/** Undefined: the user's own. */
	readonly folder: FlexFolder | undefined;
	readonly library: Library;
}

/** The libraries that exist: those of the folders, then the user's own. @throws {LibraryError} */
export async function namedLibraries({
	folders,
	libraries,
}: Pick<Services, 'folders' | 'libraries'>): Promise<readonly NamedLibrary[]> {
	const named: NamedLibrary[] = [];
	for (const folder of folders.all()) {
		const library = await libraries.existing(folder);
		if (library) named.push({ name: folder.name, folder, library });
	}
	const own = await libraries.own();
	return own ? [...named, { name: vscode.l10n.t('Your own library'), folder: undefined, library: own }] : named;
}

/** The only one, or the one that is picked; undefined where the question is dismissed. */
export async function pickLibrary<L extends NamedLibrary & { readonly detail?: string }>(
	choices: readonly L[],
	placeHolder: string,
): Promise<L | undefined> {
	if (choices.length <= 1) return choices[0];
	const items = choices.map((choice) => ({
		label: choice.name,
		description: choice.folder?.uri.fsPath ?? '',
		detail: choice.detail ?? '',
		choice,
	}));
	return (await vscode.window.showQuickPick(items, { placeHolder }))?.choice;
}
