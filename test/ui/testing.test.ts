/** Problem sets in the Testing view of a real window: run, look at a failure, reload, and still see it. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { storedState } from '../vscode/storedState.js';
import { root, windowStory } from '../vscode/story.js';

const example = join(root, 'examples/company-conventions');

const story = windowStory('testing', {
	prepare: (workspace) => {
		const set = join(workspace, 'company-conventions');
		mkdirSync(set);
		cpSync(join(example, 'flex-task.json'), join(set, 'flex-task.json'));
		for (const split of ['train', 'dev', 'test']) {
			const lines = readFileSync(join(example, `${split}.jsonl`), 'utf8').split('\n');
			writeFileSync(join(set, `${split}.jsonl`), lines.slice(0, 3).join('\n'));
		}
	},
	// The first train problem goes to Willow, the second to Falcon, the third to Harbor.
	answer: () => ({ text: 'Falcon' }),
	// A hover that pops up under the mouse would cover the next row.
	user: { 'workbench.hover.delay': 60_000 },
});

story.tell('runs the train problems, and shows what was expected where one fails', async () => {
	const { workbench } = story;
	await workbench.openTests('company-conventions', /^train/);
	await workbench.test('test (Compare only)').waitFor();
	await workbench.test('cc-train-003').waitFor();
	await workbench.runTest(/^train/);
	await workbench.testIn('failed', 'cc-train-001').waitFor();
	await workbench.testIn('passed', 'cc-train-002').waitFor();
	await workbench.testIn('failed', 'cc-train-003').waitFor();
	expect(story.endpoint.requests.some(({ body }) => JSON.stringify(body).includes('Is there a spare key?'))).toBe(true);
	const sides = workbench.openedTestMessage.locator('.monaco-diff-editor');
	const expected = sides.locator('.original .view-lines', { hasText: 'Willow' });
	await workbench.openTestMessage('Expected Willow, got Falcon.', expected);
	await sides.locator('.modified .view-lines', { hasText: 'Falcon' }).waitFor();
	await story.picture('testing-failure');
	const attempt = workbench.openedTestMessage.filter({ hasText: 'Nothing in the library fits' });
	await workbench.openTestMessage('With experience: not right.', attempt);
	await story.picture('testing-attempt');
});

story.tell('compares the test problems as a whole, and logs their use', async () => {
	const { workbench } = story;
	await workbench.runTest('test (Compare only)');
	await workbench.testIn('passed', 'test (Compare only)').waitFor();
	const uses = readFileSync(join(story.workspace, '.flex/test-uses.jsonl'), 'utf8').trim().split('\n');
	expect(uses.map((line) => JSON.parse(line).set)).toEqual(['company-conventions']);
	await story.picture('testing-compare');
});

story.tell('still shows the results after the window was reloaded', async () => {
	const { workbench } = story;
	const { page } = workbench;
	// Of both runs: a window that is reloaded before they are written forgets them.
	await expect
		.poll(async () => JSON.parse((await storedState(page, 'storedTestResults')) || '[]'), { timeout: 30_000 })
		.toHaveLength(2);
	await page.reload();
	await workbench.openTests('company-conventions', /^train/);
	await workbench.testIn('failed', 'cc-train-001').waitFor();
	await workbench.testIn('passed', 'cc-train-002').waitFor();
	await story.picture('testing-reloaded');
});
