/** Answers and runs in a real window: a problem that is solved, a benchmark's report, and the page of its run; pictures of all. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openLibrary } from '../../src/library/library.js';
import { pattern, rule, solvedCase } from '../builders/experiences.js';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';
import { installVsCode } from '../vscode/install.js';
import { startServer, type VsCodeServer, workbenchUrl } from '../vscode/server.js';
import { openBrowser, Workbench } from '../vscode/workbench.js';

const root = join(import.meta.dirname, '../..');
const pictures = join(root, 'out/test/pictures');
/** Milliseconds for a whole story. */
const limit = 180_000;
const size = { width: 1400, height: 900 };
const name = 'company-conventions';
/** The id of what the library knows. */
const bikes = 'b1f2a3b4c5d60718';

let folder: string;
let models: ScriptedServer;
let server: VsCodeServer | undefined;
let browser: Browser;
let workbench: Workbench | undefined;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'flex-ui-answers-'));
	models = await startScriptedServer(({ messages }) => {
		const isKind = messages[0]?.content.startsWith('Sort messages into kinds') ?? false;
		const isFree = messages.at(-1)?.content.startsWith('Who looks after') ?? false;
		const gotExperience = messages.some(({ content }) => content.includes(`[${bikes}]`));
		const freely = gotExperience
			? `Falcon looks after damaged bikes [${bikes}].`
			: 'That depends on the company; ask its support.';
		const text = isKind ? '{"who":"a student","about":"a damaged bike"}' : isFree ? freely : 'Harbor';
		return { text, usage: { prompt_tokens: 120, completion_tokens: 7 } };
	});
	browser = await openBrowser();
}, limit);

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await models?.close();
	rmSync(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
	if (task.result?.state === 'fail') await workbench?.picture(join(pictures, 'answers-trouble.png'));
});

it(
	'solves a problem, and shows what a benchmark found, in light and dark',
	async () => {
		workbench = await openWindow();
		const { page } = workbench;
		const line = (text: string) => page.locator('.view-line', { hasText: text }).first();
		const action = (text: string) => page.locator('.codelens-decoration', { hasText: text }).first();
		await workbench.openFile('train.jsonl');
		await workbench.command('FLEX: Solve Problem with Experience…');
		await workbench.pick(name);
		await workbench.pick('The guys at my dorm helped me unpack');
		await action('Solve without experience').waitFor();
		await line('Damaged bikes go to').waitFor();
		await inBothThemes(workbench, 'answers-solved');

		await workbench.command('FLEX: Run Benchmark…');
		await workbench.pick(name);
		await workbench.pick(/^dev/);
		await page.locator('.quick-input-widget:visible .quick-input-action .monaco-button', { hasText: 'OK' }).click();
		await workbench.pick('The first 10');
		await workbench.pick('Start the benchmark');
		await workbench.answerNotice(`Benchmark of ${name}: `, 'Open report');
		const report = page.frameLocator('iframe.webview.ready').frameLocator('iframe');
		await report.getByText('Problem by problem').waitFor();
		const grounds = await inBothThemes(workbench, 'answers-report', () =>
			report.locator('body').evaluate<string>('getComputedStyle(document.body).backgroundColor'),
		);
		// The panel has the colours of the editor, whatever the system prefers.
		expect(grounds[0]).not.toBe(grounds[1]);

		await workbench.command('FLEX: Show Run…');
		await workbench.pick(`Benchmark of ${name}`);
		await line('What was measured').waitFor();
		await action('Open report').waitFor();
		await inBothThemes(workbench, 'answers-run');
		await page.keyboard.press('Control+End');
		await line('Everything else is as FLEX sets').waitFor();
		await workbench.picture(join(pictures, 'answers-run-end.png'));
	},
	limit,
);

it(
	'answers a free question with experience by its ids, and beside that without, in three themes',
	async () => {
		workbench ??= await openWindow();
		const { page } = workbench;
		const line = (text: string) => page.locator('.view-line', { hasText: text }).first();
		await workbench.command('View: Close All Editors');
		await workbench.command('FLEX: Ask with Experience…');
		await workbench.question.filter({ hasText: 'Ask with experience' }).waitFor();
		await workbench.answer('Who looks after a damaged bike of a student?');
		await line(`Falcon looks after damaged bikes [${bikes}].`).waitFor();
		await line('Damaged bikes go to').waitFor();
		await page.locator('.codelens-decoration a', { hasText: 'Answer without experience, beside this' }).click();
		await line('That depends on the company; ask its support.').waitFor();
		// Both stand side by side.
		expect(await page.locator('.editor-group-container:visible').count()).toBe(2);
		await inBothThemes(workbench, 'answers-asked');
		await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
		await page.locator('.monaco-workbench.hc-black').waitFor();
		await workbench.picture(join(pictures, 'answers-asked-contrast.png'));
		// The id in the answer opens the experience.
		await page
			.locator('.detected-link', { hasText: bikes })
			.first()
			.click({ modifiers: ['ControlOrMeta'], force: true });
		await page.locator('.tab.active', { hasText: 'damaged-bikes-go-to-falcon.md' }).waitFor();
	},
	limit,
);

/** Takes a picture in each theme, and comes back to the first. @returns what `look` sees in light and in dark */
async function inBothThemes<T>(
	shown: Workbench,
	picture: string,
	look?: () => Promise<T>,
): Promise<readonly (T | undefined)[]> {
	const seen: (T | undefined)[] = [];
	for (const [theme, shownBy] of [
		['light', '.monaco-workbench.vs'],
		['dark', '.monaco-workbench.vs-dark'],
	]) {
		await shown.page.locator(`${shownBy}`).waitFor();
		seen.push(await look?.());
		await shown.picture(join(pictures, `${picture}-${theme}.png`));
		await shown.command('Preferences: Toggle between Light/Dark Themes');
	}
	await shown.page.locator('.monaco-workbench.vs').waitFor();
	return seen;
}

/** A window on a workspace with the example, and a library with one experience. */
async function openWindow(): Promise<Workbench> {
	const workspace = join(folder, 'workspace');
	cpSync(join(root, 'examples', name), join(workspace, name), { recursive: true });
	await fillLibrary(join(workspace, '.flex'));
	const dataFolder = join(folder, 'server');
	// Which model answers is a setting of the machine, and in a remote window only its own settings say it.
	const machine = join(dataFolder, 'data/Machine');
	mkdirSync(machine, { recursive: true });
	const chosen = {
		'flex.models.endpoints': { scripted: { baseUrl: models.baseUrl } },
		'flex.models.default': 'openai:scripted/any',
	};
	writeFileSync(join(machine, 'settings.json'), JSON.stringify(chosen));
	server = await startServer({ vscode: installVsCode(root), dataFolder });
	return Workbench.open(browser, workbenchUrl(server, { folder: workspace, extension: root }), size);
}

async function fillLibrary(flex: string): Promise<void> {
	mkdirSync(flex, { recursive: true });
	const library = await openLibrary(flex, { workerFile: join(root, 'dist/libraryWorker.js') });
	const experience = rule(bikes, 'a student, about a damaged bike', 'Route the message to Falcon.', {
		title: 'Damaged bikes go to Falcon',
		patterns: [pattern('Falcon mends what was damaged.', { id: 'p1' })],
		cases: [solvedCase('The frame of my bike is damaged.', 'Falcon', { id: 'c1' })],
	});
	await library.apply([{ change: { op: 'insert', experience }, by: 'test' }]);
	await library.close();
}
