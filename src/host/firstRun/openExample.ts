/** "Open Example Problem Set": copies the shipped example into the folder that one works in, and shows its problems. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { requireTrust } from '../trust.js';

/** Where the way goes on after the window was opened anew: the folder that was chosen, as a URI. */
const pendingKey = 'firstRun.openExampleIn';

/** @returns the example's folder; undefined where somebody left a question, or where the window is opened anew */
export async function openExample(services: Services): Promise<vscode.Uri | undefined> {
	const reason = vscode.l10n.t('This workspace is not trusted, so FLEX copies no files into it.');
	if (!requireTrust(reason)) return undefined;
	if (!vscode.workspace.workspaceFolders?.length) return openInNewFolder(services);
	const folder = await services.folders.pick(vscode.l10n.t('Copy the example into which folder?'));
	if (!folder) return undefined;
	const example = await copyInto(services, folder.uri);
	services.problemSets.forget();
	await show(example);
	return example;
}

/** Goes on where `openExample` had to open a folder first. */
export async function goOnAfterReload({ context, folders }: Services): Promise<void> {
	const pending = context.globalState.get<string>(pendingKey);
	const folder = folders.all().find(({ uri }) => uri.toString() === pending);
	if (!folder) return;
	await context.globalState.update(pendingKey, undefined);
	const { exampleName } = await import('./copyExample.js');
	await show(vscode.Uri.joinPath(folder.uri, exampleName));
}

/** The files are copied first: the folder that is opened then may not be trusted yet, and nothing must be written there. */
async function openInNewFolder(services: Services): Promise<undefined> {
	const [parent] =
		(await vscode.window.showOpenDialog({
			title: vscode.l10n.t('Where shall the example be? FLEX keeps what it learns beside it.'),
			openLabel: vscode.l10n.t('Put the example here'),
			canSelectFiles: false,
			canSelectFolders: true,
		})) ?? [];
	if (!parent) return;
	await copyInto(services, parent);
	await services.context.globalState.update(pendingKey, parent.toString());
	await vscode.commands.executeCommand('vscode.openFolder', parent);
}

async function copyInto({ context }: Services, parent: vscode.Uri): Promise<vscode.Uri> {
	const { copyExample, ExampleInTheWay, exampleName } = await import('./copyExample.js');
	try {
		const shipped = join(context.extensionUri.fsPath, 'examples', exampleName);
		return vscode.Uri.file(await copyExample(shipped, parent.fsPath));
	} catch (cause) {
		if (!(cause instanceof ExampleInTheWay)) throw cause;
		const message = vscode.l10n.t(
			'There is a folder {0} already that is no problem set. Rename it, and open the example again.',
			exampleName,
		);
		throw new Error(message, { cause });
	}
}

/** The problems to learn from: the README beside them gives the rules away, which the model is to find out. */
async function show(example: vscode.Uri): Promise<void> {
	await vscode.commands.executeCommand('flex.problemSets.focus');
	await vscode.window.showTextDocument(vscode.Uri.joinPath(example, 'train.jsonl'), { preview: false });
}
