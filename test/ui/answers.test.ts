/** Answers and runs in a real window: a problem that is solved, a benchmark's report, and the page of its run; pictures of all. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { pattern, rule, solvedCase } from '../builders/experiences.js';
import { fillLibrary } from '../builders/libraries.js';
import { root, windowStory } from '../vscode/story.js';

const name = 'company-conventions';
/** The id of what the library knows. */
const bikes = 'b1f2a3b4c5d60718';

const known = rule(bikes, 'a student, about a damaged bike', 'Route the message to Falcon.', {
	title: 'Damaged bikes go to Falcon',
	patterns: [pattern('Falcon mends what was damaged.', { id: 'p1' })],
	cases: [solvedCase('The frame of my bike is damaged.', 'Falcon', { id: 'c1' })],
});

const story = windowStory('answers', {
	prepare: async (workspace) => {
		cpSync(join(root, 'examples', name), join(workspace, name), { recursive: true });
		await fillLibrary(workspace, [known]);
	},
	answer: ({ messages }) => {
		const isKind = messages[0]?.content.startsWith('Sort messages into kinds') ?? false;
		const isFree = messages.at(-1)?.content.startsWith('Who looks after') ?? false;
		const gotExperience = messages.some(({ content }) => content.includes(`[${bikes}]`));
		const freely = gotExperience
			? `Falcon looks after damaged bikes [${bikes}].`
			: 'That depends on the company; ask its support.';
		const text = isKind ? '{"who":"a student","about":"a damaged bike"}' : isFree ? freely : 'Harbor';
		return { text, usage: { prompt_tokens: 120, completion_tokens: 7 } };
	},
});

story.tell('solves a problem, and shows what a benchmark found, in light and dark', async () => {
	const { workbench } = story;
	const { page } = workbench;
	const line = (text: string) => page.locator('.view-line', { hasText: text }).first();
	const action = (text: string) => page.locator('.codelens-decoration', { hasText: text }).first();
	await workbench.openFile('train.jsonl');
	await workbench.command('FLEX: Solve Problem with Experience…');
	await workbench.pick(name);
	await workbench.pick('The guys at my dorm helped me unpack');
	await action('Solve without experience').waitFor();
	await line('Damaged bikes go to').waitFor();
	await inBothThemes('answers-solved');

	await workbench.command('FLEX: Run Benchmark…');
	await workbench.pick(name);
	await workbench.pick(/^dev/);
	await page.locator('.quick-input-widget:visible .quick-input-action .monaco-button', { hasText: 'OK' }).click();
	await workbench.pick('The first 10');
	await workbench.pick('Start the benchmark');
	await workbench.answerNotice(`Benchmark of ${name}: `, 'Open report');
	const report = page.frameLocator('iframe.webview.ready').frameLocator('iframe');
	await report.getByText('Problem by problem').waitFor();
	const grounds = await inBothThemes('answers-report', () =>
		report.locator('body').evaluate<string>('getComputedStyle(document.body).backgroundColor'),
	);
	// The panel has the colours of the editor, whatever the system prefers.
	expect(grounds[0]).not.toBe(grounds[1]);

	await workbench.command('FLEX: Show Run…');
	await workbench.pick(`Benchmark of ${name}`);
	await line('What was measured').waitFor();
	await action('Open report').waitFor();
	await inBothThemes('answers-run');
	await page.keyboard.press('Control+End');
	await line('Everything else is as FLEX sets').waitFor();
	await story.picture('answers-run-end');
});

story.tell('answers a free question with experience by its ids, and beside that without, in three themes', async () => {
	const { workbench } = story;
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
	await inBothThemes('answers-asked');
	await workbench.show('high-contrast');
	await story.picture('answers-asked-contrast');
	// The id in the answer opens the experience.
	await page
		.locator('.detected-link', { hasText: bikes })
		.first()
		.click({ modifiers: ['ControlOrMeta'], force: true });
	await page.locator('.tab.active', { hasText: 'damaged-bikes-go-to-falcon.md' }).waitFor();
});

/** Takes a picture in each theme, and comes back to the first. @returns what `look` sees in light and in dark */
async function inBothThemes<T>(picture: string, look?: () => Promise<T>): Promise<readonly (T | undefined)[]> {
	const seen: (T | undefined)[] = [];
	for (const theme of ['light', 'dark'] as const) {
		await story.workbench.show(theme);
		seen.push(await look?.());
		await story.picture(`${picture}-${theme}`);
	}
	await story.workbench.show('light');
	return seen;
}
