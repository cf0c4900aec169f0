/** The question before anything is put on this machine. */
import * as vscode from 'vscode';
import { ModelError } from '../../core/models/chatModel.js';
import type { Installation } from '../../runs/installEmbedded.js';

/**
 * Asks whether all of it may be fetched.
 * @throws {ModelError} `not-found` where npm is missing, without which llama.cpp can't be installed: then there is
 * nothing to ask
 */
export async function askConsent(wanted: readonly Installation[]): Promise<boolean> {
	if (wanted.some(({ kind }) => kind === 'component')) await requireNpm();
	const parts = wanted.map(({ title, megabytes }) => vscode.l10n.t('{0} (about {1} MB)', title, megabytes));
	const install = vscode.l10n.t('Install');
	const answer = await vscode.window.showInformationMessage(
		vscode.l10n.t('Install what the embedded model needs?'),
		{
			modal: true,
			detail: [
				...parts,
				'',
				vscode.l10n.t(
					'It is fetched once, kept for all workspaces and the command line, and runs without network and without a key. "FLEX: Remove Embedded Model…" takes it away again.',
				),
			].join('\n'),
		},
		install,
	);
	return answer === install;
}

/** @throws {ModelError} `not-found`, with the other ways */
async function requireNpm(): Promise<void> {
	const { npmOnPath } = await import('../../providers/npm.js');
	if (!npmOnPath(process.env)) throw new ModelError('not-found', npmMissing());
}

/** Why the embedded model can't be installed, and what to do. */
export function npmMissing(): string {
	return vscode.l10n.t(
		'The embedded model needs npm to install llama.cpp, and npm is not on the PATH of VS Code. Install Node.js and restart VS Code, or start Ollama or LM Studio and add it with "FLEX: Choose Models…".',
	);
}
