/** Experience where somebody works: the hover with its why, marks by setting, and a hint that is not helpful goes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Library } from '../../src/library/library.js';
import { rule } from '../builders/experiences.js';
import { libraryOf } from '../builders/libraries.js';
import { windowStory } from '../vscode/story.js';

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

let library: Library;

const story = windowStory('hints', {
	prepare: async (workspace) => {
		mkdirSync(join(workspace, 'src'));
		mkdirSync(join(workspace, '.vscode'));
		writeFileSync(join(workspace, 'src/rental.js'), code);
		const settings = { 'flex.hints.endOfLine': true, 'flex.hints.gutter': true, 'flex.hints.codeLens': true };
		writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
		library = await libraryOf(workspace);
		story.atEnd(() => library.close());
		await library.apply([{ change: { op: 'insert', experience }, by: 'user' }]);
		const use = { run: 'RUN', problem: 'p9', epoch: 0, rollout: 0, solved: true };
		await library.apply([{ change: { op: 'use', id, use }, by: 'run:RUN' }]);
	},
	user: { 'workbench.colorTheme': 'Default Light Modern' },
});

story.tell('shows at the line what the library knows, says why, and is quiet once that did not help', async () => {
	const { workbench } = story;
	const { page } = workbench;
	await workbench.openFile('rental.js');
	const line = page.locator('.editor-instance .view-line', { hasText: 'closeRental(' }).first();
	const lens = page.locator('.codelens-decoration', { hasText: 'FLEX: closeRental' }).first();
	await lens.waitFor();
	await expect.poll(() => endMarks(), { timeout: 30_000 }).toContain('FLEX warns: closeRental');
	await page.locator('.editor-instance .cgmr').first().waitFor();

	const name = line.getByText('closeRental');
	const hover = await workbench.hoverOver(name, 'stopMeter');
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
	await story.picture('hints-light');
	for (const theme of ['dark', 'high-contrast'] as const) {
		await workbench.show(theme);
		await workbench.hoverOver(name, 'stopMeter');
		await story.picture(`hints-${theme}`);
	}

	await hover.locator('a', { hasText: 'Not helpful' }).first().click();
	await workbench.notice('is not shown in this file any more').waitFor();
	await lens.waitFor({ state: 'detached' });
	await expect.poll(() => endMarks(), { timeout: 30_000 }).not.toContain('FLEX');
	await expect.poll(async () => (await library.uses([id])).get(id)?.unhelpful).toBe(1);
	await story.picture('hints-not-helpful');
	expect(workbench.pageErrors).toEqual([]);
});

/** What stands behind the code of the line: VS Code makes it with styles, so it is no text of the page. */
async function endMarks(): Promise<string> {
	const contents: unknown = await story.workbench.page.evaluate(
		`[...document.querySelectorAll('.editor-instance .view-line')]
			.filter((line) => line.textContent.includes('closeRental('))
			.flatMap((line) => [...line.querySelectorAll('span')])
			.map((span) => getComputedStyle(span, '::after').content)
			.join(' ')`,
	);
	return String(contents).replaceAll('\u00a0', ' ');
}
