/** The panel in the extension host: one a window, opened by commands, and links to what it shows. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { parseLink } from '../../src/host/panel/routes.js';

before(async () => {
	await vscode.extensions.getExtension('flex-learn.flex-learn')?.activate();
});

after(async () => {
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

const panels = (): readonly vscode.Tab[] =>
	vscode.window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('flex.panel'));

describe('the panel', () => {
	it('is one page for library, training and benchmarks, whichever command opens it', async () => {
		for (const command of ['flex.openPanel', 'flex.openDashboard', 'flex.openBenchmarks']) {
			await vscode.commands.executeCommand(command);
			await until(() => panels().length === 1 && panels()[0]?.isActive === true);
		}
		await vscode.commands.executeCommand('flex.library.browse', { id: 'ad1bd9a73c19c312' });
		assert.equal(panels().length, 1);
	});

	it('can be closed and opened again', async () => {
		const [tab] = panels();
		assert.ok(tab);
		await vscode.window.tabGroups.close(tab);
		await until(() => panels().length === 0);
		// As quick as a person clicks twice.
		await Promise.all(['flex.openPanel', 'flex.openDashboard'].map((id) => vscode.commands.executeCommand(id)));
		await until(() => panels().length === 1);
		assert.equal(panels().length, 1);
	});

	it('is led to by a link that can be handed on', async () => {
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		await vscode.commands.executeCommand('flex.library.copyLink', { folder, id: 'ad1bd9a73c19c312' });
		const link = vscode.Uri.parse(await vscode.env.clipboard.readText());
		assert.equal(link.authority, 'flex-learn.flex-learn');
		assert.deepEqual(parseLink(link.path), { page: 'library', id: 'ad1bd9a73c19c312' });
	});
});

/** Waits for the tabs, which follow a moment later. */
async function until(holds: () => boolean): Promise<void> {
	while (!holds()) {
		await new Promise<void>((resolve) => {
			const end = vscode.window.tabGroups.onDidChangeTabs(() => {
				end.dispose();
				resolve();
			});
			if (holds()) {
				end.dispose();
				resolve();
			}
		});
	}
}
