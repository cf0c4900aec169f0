/** Experiences in the editor of a real window: corrected, refused, compared, brought back, and a library of others let in. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { documentPath, folderKey } from '../../src/host/documents/documentPath.js';
import { writeJsonl } from '../../src/library/exchange/jsonl.js';
import type { Library } from '../../src/library/library.js';
import { pattern, rule } from '../builders/experiences.js';
import { libraryOf } from '../builders/libraries.js';
import { windowStory } from '../vscode/story.js';

const id = 'ad1bd9a73c19c312';
const title = 'Refunds of students';
const experience = rule(id, 'A student asks for a refund', 'Ask for the voucher form.', {
	title,
	patterns: [pattern('Check the card.', { id: 'p1', examples: ['A card of last year is not valid.'] })],
});

let library: Library;

const story = windowStory('documents', {
	prepare: async (workspace) => {
		library = await libraryOf(workspace);
		story.atEnd(() => library.close());
		await library.apply([{ change: { op: 'insert', experience }, by: 'run:01K00000000000000000000000' }]);
		const use = { run: 'RUN', problem: 'p9', epoch: 0, rollout: 0, solved: true };
		await library.apply(
			[0, 1].map((rollout) => ({ change: { op: 'use', id, use: { ...use, rollout } }, by: 'run:RUN' })),
		);
		const team = [rule('b1', 'Always', 'Say the expected answer.'), experience];
		writeFileSync(join(story.folder, 'team.jsonl'), writeJsonl(team));
	},
	user: { 'story.workbench.colorTheme': 'Default Light Modern' },
	address: withDocument,
});

story.tell('is corrected, refused while it can’t be read, compared with what it was, and brought back', async () => {
	const { page } = story.workbench;
	const lens = (text: string) => page.locator('.codelens-decoration', { hasText: text }).first();
	await lens('Used 2 times, solved 2').waitFor();
	await story.picture('documents-open');

	await appendTo('zone: warning', 's');
	await page.locator('.squiggly-error').first().waitFor();
	await page.keyboard.press('Control+S');
	await story.workbench.notice(/Failed to save.*Line 3/s).waitFor();
	await story.picture('documents-refused');
	expect((await library.history(id)).length).toBe(1);
	await page.keyboard.press('Backspace');
	await page.locator('.squiggly-error').first().waitFor({ state: 'hidden' });

	await appendTo('Ask for the voucher form.', ' Then for the card.');
	await page.keyboard.press('Control+S');
	await lens('2 revisions').waitFor();
	await page.locator('.editor-actions .action-label[aria-label^="Show History of Experience"]').click();
	await story.workbench.choice('Revision 1').waitFor();
	await story.picture('documents-history');
	await story.workbench.pick('Revision 1');
	const inserted = page.locator('.monaco-diff-editor .modified .char-insert').first();
	await inserted.waitFor();
	await story.picture('documents-diff-light');
	await story.workbench.show('dark');
	await inserted.waitFor();
	await story.picture('documents-diff-dark');

	await page.locator('.editor-actions .action-label[aria-label^="Restore This Revision"]').click();
	await story.workbench.notice('again what it was at revision 1').waitFor();
	await inserted.waitFor({ state: 'hidden' });
	const [now] = await library.get([id]);
	expect(now).toMatchObject({ rev: 3, strategy: { text: 'Ask for the voucher form.' } });
	await story.workbench.answerNotice('again what it was at revision 1', 'Undo');
	await story.workbench.notice('again what it was at revision 2').waitFor();
	expect((await library.get([id]))[0]?.strategy.text).toBe('Ask for the voucher form. Then for the card.');
});

story.tell('a library of others is looked at, waits in quarantine, and is accepted', async () => {
	await story.workbench.command('FLEX: Import Library…');
	await story.workbench.pick('In a file…');
	const open = story.workbench.page.locator('.quick-input-widget:visible .monaco-button', { hasText: 'Look at it' });
	await open.waitFor();
	// The dialog begins with a folder of its own, which it writes over what was typed before.
	await story.workbench.choice('.flex').waitFor();
	await story.workbench.page.locator('.quick-input-widget:visible input.input').fill(join(story.folder, 'team.jsonl'));
	await story.workbench.choice('team.jsonl').waitFor();
	await open.click();
	await story.workbench.choice('Bring in 1 experience').waitFor();
	await story.workbench.choice('speak of the test itself').waitFor();
	await story.picture('exchange-preview');
	await story.workbench.pick('Bring in 1 experience');
	await story.workbench.notice('waits in quarantine').waitFor();
	expect((await library.get(['b1']))[0]?.status).toBe('quarantined');
	await story.picture('exchange-quarantine');
	await story.workbench.answerNotice('waits in quarantine', 'Accept all');
	await story.workbench.notice('is in use now').waitFor();
	expect((await library.get(['b1']))[0]?.status).toBe('active');
	expect(story.workbench.pageErrors).toEqual([]);
});

/** Types at the end of the line that is `text`. */
async function appendTo(text: string, more: string): Promise<void> {
	const { page } = story.workbench;
	const line = page.locator('.editor-instance .view-line', { hasText: text }).first();
	await line.click();
	await page.keyboard.press('End');
	await page.keyboard.type(more);
}

/** The address with the document of the experience to open in it. */
function withDocument(url: string, workspace: string): string {
	const key = folderKey('workspace', pathToFileURL(workspace).toString());
	const opening = `flex:${documentPath({ key, id }, title)}`;
	const address = new URL(url);
	const payload: unknown = JSON.parse(address.searchParams.get('payload') ?? '[]');
	const entries: readonly unknown[] = Array.isArray(payload) ? payload : [];
	address.searchParams.set('payload', JSON.stringify([...entries, ['openFile', opening]]));
	return address.toString();
}
