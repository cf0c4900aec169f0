/** The benchmark page: planned, started, watched, read in words, followed to every answer, and handed on. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { BenchEstimate } from '../../src/protocol/benchmarks.js';
import type { PanelStart } from '../../src/protocol/panel.js';
import type { RunInfo } from '../../src/protocol/runs.js';
import { openBrowser } from '../vscode/workbench.js';
import {
	benchAnswers,
	benchBoard,
	benchInfo,
	benchOptions,
	benchRun,
	nothingMeasured,
	stagedBench,
	transcriptPage,
} from './reports.js';
import { type Answers, Stage, type StageOptions, stageWidths, themeNames } from './stage.js';

/** Milliseconds that a gesture may take on a busy machine. */
const patience = 10_000;
const start: PanelStart = { route: { page: 'benchmark' }, state: null, texts: {}, language: 'en' };
const stages: Stage[] = [];

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser?.close());
afterEach(async () => {
	const open = stages.splice(0);
	for (const stage of open) await stage.close();
	expect(open.flatMap(({ errors }) => errors)).toEqual([]);
	expect(open.flatMap(({ foreign }) => foreign)).toEqual([]);
});

async function open(answers: Answers = benchAnswers(), options: Partial<StageOptions> = {}): Promise<Stage> {
	const stage = await Stage.open(browser, { answers, start, ...options });
	stage.page.setDefaultTimeout(patience);
	stages.push(stage);
	return stage;
}

it('says the result in words first, with what it was measured on', async () => {
	const { page } = await open();
	await page
		.getByRole('heading', { level: 1, name: /^With experience the model solved \d+ points more than the model alone/ })
		.waitFor();
	await page.getByText('60 held-out problems').waitFor();
	await page.getByText('This is one training seed; another one may give other figures.').waitFor();
	const flex = page.getByRole('row', { name: /^With experience/ }).first();
	await flex.getByRole('img', { name: /^With experience: \d+ % solved, 95 % interval/ }).waitFor();
	const pair = page
		.getByRole('table', { name: 'Experience against each other arm' })
		.getByRole('row', { name: /^The model alone/ });
	expect(await pair.innerText()).toContain('improved');
});

it('sets accuracy against money where a price is known, with the figures behind the chart', async () => {
	const staged = stagedBench({ price: 0.02 });
	const board = { ...benchBoard(benchInfo(), 60), currency: 'USD' };
	const stage = await open(benchAnswers(staged, { board: () => board }), { width: 1000, height: 1700 });
	const { page } = stage;
	const chart = page.getByRole('region', { name: 'What does it cost?' });
	await chart.getByRole('button', { name: 'Money' }).click();
	await chart.getByText('Show as table').click();
	expect(await chart.getByRole('row', { name: /^With experience/ }).innerText()).toMatch(/\$0\.024\s+62\s%/u);
	await page.getByText('How it was measured').click();
	await page.getByText('Nothing: no evaluated problem had taught any of it.').waitFor();
	await stage.picture('benchmark-priced-1000');
	await page.locator('flex-benchmark .body').evaluate((body) => body.scrollTo(0, body.scrollHeight));
	await stage.picture('benchmark-priced-1000-end');
});

it('shows how good the answers are where they are graded by degree, beside what is published, in every theme', async () => {
	const stage = await open(benchAnswers(stagedBench({ scored: true })));
	const table = stage.page.getByRole('table', { name: 'Mean Spearman ρ of each arm' });
	const ours = table.getByRole('row', { name: /^With experience/ });
	await ours
		.getByRole('img', { name: /^With experience: mean Spearman ρ 0\.\d{3}, 95 % interval 0\.\d{3} to/ })
		.waitFor();
	const alone = table.getByRole('row', { name: /^The model alone/ });
	expect(await alone.innerText()).toMatch(/\+0\.\d{3} \(\+0\.\d{3} to \+0\.\d{3}; p < 0\.0005\)/u);
	await stage.page
		.getByText('Published for blat: EVE reaches Spearman ρ 0.700; the median of 13 models is 0.600.')
		.waitFor();
	for (const theme of themeNames) {
		await stage.wear(theme);
		expect(await stage.violations()).toEqual([]);
	}
});

it('claims nothing where the difference could be chance', async () => {
	const { page } = await open(benchAnswers(stagedBench({ problems: 30, flex: 0.2 })));
	await page.getByRole('heading', { level: 1, name: /could be chance; here only gaps of about/ }).waitFor();
	const pair = page
		.getByRole('table', { name: 'Experience against each other arm' })
		.getByRole('row', { name: /^The model alone/ });
	expect(await pair.innerText()).toContain('no evidence');
});

it('shows what a stopped benchmark has, without pairs and claims', async () => {
	const { page } = await open(benchAnswers(stagedBench({ stoppedAt: 0.55 })));
	await page.getByRole('heading', { level: 1, name: /^PARTIAL: 165 of 300 answers/ }).waitFor();
	expect(await page.getByRole('table', { name: 'Experience against each other arm' }).count()).toBe(0);
	await page.getByRole('gridcell', { name: 'Problem cc-dev-060, With experience: not answered' }).waitFor();
});

it('follows a number of the words to its problems, and one of them to both answers', async () => {
	const stage = await open();
	const { page } = stage;
	await page.getByText('It also lost 2 problems that the model alone solved.').waitFor();
	await page.getByRole('button', { name: 'Show them' }).click();
	await page.getByRole('button', { name: 'Lost 2', pressed: true }).waitFor();
	const lost = page.getByRole('gridcell', { name: /, With experience: wrong, lost$/ });
	expect(await lost.count()).toBe(2);
	await lost.first().click();
	await page.getByText('1 of 2, lost').waitFor();
	await page.getByRole('region', { name: 'The model alone' }).getByText('Answer: Harbor').first().waitFor();
	const ours = page.getByRole('region', { name: 'With experience' });
	await ours.getByRole('button', { name: 'Damage of private customers goes to Falcon' }).waitFor();
	expect(stage.asked.findLast(({ name }) => name === 'transcripts')?.params).toMatchObject({ arms: ['llm', 'flex'] });
	await page.getByRole('button', { name: 'Next' }).click();
	await page.getByText('2 of 2, lost').waitFor();
	expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
});

it('filters by the arm that a number of the pairs belongs to', async () => {
	const { page } = await open();
	const gained = page.getByRole('button', { name: /Show what only experience solved, against Look-up$/ });
	const n = await gained.innerText();
	await gained.click();
	await page.getByRole('button', { name: `Gained ${n}`, pressed: true }).waitFor();
	expect(await page.getByRole('grid').getAttribute('aria-colcount')).toBe(n);
	expect(await page.getByRole('combobox', { name: 'against' }).inputValue()).toBe('nearest');
});

it('is read with the keyboard: one stop for the matrix, arrows within, Enter opens, Escape comes back to the cell', async () => {
	const { page } = await open();
	await page.getByRole('gridcell').first().waitFor();
	expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
	await page.locator('[role=gridcell][tabindex="0"]').focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowUp');
	expect(await focused(page)).toMatch(/^Problem cc-dev-003, The model alone: /u);
	await page.keyboard.press('End');
	expect(await focused(page)).toMatch(/^Problem cc-dev-060, The model alone: /u);
	await page.keyboard.press('Home');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { level: 1, name: 'Problem cc-dev-002' }).waitFor();
	await expect.poll(() => focused(page)).toBe('Problem cc-dev-002');
	await page.keyboard.press('ArrowRight');
	await page.getByRole('heading', { level: 1, name: 'Problem cc-dev-003' }).waitFor();
	await page.keyboard.press('Escape');
	await expect.poll(() => focused(page)).toMatch(/^Problem cc-dev-003, With experience/u);
});

it('puts any two arms side by side', async () => {
	const stage = await open();
	const { page } = stage;
	await page.getByRole('gridcell', { name: /^Problem cc-dev-004, Look-up/ }).click();
	await page.getByRole('region', { name: 'Look-up' }).waitFor();
	await page.getByLabel('Arm on the left').selectOption({ label: 'Unrelated experience' });
	await page.getByRole('region', { name: 'Unrelated experience' }).getByText('Answer: Harbor').first().waitFor();
	expect(stage.asked.findLast(({ name }) => name === 'transcripts')?.params).toMatchObject({
		arms: ['placebo', 'flex'],
	});
});

it('draws no more of a thousand problems than is in sight, and reaches the last one', async () => {
	const stage = await open(benchAnswers(stagedBench({ problems: 1_000 })));
	const { page } = stage;
	const grid = page.getByRole('grid');
	await grid.waitFor();
	expect(await grid.getAttribute('aria-colcount')).toBe('1000');
	expect(await page.getByRole('gridcell').count()).toBeLessThan(2_000);
	await page.locator('[role=gridcell][tabindex="0"]').focus();
	await page.keyboard.press('End');
	await expect.poll(() => focused(page)).toMatch(/^Problem cc-dev-1000, With experience/u);
	await stage.picture('benchmark-thousand-1400');
	expect(await page.getByRole('gridcell').count()).toBeLessThan(2_000);
	expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
});

it('estimates once a plan has settled, and lets only the newest answer count', async () => {
	const waiting: ((estimate: BenchEstimate) => void)[] = [];
	const benchEstimate = (): Promise<BenchEstimate> => new Promise((resolve) => waiting.push(resolve));
	const stage = await open(benchAnswers(undefined, { benchEstimate }));
	const { page } = stage;
	const estimates = (): readonly unknown[] =>
		stage.asked.flatMap(({ name, params }) => (name === 'benchEstimate' ? [params] : []));
	await page.getByRole('button', { name: 'New benchmark…' }).click();
	await expect.poll(() => waiting.length).toBe(1);
	await page.getByLabel('How many').evaluate((input) => {
		for (const value of ['1', '12', '5']) {
			if (input instanceof HTMLInputElement) input.value = value;
			input.dispatchEvent(new InputEvent('input', { bubbles: true }));
		}
	});
	await expect.poll(() => waiting.length).toBe(2);
	expect(estimates().at(-1)).toMatchObject({ limit: 5, split: 'dev', arms: ['flex', 'llm', 'placebo', 'icl-similar'] });
	const answer = (calls: string): BenchEstimate => ({ lines: [calls], smallestGap: 18, warnings: ['Train first.'] });
	waiting[1]?.(answer('20 model calls'));
	await page.getByText('20 model calls').waitFor();
	await page.getByText('So many problems show only gaps of about 18 points or more.').waitFor();
	await page.getByText('Train first.').waitFor();
	waiting[0]?.(answer('384 model calls'));
	await page.getByRole('combobox', { name: 'Model' }).selectOption('smollm2-135m');
	await expect.poll(() => waiting.length).toBe(3);
	expect(await page.getByText('384 model calls').count()).toBe(0);
});

it('starts what was planned, and goes to the new benchmark', async () => {
	const fresh = benchInfo({ id: '01JNEW0000000000000000000A', state: 'running', mine: true, hasReport: false });
	let started = false;
	const answers = benchAnswers(undefined, {
		runs: () => (started ? [fresh, benchInfo()] : [benchInfo()]),
		board: ({ run }) => (run === fresh.id ? benchBoard(fresh, 3) : benchBoard(benchInfo(), 60)),
		report: ({ run }) => (run === fresh.id ? nothingMeasured(fresh) : stagedBench().page),
		benchStart: () => {
			started = true;
			return { folder: fresh.folder, run: fresh.id };
		},
	});
	const stage = await open(answers);
	const { page } = stage;
	await page.getByRole('button', { name: 'New benchmark…' }).click();
	await page.getByRole('radio', { name: /^test/ }).check();
	await page.getByRole('checkbox', { name: /^Look-up/ }).check();
	await page.getByLabel('Seed').selectOption('4');
	await page.getByRole('button', { name: 'Start the benchmark' }).click();
	await page.getByText('Nothing can be said before the end.').waitFor();
	const plan = { split: 'test', seed: 4, limit: 0, arms: ['flex', 'llm', 'placebo', 'icl-similar', 'nearest'] };
	expect(stage.asked.find(({ name }) => name === 'benchStart')?.params).toMatchObject(plan);
	expect(stage.asked.findLast(({ name }) => name === 'watch')?.params).toEqual({
		run: { folder: fresh.folder, run: fresh.id },
	});
});

it('says what stands in the way of a start', async () => {
	const obstacle = 'There is no problem set with dev or test problems here.';
	const { page } = await open(
		benchAnswers(undefined, { benchOptions: () => ({ ...benchOptions, sets: [], obstacle }) }),
	);
	await page.getByRole('button', { name: 'New benchmark…' }).click();
	await page.getByText(obstacle).waitFor();
	expect(await page.getByRole('button', { name: 'Start the benchmark' }).isDisabled()).toBe(true);
});

it('follows a benchmark to its end: bars, pause, and the first sentence spoken', async () => {
	let run: RunInfo = benchInfo({ state: 'running', mine: true, hasReport: false });
	let answered = 24;
	const answers = benchAnswers(undefined, {
		runs: () => [run],
		board: () => benchBoard(run, answered),
		report: () => (run.state === 'done' ? stagedBench().page : nothingMeasured(run)),
	});
	const stage = await open(answers);
	const { page } = stage;
	await page.getByText('4 right of 24').first().waitFor();
	await page.getByRole('button', { name: 'Pause' }).click();
	await expect.poll(() => stage.asked.find(({ name }) => name === 'steer')?.params).toMatchObject({ action: 'pause' });
	answered = 48;
	await stage.say({ kind: 'changed', topics: ['board'] });
	await page.getByText('of 48').first().waitFor();
	run = benchInfo();
	await stage.say({ kind: 'changed', topics: ['board', 'runs'] });
	await page.getByRole('heading', { level: 1, name: /^With experience the model solved/ }).waitFor();
	const spoken = page.locator('flex-benchmark [role=status]').first();
	await expect.poll(() => spoken.textContent()).toMatch(/The benchmark is finished. With experience the model solved/u);
});

it('writes the report where a person wants it, and says where', async () => {
	const stage = await open();
	const { page } = stage;
	for (const [label, format] of [
		['HTML page', 'html'],
		['Markdown', 'markdown'],
		['CSV', 'csv'],
	] as const) {
		await page.getByRole('button', { name: label }).click();
		await page.getByText(`Written to /workspace/report.${format}.`).waitFor();
		expect(stage.asked.at(-1)).toMatchObject({ name: 'exportReport', params: { run: benchRun, format } });
	}
});

it('keeps the problem, the filter and the plan over a reload', async () => {
	const { page } = await open();
	await page.getByRole('button', { name: /^Both wrong/ }).click();
	await page.getByRole('gridcell').first().click();
	const title = await page.getByRole('heading', { level: 1, name: /^Problem / }).innerText();
	await page.reload();
	await page.getByRole('heading', { level: 1, name: title }).waitFor();
	await page.getByRole('button', { name: /Result$/ }).click();
	await page.getByRole('button', { name: /^Both wrong/, pressed: true }).waitFor();
	await page.getByRole('button', { name: 'New benchmark…' }).click();
	await page.getByLabel('How many').fill('12');
	await page.reload();
	await expect.poll(() => page.getByLabel('How many').inputValue()).toBe('12');
});

it('goes to a problem of a benchmark that somebody followed from elsewhere', async () => {
	const stage = await open(benchAnswers(), { start: { ...start, route: { page: 'library' } } });
	const run = { folder: 'file:///workspace', run: benchRun };
	await stage.say({ kind: 'go', route: { page: 'benchmark', run, problem: 'cc-dev-012' } });
	await stage.page.getByRole('heading', { level: 1, name: 'Problem cc-dev-012' }).waitFor();
});

it('says what a benchmark shows where none was made, and leads to one', async () => {
	const { page } = await open(benchAnswers(undefined, { runs: () => [] }));
	await page.getByText('Nothing was measured yet').waitFor();
	await page.getByRole('button', { name: 'New benchmark…' }).click();
	await page.getByRole('button', { name: 'Start the benchmark' }).waitFor();
});

it('shows hostile names, questions and answers as text', async () => {
	const hostile = '<img src=https://evil.example/x onerror="throw 1"><script>throw 1</script>\u202e';
	const answers = benchAnswers(stagedBench({ hostile }), {
		transcripts: ({ problem, arms = [] }) => transcriptPage(problem, arms, hostile),
	});
	const { page } = await open(answers);
	await page
		.getByRole('gridcell', { name: /^Problem cc-dev-001<img/ })
		.first()
		.click();
	await page.getByRole('heading', { level: 1, name: /^Problem cc-dev-001<img .*⟦U\+202E⟧$/ }).waitFor();
	await page.getByText(/^Expected: Falcon<img/).waitFor();
	expect(await page.locator('img, script:not([src]):not([type])').count()).toBe(0);
});

it.each(stageWidths)(
	'is accessible in every theme at %i pixels: result, side by side, form, running',
	async (width) => {
		const shown: Readonly<
			Record<string, { readonly answers: Answers; readonly ready: (page: Page) => Promise<void> }>
		> = {
			result: { answers: benchAnswers(), ready: (page) => page.getByRole('gridcell').first().waitFor() },
			'side-by-side': {
				answers: benchAnswers(),
				ready: async (page) => {
					await page
						.getByRole('gridcell', { name: /gained/ })
						.first()
						.click();
					await page.getByText('Answer: Falcon').first().waitFor();
				},
			},
			form: {
				answers: benchAnswers(),
				ready: async (page) => {
					await page.getByRole('button', { name: 'New benchmark…' }).click();
					await page.getByText('384 model calls').waitFor();
				},
			},
			running: {
				answers: runningAnswers(),
				ready: (page) => page.getByText('Nothing can be said before the end.').waitFor(),
			},
		};
		for (const [name, { answers, ready }] of Object.entries(shown)) {
			const stage = await open(answers, { width, height: width === 480 ? 1500 : 1420 });
			await ready(stage.page);
			for (const theme of themeNames) {
				await stage.wear(theme);
				await stage.picture(`benchmark-${name}-${theme}-${width}`);
				expect(await stage.violations(), `${name}, ${theme}`).toEqual([]);
			}
		}
	},
	120_000,
);

function runningAnswers(): Answers {
	const run = benchInfo({ state: 'running', mine: true, hasReport: false, standing: '24 of 60' });
	return benchAnswers(undefined, {
		runs: () => [run],
		board: () => benchBoard(run, 24),
		report: () => nothingMeasured(run),
	});
}

/** Name of what has the focus, within whatever components. */
function focused(page: Page): Promise<string> {
	return page.evaluate(() => {
		let element = document.activeElement;
		while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
		return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
	});
}
