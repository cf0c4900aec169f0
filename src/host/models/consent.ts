/** The question before anything is put on this machine. */
import * as vscode from 'vscode';
import { ModelError } from '../../core/models/chatModel.js';
import type { Installation } from '../../runs/installEmbedded.js';

/**
 * Asks whether all that an embedded model needs may be fetched.
 * @throws {ModelError} `not-found` where npm is missing, without which llama.cpp can't be installed: then there is
 * nothing to ask
 */
export async function askConsent(wanted: readonly Installation[]): Promise<boolean> {
	if (wanted.some(({ kind }) => kind === 'component') && !(await hasNpm())) {
		throw new ModelError('not-found', npmMissing());
	}
	const detail = vscode.l10n.t(
		'It is fetched once, kept for all workspaces and the command line, and runs without network and without a key. "FLEX: Remove Embedded Model…" takes it away again.',
	);
	return mayInstall(vscode.l10n.t('Install what the embedded model needs?'), wanted, detail);
}

/**
 * Asks whether RDKit may be fetched, which reads molecules.
 * @throws {ComponentError} `npm-missing`
 */
export async function askChemistryConsent(wanted: readonly Installation[]): Promise<boolean> {
	if (!(await hasNpm())) {
		const { ComponentError } = await import('../../providers/componentError.js');
		const message = vscode.l10n.t(
			'These answers are graded with RDKit, which npm installs, and npm is not on the PATH of VS Code. Install Node.js and restart VS Code.',
		);
		throw new ComponentError('npm-missing', message);
	}
	const detail = vscode.l10n.t(
		'The answers of this problem set are molecules, and RDKit compares and draws them. It is fetched once from npm, kept for all workspaces and the command line, and runs without network. "FLEX: Remove Embedded Model…" takes it away again.',
	);
	return mayInstall(vscode.l10n.t('Install what grades these answers?'), wanted, detail);
}

async function mayInstall(question: string, wanted: readonly Installation[], detail: string): Promise<boolean> {
	const parts = wanted.map(({ title, megabytes }) => vscode.l10n.t('{0} (about {1} MB)', title, megabytes));
	const install = vscode.l10n.t('Install');
	const options = { modal: true, detail: [...parts, '', detail].join('\n') };
	return (await vscode.window.showInformationMessage(question, options, install)) === install;
}

async function hasNpm(): Promise<boolean> {
	const { npmOnPath } = await import('../../providers/npm.js');
	return npmOnPath(process.env);
}

/** Why the embedded model can't be installed, and what to do. */
export function npmMissing(): string {
	return vscode.l10n.t(
		'The embedded model needs npm to install llama.cpp, and npm is not on the PATH of VS Code. Install Node.js and restart VS Code, or start Ollama or LM Studio and add it with "FLEX: Choose Models…".',
	);
}
