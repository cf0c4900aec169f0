/** The command that shows where the experience library lies: the folder `.flex` of the workspace folder. */
import * as vscode from 'vscode';

export function registerLibraryFolder(): vscode.Disposable {
	return vscode.commands.registerCommand('flex.openLibraryFolder', openLibraryFolder);
}

async function openLibraryFolder(): Promise<void> {
	const folders = vscode.workspace.workspaceFolders ?? [];
	if (folders.length === 0) return sayNoFolder();
	const libraries = await existingLibraries(folders);
	if (libraries.length === 0) return sayNoLibrary();
	const library = libraries.length === 1 ? libraries[0] : await pickLibrary(libraries);
	// The Explorer of VS Code works in remote workspaces too, where the desktop's own file manager does not.
	if (library) await vscode.commands.executeCommand('revealInExplorer', library.uri);
}

interface Library {
	readonly folder: vscode.WorkspaceFolder;
	readonly uri: vscode.Uri;
}

async function existingLibraries(folders: readonly vscode.WorkspaceFolder[]): Promise<readonly Library[]> {
	const candidates = folders.map((folder) => ({ folder, uri: vscode.Uri.joinPath(folder.uri, '.flex') }));
	const found = await Promise.all(
		candidates.map(async (library) => {
			const isFolder = await vscode.workspace.fs.stat(library.uri).then(
				({ type }) => (type & vscode.FileType.Directory) !== 0,
				// Whatever the reason, there is nothing to show.
				() => false,
			);
			return isFolder ? [library] : [];
		}),
	);
	return found.flat();
}

async function pickLibrary(libraries: readonly Library[]): Promise<Library | undefined> {
	const items = libraries.map((library) => ({ label: library.folder.name, library }));
	const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which library?') });
	return picked?.library;
}

async function sayNoFolder(): Promise<void> {
	const openFolder = vscode.l10n.t('Open folder');
	const message = vscode.l10n.t('No folder is open. FLEX keeps its library in the folder that you work in.');
	const answer = await vscode.window.showInformationMessage(message, openFolder);
	if (answer === openFolder) await vscode.commands.executeCommand('workbench.action.files.openFolder');
}

async function sayNoLibrary(): Promise<void> {
	const message = vscode.l10n.t(
		'This workspace has no experience library yet. Run "flex-learn train <problem set>" in it to make one.',
	);
	await vscode.window.showInformationMessage(message);
}
