/**
 * The first run of a newcomer, from the palette alone, in the installed extension and with the real embedded model: open
 * the example, train on it, read and correct what was learned, take that back, and measure whether it helps. The pictures
 * of the README come from here: `npm run pictures`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readRun, runIds } from '../../src/runs/runSummary.js';
import { realModelMissing } from '../realModel.js';
import { installVsCode } from '../vscode/install.js';
import { installExtension, startServer, type VsCodeServer, workbenchUrl } from '../vscode/server.js';
import { openBrowser, Workbench } from '../vscode/workbench.js';

const root = join(import.meta.dirname, '../..');
/** For the README: all of the example, and every arm. */
const forReadme = process.env.FLEX_PICTURES !== undefined;
const pictures = process.env.FLEX_PICTURES ?? join(root, 'out/test/pictures/first-run');
const train = forReadme ? 'All 60 problems' : 'The first 8 problems';
const problems = forReadme ? 'The first 50' : 'The first 10';
/** Arms that ask the model and are no part of the question here. */
const leftOut = forReadme ? [] : ['Unrelated experience', 'Similar raw examples'];
/** One rollout a problem is enough for a story; the README's run is as anybody's. */
const pace = forReadme ? {} : { 'flex.training.rollouts': 1 };
/** Milliseconds for a whole story. */
const limit = forReadme ? 3_600_000 : 240_000;

let folder: string;
let server: VsCodeServer;
let browser: Browser;
let workbench: Workbench;

const missing = await realModelMissing();

describe('the embedded model', () => {
	if (missing !== undefined) {
		it.skip(`can't be had here: ${missing.split('\n', 1)[0]}`, () => {});
		return;
	}

	beforeAll(async () => {
		folder = realpathSync(mkdtempSync(join(tmpdir(), 'flex-ui-first-run-')));
		mkdirSync(join(folder, 'my-project'));
		writeFileSync(join(folder, 'my-project/README.md'), '# My project\n');
		const vscode = installVsCode(root);
		const dataFolder = join(folder, 'server');
		installExtension(vscode, dataFolder, packaged());
		server = await startServer({ vscode, dataFolder, settings: pace });
		browser = await openBrowser();
		workbench = await Workbench.open(browser, workbenchUrl(server, { folder: join(folder, 'my-project') }));
	}, limit);

	afterAll(async () => {
		await browser?.close();
		await server?.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	afterEach(async ({ task }) => {
		if (task.result?.state === 'fail') await workbench.picture(join(pictures, 'trouble.png'));
	});

	it('opens the example', { timeout: limit }, async () => {
		await workbench.command('FLEX: Open Example Problem Set');
		await workbench.rows('Problem sets').filter({ hasText: 'company-conventions' }).first().waitFor();
		await workbench.rows('Problem sets').filter({ hasText: 'company-conventions' }).first().click();
		await workbench.rows('Problem sets').filter({ hasText: 'only in benchmarks' }).first().waitFor();
		await picture('1-example');
	});

	it('trains on it after an estimate, and shows how it learns', { timeout: limit }, async () => {
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

	it('reads the training on the dashboard, and what it taught in the library browser', { timeout: limit }, async () => {
		await workbench.command('FLEX: Open Training Dashboard');
		await panel()
			.locator('.story', { hasText: /experiences from \d+ problems/u })
			.waitFor();
		await panel().locator('.cells .cell').first().waitFor();
		await picture('4-dashboard');
		await panel().getByRole('button', { name: 'Review what was learned' }).click();
		await panel().locator('.row').first().click();
		await panel().getByRole('heading', { name: 'Does it help?' }).waitFor();
		await picture('4-browser');
		await workbench.command('View: Close All Editors');
		await workbench.command('FLEX: Open Library');
	});

	it('opens an experience, corrects it, and takes that back', { timeout: limit }, async () => {
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

	it('measures whether experience helps, and says how sure that is', { timeout: limit }, async () => {
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
		await panel()
			.locator('flex-result-words', { hasText: /training seed/u })
			.waitFor();
		await picture('7-compared');
		expect(workbench.pageErrors).toEqual([]);
	});
});

function panel(): FrameLocator {
	return workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** The extension as it is installed, made from the bundles that stand there. */
function packaged(): string {
	const file = join(folder, 'flex.vsix');
	execFileSync(process.execPath, [join(root, 'scripts/package.mjs'), '--out', file, '--built'], { stdio: 'pipe' });
	return file;
}

async function picture(name: string): Promise<void> {
	await workbench.picture(join(pictures, `${name}.png`));
}

async function lastRun() {
	const runs = join(folder, 'my-project/.flex/runs');
	const [id] = runIds(runs);
	if (!id) throw new Error('There is no run.');
	return readRun(runs, id);
}

/** Types at the end of the experience's title, which is its first heading. */
async function typeInTitle(page: Page, text: string): Promise<void> {
	await page.locator('.editor-instance .view-line', { hasText: /^#/ }).first().click();
	await page.keyboard.press('End');
	await page.keyboard.type(text);
}
