/** What the doctor says of the editor itself: its version, trust, where it runs, its models, and npm. */
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import type { Line } from './doctorWords.js';

export async function editorLines({ context, folders }: Services): Promise<readonly Line[]> {
	const [{ checkNode }, { wordsFor }] = await Promise.all([import('../../runs/checks.js'), import('./doctorWords.js')]);
	const { version }: { readonly version?: unknown } = context.extension.packageJSON;
	const found = vscode.l10n.t('{0}, with FLEX {1}', vscode.version, String(version));
	return [
		{ name: 'VS Code', state: 'ok', found },
		wordsFor(checkNode()),
		workspaceLine(folders.all().length),
		trustLine(),
		remoteLine(),
		await chatModelsLine(),
		await npmLine(),
	];
}

function workspaceLine(onDisk: number): Line {
	const name = vscode.l10n.t('Workspace');
	const open = vscode.workspace.workspaceFolders?.length ?? 0;
	if (onDisk > 0) return { name, state: 'ok', found: vscode.l10n.t('folders on disk: {0}', onDisk) };
	const found = open > 0 ? vscode.l10n.t('virtual, without a disk') : vscode.l10n.t('no folder is open');
	return { name, state: 'todo', found, advice: vscode.l10n.t('Open a folder on disk: FLEX keeps its library there.') };
}

function trustLine(): Line {
	const name = vscode.l10n.t('Workspace trust');
	if (vscode.workspace.isTrusted) return { name, state: 'ok', found: vscode.l10n.t('trusted') };
	return {
		name,
		state: 'todo',
		found: vscode.l10n.t('Restricted Mode: the library can be read, and no model runs'),
		advice: vscode.l10n.t('Trust the workspace with "Workspaces: Manage Workspace Trust" if you know who made it.'),
	};
}

function remoteLine(): Line {
	const { remoteName } = vscode.env;
	const found = remoteName
		? vscode.l10n.t('remote ({0}): libraries, models and npm are those of the remote machine', remoteName)
		: vscode.l10n.t('on this machine');
	return { name: vscode.l10n.t('Extension host'), state: 'ok', found };
}

async function chatModelsLine(): Promise<Line> {
	const name = vscode.l10n.t('Chat models of VS Code');
	const models = await vscode.lm.selectChatModels();
	if (models.length > 0) return { name, state: 'ok', found: models.map(({ name: model }) => model).join(', ') };
	return {
		name,
		state: 'ok',
		found: vscode.l10n.t('none'),
		advice: vscode.l10n.t(
			'Other extensions bring them, GitHub Copilot for one. FLEX needs none: it takes endpoints and embedded models as well.',
		),
	};
}

async function npmLine(): Promise<Line> {
	const { npmOnPath } = await import('../../providers/npm.js');
	const name = 'npm';
	if (npmOnPath(process.env)) return { name, state: 'ok', found: vscode.l10n.t('on the PATH of VS Code') };
	return {
		name,
		state: 'todo',
		found: vscode.l10n.t('not on the PATH of VS Code'),
		advice: vscode.l10n.t(
			'Only the embedded model needs it. Install Node.js and start VS Code anew, or use an endpoint.',
		),
	};
}
