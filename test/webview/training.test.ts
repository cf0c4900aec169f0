/** The training dashboard in a browser: a run that goes on, one that is over, and one that went wrong. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../vscode/workbench.js';
import { runAnswers, runInfo, type StagedRun, trainingRun } from './boards.js';
import { libraryAnswers, smallLibrary } from './shelves.js';
import { Stage, stageWidths, themeNames } from './stage.js';

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

async function show(...runs: readonly StagedRun[]): Promise<void> {
	stage = await Stage.open(browser, {
		answers: { ...libraryAnswers(smallLibrary()), ...runAnswers(runs) },
		height: 900,
	});
	await stage.page.getByRole('tab', { name: 'Training' }).click();
}

const button = (name: string): Locator => stage.page.getByRole('button', { name, exact: true });
const cells = (): Locator => stage.page.locator('.cells .cell');
const last = (name: string): unknown => stage.asked.findLast((call) => call.name === name)?.params;

describe('a run that goes on', () => {
	it('shows how it stands in every theme and at every width, and axe finds nothing', async () => {
		await show(trainingRun());
		await stage.page.getByText('Epoch 2 of 3').waitFor();
		for (const theme of themeNames) {
			await stage.wear(theme);
			for (const width of stageWidths) {
				await stage.page.setViewportSize({ width, height: 900 });
				await stage.picture(`training-${theme}-${width}`);
				expect(await stage.violations(), `${theme} ${width}`).toEqual([]);
			}
		}
	}, 60_000);

	it('is paused, continued and stopped', async () => {
		await show(trainingRun());
		await button('Pause').click();
		expect(last('steer')).toEqual({ folder: 'file:///workspace', run: '01JRUN', action: 'pause' });
		await button('Stop').click();
		expect(last('steer')).toMatchObject({ action: 'stop' });
	});

	it('leads from a problem to what was said about it, by the keyboard, and on to the experience that was used', async () => {
		await show(trainingRun());
		await stage.page.locator('.cells').focus();
		await stage.page.keyboard.press('Home');
		await stage.page.keyboard.press('ArrowRight');
		await stage.page.keyboard.press('Enter');
		await stage.page.getByRole('heading', { name: 'Problem p1' }).waitFor();
		await stage.page.getByText('What does the sender want?').waitFor();
		expect(last('transcripts')).toMatchObject({ problem: 'p1' });
		await stage.picture('training-problem');
		expect(await stage.violations()).toEqual([]);
		await stage.page
			.locator('flex-transcript')
			.getByRole('button', { name: 'Refunds over 500 go to K7' })
			.first()
			.click();
		await stage.page.getByRole('tab', { name: 'Library', selected: true }).waitFor();
	});

	it('shows what a merge changed', async () => {
		await show(trainingRun());
		await button('Diff').first().click();
		await stage.page.locator('flex-diff', { hasText: 'also when the invoice is annual' }).waitFor();
	});

	it('asks again when something changed, and stays as small as it was', async () => {
		await show(trainingRun());
		await cells().first().waitFor();
		const nodes = (): Promise<number> => stage.page.evaluate(() => document.querySelectorAll('*').length);
		const before = await nodes();
		for (let at = 0; at < 200; at++) await stage.say({ kind: 'changed', topics: ['board'] });
		await expect.poll(() => stage.asked.filter(({ name }) => name === 'board').length).toBeGreaterThan(2);
		expect(await nodes()).toBeLessThan(before + 10);
		expect(stage.asked.filter(({ name }) => name === 'board').length).toBeLessThan(202);
	});
});

describe('a run of 10,000 problems', () => {
	it('is a window of its problems, which can be moved', async () => {
		await show(trainingRun(10_000));
		await cells().first().waitFor();
		expect(await cells().count()).toBeLessThanOrEqual(600);
		expect(stage.bytesSent).toBeLessThan(600_000);
		await button('Earlier').click();
		await button('Follow the newest').waitFor();
		expect(await cells().count()).toBeLessThanOrEqual(600);
	}, 60_000);
});

describe('a run that is over', () => {
	it('says in a sentence what was learned, and leads to it', async () => {
		const done = trainingRun(60, { state: 'done', mine: false, standing: 'done' });
		await show(done);
		await stage.page.getByText(/Learned .* experiences from 60 problems/u).waitFor();
		await stage.picture('training-done');
		await button('Review what was learned').click();
		await stage.page.getByRole('tab', { name: 'Library', selected: true }).waitFor();
	});

	it('says why it stopped and goes on from there', async () => {
		await show(trainingRun(60, { state: 'budget', mine: false, resumable: true }));
		await stage.page.getByText('It reached a cap.', { exact: false }).waitFor();
		await button('Resume').click();
		expect(last('steer')).toMatchObject({ action: 'resume' });
	});

	it('says what went wrong', async () => {
		const failed = trainingRun(60, { state: 'failed', mine: false, resumable: true });
		await show({
			...failed,
			page: { message: 'The endpoint refused the key. Give it again with "FLEX: Set API Key…".' },
		});
		await stage.page.getByText('The endpoint refused the key.', { exact: false }).waitFor();
	});
});

it('chooses among runs, and is after a reload where it was', async () => {
	await show(trainingRun(), {
		...trainingRun(20),
		info: runInfo({ id: '01JOLD', name: 'Training on old', mine: false }),
	});
	await stage.page.getByLabel('Run', { exact: true }).selectOption('01JOLD');
	await expect.poll(() => last('board')).toMatchObject({ run: '01JOLD' });
	await stage.page.reload();
	await expect.poll(() => stage.page.getByLabel('Run', { exact: true }).inputValue()).toBe('01JOLD');
});

it('shows hostile texts as text, and no more of them than a person reads', async () => {
	const reason = `<img src=x onerror="window.stolen=1"> \u202E ${'y'.repeat(100_000)}`;
	await show(trainingRun(60, {}, { reason, warning: reason }));
	await stage.page.getByText('<img src=x', { exact: false }).first().waitFor();
	expect(await stage.page.locator('img').count()).toBe(0);
	expect(await stage.page.evaluate(() => document.body.innerText.length)).toBeLessThan(60_000);
});

it('offers ways to begin where no run is', async () => {
	await show();
	await stage.page.getByRole('heading', { name: 'No run yet' }).waitFor();
	await stage.picture('training-empty');
	expect(await stage.violations()).toEqual([]);
	await button('Train on a problem set…').click();
	expect(last('open')).toEqual({ what: 'train' });
});
