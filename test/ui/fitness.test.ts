/** Protein fitness in a real window: formulas as tests, a benchmark's mean ρ beside the paper, and a regression that is rolled back. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { assayRow } from '../../src/core/tasks/fitness/assayRow.js';
import { variants } from '../builders/assays.js';
import { rule } from '../builders/experiences.js';
import { fillLibrary, withLibrary } from '../builders/libraries.js';
import { writeSet } from '../builders/setFiles.js';
import { windowStory } from '../vscode/story.js';

/** Known to the library alone. */
const fuse = rule('f1b2c3d4e5f60718', 'Activity of an enzyme is to be ranked', 'Fuse the two scores that agree.', {
	title: 'Two scores that agree are fused',
});
const misleading = rule('f2b2c3d4e5f60718', 'Activity of an enzyme is to be ranked', 'Trust the noise.', {
	title: 'Noise is trusted',
});

const story = windowStory('fitness', {
	prepare: async (workspace) => {
		writeAssay(workspace);
		await fillLibrary(workspace, [fuse]);
	},
	answer: ({ messages }) => ({ text: formulaFor(messages.map(({ content }) => content).join('\n')) }),
	machine: { 'flex.training.gate': 'rollback' },
	// A hover that pops up under the mouse would cover the next row.
	user: { 'workbench.hover.delay': 60_000 },
});

/** The problem that a prompt names last decides, and what stands in it besides: training examples mislead this model. */
function formulaFor(prompt: string): string {
	const formulas: Readonly<Record<string, string>> = {
		'draw-1': 'Answer: (f) => mean(f.good, f.fair)',
		'draw-2': 'Answer: (f) => f.noise',
		'draw-3': 'Answer: (f) => f.luck',
		'draw-4': 'I would trust the experts.',
	};
	const asked = prompt.match(/(?:draw|held-out)-\d+/gu)?.at(-1) ?? '';
	const own = formulas[asked];
	if (own !== undefined) return own;
	if (prompt.includes('Trust the noise.') || prompt.includes('draw-')) return 'Answer: (f) => f.noise';
	return `Answer: (f) => ${prompt.includes('Fuse the two scores') ? 'mean(f.good, f.fair)' : 'f.cost'}`;
}

function writeAssay(workspace: string): void {
	const assay = variants(80);
	const row = (id: string, seed: number) =>
		assayRow({
			id,
			about: `Activity of an enzyme (${id}).`,
			variants: assay,
			file: 'assay.jsonl',
			...{ labelled: 40, seed, computed: false },
		});
	const manifest = { name: 'protein-gym-sample', kind: 'fitness', description: 'Rank the variants of an enzyme.' };
	writeSet(join(workspace, 'protein-gym-sample'), manifest, {
		assay,
		train: [1, 2, 3, 4].map((seed) => row(`draw-${seed}`, seed)),
		dev: [11, 12, 13, 14].map((seed) => row(`held-out-${seed}`, seed)),
	});
}

story.tell('passes a formula that beats the best feature, and says of others why they do not', async () => {
	const { workbench } = story;
	await workbench.openTests('protein-gym-sample', /^train/);
	await workbench.test('draw-4').waitFor();
	await workbench.runTest(/^train/);
	await workbench.testIn('passed', 'draw-1').waitFor();
	for (const draw of ['draw-2', 'draw-3', 'draw-4']) await workbench.testIn('failed', draw).waitFor();
	await workbench.testMessage(/ρ is -?0\.\d+ on 40 labelled variants; the best single feature/u).waitFor();
	await workbench.testMessage('No formula was found in the answer.').waitFor();
	const message = workbench.openedTestMessage;
	await workbench.openTestMessage(
		'There is no feature "luck"',
		message.filter({ hasText: 'There is no feature "luck"' }),
	);
	// No formula is the right one, so nothing is expected.
	expect(await message.locator('.monaco-diff-editor:visible').count()).toBe(0);
	await story.picture('fitness-tested');
	await workbench.command('View: Toggle Panel Visibility');
});

story.tell('measures the mean correlation of each arm, and lays it beside the paper', async () => {
	const { panel } = story.workbench;
	await story.workbench.command('FLEX: Open Benchmark View');
	await panel
		.getByRole('button', { name: /New benchmark/u })
		.first()
		.click();
	await panel.getByRole('button', { name: 'Start the benchmark' }).click();
	const scores = panel.getByRole('table', { name: 'Mean Spearman ρ of each arm' });
	const ours = scores.getByRole('row', { name: /^With experience/u });
	await ours.waitFor();
	const alone = scores.getByRole('row', { name: /^The model alone/u });
	expect(meanIn(await ours.innerText())).toBeGreaterThan(0.85);
	expect(meanIn(await alone.innerText())).toBeLessThan(-0.5);
	await panel.locator('flex-result-words', { hasText: /Mean Spearman ρ with experience is 0\.[89]\d+/u }).waitFor();
	const paper = panel.locator('flex-paper-table');
	await paper.getByText('mean Spearman ρ × 100').first().waitFor();
	const last = (await paper.getByRole('row').last().innerText()).replace(/\s+/gu, ' ');
	expect(last).toMatch(/model-a \(ours\) −\d+\.\d – – 9\d\.\d \+1\d\d\.\d$/u);
	await scores.scrollIntoViewIfNeeded();
	for (const theme of ['dark', 'high-contrast', 'light'] as const) {
		await story.workbench.show(theme);
		await story.picture(`fitness-measured-${theme}`);
	}
	await panel.getByRole('gridcell', { name: 'held-out-11, With experience' }).click();
	await panel.locator('flex-compare').getByText('A good answer:').waitFor();
	await panel
		.locator('flex-compare')
		.getByText(/^Spearman ρ 0\.\d+$/u)
		.waitFor();
	await story.picture('fitness-compared');
});

story.tell('tells what is lost since the last check, and goes back only at the press of a button', async () => {
	const { workbench, workspace } = story;
	await workbench.command('FLEX: Check for Regressions');
	await workbench.pick('protein-gym-sample');
	await workbench.notice('this is the first check').waitFor();
	await withLibrary(workspace, (library) =>
		library.apply([
			{ change: { op: 'retire', id: fuse.id }, by: 'run:X' },
			{ change: { op: 'insert', experience: misleading }, by: 'run:X' },
		]),
	);
	await workbench.command('FLEX: Check for Regressions');
	await workbench.pick('protein-gym-sample');
	await workbench.notice('regressed: lost 4, gained 0, of 4 problems.').waitFor();
	await story.picture('regressions-lost');
	expect(await statuses()).toEqual({ [fuse.id]: 'retired', [misleading.id]: 'active' });
	await workbench.answerNotice('regressed: lost 4', 'Roll back');
	await workbench.notice('2 experiences are as they were').waitFor();
	expect(await statuses()).toEqual({ [fuse.id]: 'active', [misleading.id]: 'retired' });
	await story.picture('regressions-back');
});

story.tell('takes back what a training taught, where it lost problems and the setting says so', async () => {
	const { workbench } = story;
	await workbench.command('Notifications: Clear All Notifications');
	await workbench.command('FLEX: Train on Problem Set…');
	await workbench.pick('protein-gym-sample');
	await workbench.pick('openai:scripted/model-a');
	await workbench.pick('Start training');
	await workbench.notice('regressed: lost 4, gained 0, of 4 problems.').waitFor();
	await workbench.notice('The library went back to the last state that passed').waitFor();
	await story.picture('regressions-setting');
	const active = await withLibrary(story.workspace, (library) => library.list({ statuses: ['active'] }));
	expect(active.map(({ id }) => id)).toEqual([fuse.id]);
	expect(workbench.pageErrors).toEqual([]);
});

async function statuses(): Promise<Readonly<Record<string, string>>> {
	const known = await withLibrary(story.workspace, (library) => library.get([fuse.id, misleading.id]));
	return Object.fromEntries(known.map(({ id, status }) => [id, status]));
}

/** The first figure with three digits. */
function meanIn(row: string): number {
	return Number(/−?\d\.\d{3}/u.exec(row)?.[0].replace('−', '-'));
}
