/** The command that writes a library where other people and tools can read it. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Library } from '../../library/library.js';
import type { ExportFormat } from '../../runs/exportLibrary.js';
import type { FlexFolder } from '../folders.js';
import { showFailure } from '../guarded.js';
import { withoutLinks } from '../plainText.js';
import type { Services } from '../services.js';
import { pickOne } from '../steps.js';

type Format = ExportFormat | 'git';

interface Written {
	readonly uri: vscode.Uri;
	readonly experiences: number;
	/** What a person should know beside the number. */
	readonly notes: readonly string[];
}

const endings: Readonly<Record<ExportFormat, string>> = { jsonl: 'jsonl', reference: 'json', markdown: 'md' };

export async function exportLibrary(services: Services): Promise<void> {
	const folder = await services.folders.pick(vscode.l10n.t('Export which library?'));
	if (!folder) return;
	const library = await services.libraries.existing(folder);
	if (!library) {
		const message = vscode.l10n.t('Nothing has been learned in this folder yet, so there is nothing to export.');
		await vscode.window.showInformationMessage(message);
		return;
	}
	const written = await exportFrom(library, folder);
	if (written) void report(written).catch((error: unknown) => showFailure(services.log, error));
}

/** @returns undefined where somebody left the question */
async function exportFrom(library: Library, folder: FlexFolder): Promise<Written | undefined> {
	for (;;) {
		const format = await pickOne<Format>({
			title: vscode.l10n.t('Export library'),
			placeholder: vscode.l10n.t('What is it for?'),
			items: formats(),
		});
		if (typeof format !== 'string') return undefined;
		if (format === 'git') return writeForGit(library, folder);
		const uri = await vscode.window.showSaveDialog({
			title: vscode.l10n.t('Export library'),
			saveLabel: vscode.l10n.t('Export'),
			defaultUri: vscode.Uri.joinPath(folder.uri, `flex-library.${endings[format]}`),
			filters: { [endings[format].toUpperCase()]: [endings[format]] },
		});
		// Whoever leaves the dialog is asked for the format again.
		if (uri) return writeFile(library, uri, format);
	}
}

function formats(): readonly (vscode.QuickPickItem & { readonly value: Format })[] {
	return [
		{
			label: `$(git-commit) ${vscode.l10n.t('For your team, in Git')}`,
			detail: vscode.l10n.t('Sorted text files in .flex/experiences, which merge well'),
			value: 'git',
		},
		{
			label: `$(json) ${vscode.l10n.t('Everything in one file')}`,
			detail: vscode.l10n.t('JSON Lines, exactly as the library has it; FLEX reads it back'),
			value: 'jsonl',
		},
		{
			label: `$(json) ${vscode.l10n.t('For the reference implementation')}`,
			detail: vscode.l10n.t('Its JSON; what is out of use is left out'),
			value: 'reference',
		},
		{
			label: `$(markdown) ${vscode.l10n.t('To read')}`,
			detail: vscode.l10n.t('A handbook in Markdown of what is in use'),
			value: 'markdown',
		},
	];
}

async function writeForGit(library: Library, folder: FlexFolder): Promise<Written> {
	const { writeExperienceFolder } = await import('../../library/exchange/experienceFolder.js');
	const path = join(folder.workspace.flex, 'experiences');
	const { experiences, kept, messages } = writeExperienceFolder(path, await library.list());
	const others = vscode.l10n.t('{0} that only the folder has were kept; an import brings them in.', kept);
	return { uri: vscode.Uri.file(path), experiences, notes: [...(kept > 0 ? [others] : []), ...messages] };
}

async function writeFile(library: Library, uri: vscode.Uri, format: ExportFormat): Promise<Written> {
	const { exportLibrary } = await import('../../runs/exportLibrary.js');
	const { experiences, left } = await exportLibrary(library, uri.fsPath, format);
	const others = vscode.l10n.t('{0} that are not in use were left out.', left);
	return { uri, experiences, notes: left > 0 ? [others] : [] };
}

async function report({ uri, experiences, notes }: Written): Promise<void> {
	const name = withoutLinks(vscode.workspace.asRelativePath(uri));
	const what =
		experiences === 1
			? vscode.l10n.t('Wrote 1 experience to {0}.', name)
			: vscode.l10n.t('Wrote {0} experiences to {1}.', experiences, name);
	const show = vscode.l10n.t('Show in Explorer');
	const answer = await vscode.window.showInformationMessage([what, ...notes].join(' '), show);
	if (answer === show) await reveal(uri);
}

/** The Explorer of VS Code where it has the file; else the desktop's, which a remote window does not reach. */
async function reveal(uri: vscode.Uri): Promise<void> {
	const inside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
	const command = inside ? 'revealInExplorer' : vscode.env.remoteName ? 'vscode.open' : 'revealFileInOS';
	await vscode.commands.executeCommand(command, uri);
}
