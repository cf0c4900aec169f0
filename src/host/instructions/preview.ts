/** What a file would become, beside what it is: shown before anything is written. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { InstructionsPlan } from '../../runs/exportInstructions.js';

const scheme = 'flex-instructions';

export class InstructionsPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
	private readonly texts = new Map<string, string>();
	private readonly changed = new vscode.EventEmitter<vscode.Uri>();
	private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

	readonly onDidChange = this.changed.event;

	/** Shows the difference. @returns what closes it */
	async show({ file, before, after }: InstructionsPlan): Promise<() => Promise<void>> {
		const next = this.keep(file, 'after', after);
		const now = before === undefined ? this.keep(file, 'before', '') : vscode.Uri.file(file);
		const title = vscode.l10n.t('{0}: what FLEX would write', basename(file));
		await vscode.commands.executeCommand('vscode.diff', now, next, title, { preview: true });
		return () => close(next);
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		return this.texts.get(uri.toString()) ?? '';
	}

	dispose(): void {
		this.registration.dispose();
		this.changed.dispose();
	}

	private keep(file: string, side: 'before' | 'after', text: string): vscode.Uri {
		const uri = vscode.Uri.from({ scheme, path: vscode.Uri.file(file).path, query: side });
		this.texts.set(uri.toString(), text);
		this.changed.fire(uri);
		return uri;
	}
}

async function close(modified: vscode.Uri): Promise<void> {
	const tabs = vscode.window.tabGroups.all
		.flatMap((group) => group.tabs)
		.filter(
			({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === modified.toString(),
		);
	await vscode.window.tabGroups.close(tabs);
}
