/** The three views in a real window: what they show, the filter, and a decision that is taken back; pictures of all. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { experience, pattern, rule, solvedCase } from '../builders/experiences.js';
import { withLibrary } from '../builders/libraries.js';
import { root, windowStory } from '../vscode/story.js';

const widths = [1400, 900];

const story = windowStory('views', {
	prepare: async (workspace) => {
		const set = join(workspace, 'company-conventions');
		cpSync(join(root, 'examples/company-conventions'), set, { recursive: true });
		const broken = join(workspace, 'half-written');
		mkdirSync(broken);
		writeFileSync(join(broken, 'flex-task.json'), '{ "name": "half-written" }');
		await fillLibrary(workspace);
		writeRun(join(workspace, '.flex/runs'), set);
	},
});

const row = (view: string, text: string | RegExp) => story.workbench.rows(view).filter({ hasText: text }).first();

story.tell('shows library, problem sets and runs, whatever the theme and the width', async () => {
	const { page } = story.workbench;
	await story.workbench.openContainer('FLEX');
	await row('Library', 'Waiting for you').waitFor();
	await row('Library', 'Warning').waitFor();
	await open('Library', 'routing');
	await open('Library', 'Refunds go to Harbor');
	await row('Library', 'Harbor handles every refund.').waitFor();
	await open('Problem sets', 'company-conventions');
	await row('Problem sets', 'half-written').waitFor();
	await row('Problem sets', 'only in benchmarks').waitFor();
	await open('Problem sets', /^train/);
	await row('Problem sets', 'The key broke off').waitFor();
	await open('Runs', 'training');
	await row('Runs', 'Right at the first attempt').waitFor();
	await page.locator('.activitybar .badge-content', { hasText: '1' }).waitFor();
	for (const theme of ['light', 'dark', 'high-contrast'] as const) {
		await story.workbench.show(theme);
		for (const width of widths) {
			await page.setViewportSize({ width, height: 900 });
			await row('Library', 'Refunds go to Harbor').waitFor();
			await story.picture(`views-${theme}-${width}`);
		}
	}
	await story.workbench.show('dark');
	await page.setViewportSize({ width: 1400, height: 900 });
});

story.tell('tells the whole of an experience where the mouse rests on it', async () => {
	await story.workbench.hoverOver(row('Library', 'Refunds go to Harbor').locator('.monaco-icon-label'), 'Route');
	await story.workbench.page.mouse.move(900, 500);
});

story.tell('goes by the keyboard alone, to the document of an experience', async () => {
	const { page } = story.workbench;
	await story.workbench.command('FLEX: Open Library');
	await story.workbench.focusOf('Library');
	await page.keyboard.press('Home');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	await page.locator('.editor-instance .view-line', { hasText: 'Invoices are sent on Mondays' }).first().waitFor();
	await story.workbench.command('View: Close All Editors');
});

story.tell('accepts what waits, at the press of a button', async () => {
	await press('Invoices are sent on Mondays', 'Accept Experience');
	await row('Library', 'Waiting for you').waitFor({ state: 'detached' });
	await story.workbench.answerNotice('Invoices are sent on Mondays', 'Undo');
	await row('Library', 'Waiting for you').waitFor();
});

story.tell('filters as one types, says so, and forgets it on request', async () => {
	const { page } = story.workbench;
	await story.workbench.command('FLEX: Filter Library…');
	const input = page.locator('.quick-input-widget:visible input.input');
	await input.fill('parcel');
	await row('Library', 'Late parcels').waitFor();
	await page.locator('.pane-body', { hasText: '1 of 4 experiences pass the filter.' }).first().waitFor();
	await story.picture('views-filter');
	await input.press('Enter');
	await row('Library', 'Warning').waitFor({ state: 'detached' });
	await story.workbench.command('FLEX: Clear Library Filter');
	// What was open before the filter is open again.
	await row('Library', 'Refunds go to Harbor').waitFor();
});

story.tell('retires at the press of a button, and takes it back', async () => {
	await press('Refunds go to Harbor', 'Retire Experience');
	await story.workbench.notice('Retired “Refunds go to Harbor”').waitFor();
	await row('Library', 'Warning').waitFor({ state: 'detached' });
	await story.picture('views-retired');
	await story.workbench.answerNotice('Retired “Refunds go to Harbor”', 'Undo');
	await row('Library', 'Warning').waitFor();
});

/** Presses the button of an experience's row; a row that is drawn anew under the mouse shows its buttons at the next move. */
async function press(experience: string, button: string): Promise<void> {
	const item = row('Library', experience);
	await vi.waitFor(
		async () => {
			await item.locator('.monaco-icon-label').hover({ position: { x: 4, y: 4 } });
			await item.locator(`[aria-label="${button}"]`).click({ timeout: 1_000 });
			await story.workbench.page.mouse.move(900, 500);
		},
		{ timeout: 30_000 },
	);
}

/** Opens an item where it is closed; a click on the item itself would open its document. */
async function open(view: string, text: string | RegExp): Promise<void> {
	const item = row(view, text);
	await item.waitFor();
	if ((await item.getAttribute('aria-expanded')) === 'true') return;
	await item.locator('.monaco-icon-label').hover();
	await item.locator('.monaco-tl-twistie').click();
}

async function fillLibrary(workspace: string): Promise<void> {
	const experiences = [
		rule('a', 'a customer wants money back', 'Route the ticket to Harbor, whatever was bought.', {
			title: 'Refunds go to Harbor',
			patterns: [pattern('Harbor handles every refund.', { id: 'p1' })],
			cases: [solvedCase('A refund for a broken lamp?', 'Harbor', { id: 'c1' })],
		}),
		rule('b', 'a parcel is late', 'Route the ticket to Falcon.', {
			title: 'Late parcels go to Falcon',
			zone: 'golden',
			domains: ['delivery'],
		}),
		experience('c', {
			status: 'quarantined',
			title: 'Invoices are sent on Mondays',
			origin: { set: '', run: '', model: '', imported: 'team.json' },
		}),
		experience('d', { status: 'retired', title: 'Something that did not help' }),
	];
	const use = { run: 'R', problem: 'p', epoch: 0, rollout: 0, solved: true };
	await withLibrary(workspace, async (library) => {
		await library.apply(experiences.map((one) => ({ change: { op: 'insert' as const, experience: one }, by: 'test' })));
		await library.apply([{ change: { op: 'use', id: 'a', use }, by: 'run:R' }]);
	});
}

/** A finished training, as its files tell it. */
function writeRun(runs: string, set: string): void {
	const id = '01KAPQ00000000000000000001';
	mkdirSync(join(runs, id), { recursive: true });
	const config = {
		kind: 'train',
		set,
		config: { training: { epochs: 1 }, models: { default: 'embedded:smollm2-135m' } },
	};
	writeFileSync(join(runs, id, 'config.json'), JSON.stringify(config));
	const problems = readFileSync(join(set, 'train.jsonl'), 'utf8')
		.split('\n')
		.slice(0, 4)
		.map((line) => JSON.parse(line).id);
	const place = { epoch: 0, rollout: 0, round: 0 };
	const bodies = [
		{
			type: 'run.started',
			kind: 'train',
			set: 'company-conventions',
			problems: problems.length,
			epochs: 1,
			resumed: false,
		},
		{
			type: 'model.call',
			role: 'actor',
			model: 'm',
			tokensIn: 21_000,
			tokensOut: 400,
			ms: 900,
			cached: false,
			cost: null,
		},
		...problems.map((problem, at) => ({
			type: 'problem.finished',
			problem,
			...place,
			firstAttempt: at % 2 === 0,
			solved: at !== 1,
		})),
		{ type: 'library.changed', op: 'insert', id: 'a', rev: 1, reason: 'new' },
		{ type: 'warning', code: 'slow', message: 'The model answers slowly on this machine.' },
		{ type: 'run.finished', status: 'done' },
	];
	const lines = bodies.map((body, seq) => ({
		v: 1,
		run: id,
		seq,
		at: new Date(1_770_000_000_000 + seq * 20_000).toISOString(),
		...body,
	}));
	writeFileSync(join(runs, id, 'events.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
