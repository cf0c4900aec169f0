/** A panel with everything that answers it, and the news that reach it. */
import * as vscode from 'vscode';
import type { Route } from '../../protocol/panel.js';
import { Evidence } from '../evidence.js';
import { withoutLinks } from '../plainText.js';
import type { Services } from '../services.js';
import { StoredRuns } from '../storedRuns.js';
import { benchHandlers } from './benchCalls.js';
import { Boards } from './boards.js';
import { curationHandlers } from './curationCalls.js';
import { libraryHandlers } from './libraryCalls.js';
import { MoleculeDrawer } from './moleculeCalls.js';
import { openHandlers } from './openCalls.js';
import { type Handlers, Panel } from './panel.js';
import { PanelState } from './panelState.js';
import { runHandlers } from './runCalls.js';
import { RunNames } from './runNames.js';

export interface OpenedPanel {
	readonly panel: Panel;
	/** Ends what follows libraries and runs for it. */
	readonly rest: vscode.Disposable;
}

export function openedPanel(services: Services, made: vscode.WebviewPanel, route: Route | undefined): OpenedPanel {
	const { log, libraries, runs, problemSets, folders, context } = services;
	const stored = new StoredRuns();
	const evidence = new Evidence();
	const drawer = new MoleculeDrawer();
	const state = new PanelState(context.storageUri);
	const boards = new Boards(
		() => panel.changed('board'),
		(error) => log.warn(String(error)),
	);
	const handlers: Handlers = {
		...libraryHandlers(services, new RunNames(stored), evidence),
		...curationHandlers(services),
		...runHandlers(services, stored, boards),
		...benchHandlers(services, stored),
		...openHandlers(services, state),
		...drawer.handlers,
	};
	const { extensionUri } = context;
	const panel = new Panel(made, { handlers, log, extensionUri, words: wordsOf, state: state.read() }, route);
	const rest = vscode.Disposable.from(
		boards,
		drawer,
		state,
		libraries.onDidChange(() => panel.changed('library')),
		folders.onDidChange(() => panel.changed('library', 'runs', 'sets')),
		problemSets.onDidChange(() => panel.changed('sets')),
		vscode.workspace.onDidGrantWorkspaceTrust(() => panel.changed('library', 'sets')),
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration('flex')) panel.changed('models', 'library');
		}),
		runs.onDidChange(() => {
			boards.look();
			panel.changed('runs', 'board');
		}),
		runs.onDidEnd(() => {
			evidence.forget();
			panel.changed('runs', 'board', 'library');
		}),
	);
	return { panel, rest };
}

/** Errors of the engine say what to do by themselves. */
function wordsOf(error: unknown): string {
	return withoutLinks(error instanceof Error ? error.message : String(error));
}
