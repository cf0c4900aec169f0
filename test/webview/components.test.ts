/** The panel's shared components in a browser: how they look in every theme, what they do, and what they refuse to do. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TranscriptPage } from '../../src/protocol/runs.js';
import { openBrowser } from '../vscode/workbench.js';
import {
	accuracy,
	formulas,
	growth,
	hostileText,
	longDiff,
	richSample,
	transcript,
	workedCase,
} from './componentSamples.js';
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

async function open(options: Partial<StageOptions> = {}): Promise<void> {
	stage = await Stage.open(browser, { answers: {}, entry: 'test/webview/componentsEntry.ts', ...options });
	await stage.page.locator('body[data-ready]').waitFor();
}

/** Puts a component into the page. */
async function show(name: string, content: Readonly<Record<string, unknown>>): Promise<void> {
	await stage.page.evaluate(
		([element, properties]) => {
			const put = Reflect.get(window, 'show') as (name: string, content: unknown) => void;
			put(String(element), properties);
		},
		[name, content],
	);
	await stage.page.locator(name).last().waitFor();
}

const shownText = (): Promise<string> =>
	stage.page.locator('flex-rich').evaluate(({ shadowRoot }) => shadowRoot?.textContent?.trim() ?? '');

async function inAllLooks(name: string): Promise<void> {
	for (const theme of themeNames) {
		await stage.wear(theme);
		for (const width of stageWidths) {
			await stage.page.setViewportSize({ width, height: width < 600 ? 2400 : 1300 });
			await stage.picture(`components-${name}-${theme}-${width}`);
			expect(await stage.violations(), `${theme} ${width}`).toEqual([]);
		}
	}
}

describe('how components look', () => {
	it('draws charts, bars and empty places', async () => {
		await open();
		await show('flex-line-chart', accuracy);
		await show('flex-line-chart', growth);
		await show('flex-line-chart', { series: [], label: 'Nothing' });
		await show('flex-interval', { low: 0.09, value: 0.17, high: 0.27, label: 'Model alone 17\u00a0%, 9 to 27\u00a0%' });
		await show('flex-interval', { low: 0.57, value: 0.69, high: 0.79, label: 'With library 69\u00a0%', strong: true });
		await show('flex-interval', { low: -0.05, value: 0.21, high: 0.37, min: -1, max: 1, zero: 0, label: '+0.21' });
		await show('flex-empty', {
			heading: 'No experience yet',
			text: 'Train on a problem set, and what was learned stands here, to be read and corrected.',
			actions: [{ label: 'Train…' }, { label: 'Import a library…' }],
		});
		await stage.page.locator('flex-line-chart').first().getByText('Show as table').click();
		await stage.page.locator('flex-line-chart').first().locator('.plot').focus();
		await stage.page.keyboard.press('End');
		await inAllLooks('charts');
	}, 60_000);

	it('sets texts', async () => {
		await open();
		await show('flex-rich', { text: richSample, highlight: [] });
		await show('flex-rich', { text: formulas });
		await show('flex-rich', { text: 'The **remainder** decides: `remainder = n % 7`.', highlight: ['remain'] });
		await show('flex-case', { item: workedCase });
		await show('flex-diff', { lines: longDiff });
		await show('flex-rich', { text: hostileText });
		await inAllLooks('texts');
	}, 60_000);

	it('tells what happened at a problem', async () => {
		await open();
		await show('flex-transcript', { page: transcript });
		await stage.page.getByText('What the model was given').first().click();
		await inAllLooks('transcript');
	}, 60_000);
});

describe('the line chart', () => {
	it('goes from point to point by the keyboard and says each', async () => {
		await open();
		await show('flex-line-chart', accuracy);
		const tip = stage.page.locator('flex-line-chart .tip');
		await stage.page.locator('flex-line-chart .plot').focus();
		await stage.page.keyboard.press('ArrowRight');
		await expect.poll(() => tip.innerText()).toBe('train: 28\u00a0%\nepoch: before');
		await stage.page.keyboard.press('ArrowDown');
		await stage.page.keyboard.press('ArrowRight');
		await expect
			.poll(() => tip.innerText())
			.toBe('held out: 46\u00a0%, 41\u00a0% to 51\u00a0%, 60 problems\nepoch: epoch 1');
		await stage.page.keyboard.press('Escape');
		await expect.poll(() => tip.innerText()).toBe('');
	});

	it('shows the point under the pointer, beside it and inside the chart', async () => {
		await open({ width: 480 });
		await show('flex-line-chart', accuracy);
		const box = await stage.page.locator('flex-line-chart svg').boundingBox();
		if (!box) throw new Error('There is no chart.');
		await stage.page.mouse.move(box.x + box.width - 130, box.y + 60);
		const tip = stage.page.locator('flex-line-chart .tip');
		await expect.poll(() => tip.innerText()).toContain('train: 74\u00a0%');
		const place = await tip.boundingBox();
		expect(place?.x).toBeGreaterThanOrEqual(box.x);
		expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(box.x + box.width);
	});

	it('has the same numbers in its table', async () => {
		await open();
		await show('flex-line-chart', accuracy);
		await stage.page.getByText('Show as table').click();
		const rows = stage.page.locator('flex-line-chart tbody tr');
		await expect
			.poll(() => rows.allInnerTexts())
			.toEqual([
				'before\t28\u00a0%\t27\u00a0%, 23\u00a0% to 31\u00a0%, 60 problems',
				'epoch 1\t54\u00a0%\t46\u00a0%, 41\u00a0% to 51\u00a0%, 60 problems',
				'½\t70\u00a0%\t60\u00a0%, 55\u00a0% to 65\u00a0%, 60 problems',
				'epoch 2\t74\u00a0%\t66\u00a0%, 61\u00a0% to 71\u00a0%, 60 problems',
			]);
		expect(await stage.violations()).toEqual([]);
	});

	it('follows the width of its place', async () => {
		await open();
		await show('flex-line-chart', accuracy);
		await stage.page.setViewportSize({ width: 480, height: 800 });
		const width = (): Promise<number> =>
			stage.page.locator('flex-line-chart svg').evaluate((svg) => Number(svg.getAttribute('width')));
		await expect.poll(width).toBeLessThan(480);
	});
});

describe('texts that others wrote', () => {
	it('sets formulas without breaking the policy of the page', async () => {
		await open();
		await show('flex-rich', { text: formulas });
		expect(await stage.page.locator('flex-rich math').count()).toBeGreaterThan(10);
		expect(await stage.page.locator('flex-rich math [style], flex-rich math[style]').count()).toBe(0);
	});

	it('shows markup, addresses and broken formulas as they were written', async () => {
		await open();
		await show('flex-rich', { text: hostileText });
		const rich = stage.page.locator('flex-rich');
		expect(await rich.locator('a, img, script, iframe, style').count()).toBe(0);
		const text = await shownText();
		expect(text).toContain('<img src=x onerror=alert(1)>');
		expect(text).toContain('[a link](https://example.com)');
		expect(text).toContain('$\\frac{1$');
		expect(text).toContain('⟦U+202E⟧');
		expect(text).toContain('␛[31m');
	});

	it('shows a long text in steps', async () => {
		await open();
		await show('flex-rich', { text: `${'word '.repeat(9_000)}end` });
		const rest = stage.page.getByRole('button', { name: 'Show the rest' });
		await stage.page.getByText('25,003 more characters').waitFor();
		await rest.click();
		await rest.click();
		await rest.waitFor({ state: 'detached' });
		expect(await shownText()).toMatch(/word end$/u);
	});

	it('colours programs, but not long ones', async () => {
		await open();
		await show('flex-rich', { text: '```js\nconst a = "b"; // c\n```' });
		expect(await stage.page.locator('flex-rich .keyword').innerText()).toBe('const');
		await show('flex-rich', { text: `\`\`\`js\n${'f();\n'.repeat(4_001).slice(0, 19_000)}\n\`\`\`` });
		await show('flex-rich', { text: '```brainfuck\n+++\n```' });
		expect(await stage.page.locator('flex-rich').last().locator('code span').count()).toBe(0);
	});

	it('opens what is folded in a comparison', async () => {
		await open();
		await show('flex-diff', { lines: longDiff });
		const diff = stage.page.locator('flex-diff');
		const before = await diff.locator('.line').count();
		await diff
			.getByRole('button', { name: /^Show \d+ more lines$/u })
			.first()
			.click();
		expect(await diff.locator('.line').count()).toBeGreaterThan(before);
	});
});

describe('the transcript', () => {
	it('shows one arm alone, and goes to an experience', async () => {
		await open();
		const page: TranscriptPage = {
			...transcript,
			transcripts: transcript.transcripts.map((one, at) => ({ ...one, arm: at === 0 ? 'flex' : 'vanilla' })),
		};
		await show('flex-transcript', { page, only: 'flex' });
		const view = stage.page.locator('flex-transcript');
		expect(await view.locator('section').count()).toBe(1);
		await stage.page.evaluate(() => {
			document.addEventListener('flex-go', (event) => Reflect.set(window, 'went', Reflect.get(event, 'detail')));
		});
		await view.getByRole('button', { name: 'Check the divisibility at the boundary' }).first().click();
		expect(await stage.page.evaluate(() => Reflect.get(window, 'went'))).toEqual({ page: 'library', id: 'e1' });
	});
});
