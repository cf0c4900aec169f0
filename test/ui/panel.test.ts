/** The panel in a real window, over a real library: read, searched, curated, taken back, and there again after a reload. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { expect } from 'vitest';
import { experience, pattern, rule, solvedCase } from '../builders/experiences.js';
import { fillLibrary } from '../builders/libraries.js';
import { root, windowStory } from '../vscode/story.js';

/** Answers of the endpoint wait until it is opened. */
let open = (): void => {};
let gate = Promise.resolve();
const close = (): void => {
	gate = new Promise((resolve) => {
		open = resolve;
	});
};

const hostile = '<img src=x onerror="window.stolen = 1"> [a](javascript:window.stolen=1) </script>';
const experiences = [
	rule('a', 'a customer wants money back', 'Route the ticket to Harbor, whatever was bought.', {
		title: 'Refunds go to Harbor',
		patterns: [pattern('Harbor handles every refund.', { id: 'p1' })],
		cases: [solvedCase('A refund for a broken lamp?', 'Harbor', { id: 'c1' })],
	}),
	rule('b', 'a parcel is late', 'Route the ticket to Falcon.', { title: 'Late parcels go to Falcon' }),
	experience('c', { title: 'Invoices are sent on Mondays', status: 'quarantined' }),
	rule('d', hostile, `${hostile} ${'x'.repeat(60_000)}`, { title: hostile, domains: [hostile] }),
];

const story = windowStory('panel', {
	prepare: async (workspace) => {
		story.atEnd(() => open());
		cpSync(join(root, 'examples/company-conventions'), join(workspace, 'company-conventions'), { recursive: true });
		await fillLibrary(workspace, experiences);
	},
	answer: async () => {
		await gate;
		return { text: 'Falcon' };
	},
	machine: { 'flex.training.devProblems': 4 },
});

const panel = (): FrameLocator => story.workbench.panel;
const row = (text: string) => panel().locator('.row', { hasText: text });

story.tell('opens from the palette, finds as one types, and shows what was found', async () => {
	await story.workbench.command('FLEX: Open Library Browser');
	await row('Refunds go to Harbor').waitFor();
	await panel().getByRole('searchbox').fill('parc');
	await row('Late parcels go to Falcon').waitFor();
	await row('Refunds go to Harbor').waitFor({ state: 'detached' });
	await row('Late parcels go to Falcon').click();
	await panel().getByRole('heading', { level: 1, name: 'Late parcels go to Falcon' }).waitFor();
	await story.picture('panel-found');
	await panel().getByRole('button', { name: 'Clear' }).click();
	await row('Refunds go to Harbor').waitFor();
});

story.tell('retires an experience, says so, and takes it back; the tree beside it follows', async () => {
	await story.workbench.openContainer('FLEX');
	await row('Refunds go to Harbor').click();
	await panel().getByRole('button', { name: 'Retire', exact: true }).click();
	await row('Refunds go to Harbor').waitFor({ state: 'detached' });
	await panel().locator('.news', { hasText: 'Retired' }).waitFor();
	await panel().locator('.news').getByRole('button', { name: 'Undo' }).click();
	await row('Refunds go to Harbor').waitFor();
});

story.tell(
	'edits in place: what cannot be kept is said at its field, what can be is a revision that can be brought back',
	async () => {
		await row('Refunds go to Harbor').click();
		await panel().getByRole('button', { name: 'Edit', exact: true }).click();
		const title = panel().getByRole('textbox', { name: 'Title' });
		await title.fill('x'.repeat(600));
		await panel().getByRole('button', { name: 'Save' }).click();
		await panel()
			.getByRole('alert')
			.filter({ hasText: /500|long|large/u })
			.first()
			.waitFor();
		await title.fill('Refunds always go to Harbor');
		await panel().getByRole('button', { name: 'Save' }).click();
		await panel().getByRole('heading', { level: 1, name: 'Refunds always go to Harbor' }).waitFor();
		await panel().getByRole('button', { name: 'History' }).click();
		await panel().locator('flex-diff').filter({ hasText: 'Refunds always go to Harbor' }).first().waitFor();
		await panel().getByRole('button', { name: 'Bring back' }).first().click();
		await panel().getByRole('heading', { level: 1, name: 'Refunds go to Harbor' }).waitFor();
	},
);

story.tell('shows what wants to be more than text as text', async () => {
	await row('<img src=x').click();
	await panel().locator('flex-experience h1', { hasText: '<img src=x' }).waitFor();
	await panel()
		.getByRole('button', { name: /Show the rest/u })
		.first()
		.waitFor();
	expect(await panel().locator('img, a[href]').count()).toBe(0);
	expect(
		await panel()
			.locator('body')
			.evaluate(() => Reflect.get(globalThis, 'stolen')),
	).toBeUndefined();
});

story.tell('accepts what waits in bulk', async () => {
	await panel()
		.getByRole('button', { name: /Waiting for you/u })
		.click();
	await row('Invoices are sent on Mondays').waitFor();
	await panel().getByRole('button', { name: 'Accept all' }).click();
	await row('Invoices are sent on Mondays').waitFor({ state: 'detached' });
	await panel().locator('.news').getByRole('button', { name: 'Undo' }).click();
	await row('Invoices are sent on Mondays').waitFor();
	await panel().getByRole('button', { name: 'Clear' }).click();
});

story.tell(
	'is there again after the window was loaded anew: the same page, the same words, the same experience',
	async () => {
		await panel().getByRole('searchbox').fill('refund');
		await row('Refunds go to Harbor').click();
		await panel().getByRole('heading', { level: 1, name: 'Refunds go to Harbor' }).waitFor();
		// A page that is hidden is given up, and made anew when it is seen again.
		await story.workbench.openFile('README.md');
		await story.workbench.page.locator('.tab', { hasText: 'README.md' }).waitFor();
		await story.workbench.page.locator('.tab', { hasText: 'FLEX' }).click();
		await panel().getByRole('heading', { level: 1, name: 'Refunds go to Harbor' }).waitFor();
		await story.workbench.page.reload();
		// VS Code may not have written yet which editor was in front.
		await story.workbench.page.locator('.tab', { hasText: 'FLEX' }).click();
		await panel().getByRole('heading', { level: 1, name: 'Refunds go to Harbor' }).waitFor({ timeout: 60_000 });
		expect(await panel().getByRole('searchbox').inputValue()).toBe('refund');
		// The name under which VS Code's own worker hands files of the extension to a page; nothing of it goes out.
		const foreign = [...story.workbench.foreignHosts].filter(
			(host) => !host.endsWith('.vscode-resource.vscode-cdn.net'),
		);
		expect(foreign).toEqual([]);
	},
);

story.tell(
	'follows a training that is started from the palette: paused, continued, and read problem by problem',
	async () => {
		close();
		await story.workbench.command('FLEX: Train on Problem Set…');
		await story.workbench.pick('company-conventions');
		await story.workbench.pick('openai:scripted/model-a');
		await story.workbench.pick('The first 8 problems');
		await story.workbench.pick('Start training');
		await story.endpoint.request(0);
		await story.workbench.command('FLEX: Open Training Dashboard');
		await panel().getByRole('button', { name: 'Pause', exact: true }).click();
		await panel().locator('flex-run-header', { hasText: 'Paused' }).waitFor();
		await story.picture('panel-paused');
		await panel().getByRole('button', { name: 'Continue', exact: true }).click();
		open();
		await panel()
			.locator('.story', { hasText: /experiences from 8 problems/u })
			.waitFor({ timeout: 60_000 });
		await story.picture('panel-trained');
		await panel().locator('.cells .cell').first().click();
		await panel()
			.getByRole('heading', { name: /^Problem / })
			.waitFor();
		await panel().locator('flex-transcript', { hasText: 'Falcon' }).waitFor();
		await panel().getByRole('button', { name: 'Close', exact: true }).click();
		await panel().getByRole('button', { name: 'Review what was learned' }).click();
		await panel().locator('.row').first().waitFor();
		await panel()
			.getByRole('button', { name: /^Learned last/u })
			.waitFor();
	},
);

story.tell('measures from the panel, says the result in words, and lays two answers side by side', async () => {
	await panel().getByRole('tab', { name: 'Benchmark' }).click();
	await panel()
		.getByRole('button', { name: /New benchmark/u })
		.first()
		.click();
	await panel().getByLabel('How many').fill('6');
	await panel()
		.locator('.estimate', { hasText: /model calls/u })
		.waitFor();
	await story.picture('panel-plan');
	await panel().getByRole('button', { name: 'Start the benchmark' }).click();
	await panel()
		.locator('flex-result-words', { hasText: /training seed/u })
		.waitFor({ timeout: 60_000 });
	await story.picture('panel-measured');
	await panel().locator('flex-outcome-matrix .cell').first().click();
	await panel().locator('flex-compare flex-transcript', { hasText: 'Falcon' }).first().waitFor();
	await story.picture('panel-compared');
});
