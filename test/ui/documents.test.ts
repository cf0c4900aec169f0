/** Experiences in the editor of a real window: corrected, refused, compared, brought back, and a library of others let in. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { documentPath, folderKey } from '../../src/host/documents/documentPath.js';
import { writeJsonl } from '../../src/library/exchange/jsonl.js';
import { type Library, openLibrary } from '../../src/library/library.js';
import { pattern, rule } from '../builders/experiences.js';
import { installVsCode } from '../vscode/install.js';
import { startServer, type VsCodeServer, workbenchUrl } from '../vscode/server.js';
import { openBrowser, Workbench } from '../vscode/workbench.js';

const root = join(import.meta.dirname, '../..');
const pictures = join(root, 'out/test/pictures');
/** Milliseconds for a whole story. */
const limit = 180_000;

const id = 'ad1bd9a73c19c312';
const title = 'Refunds of students';
const experience = rule(id, 'A student asks for a refund', 'Ask for the voucher form.', {
	title,
	patterns: [pattern('Check the card.', { id: 'p1', examples: ['A card of last year is not valid.'] })],
});

let folder: string;
let library: Library;
let server: VsCodeServer;
let browser: Browser;
let workbench: Workbench;

beforeAll(async () => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'flex-ui-documents-')));
	const workspace = join(folder, 'workspace');
	mkdirSync(workspace);
	library = await openLibrary(join(workspace, '.flex'), { workerFile: join(root, 'dist/libraryWorker.js') });
	await library.apply([{ change: { op: 'insert', experience }, by: 'run:01K00000000000000000000000' }]);
	const use = { run: 'RUN', problem: 'p9', epoch: 0, rollout: 0, solved: true };
	await library.apply(
		[0, 1].map((rollout) => ({ change: { op: 'use', id, use: { ...use, rollout } }, by: 'run:RUN' })),
	);
	writeFileSync(join(folder, 'team.jsonl'), writeJsonl([rule('b1', 'Always', 'Say the expected answer.'), experience]));
	server = await startServer({
		vscode: installVsCode(root),
		dataFolder: join(folder, 'server'),
		settings: { 'workbench.colorTheme': 'Default Light Modern' },
	});
	browser = await openBrowser();
	workbench = await Workbench.open(browser, withDocument(workbenchUrl(server, { folder: workspace, extension: root })));
}, limit);

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await library?.close();
	rmSync(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
	if (task.result?.state === 'fail') await workbench.picture(join(pictures, 'documents-trouble.png'));
});

it(
	'is corrected, refused while it can’t be read, compared with what it was, and brought back',
	async () => {
		const { page } = workbench;
		const lens = (text: string) => page.locator('.codelens-decoration', { hasText: text }).first();
		await lens('Used 2 times, solved 2').waitFor();
		await workbench.picture(join(pictures, 'documents-open.png'));

		await appendTo('zone: warning', 's');
		await page.locator('.squiggly-error').first().waitFor();
		await page.keyboard.press('Control+S');
		await workbench.notice(/Failed to save.*Line 3/s).waitFor();
		await workbench.picture(join(pictures, 'documents-refused.png'));
		expect((await library.history(id)).length).toBe(1);
		await page.keyboard.press('Backspace');
		await page.locator('.squiggly-error').first().waitFor({ state: 'hidden' });

		await appendTo('Ask for the voucher form.', ' Then for the card.');
		await page.keyboard.press('Control+S');
		await lens('2 revisions').waitFor();
		await page.locator('.editor-actions .action-label[aria-label^="Show History of Experience"]').click();
		await workbench.choice('Revision 1').waitFor();
		await workbench.picture(join(pictures, 'documents-history.png'));
		await workbench.pick('Revision 1');
		const inserted = page.locator('.monaco-diff-editor .modified .char-insert').first();
		await inserted.waitFor();
		await workbench.picture(join(pictures, 'documents-diff-light.png'));
		await workbench.command('Preferences: Toggle between Light/Dark Themes');
		await page.locator('.monaco-workbench.vs-dark').waitFor();
		await inserted.waitFor();
		await workbench.picture(join(pictures, 'documents-diff-dark.png'));

		await page.locator('.editor-actions .action-label[aria-label^="Restore This Revision"]').click();
		await workbench.notice('again what it was at revision 1').waitFor();
		await inserted.waitFor({ state: 'hidden' });
		const [now] = await library.get([id]);
		expect(now).toMatchObject({ rev: 3, strategy: { text: 'Ask for the voucher form.' } });
		await workbench.answerNotice('again what it was at revision 1', 'Undo');
		await workbench.notice('again what it was at revision 2').waitFor();
		expect((await library.get([id]))[0]?.strategy.text).toBe('Ask for the voucher form. Then for the card.');
	},
	limit,
);

it(
	'a library of others is looked at, waits in quarantine, and is accepted',
	async () => {
		await workbench.command('FLEX: Import Library…');
		await workbench.pick('In a file…');
		const open = workbench.page.locator('.quick-input-widget:visible .monaco-button', { hasText: 'Look at it' });
		await open.waitFor();
		// The dialog begins with a folder of its own, which it writes over what was typed before.
		await workbench.choice('.flex').waitFor();
		await workbench.page.locator('.quick-input-widget:visible input.input').fill(join(folder, 'team.jsonl'));
		await workbench.choice('team.jsonl').waitFor();
		await open.click();
		await workbench.choice('Bring in 1 experience').waitFor();
		await workbench.choice('speak of the test itself').waitFor();
		await workbench.picture(join(pictures, 'exchange-preview.png'));
		await workbench.pick('Bring in 1 experience');
		await workbench.notice('waits in quarantine').waitFor();
		expect((await library.get(['b1']))[0]?.status).toBe('quarantined');
		await workbench.picture(join(pictures, 'exchange-quarantine.png'));
		await workbench.answerNotice('waits in quarantine', 'Accept all');
		await workbench.notice('is in use now').waitFor();
		expect((await library.get(['b1']))[0]?.status).toBe('active');
		expect(workbench.pageErrors).toEqual([]);
	},
	limit,
);

/** Types at the end of the line that is `text`. */
async function appendTo(text: string, more: string): Promise<void> {
	const { page } = workbench;
	const line = page.locator('.editor-instance .view-line', { hasText: text }).first();
	await line.click();
	await page.keyboard.press('End');
	await page.keyboard.type(more);
}

/** The address with the document of the experience to open in it. */
function withDocument(url: string): string {
	const key = folderKey('workspace', pathToFileURL(join(folder, 'workspace')).toString());
	const opening = `flex:${documentPath({ key, id }, title)}`;
	const address = new URL(url);
	const payload: unknown = JSON.parse(address.searchParams.get('payload') ?? '[]');
	const entries: readonly unknown[] = Array.isArray(payload) ? payload : [];
	address.searchParams.set('payload', JSON.stringify([...entries, ['openFile', opening]]));
	return address.toString();
}
