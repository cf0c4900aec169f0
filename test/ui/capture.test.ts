/** A person mends a failing check in a real window, lets a model write what that teaches, reviews it, and takes it into use. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openLibrary } from '../../src/library/library.js';
import { repository, type TestRepository } from '../builders/repositories.js';
import { type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';
import { installVsCode } from '../vscode/install.js';
import { startServer, type VsCodeServer, workbenchUrl } from '../vscode/server.js';
import { openBrowser, Workbench } from '../vscode/workbench.js';

const root = join(import.meta.dirname, '../..');
const pictures = join(root, 'out/test/pictures');
/** Milliseconds for a whole story. */
const limit = 180_000;
const size = { width: 1400, height: 900 };

const wrong = 'export function dayOf(year, month, day) {\n\treturn new Date(Date.UTC(year, month, day));\n}\n';
const check = `import { dayOf } from './src/dayOf.mjs';
const got = dayOf(2026, 2, 28).toISOString().slice(0, 10);
if (got !== '2026-02-28') throw new Error('dayOf: expected 2026-02-28, got ' + got);
console.log('1 passed');
`;
/** Another place that calls the same function. */
const week = `import { dayOf } from './dayOf.mjs';

export function startOfWeek(year, month, date) {
	const start = dayOf(year, month, date);
	start.setUTCDate(start.getUTCDate() - start.getUTCDay());
	return start;
}
`;
const lessons = [
	{
		kind: 'fix',
		title: 'Months of a Date count from zero',
		when: 'a Date is built from a month that people wrote',
		advice: 'Subtract one from the month in dayOf, because the constructor counts months from zero.',
	},
	{
		kind: 'convention',
		title: 'Days are kept in UTC',
		when: 'code in src makes or compares calendar days',
		advice: 'Build them with Date.UTC as dayOf does; local time moves a day over midnight.',
	},
];

let folder: string;
let project: TestRepository;
let models: ScriptedServer;
let server: VsCodeServer | undefined;
let browser: Browser;
let workbench: Workbench | undefined;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'flex-ui-capture-'));
	project = repository({
		'src/dayOf.mjs': wrong,
		'src/week.mjs': week,
		'check.mjs': check,
		'.gitignore': '.flex/\n.env\n',
	});
	models = await startScriptedServer(() => ({ text: JSON.stringify({ lessons }) }));
	browser = await openBrowser();
}, limit);

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await models?.close();
	project?.remove();
	rmSync(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
	if (task.result?.state === 'fail') await workbench?.picture(join(pictures, 'capture-trouble.png'));
});

it(
	'a check fails, is mended, and what that taught is reviewed, hinted at in another file, and used in an answer',
	async () => {
		workbench = await openWindow();
		const { page } = workbench;
		const picture = (name: string) => workbench?.picture(join(pictures, `capture-${name}.png`));
		await workbench.command('FLEX: Run and Learn…');
		await workbench.answer('node check.mjs');
		await workbench.notice('failed. Mend it and run it again').waitFor();
		await picture('red');

		project.write({
			'src/dayOf.mjs': wrong.replace('month, day));', 'month - 1, day));'),
			'.env': 'TOKEN=never-shown\n',
		});
		await workbench.answerNotice('failed. Mend it and run it again', 'Run again');
		await workbench.choice('write the lessons').waitFor();
		await picture('question');
		await workbench.pick('write the lessons');
		await workbench.notice('FLEX proposes 2 experiences').waitFor();
		await picture('proposed');
		expect(JSON.stringify(models.requests[0]?.body.messages)).not.toContain('never-shown');

		await workbench.answerNotice('FLEX proposes 2 experiences', 'Review');
		const panel = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
		await panel.locator('flex-experience h1', { hasText: 'Months of a Date count from zero' }).waitFor();
		await panel.getByText('It was proposed and is not used until you accept it.').waitFor();
		for (const action of ['Accept', 'Reject', 'Edit']) {
			await panel.getByRole('button', { name: action, exact: true }).first().waitFor();
		}
		await picture('review');
		await workbench.openContainer('FLEX');
		await workbench.rows('Library').filter({ hasText: 'Months of a Date' }).first().waitFor();
		await panel.getByRole('button', { name: 'Accept', exact: true }).first().click();
		await panel.getByText('It was proposed and is not used until you accept it.').waitFor({ state: 'detached' });
		await picture('accepted');
		expect(await titles('active')).toEqual(['Months of a Date count from zero']);
		expect(await titles('proposed')).toEqual(['Days are kept in UTC']);

		await workbench.command('View: Close All Editors');
		await workbench.openFile('week.mjs');
		await page.locator('.editor-instance .view-line', { hasText: 'dayOf(' }).first().getByText('dayOf').hover();
		const hover = page.locator('.monaco-hover:visible', { hasText: 'Months of a Date count from zero' }).first();
		await hover.waitFor();
		await picture('hint');
		await workbench.command('FLEX: Ask with Experience…');
		await workbench.answer('Which month does dayOf give to a Date?');
		await page.locator('.view-line', { hasText: 'Answered with experience' }).first().waitFor();
		expect(JSON.stringify(models.requests.at(-1)?.body.messages)).toContain('Subtract one from the month in dayOf');
		await picture('used');
	},
	limit,
);

async function titles(status: 'active' | 'proposed'): Promise<readonly string[]> {
	const library = await openLibrary(join(project.folder, '.flex'), { workerFile: join(root, 'dist/libraryWorker.js') });
	try {
		return (await library.list({ statuses: [status] })).map(({ title }) => title);
	} finally {
		await library.close();
	}
}

async function openWindow(): Promise<Workbench> {
	const dataFolder = join(folder, 'server');
	// Which model answers is a setting of the machine, and in a remote window only its own settings say it.
	const machine = join(dataFolder, 'data/Machine');
	mkdirSync(machine, { recursive: true });
	const chosen = {
		'flex.models.endpoints': { scripted: { baseUrl: models.baseUrl, contextTokens: 16_000 } },
		'flex.models.default': 'openai:scripted/writer',
	};
	writeFileSync(join(machine, 'settings.json'), JSON.stringify(chosen));
	server = await startServer({ vscode: installVsCode(root), dataFolder });
	return Workbench.open(browser, workbenchUrl(server, { folder: project.folder, extension: root }), size);
}
