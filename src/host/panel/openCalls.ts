/** What a click in the panel opens outside of it: documents, problems, questions, and the clipboard. */
import * as vscode from 'vscode';
import type { OpenTarget } from '../../protocol/panel.js';
import type { Services } from '../services.js';
import type { Handlers } from './panel.js';
import type { PanelState } from './panelState.js';
import { shelfOf } from './shelves.js';

export function openHandlers(services: Services, state: PanelState): Pick<Handlers, 'open' | 'copy' | 'keep'> {
	return {
		open: async (target) => {
			await open(services, target);
			return null;
		},
		copy: async ({ text }) => {
			await vscode.env.clipboard.writeText(text);
			return null;
		},
		keep: async (params) => {
			state.keep(params.state);
			return null;
		},
	};
}

/** Commands that a click may run; nothing else can be run from the page. */
const commands = {
	log: 'flex.showLog',
	train: 'flex.train',
	import: 'flex.importLibrary',
	example: 'flex.openExample',
	models: 'flex.chooseModels',
} as const;

async function open(services: Services, target: OpenTarget): Promise<void> {
	switch (target.what) {
		case 'document': {
			const { folder } = await shelfOf(services, target.shelf);
			await vscode.commands.executeCommand('flex.library.edit', { folder, id: target.id });
			return;
		}
		case 'compare': {
			const { folder } = await shelfOf(services, target.shelf);
			await vscode.commands.executeCommand('_flex.library.compare', { folder, id: target.id, rev: target.rev });
			return;
		}
		case 'problem':
			return openProblem(services, target.set, target.problem);
		case 'settings':
			await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:flex-learn.flex-learn');
			return;
		default:
			await vscode.commands.executeCommand(commands[target.what]);
	}
}

/** @param name of the set, as experiences name it */
async function openProblem({ problemSets }: Services, name: string, problem: string): Promise<void> {
	for (const set of await problemSets.list()) {
		const loaded = await problemSets.load(set).catch(() => undefined);
		if (loaded?.name !== name && set.label !== name) continue;
		await vscode.commands.executeCommand('flex.problemSets.open', { set, problem });
		return;
	}
	throw new Error(vscode.l10n.t('The problem set {0} is not in this workspace.', name));
}
