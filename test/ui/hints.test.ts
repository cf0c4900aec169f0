/** Experience where somebody works: the hover with its why, marks by setting, and a hint that is not helpful goes. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Library, openLibrary } from '../../src/library/library.js';
import { rule } from '../builders/experiences.js';
import { installVsCode } from '../vscode/install.js';
import { startServer, type VsCodeServer, workbenchUrl } from '../vscode/server.js';
import { openBrowser, Workbench } from '../vscode/workbench.js';

const root = join(import.meta.dirname, '../..');
const pictures = join(root, 'out/test/pictures');
/** Milliseconds for a whole story. */
const limit = 180_000;

const id = 'b7c1d0e2b3f40516';
const experience = rule(
	id,
	'Ending a rental from code',
	'Call `stopMeter` before `closeRental`; closing alone leaves the meter running.',
	{
		title: 'closeRental does not stop the meter',
		scope: { languages: ['javascript'], globs: ['src/**'] },
	},
);
const code = [
	'export async function endRental(id) {',
	'	const rental = await rentals.find(id);',
	'	await closeRental(rental);',
	'	return receiptFor(rental);',
	'}',
	'',
].join('\n');

let folder: string;
let library: Library;
let server: VsCodeServer;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'flex-ui-hints-')));
	const workspace = join(folder, 'workspace');
	mkdirSync(join(workspace, 'src'), { recursive: true });
	mkdirSync(join(workspace, '.vscode'));
	writeFileSync(join(workspace, 'src/rental.js'), code);
	const settings = { 'flex.hints.endOfLine': true, 'flex.hints.gutter': true, 'flex.hints.codeLens': true };
	writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
	library = await openLibrary(join(workspace, '.flex'), { workerFile: join(root, 'dist/libraryWorker.js') });
	await library.apply([{ change: { op: 'insert', experience }, by: 'user' }]);
	const use = { run: 'RUN', problem: 'p9', epoch: 0, rollout: 0, solved: true };
	await library.apply([{ change: { op: 'use', id, use }, by: 'run:RUN' }]);
	server = await startServer({
		vscode: installVsCode(root),
		dataFolder: join(folder, 'server'),
		settings: { 'workbench.colorTheme': 'Default Light Modern' },
	});
	browser = await openBrowser();
	workbench = await Workbench.open(browser, workbenchUrl(server, { folder: workspace, extension: root }));
}, limit);

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await library?.close();
	rmSync(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
	if (task.result?.state === 'fail') await workbench.picture(join(pictures, 'hints-trouble.png'));
});

it(
	'shows at the line what the library knows, says why, and is quiet once that did not help',
	async () => {
		const { page } = workbench;
		await workbench.openFile('rental.js');
		const line = page.locator('.editor-instance .view-line', { hasText: 'closeRental(' }).first();
		const lens = page.locator('.codelens-decoration', { hasText: 'FLEX: closeRental' }).first();
		await lens.waitFor();
		await expect.poll(() => endMarks(), { timeout: 30_000 }).toContain('FLEX warns: closeRental');
		await page.locator('.editor-instance .cgmr').first().waitFor();

		const hover = page.locator('.monaco-hover:visible', { hasText: 'stopMeter' }).first();
		await line.getByText('closeRental').hover();
		await hover.waitFor();
		const text = await hover.innerText();
		expect(text).toMatch(/matches closeRental/);
		expect(text).toMatch(/used 1, solved 1/);
		for (const link of ['Open', 'Not helpful', 'Hide here', 'Settings']) {
			await hover
				.getByRole('link', { name: link })
				.or(hover.locator('a', { hasText: link }))
				.first()
				.waitFor();
		}
		await workbench.picture(join(pictures, 'hints-light.png'));
		await hoverIn('dark', () => workbench.command('Preferences: Toggle between Light/Dark Themes'), '.vs-dark');
		await hoverIn(
			'high-contrast',
			() => page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' }),
			'.hc-black',
		);

		await hover.locator('a', { hasText: 'Not helpful' }).first().click();
		await workbench.notice('is not shown in this file any more').waitFor();
		await lens.waitFor({ state: 'detached' });
		await expect.poll(() => endMarks(), { timeout: 30_000 }).not.toContain('FLEX');
		await expect.poll(async () => (await library.uses([id])).get(id)?.unhelpful).toBe(1);
		await workbench.picture(join(pictures, 'hints-not-helpful.png'));
		expect(workbench.pageErrors).toEqual([]);

		async function hoverIn(name: string, change: () => Promise<void>, shown: string): Promise<void> {
			await change();
			await page.locator(`.monaco-workbench${shown}`).waitFor();
			await page.mouse.move(5, 5);
			await line.getByText('closeRental').hover();
			await hover.waitFor();
			await workbench.picture(join(pictures, `hints-${name}.png`));
		}
	},
	limit,
);

/** What stands behind the code of the line: VS Code makes it with styles, so it is no text of the page. */
async function endMarks(): Promise<string> {
	const contents: unknown = await workbench.page.evaluate(
		`[...document.querySelectorAll('.editor-instance .view-line')]
			.filter((line) => line.textContent.includes('closeRental('))
			.flatMap((line) => [...line.querySelectorAll('span')])
			.map((span) => getComputedStyle(span, '::after').content)
			.join(' ')`,
	);
	return String(contents).replaceAll('\u00a0', ' ');
}
