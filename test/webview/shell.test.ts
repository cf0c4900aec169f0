/** The page around all pages: tabs, messages, policy. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../vscode/workbench.js';
import { Stage } from './stage.js';

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser?.close());

it('goes from page to page with the arrow keys, and stays there after a reload', async () => {
	const stage = await Stage.open(browser, { answers: {} });
	const { page } = stage;
	await page.getByRole('tab', { name: 'Library' }).focus();
	await page.keyboard.press('ArrowRight');
	await page.getByRole('tab', { name: 'Training', selected: true }).waitFor();
	await page.reload();
	await page.getByRole('tab', { name: 'Training', selected: true }).waitFor();
	expect(stage.errors).toEqual([]);
	expect(stage.foreign).toEqual([]);
	await stage.close();
});
