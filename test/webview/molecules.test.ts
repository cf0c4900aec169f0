/** Problems whose answers are molecules, in a browser: drawn where the extension can draw them, and as texts everywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MoleculeDrawing } from '../../src/core/tasks/moleculeDrawing.js';
import type { TranscriptPage } from '../../src/protocol/runs.js';
import { openBrowser } from '../vscode/workbench.js';
import { runAnswers, trainingRun } from './boards.js';
import { Stage, themeNames } from './stage.js';

/** As RDKit drew them, by their SMILES. */
const drawings: Readonly<Record<string, MoleculeDrawing>> = JSON.parse(
	readFileSync(join(import.meta.dirname, '../fixtures/drawings.json'), 'utf8'),
);
const [product = '', expected = '', wrong = '', inks = ''] = Object.keys(drawings);

let browser: Browser;
let stage: Stage;

beforeAll(async () => {
	browser = await openBrowser();
});
afterEach(async () => {
	expect(stage.errors).toEqual([]);
	expect(stage.foreign).toEqual([]);
	await stage.close();
});
afterAll(() => browser?.close());

async function show(draw: (text: string) => MoleculeDrawing | null): Promise<void> {
	const answers = runAnswers([trainingRun()]);
	stage = await Stage.open(browser, {
		answers: { ...answers, transcripts: () => page, draw: ({ texts }) => texts.map(draw) },
		height: 1100,
	});
	await stage.page.getByRole('tab', { name: 'Training' }).click();
	await stage.page.locator('.cells').focus();
	await stage.page.keyboard.press('Enter');
	await stage.page.locator('flex-transcript').getByText(wrong).first().waitFor();
}

const round = { messages: [], cut: false, retrieved: [], advice: '' };
const page: TranscriptPage = {
	...{ problem: 'p1', question: product, expected, here: true, molecules: true },
	transcripts: [
		{
			...{ epoch: 0, rollout: 0, arm: '' },
			rounds: [
				{ ...round, round: 0, text: `Answer: ${wrong}`, answer: wrong, verdict: 'incorrect' },
				{ ...round, round: 1, text: 'Two of them.', answer: `${expected}\n${inks}`, verdict: 'correct' },
			],
		},
	],
};
const structures = (): Locator => stage.page.getByRole('img', { name: /^Structure of/u });

describe('a problem whose answers are molecules', () => {
	it('shows what was asked, expected and answered as drawings, readable in every theme', async () => {
		await show((text) => drawings[text] ?? null);
		await expect.poll(() => structures().count()).toBe(5);
		await stage.page.getByText('Proposal 2').waitFor();
		for (const theme of themeNames) {
			await stage.wear(theme);
			await stage.picture(`molecules-${theme}`);
			expect(await stage.violations(), theme).toEqual([]);
		}
	}, 60_000);

	it('shows the texts alone where nothing can be drawn', async () => {
		await show(() => null);
		await expect.poll(() => stage.asked.filter(({ name }) => name === 'draw').length).toBeGreaterThan(2);
		expect(await structures().count()).toBe(0);
		await stage.page.getByText(`Expected: ${expected}`).waitFor();
	});
});
