/**
 * The first run of a newcomer, from the palette alone, in the installed extension and with the real embedded model: open
 * the example, train on it, read and correct what was learned, take that back, and measure whether it helps. The pictures
 * of the README come from here: `npm run pictures`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readRun, runIds } from '../../src/runs/runSummary.js';
import { realModelMissing } from '../realModel.js';
import { root, windowStory } from '../vscode/story.js';

/** For the README: all of the example, and every arm. */
const forReadme = process.env.FLEX_PICTURES !== undefined;
const pictures = process.env.FLEX_PICTURES ?? join(root, 'out/test/pictures/first-run');
const train = forReadme ? 'All 60 problems' : 'The first 8 problems';
const problems = forReadme ? 'The first 50' : 'The first 10';
/** Arms that ask the model and are no part of the question here. */
const leftOut = forReadme ? [] : ['Unrelated experience', 'Similar raw examples'];
/**
 * One rollout in one round, and the other core for the window; `realFlow.test.ts` has more rounds with this model, and the
 * README's run is as anybody's.
 */
const pace = forReadme ? {} : { 'flex.training.rollouts': 1, 'flex.training.rounds': 1, 'flex.models.threads': 1 };
/** Milliseconds for a whole story. */
const limit = forReadme ? 3_600_000 : 240_000;

const missing = await realModelMissing();

describe('the embedded model', () => {
	if (missing !== undefined) {
		it.skip(`can't be had here: ${missing.split('\n', 1)[0]}`, () => {});
		return;
	}

	const story = windowStory('first-run', {
		workspaceName: 'my-project',
		prepare: (workspace) => writeFileSync(join(workspace, 'README.md'), '# My project\n'),
		installed: true,
		user: pace,
		limit,
		pictures,
	});
	const picture = (name: string) => story.picture(name);
	const lastRun = () => {
		const runs = join(story.workspace, '.flex/runs');
		const [id] = runIds(runs);
		if (!id) throw new Error('There is no run.');
		return readRun(runs, id);
	};

	story.tell('opens the example', async () => {
		const { workbench } = story;
		await workbench.command('FLEX: Open Example Problem Set');
		await workbench.rows('Problem sets').filter({ hasText: 'company-conventions' }).first().waitFor();
		await workbench.rows('Problem sets').filter({ hasText: 'company-conventions' }).first().click();
		await workbench.rows('Problem sets').filter({ hasText: 'only in benchmarks' }).first().waitFor();
		await picture('1-example');
	});

	story.tell('trains on it after an estimate, and shows how it learns', async () => {
		const { workbench } = story;
		await workbench.command('FLEX: Train on Problem Set…');
		await workbench.pick('company-conventions');
		await workbench.pick('embedded:smollm2-135m');
		await workbench.choice(train).waitFor();
		await workbench.pick(train);
		await workbench.choice('model calls').waitFor();
		await picture('2-estimate');
		await workbench.pick('Start training');
		await workbench.statusBarItem(/FLEX \d+\/\d+/).waitFor({ timeout: limit });
		await workbench.rows('Runs').filter({ hasText: 'training' }).first().waitFor();
		await workbench.statusBarItem(forReadme ? /FLEX 2\d\/\d+/ : /FLEX [2-8]\/\d+/).waitFor({ timeout: limit });
		await picture('3-training');
		await workbench.notice(/\d+ experiences learned or improved/).waitFor({ timeout: limit });
		await picture('4-learned');
		await workbench.answerNotice('experiences learned or improved', 'Open library');
		await workbench.focusOf('Library');
		const run = await lastRun();
		expect(run).toMatchObject({ state: 'done', kind: 'train', model: 'embedded:smollm2-135m' });
		expect(run.experiences.length).toBeGreaterThan(0);
	});

	story.tell('reads the training on the dashboard, and what it taught in the library browser', async () => {
		const { workbench } = story;
		await workbench.command('FLEX: Open Training Dashboard');
		await workbench.panel.locator('.story', { hasText: /experiences from \d+ problems/u }).waitFor();
		await workbench.panel.locator('.cells .cell').first().waitFor();
		await picture('4-dashboard');
		await workbench.panel.getByRole('button', { name: 'Review what was learned' }).click();
		await workbench.panel.locator('.row').first().click();
		await workbench.panel.getByRole('heading', { name: 'Does it help?' }).waitFor();
		await picture('4-browser');
		await workbench.command('View: Close All Editors');
		await workbench.command('FLEX: Open Library');
	});

	story.tell('opens an experience, corrects it, and takes that back', async () => {
		const { workbench } = story;
		const { page } = workbench;
		// By the keyboard alone: zone, domain, experience.
		await workbench.focusOf('Library');
		await page.keyboard.press('Home');
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowRight');
		await workbench.rows('Library').and(page.locator('[aria-level="3"]')).first().waitFor();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await page.locator('.editor-instance .view-line', { hasText: 'zone:' }).first().waitFor();
		await page.locator('.codelens-decoration', { hasText: '1 revision' }).first().waitFor();
		// Colours come last.
		await page.locator('.editor-instance .view-line .mtk1 ~ span, .editor-instance .view-line .mtkb').first().waitFor();
		await picture('5-experience');
		await typeInTitle(page, ', as a person checked');
		await page.keyboard.press('Control+S');
		await page.locator('.codelens-decoration', { hasText: '2 revisions' }).first().waitFor();
		await workbench.command('FLEX: Undo Last Library Change');
		await page.locator('.editor-instance .view-line', { hasText: 'as a person checked' }).waitFor({ state: 'hidden' });
		await picture('6-undone');
	});

	story.tell('measures whether experience helps, and says how sure that is', async () => {
		const { workbench } = story;
		await workbench.command('View: Close All Editors');
		await workbench.command('FLEX: Run Benchmark…');
		await workbench.pick('company-conventions');
		await workbench.pick('dev');
		await workbench.choice('With experience').waitFor();
		for (const arm of leftOut) await workbench.pick(arm);
		await workbench.page.locator('.quick-input-widget:visible input.input').press('Enter');
		await workbench.pick(problems);
		await workbench.pick('Start the benchmark');
		const end = workbench.page.locator('.notification-list-item:has-text("Open report")');
		await end.waitFor({ timeout: limit });
		await picture('7-measured');
		await end.locator('.monaco-button', { hasText: 'Open report' }).click();
		const report = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe');
		await report.getByText('Problem by problem').waitFor();
		expect(await lastRun()).toMatchObject({ state: 'done', kind: 'bench' });
		await picture('8-report');
		await workbench.command('View: Close All Editors');
		await workbench.command('FLEX: Open Benchmark View');
		await workbench.panel.locator('flex-result-words', { hasText: /training seed/u }).waitFor();
		await picture('7-compared');
		expect(workbench.pageErrors).toEqual([]);
	});
});

/** Types at the end of the experience's title, which is its first heading. */
async function typeInTitle(page: Page, text: string): Promise<void> {
	await page.locator('.editor-instance .view-line', { hasText: /^#/ }).first().click();
	await page.keyboard.press('End');
	await page.keyboard.type(text);
}
