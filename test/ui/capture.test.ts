/** A person mends a failing check in a real window, lets a model write what that teaches, reviews it, and takes it into use. */
import { expect } from 'vitest';
import { withLibrary } from '../builders/libraries.js';
import { repository, type TestRepository } from '../builders/repositories.js';
import { windowStory } from '../vscode/story.js';

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

let project: TestRepository;

const story = windowStory('capture', {
	prepare: (workspace) => {
		const files = { 'src/dayOf.mjs': wrong, 'src/week.mjs': week, 'check.mjs': check, '.gitignore': '.flex/\n.env\n' };
		project = repository(files, workspace);
	},
	answer: () => ({ text: JSON.stringify({ lessons }) }),
	endpoint: { contextTokens: 16_000 },
});

story.tell(
	'a check fails, is mended, and what that taught is reviewed, hinted at in another file, and used in an answer',
	async () => {
		const { workbench } = story;
		const { page } = workbench;
		const picture = (name: string) => story.picture(`capture-${name}`);
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
		expect(JSON.stringify(story.endpoint.requests[0]?.body.messages)).not.toContain('never-shown');

		await workbench.answerNotice('FLEX proposes 2 experiences', 'Review');
		const { panel } = workbench;
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
		const line = page.locator('.editor-instance .view-line', { hasText: 'dayOf(' }).first();
		await workbench.hoverOver(line.getByText('dayOf'), 'Months of a Date count from zero');
		await picture('hint');
		await workbench.command('FLEX: Ask with Experience…');
		await workbench.answer('Which month does dayOf give to a Date?');
		await page.locator('.view-line', { hasText: 'Answered with experience' }).first().waitFor();
		expect(JSON.stringify(story.endpoint.requests.at(-1)?.body.messages)).toContain(
			'Subtract one from the month in dayOf',
		);
		await picture('used');
	},
);

async function titles(status: 'active' | 'proposed'): Promise<readonly string[]> {
	const found = await withLibrary(story.workspace, (library) => library.list({ statuses: [status] }));
	return found.map(({ title }) => title);
}
