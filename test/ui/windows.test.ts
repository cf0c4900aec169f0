/** One workspace in two windows, the first of them in Restricted Mode until it is trusted. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { rule } from '../builders/experiences.js';
import { fillLibrary } from '../builders/libraries.js';
import { root, windowStory } from '../vscode/story.js';
import type { Workbench } from '../vscode/workbench.js';

let second: Workbench | undefined;
/** Answers wait until it is opened. */
let open = (): void => {};
let gate = closedGate();

const story = windowStory('windows', {
	prepare: async (workspace) => {
		story.atEnd(() => open());
		cpSync(join(root, 'examples/company-conventions'), join(workspace, 'company-conventions'), { recursive: true });
		const known = rule('ad1bd9a73c19c312', 'A refund is asked for', 'Route to Harbor.', {
			title: 'Refunds go to Harbor',
		});
		await fillLibrary(workspace, [known], 'run:01K00000000000000000000000');
	},
	answer: async () => {
		await gate;
		return { text: 'Falcon' };
	},
	machine: { 'flex.training.lessons': false },
	workspaceTrust: true,
});

story.tell('reads in Restricted Mode, and runs no model until the workspace is trusted', async () => {
	const first = story.workbench;
	await first.openContainer('FLEX');
	await first.rows('Library').filter({ hasText: 'Warning' }).first().waitFor();
	await first.page
		.locator('.pane-body', { hasText: 'No model runs until you trust this workspace.' })
		.first()
		.waitFor();
	await first.command('FLEX: Train on Problem Set…');
	await first.notice('This workspace is not trusted, so FLEX runs no model in it.').waitFor();
	await story.picture('windows-restricted');
	expect(story.endpoint.requests).toEqual([]);
	await first.answerNotice('This workspace is not trusted', 'Manage workspace trust');
	const { page } = first;
	await page
		.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ })
		.first()
		.click();
	await page.locator('.workspace-trust-editor', { hasText: 'You trust this folder' }).waitFor();
	await page.keyboard.press('Escape');
	await first.page.locator('.pane-body', { hasText: 'No run yet.' }).first().waitFor();
});

story.tell('shows in each window what the other one does', async () => {
	const first = story.workbench;
	second = await story.openBeside();
	await second.openContainer('FLEX');
	await second.rows('Library').filter({ hasText: 'Warning' }).first().waitFor();

	// A browser gives a page behind another one little time.
	await first.page.bringToFront();
	await first.command('FLEX: Train on Problem Set…');
	await first.pick('company-conventions');
	await first.pick('openai:scripted/model-a');
	await first.pick('The first 8 problems');
	await first.pick('Start training');
	await story.endpoint.request(0);
	await first.statusBarItem('FLEX').waitFor();
	await second.rows('Runs').filter({ hasText: 'running elsewhere' }).first().waitFor();
	await story.picture('windows-elsewhere', second);

	open();
	await first.notice('experiences learned or improved').waitFor();
	// What the first window learned, and its end, reach the second by themselves.
	await second.rows('Library').filter({ hasText: 'Golden' }).first().waitFor();
	await second.rows('Runs').filter({ hasText: 'running elsewhere' }).first().waitFor({ state: 'detached' });
	expect([...first.pageErrors, ...second.pageErrors]).toEqual([]);
});

story.tell('offers to go on with a training that a closed window broke off', async () => {
	const first = story.workbench;
	await second?.page.close();
	await first.page.close();
	gate = closedGate();
	const asked = story.endpoint.requests.length;
	const closed = await story.openBeside();
	await closed.command('FLEX: Train on Problem Set…');
	await closed.pick('company-conventions');
	await closed.pick('openai:scripted/model-a');
	await closed.pick('The first 16 problems');
	await closed.pick('Start training');
	await story.endpoint.request(asked);
	await closed.statusBarItem('FLEX').waitFor();
	// As the browser leaves a page: VS Code then ends the window's extension host.
	await closed.page.goto('about:blank');
	await closed.page.close();

	second = await story.openBeside();
	const offer = 'A run on company-conventions was broken off when its window closed.';
	await second.notice(offer).waitFor();
	await story.picture('windows-broken-off', second);
	await second.answerNotice(offer, 'Resume');
	open();
	await second.notice('experiences learned or improved').waitFor();
});

function closedGate(): Promise<void> {
	return new Promise((opened) => {
		open = opened;
	});
}
