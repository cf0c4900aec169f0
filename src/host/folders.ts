/** The workspace folders that can hold a library: those on disk. */
import * as vscode from 'vscode';
import { Workspace } from '../runs/workspace.js';

export interface FlexFolder {
	readonly name: string;
	readonly uri: vscode.Uri;
	/** Where its `.flex` keeps what was learned. */
	readonly workspace: Workspace;
}

export class Folders implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly subscription: vscode.Disposable;
	private known: readonly FlexFolder[] | undefined;

	constructor() {
		this.subscription = vscode.workspace.onDidChangeWorkspaceFolders(() => {
			this.known = undefined;
			this.changed.fire();
		});
	}

	readonly onDidChange = this.changed.event;

	/** All of them, in the order of the workspace. A virtual folder has no disk to keep a library on. */
	all(): readonly FlexFolder[] {
		this.known ??= (vscode.workspace.workspaceFolders ?? [])
			.filter(({ uri }) => uri.scheme === 'file')
			.map(({ name, uri }) => ({ name, uri, workspace: new Workspace(uri.fsPath) }));
		return this.known;
	}

	/** The folder that holds `uri`. */
	of(uri: vscode.Uri): FlexFolder | undefined {
		const holder = vscode.workspace.getWorkspaceFolder(uri);
		return this.all().find((folder) => folder.uri.toString() === holder?.uri.toString());
	}

	/**
	 * The one folder, or the one that is picked; undefined where none is, after saying so.
	 * @param placeHolder what the folder is for, as a question
	 */
	async pick(placeHolder: string): Promise<FlexFolder | undefined> {
		const all = this.all();
		if (all.length === 0) await this.sayNone();
		if (all.length <= 1) return all[0];
		const items = all.map((folder) => ({ label: folder.name, description: folder.uri.fsPath, folder }));
		return (await vscode.window.showQuickPick(items, { placeHolder }))?.folder;
	}

	dispose(): void {
		this.subscription.dispose();
		this.changed.dispose();
	}

	private async sayNone(): Promise<void> {
		if (vscode.workspace.workspaceFolders?.length) {
			const message = vscode.l10n.t(
				'FLEX keeps its library on disk, and this virtual workspace has none. Open a folder on disk.',
			);
			await vscode.window.showInformationMessage(message);
			return;
		}
		const openFolder = vscode.l10n.t('Open folder');
		const message = vscode.l10n.t('No folder is open. FLEX keeps its library in the folder that you work in.');
		const answer = await vscode.window.showInformationMessage(message, openFolder);
		if (answer === openFolder) await vscode.commands.executeCommand('workbench.action.files.openFolder');
	}
}
