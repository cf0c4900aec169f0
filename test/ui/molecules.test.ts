/** Retrosynthesis in a real window: tests that pass in another writing, a benchmark with drawings, and the same on the command line. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runIds } from '../../src/runs/runSummary.js';
import { rule, solvedCase } from '../builders/experiences.js';
import { fillLibrary } from '../builders/libraries.js';
import { reactionIn, writeReactions } from '../builders/molecules.js';
import { rdkit } from '../rdkit.js';
import { root, windowStory } from '../vscode/story.js';

const found = await rdkit();

/** Known to the library alone, and in the prompt where it is used. */
const advice = 'Take the N–C(=O) bond apart: the amine and the acid chloride.';
const amides = rule('a1b2c3d4e5f60718', 'The product is an anilide, CC(=O)Nc1ccccc1 or alike', advice, {
	title: 'Anilides come from acid chlorides',
	origin: { set: 'textbook-reactions', run: '01K00000000000000000000000', model: 'm' },
	cases: [solvedCase('CCC(=O)Nc1ccccc1', 'CCC(=O)Cl.Nc1ccccc1', { id: 'c1' })],
});

/** What the model writes, by reaction; the rest it solves in another writing. */
const answers: Readonly<Record<string, string>> = {
	'suzuki-coupling': 'Answer: Cc1ccc(Br)cc1.c1ccccc1Br',
	'reductive-amination': 'Answer: piperidine and benzaldehyde',
	'boc-deprotection': 'Answer: CC(C)(C)(C)OC(=O)NCc1ccccc1',
	'williamson-ether': 'Answer: COc1ccccc1',
};

describe('RDKit', () => {
	if (typeof found === 'string') {
		it.skip(`can't be had here: ${found.split('\n', 1)[0]}`, () => {});
		return;
	}
	const story = windowStory('molecules', {
		prepare: async (workspace) => {
			writeReactions(workspace);
			await fillLibrary(workspace, [amides]);
		},
		answer: ({ messages }) => {
			const reaction = reactionIn(messages.at(-1)?.content ?? '');
			const advised = messages.some(({ content }) => content.includes(advice));
			if (reaction?.id === 'amide-formation' && !advised) return { text: 'Answer: CC(=O)N.Brc1ccccc1' };
			return { text: (reaction && answers[reaction.id]) ?? `Well known.\n\nAnswer: ${reaction?.otherwise}` };
		},
		// A hover that pops up under the mouse would cover the next row.
		user: { 'workbench.hover.delay': 60_000 },
	});

	story.tell('passes tests in another writing, and says what is wrong with the others', async () => {
		const { workbench } = story;
		await workbench.openTests('textbook-reactions', /^train/);
		await workbench.test('williamson-ether').waitFor();
		await workbench.runTest(/^train/);
		for (const id of ['esterification', 'amide-formation']) await workbench.testIn('passed', id).waitFor();
		for (const id of Object.keys(answers)) await workbench.testIn('failed', id).waitFor();
		await workbench.testMessage('This is the product itself.').waitFor();
		await workbench.testMessage("can't be read as molecules: it is no SMILES").waitFor();
		await workbench.testMessage('greater than permitted').waitFor();
		const sides = workbench.openedTestMessage.locator('.monaco-diff-editor');
		const expected = sides.locator('.original .view-lines', { hasText: 'Cc1ccc(Br)cc1.OB(O)c1ccccc1' });
		await workbench.openTestMessage('1 of the 2 expected molecules is there (similarity 0.68).', expected);
		await sides.locator('.modified .view-lines', { hasText: 'Cc1ccc(Br)cc1.c1ccccc1Br' }).waitFor();
		await story.picture('molecules-tested');
		await workbench.command('View: Toggle Panel Visibility');
	});

	story.tell('compares three answers to each problem, and draws them side by side', async () => {
		const { panel, page } = story.workbench;
		await story.workbench.command('FLEX: Open Benchmark View');
		await panel
			.getByRole('button', { name: /New benchmark/u })
			.first()
			.click();
		await panel.locator('input[name=samples]').fill('3');
		await panel.locator('input[name=samples]').press('Tab');
		await panel.locator('.estimate', { hasText: '66 model calls' }).waitFor();
		await story.picture('molecules-plan');
		await panel.getByRole('button', { name: 'Start the benchmark' }).click();
		await panel.locator('flex-result-words', { hasText: 'training seed' }).waitFor();
		await panel.getByRole('columnheader', { name: 'maj@3' }).waitFor();
		await story.picture('molecules-measured');
		await panel.getByRole('gridcell', { name: 'again-suzuki-coupling, With experience' }).click();
		await panel.getByRole('img', { name: 'Structure of Cc1ccc(Br)cc1.OB(O)c1ccccc1' }).waitFor();
		await panel.locator('flex-compare').getByText('Answer 3').first().waitFor();
		// Three answers of each arm.
		const wrong = panel.getByRole('img', { name: 'Structure of Cc1ccc(Br)cc1.c1ccccc1Br' });
		await expect.poll(() => wrong.count()).toBe(6);
		for (const theme of ['dark', 'high-contrast', 'light'] as const) {
			await story.workbench.show(theme);
			await story.picture(`molecules-drawn-${theme}`);
		}
		await page.setViewportSize({ width: 900, height: 900 });
		await story.picture('molecules-drawn-900');
		await page.setViewportSize({ width: 1400, height: 900 });
		await panel.getByRole('button', { name: 'Result' }).click();
	});

	story.tell('is reported with the same figures by the command line', async () => {
		const { panel } = story.workbench;
		const [id = ''] = runIds(join(story.workspace, '.flex/runs'));
		const args = [join(root, 'dist/cli.js'), '--workspace', story.workspace, '--json', 'report', id];
		const printed = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
		const { report } = JSON.parse(printed);
		const rows = await panel.getByRole('table', { name: 'What each arm solved' }).getByRole('row').allInnerTexts();
		const shown = rows.slice(1).map((row) => row.replace(/\s+/gu, ' '));
		expect(report.arms).toHaveLength(4);
		for (const { arm, solved, n, accuracy, majority } of report.arms) {
			const name = { flex: 'With experience', llm: 'The model alone' }[String(arm)];
			if (!name) continue;
			const share = `${Math.round(100 * accuracy)} %`;
			const vote = `${Math.round(100 * majority.accuracy)} %`;
			expect(shown).toContainEqual(expect.stringMatching(`^${name} ${share} ${solved} / ${n} ${vote} `));
		}
		expect(report.arms.find(({ arm }: { arm: string }) => arm === 'flex')).toMatchObject({ solved: 2, n: 6 });
		expect(report.arms.find(({ arm }: { arm: string }) => arm === 'llm')).toMatchObject({ solved: 1, n: 6 });
	});

	story.tell('draws the cases of an experience in the library browser', async () => {
		const { panel, pageErrors } = story.workbench;
		await story.workbench.command('FLEX: Open Library Browser');
		await panel.locator('.row', { hasText: 'Anilides' }).click();
		await panel.getByRole('img', { name: 'Structure of CCC(=O)Nc1ccccc1' }).waitFor();
		await panel.getByRole('img', { name: 'Structure of CCC(=O)Cl.Nc1ccccc1' }).waitFor();
		await story.picture('molecules-experience');
		expect(pageErrors).toEqual([]);
	});
});
