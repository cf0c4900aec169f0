/** The panel in the editor area: opened by commands and links, restored after a restart, told of every change. */
import * as vscode from 'vscode';
import type { Route } from '../../protocol/panel.js';
import { guarded, registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';
import type { Panel } from './panel.js';
import { parseLink, routeFrom } from './routes.js';

const viewType = 'flex.panel';

export function registerPanel(services: Services): vscode.Disposable {
	const keeper = new PanelKeeper(services);
	const { log } = services;
	return vscode.Disposable.from(
		keeper,
		registerGuarded(log, 'flex.openPanel', (argument) => keeper.show(routeFrom(argument, 'library'))),
		registerGuarded(log, 'flex.openDashboard', (argument) => keeper.show(routeFrom(argument, 'training'))),
		registerGuarded(log, 'flex.openBenchmarks', (argument) => keeper.show(routeFrom(argument, 'benchmark'))),
		registerGuarded(log, 'flex.library.browse', (argument) => keeper.show(routeFrom(argument, 'library'))),
		registerGuarded(log, 'flex.runs.dashboard', (argument) => keeper.show(routeFrom(argument, 'training'))),
		registerGuarded(log, 'flex.library.copyLink', (argument) => copyLink(services, argument)),
		vscode.window.registerWebviewPanelSerializer(viewType, {
			deserializeWebviewPanel: async (panel) => {
				await guarded(log, () => keeper.adopt(panel));
			},
		}),
		vscode.window.registerUriHandler({
			handleUri: (uri) => void guarded(log, () => keeper.show(parseLink(uri.path))),
		}),
	);
}

/** Keeps the one panel of the window. */
class PanelKeeper implements vscode.Disposable {
	private panel: Panel | undefined;
	private rest: vscode.Disposable | undefined;
	/** What opens it is loaded on first use; who asks meanwhile waits for the same panel. */
	private opening: Promise<void> | undefined;

	constructor(private readonly services: Services) {}

	async show(route: Route): Promise<void> {
		if (this.opening) await this.opening;
		if (this.panel) return this.panel.reveal(route);
		const options = { enableScripts: true, enableFindWidget: true };
		const made = vscode.window.createWebviewPanel(viewType, 'FLEX', vscode.ViewColumn.Active, options);
		this.opening = this.adopt(made, route).finally(() => {
			this.opening = undefined;
		});
		await this.opening;
	}

	/** Takes over a panel that is there: a new one, or one of before a restart. */
	async adopt(made: vscode.WebviewPanel, route?: Route): Promise<void> {
		this.panel?.dispose();
		const { extensionUri } = this.services.context;
		made.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
		const { openedPanel } = await import('./openedPanel.js');
		const { panel, rest } = openedPanel(this.services, made, route);
		this.panel = panel;
		this.rest = rest;
		panel.onDidDispose(() => {
			if (this.panel !== panel) return;
			rest.dispose();
			this.panel = undefined;
		});
	}

	dispose(): void {
		this.rest?.dispose();
		this.panel?.dispose();
	}
}

/** A link that opens the experience from a chat, a note, or a browser. */
async function copyLink({ context }: Services, argument: unknown): Promise<void> {
	const { id } = routeFrom(argument, 'library');
	if (id === undefined) return;
	await vscode.env.clipboard.writeText(`${vscode.env.uriScheme}://${context.extension.id}/experience/${id}`);
	vscode.window.setStatusBarMessage(vscode.l10n.t('Link copied.'), 4_000);
}
