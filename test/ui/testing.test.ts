/** Problem sets in the Testing view of a real window: run, look at a failure, reload, and still see it. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';
import { installVsCode } from '../vscode/install.js';
import { startServer, type VsCodeServer, workbenchUrl } from '../vscode/server.js';
import { openBrowser, Workbench } from '../vscode/workbench.js';

const root = join(import.meta.dirname, '../..');
const example = join(root, 'examples/company-conventions');
const pictures = join(root, 'out/test/pictures');
/** A hover that pops up under the mouse would cover the next row. */
const quiet = { 'workbench.hover.delay': 60_000 };
/** Milliseconds for a whole story. */
const limit = 180_000;

let folder: string;
let endpoint: ScriptedServer;
let server: VsCodeServer;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'flex-ui-testing-'));
	const set = join(folder, 'workspace/company-conventions');
	mkdirSync(set, { recursive: true });
	cpSync(join(example, 'flex-task.json'), join(set, 'flex-task.json'));
	for (const split of ['train', 'dev', 'test']) {
		const lines = readFileSync(join(example, `${split}.jsonl`), 'utf8').split('\n');
		writeFileSync(join(set, `${split}.jsonl`), lines.slice(0, 3).join('\n'));
	}
	// The first train problem goes to Willow, the second to Falcon, the third to Harbor.
	endpoint = await startScriptedServer(() => ({ text: 'Falcon' }));
	// Which model answers is a setting of the machine, and in a remote window only its own settings say it.
	const machine = join(folder, 'server/data/Machine');
	mkdirSync(machine, { recursive: true });
	const settings = {
		'flex.models.default': 'openai:scripted/model-a',
		'flex.models.endpoints': { scripted: { baseUrl: endpoint.baseUrl } },
	};
	writeFileSync(join(machine, 'settings.json'), JSON.stringify(settings));
	server = await startServer({ vscode: installVsCode(root), dataFolder: join(folder, 'server'), settings: quiet });
	browser = await openBrowser();
	const url = workbenchUrl(server, { folder: join(folder, 'workspace'), extension: root });
	workbench = await Workbench.open(browser, url);
}, limit);

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await endpoint?.close();
	rmSync(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
	if (task.result?.state === 'fail') await workbench.picture(join(pictures, 'testing-trouble.png'));
});

const row = (text: string | RegExp) =>
	workbench.page.locator('.test-explorer .monaco-list-row', { hasText: text }).first();
const result = (text: string) =>
	workbench.page.locator('.test-output-peek-tree .monaco-list-row', { hasText: text }).first();
const stateOf = (text: string | RegExp, state: string) => row(text).locator(`.codicon-testing-${state}-icon`);

it(
	'runs the train problems, and shows what was expected where one fails',
	async () => {
		const { page } = workbench;
		await workbench.openContainer('Testing');
		await row('company-conventions').click();
		await page.keyboard.press('ArrowRight');
		await row(/^train/).waitFor();
		await row('test (Compare only)').waitFor();
		await row(/^train/).click();
		await page.keyboard.press('ArrowRight');
		await row('cc-train-003').waitFor();
		await row(/^train/).hover();
		await row(/^train/)
			.locator('.codicon-testing-run-icon')
			.click();
		await stateOf('cc-train-001', 'failed').waitFor();
		await stateOf('cc-train-002', 'passed').waitFor();
		await stateOf('cc-train-003', 'failed').waitFor();
		expect(endpoint.requests.some(({ body }) => JSON.stringify(body).includes('Is there a spare key?'))).toBe(true);
		await result('Expected Willow, got Falcon.').click();
		const sides = page.locator('.test-output-peek-message-container .monaco-diff-editor');
		await sides.locator('.original .view-lines', { hasText: 'Willow' }).waitFor();
		await sides.locator('.modified .view-lines', { hasText: 'Falcon' }).waitFor();
		await workbench.picture(join(pictures, 'testing-failure.png'));
		await result('With experience: not right.').click();
		await page.locator('.test-output-peek-message-container', { hasText: 'Nothing in the library fits' }).waitFor();
		await workbench.picture(join(pictures, 'testing-attempt.png'));
	},
	limit,
);

it(
	'compares the test problems as a whole, and logs their use',
	async () => {
		await row('test (Compare only)').hover();
		await row('test (Compare only)').locator('.codicon-testing-run-icon').click();
		await stateOf('test (Compare only)', 'passed').waitFor();
		const uses = readFileSync(join(folder, 'workspace/.flex/test-uses.jsonl'), 'utf8').trim().split('\n');
		expect(uses.map((line) => JSON.parse(line).set)).toEqual(['company-conventions']);
		await workbench.picture(join(pictures, 'testing-compare.png'));
	},
	limit,
);

it(
	'still shows the results after the window was reloaded',
	async () => {
		const { page } = workbench;
		await page.reload();
		await page.locator('.activitybar .badge[aria-label="Testing - 2 failed tests"]').click();
		await stateOf('company-conventions', 'failed').waitFor();
		for (const name of ['company-conventions', /^train/]) {
			if ((await row(name).getAttribute('aria-expanded')) === 'true') continue;
			await row(name).click();
			await page.keyboard.press('ArrowRight');
		}
		await stateOf('cc-train-001', 'failed').waitFor();
		await stateOf('cc-train-002', 'passed').waitFor();
		await workbench.picture(join(pictures, 'testing-reloaded.png'));
	},
	limit,
);
