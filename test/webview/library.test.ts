/** The library page in a browser: reading, finding, deciding, by mouse and by keyboard, whatever stands in the library. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../vscode/workbench.js';
import { hostileLibrary, largeLibrary, libraryAnswers, made, type StagedLibrary, smallLibrary } from './shelves.js';
import { Stage, type StageOptions, stageWidths, themeNames } from './stage.js';

let browser: Browser;
let stage: Stage;

beforeAll(async () => {
	browser = await openBrowser();
});
afterEach(async () => {
	expect(stage.errors).toEqual([]);
	expect(stage.foreign).toEqual([]);
	await stage.close();
});
afterAll(() => browser?.close());

async function show(library: StagedLibrary, options: Partial<StageOptions> = {}): Promise<void> {
	stage = await Stage.open(browser, { answers: libraryAnswers(library), ...options });
	await rows().first().waitFor();
}

const rows = (): Locator => stage.page.locator('.row');
const row = (text: string): Locator => stage.page.locator('.row', { hasText: text });
const heading = (name: string): Locator => stage.page.getByRole('heading', { level: 1, name });
const search = (): Locator => stage.page.getByRole('searchbox');
const button = (name: string | RegExp): Locator => stage.page.getByRole('button', { name, exact: true });
const last = (name: string): unknown => stage.asked.findLast((call) => call.name === name)?.params;

describe('the library page', () => {
	it('looks the same in every theme and at every width, and axe finds nothing', async () => {
		await show(smallLibrary());
		await row('Check the divisibility').click();
		await heading('Check the divisibility at the boundary').waitFor();
		for (const theme of themeNames) {
			await stage.wear(theme);
			for (const width of stageWidths) {
				await stage.page.setViewportSize({ width, height: 900 });
				await stage.picture(`library-${theme}-${width}`);
				expect(await stage.violations(), `${theme} ${width}`).toEqual([]);
			}
		}
	}, 60_000);

	it('finds as one types, marks the words, and says that it leaves something out', async () => {
		await show(smallLibrary());
		await search().fill('refund');
		await row('Outage words').waitFor({ state: 'detached' });
		await row('Refunds over 500 go to K7').waitFor();
		expect(await row('Refunds over 500').locator('mark').first().textContent()).toBe('Refund');
		await stage.page.getByText('1 of 6').waitFor();
		await button('Clear').click();
		await row('Outage words').waitFor();
	});

	it('goes by the keyboard alone: from the search into the list, from row to row, into the text, and back', async () => {
		await show(smallLibrary(), { width: 480 });
		const { keyboard } = stage.page;
		await search().focus();
		await keyboard.press('ArrowDown');
		await keyboard.press('Home');
		const first = await rows().first().locator('.title').textContent();
		await heading(first ?? '').waitFor();
		await button('← All experiences').focus();
		await keyboard.press('Enter');
		await keyboard.press('ArrowDown');
		const second = await rows().nth(1).locator('.title').textContent();
		await heading(second ?? '').waitFor();
	});

	it('decides about several at once', async () => {
		await show(smallLibrary());
		await row('Refunds over 500').click();
		await row('Outage words').click({ modifiers: ['Control'] });
		await stage.page.getByText('2 chosen').waitFor();
		expect(await stage.violations()).toEqual([]);
		await stage.page.locator('flex-bulk-bar').getByRole('button', { name: 'Retire' }).click();
		await stage.page.getByText('2 changed.').waitFor();
		expect(last('decide')).toEqual({ shelf: 'file:///workspace', ids: ['a2', 'a3'], decision: 'retire' });
		await button('Undo').click();
		await stage.page.getByText('Taken back.').waitFor();
		expect(last('undo')).toEqual({ token: 1 });
	});

	it('reviews what waits: all of it, or one', async () => {
		await show(smallLibrary());
		await button(/^Waiting for you/u).click();
		await row('Base conversion').waitFor();
		await row('Refunds over 500').waitFor({ state: 'detached' });
		await stage.page.getByText('1 waits for you').waitFor();
		await button('Accept all').click();
		await stage.page.getByText('1 changed.').waitFor();
		expect(last('decide')).toEqual({ shelf: 'file:///workspace', ids: ['a4'], decision: 'accept' });
	});

	it('edits in place, and says at the field what is wrong with it', async () => {
		await show(smallLibrary());
		await row('Refunds over 500').click();
		await button('Edit').click();
		const title = stage.page.getByRole('textbox', { name: 'Title' });
		await title.fill(' ');
		await button('Save').click();
		await stage.page.getByText('A title is needed.').waitFor();
		expect(await title.getAttribute('aria-invalid')).toBe('true');
		expect(await stage.violations()).toEqual([]);
		await title.fill('Refunds over 500 go to the account team');
		await button('Save').click();
		await stage.page.getByText('Saved.').waitFor();
		expect(last('save')).toMatchObject({ id: 'a2', draft: { title: 'Refunds over 500 go to the account team' } });
	});

	it('shows what is like it, what a merge would make of both, and merges only then', async () => {
		await show(smallLibrary());
		await row('Refunds over 500').click();
		await button('Find similar').click();
		await stage.page.getByText('may say the same').waitFor();
		await button('Merge…').first().click();
		await stage.page.getByText('also when the invoice is annual').waitFor();
		expect(stage.asked.some(({ name }) => name === 'merge')).toBe(false);
		expect(await stage.violations()).toEqual([]);
		await button('Merge them').click();
		await stage.page.getByText('Merged: one experience now says what two said.').waitFor();
	});

	it('shows the history, and brings a revision back', async () => {
		await show(smallLibrary());
		await row('Check the divisibility').click();
		await button('History').click();
		await stage.page.getByText('also when the invoice is annual').waitFor();
		expect(await stage.violations()).toEqual([]);
		await button('Bring back').last().click();
		expect(last('restore')).toEqual({ shelf: 'file:///workspace', id: 'a1', rev: 1 });
	});

	it('shows how the library grew', async () => {
		await show(smallLibrary());
		await button('Growth').click();
		await stage.page.getByRole('heading', { level: 1, name: /experiences so far/u }).waitFor();
		await stage.picture('library-growth');
		expect(await stage.violations()).toEqual([]);
	});

	it('is after a reload as it was: words, filters, and what was open', async () => {
		await show(smallLibrary());
		await search().fill('refund');
		await row('Refunds over 500').click();
		await heading('Refunds over 500 go to K7').waitFor();
		await stage.page.reload();
		await heading('Refunds over 500 go to K7').waitFor();
		expect(await search().inputValue()).toBe('refund');
		await row('Outage words').waitFor({ state: 'detached' });
	});

	it('goes where a link leads, and reads again what changed', async () => {
		await show(smallLibrary());
		await stage.say({ kind: 'go', route: { page: 'library', shelf: 'file:///workspace', id: 'a5' } });
		await heading('Largest means check the next one too').waitFor();
		const before = stage.asked.filter(({ name }) => name === 'experience').length;
		await stage.say({ kind: 'changed', topics: ['library'] });
		await expect.poll(() => stage.asked.filter(({ name }) => name === 'experience').length).toBeGreaterThan(before);
	});

	it('opens what a pasted id or link names', async () => {
		const id = 'ad1bd9a73c19c312';
		const library = smallLibrary();
		const named = { ...library, experiences: [...library.experiences, made(id, 'golden', 'Found by its id')] };
		await show(named);
		await search().fill(`vscode://flex-learn.flex-learn/experience/${id}`);
		await heading('Found by its id').waitFor();
		await row('Refunds over 500').click();
		await search().fill(id);
		await heading('Found by its id').waitFor();
	});

	it('offers ways to begin where nothing was learned yet', async () => {
		stage = await Stage.open(browser, { answers: libraryAnswers({ experiences: [] }) });
		await stage.page.getByText('The library is empty').waitFor();
		await stage.picture('library-empty');
		expect(await stage.violations()).toEqual([]);
		await button('Open the example').click();
		expect(last('open')).toEqual({ what: 'example' });
	});
});

describe('10,000 experiences', () => {
	it('are a few rows in the page and a few pages over the line', async () => {
		await show(largeLibrary(10_000));
		const first = stage.bytesSent;
		expect(first).toBeLessThan(150_000);
		expect(await rows().count()).toBeLessThan(40);
		const list = stage.page.locator('.scroller');
		await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
		await row('Case 0:').waitFor({ state: 'attached' });
		expect(await rows().count()).toBeLessThan(40);
		expect(stage.bytesSent - first).toBeLessThan(150_000);
	}, 60_000);
});

describe('a hostile library', () => {
	it('is text and nothing else, in every field', async () => {
		await show(hostileLibrary());
		for (let at = 0; at < (await rows().count()); at++) {
			await rows().nth(at).click();
			await stage.page.locator('flex-experience h1').waitFor();
			await button('Find similar').click();
			await stage.page.locator('flex-neighbours h2').waitFor();
		}
		expect(await stage.page.locator('img, script[src*="evil"], iframe, a[href]').count()).toBe(0);
		expect(await stage.page.evaluate(() => Reflect.get(window, 'stolen'))).toBeUndefined();
		await stage.picture('library-hostile');
	}, 60_000);
});
