/** The command that brings experiences in from outside: it shows first what would come, and keeps it in quarantine. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ProblemSet } from '../../core/tasks/task.js';
import type { Library } from '../../library/library.js';
import type { FlexFolder } from '../folders.js';
import { showFailure } from '../guarded.js';
import { withoutLinks } from '../plainText.js';
import type { Services } from '../services.js';
import { type Answer, pickOne, type Step, steps } from '../steps.js';
import { type ImportPreview, previewImport } from './importPreview.js';
import { type ImportSource, readFileSource, readFolderSource } from './importSource.js';
import { previewRows } from './previewRows.js';

interface State {
	readonly folder: FlexFolder;
	/** Where the experiences lie, and whether that is a folder. */
	readonly place?: Place;
	readonly preview?: ImportPreview;
}

interface Place {
	readonly path: string;
	readonly isFolder: boolean;
}

type Kind = 'file' | 'team' | 'folder';

/** @param argument the file, where something else than a person names it */
export async function importLibrary(services: Services, argument: unknown): Promise<void> {
	if (!vscode.workspace.isTrusted) return sayUntrusted();
	const folder = await services.folders.pick(vscode.l10n.t('Import into which library?'));
	if (!folder) return;
	const place = argument instanceof vscode.Uri ? { path: argument.fsPath, isFolder: false } : undefined;
	const first: State = { folder, ...(place ? { place } : {}) };
	const answered = await steps(first, [...(place ? [] : [askPlace]), askPreview(services)]);
	if (!answered?.preview) return;
	await bringIn(services, folder, answered.preview);
}

const askPlace: Step<State> = {
	ask: async ({ folder }, place): Promise<Answer<State>> => {
		for (;;) {
			const kind = await pickOne<Kind>({
				...place,
				title: vscode.l10n.t('Import library'),
				placeholder: vscode.l10n.t('Where are the experiences?'),
				items: [
					{
						label: `$(file) ${vscode.l10n.t('In a file…')}`,
						detail: vscode.l10n.t('JSON Lines as FLEX exports them, or JSON of the reference implementation'),
						value: 'file',
					},
					...(existsSync(sharedFolder(folder))
						? [
								{
									label: `$(git-commit) ${vscode.l10n.t('With your team, in Git')}`,
									detail: vscode.l10n.t('The text files in .flex/experiences'),
									value: 'team' as const,
								},
							]
						: []),
					{
						label: `$(folder) ${vscode.l10n.t('In another folder…')}`,
						detail: vscode.l10n.t('Text files as FLEX writes them for Git'),
						value: 'folder',
					},
				],
			});
			if (typeof kind !== 'string') return kind;
			const found = await placeFor(kind, folder);
			// Whoever leaves the dialog is asked again.
			if (found) return { folder, place: found };
		}
	},
};

async function placeFor(kind: Kind, folder: FlexFolder): Promise<Place | undefined> {
	if (kind === 'team') return { path: sharedFolder(folder), isFolder: true };
	const isFolder = kind === 'folder';
	const [uri] =
		(await vscode.window.showOpenDialog({
			title: vscode.l10n.t('Import library'),
			openLabel: vscode.l10n.t('Look at it'),
			defaultUri: folder.uri,
			canSelectFiles: !isFolder,
			canSelectFolders: isFolder,
			...(isFolder
				? {}
				: { filters: { [vscode.l10n.t('Libraries')]: ['json', 'jsonl'], [vscode.l10n.t('All files')]: ['*'] } }),
		})) ?? [];
	return uri && { path: uri.fsPath, isFolder };
}

function askPreview(services: Services): Step<State> {
	return {
		ask: async (state, place): Promise<Answer<State>> => {
			const rows = previewOf(services, state).then(previewRows);
			const preview = await pickOne<ImportPreview>({
				...place,
				title: vscode.l10n.t('Import library'),
				placeholder: vscode.l10n.t('This is what would come'),
				items: rows,
			});
			return typeof preview === 'object' ? { ...state, preview } : preview;
		},
	};
}

/** Reads it and looks through it; nothing is changed. */
async function previewOf(services: Services, { folder, place }: State): Promise<ImportPreview> {
	if (!place) throw new Error(vscode.l10n.t('No file was named.'));
	// The question is shown before a large file keeps the extension busy.
	await new Promise((turn) => setImmediate(turn));
	const [source, library, sets] = await Promise.all([
		read(place),
		services.libraries.open(folder),
		setsOf(services, folder),
	]);
	return previewImport(library, source, sets);
}

/** What is wrong with a file is shown in a notification, where its name and its words must not become links. */
async function read({ path, isFolder }: Place): Promise<ImportSource> {
	try {
		return await (isFolder ? readFolderSource(path) : readFileSource(path));
	} catch (cause) {
		throw cause instanceof Error ? new Error(withoutLinks(cause.message), { cause }) : cause;
	}
}

/** Those that can be read: a broken one does not keep anybody from importing. */
async function setsOf({ problemSets }: Services, folder: FlexFolder): Promise<readonly ProblemSet[]> {
	const found = (await problemSets.list()).filter((set) => set.folder === folder);
	const loaded = await Promise.allSettled(found.map((set) => problemSets.load(set)));
	return loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function bringIn(services: Services, folder: FlexFolder, { source, fresh }: ImportPreview): Promise<void> {
	const library = await services.libraries.open(folder);
	const title = vscode.l10n.t('Importing {0}', plainName(source));
	const location = vscode.ProgressLocation.Notification;
	await vscode.window.withProgress({ location, title }, () => source.bringInto(library));
	const waiting = (await library.get(fresh)).filter(({ status }) => status === 'quarantined').map(({ id }) => id);
	// Nobody need answer for the command to be over.
	void offerToAccept(library, waiting, source).catch((error: unknown) => showFailure(services.log, error));
}

async function offerToAccept(library: Library, ids: readonly string[], source: ImportSource): Promise<void> {
	if (ids.length === 0) {
		await vscode.window.showInformationMessage(vscode.l10n.t('{0} is imported.', plainName(source)));
		return;
	}
	const [review, acceptAll] = [vscode.l10n.t('Review'), vscode.l10n.t('Accept all')];
	const message =
		ids.length === 1
			? vscode.l10n.t('1 experience waits in quarantine. Nothing uses it before you accept it.')
			: vscode.l10n.t('{0} experiences wait in quarantine. Nothing uses them before you accept them.', ids.length);
	const answer = await vscode.window.showInformationMessage(message, review, acceptAll);
	if (answer === review) await vscode.commands.executeCommand('flex.library.focus');
	if (answer === acceptAll) await accept(library, ids);
}

/** Those that still wait: meanwhile somebody may have judged some of them one by one. */
async function accept(library: Library, ids: readonly string[]): Promise<void> {
	const waiting = (await library.get(ids)).filter(({ status }) => status === 'quarantined');
	await library.apply(waiting.map(({ id }) => ({ change: { op: 'accept', id }, by: 'user' })));
	const benchmark = vscode.l10n.t('Run benchmark');
	const message =
		waiting.length === 1
			? vscode.l10n.t('1 experience is in use now. A benchmark shows whether it helps.')
			: vscode.l10n.t('{0} experiences are in use now. A benchmark shows whether they help.', waiting.length);
	if ((await vscode.window.showInformationMessage(message, benchmark)) === benchmark) {
		await vscode.commands.executeCommand('flex.benchmark');
	}
}

async function sayUntrusted(): Promise<void> {
	const manage = vscode.l10n.t('Manage trust');
	const message = vscode.l10n.t('This workspace is not trusted, so its library can only be read. Trust it to import.');
	if ((await vscode.window.showInformationMessage(message, manage)) === manage) {
		await vscode.commands.executeCommand('workbench.trust.manage');
	}
}

function sharedFolder({ workspace }: FlexFolder): string {
	return join(workspace.flex, 'experiences');
}

function plainName({ name }: ImportSource): string {
	return withoutLinks(name);
}
