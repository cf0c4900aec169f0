/** One workspace in two windows, the first of them in Restricted Mode until it is trusted. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openLibrary } from '../../src/library/library.js';
import { rule } from '../builders/experiences.js';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';
import { installVsCode } from '../vscode/install.js';
import { startServer, type VsCodeServer, workbenchUrl } from '../vscode/server.js';
import { openBrowser, Workbench } from '../vscode/workbench.js';

const root = join(import.meta.dirname, '../..');
const pictures = join(root, 'out/test/pictures');
/** Milliseconds for a whole story. */
const limit = 180_000;

let folder: string;
let endpoint: ScriptedServer;
let server: VsCodeServer;
let browser: Browser;
let first: Workbench;
let second: Workbench | undefined;
/** Answers wait until it is opened. */
let open = (): void => {};
let gate = closedGate();

beforeAll(async () => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'flex-ui-windows-')));
	const workspace = join(folder, 'workspace');
	cpSync(join(root, 'examples/company-conventions'), join(workspace, 'company-conventions'), { recursive: true });
	const library = await openLibrary(join(workspace, '.flex'), { workerFile: join(root, 'dist/libraryWorker.js') });
	const known = rule('ad1bd9a73c19c312', 'A refund is asked for', 'Route to Harbor.', {
		title: 'Refunds go to Harbor',
	});
	await library.apply([{ change: { op: 'insert', experience: known }, by: 'run:01K00000000000000000000000' }]);
	await library.close();
	endpoint = await startScriptedServer(async () => {
		await gate;
		return { text: 'Falcon' };
	});
	const machine = join(folder, 'server/data/Machine');
	mkdirSync(machine, { recursive: true });
	const settings = {
		'flex.models.default': 'openai:scripted/model-a',
		'flex.models.endpoints': { scripted: { baseUrl: endpoint.baseUrl } },
		'flex.training.lessons': false,
	};
	writeFileSync(join(machine, 'settings.json'), JSON.stringify(settings));
	server = await startServer({ vscode: installVsCode(root), dataFolder: join(folder, 'server'), workspaceTrust: true });
	browser = await openBrowser();
	first = await Workbench.open(browser, address());
}, limit);

afterAll(async () => {
	open();
	await browser?.close();
	await server?.stop();
	await endpoint?.close();
	rmSync(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
	if (task.result?.state !== 'fail') return;
	if (!first.page.isClosed()) await first.picture(join(pictures, 'windows-trouble-first.png'));
	if (second && !second.page.isClosed()) await second.picture(join(pictures, 'windows-trouble-second.png'));
});

it(
	'reads in Restricted Mode, and runs no model until the workspace is trusted',
	async () => {
		await first.openContainer('FLEX');
		await first.rows('Library').filter({ hasText: 'Warning' }).first().waitFor();
		await first.page
			.locator('.pane-body', { hasText: 'No model runs until you trust this workspace.' })
			.first()
			.waitFor();
		await first.command('FLEX: Train on Problem Set…');
		await first.notice('This workspace is not trusted, so FLEX runs no model in it.').waitFor();
		await first.picture(join(pictures, 'windows-restricted.png'));
		expect(endpoint.requests).toEqual([]);
		await first.answerNotice('This workspace is not trusted', 'Manage workspace trust');
		const { page } = first;
		await page
			.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ })
			.first()
			.click();
		await page.locator('.workspace-trust-editor', { hasText: 'You trust this folder' }).waitFor();
		await page.keyboard.press('Escape');
		await first.page.locator('.pane-body', { hasText: 'No run yet.' }).first().waitFor();
	},
	limit,
);

it(
	'shows in each window what the other one does',
	async () => {
		second = await first.openBeside(address());
		await second.openContainer('FLEX');
		await second.rows('Library').filter({ hasText: 'Warning' }).first().waitFor();

		await first.command('FLEX: Train on Problem Set…');
		await first.pick('company-conventions');
		await first.pick('openai:scripted/model-a');
		await first.pick('The first 8 problems');
		await first.pick('Start training');
		await endpoint.request(0);
		await first.statusBarItem('FLEX').waitFor();
		await second.rows('Runs').filter({ hasText: 'running elsewhere' }).first().waitFor();
		await second.picture(join(pictures, 'windows-elsewhere.png'));

		open();
		await first.notice('experiences learned or improved').waitFor();
		// What the first window learned, and its end, reach the second by themselves.
		await second.rows('Library').filter({ hasText: 'Golden' }).first().waitFor();
		await second.rows('Runs').filter({ hasText: 'running elsewhere' }).first().waitFor({ state: 'detached' });
		expect([...first.pageErrors, ...second.pageErrors]).toEqual([]);
	},
	limit,
);

it(
	'offers to go on with a training that a closed window broke off',
	async () => {
		await second?.page.close();
		await first.page.close();
		gate = closedGate();
		const asked = endpoint.requests.length;
		const closed = await first.openBeside(address());
		await closed.command('FLEX: Train on Problem Set…');
		await closed.pick('company-conventions');
		await closed.pick('openai:scripted/model-a');
		await closed.pick('The first 16 problems');
		await closed.pick('Start training');
		await endpoint.request(asked);
		await closed.statusBarItem('FLEX').waitFor();
		// As the browser leaves a page: VS Code then ends the window's extension host.
		await closed.page.goto('about:blank');
		await closed.page.close();

		second = await first.openBeside(address());
		const offer = 'A run on company-conventions was broken off when its window closed.';
		await second.notice(offer).waitFor();
		await second.picture(join(pictures, 'windows-broken-off.png'));
		await second.answerNotice(offer, 'Resume');
		open();
		await second.notice('experiences learned or improved').waitFor();
	},
	limit,
);

function closedGate(): Promise<void> {
	return new Promise((opened) => {
		open = opened;
	});
}

function address(): string {
	return workbenchUrl(server, { folder: join(folder, 'workspace'), extension: root });
}
