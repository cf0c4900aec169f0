/** What is asked before RDKit is put on a machine: once, at an action alone, and again at the next one. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { componentStatus } from '../../src/providers/components.js';
import { rule, solvedCase } from '../builders/experiences.js';
import { fillLibrary } from '../builders/libraries.js';
import { reactions, writeReactions } from '../builders/molecules.js';
import { root, windowStory } from '../vscode/story.js';

const question = 'Install what grades these answers?';
const anilides = rule('a1b2c3d4e5f60718', 'The product is an anilide', 'Take the N–C(=O) bond apart.', {
	title: 'Anilides come from acid chlorides',
	origin: { set: 'textbook-reactions', run: '01K00000000000000000000000', model: 'm' },
	cases: [solvedCase('CCC(=O)Nc1ccccc1', 'CCC(=O)Cl.Nc1ccccc1', { id: 'c1' })],
});

const story = windowStory('consent', {
	prepare: async (workspace) => {
		writeReactions(workspace);
		await fillLibrary(workspace, [anilides]);
	},
	answer: () => ({ text: 'Answer: CCO' }),
	// A machine without RDKit, and with an npm that reaches nothing.
	environment: (folder) => ({
		FLEX_HOME: join(folder, 'home'),
		npm_config_registry: 'http://127.0.0.1:9/',
		npm_config_fetch_retries: '0',
	}),
	user: { 'workbench.hover.delay': 60_000 },
});

const dialog = () => story.workbench.page.locator('.monaco-dialog-box', { hasText: question });
const refused = 'RDKit was not installed, as you wished';

story.tell('looking at molecules asks nothing, and shows them as texts', async () => {
	const { panel } = story.workbench;
	await story.workbench.command('FLEX: Open Library Browser');
	await panel.locator('.row', { hasText: 'Anilides' }).click();
	await panel.getByText('CCC(=O)Cl.Nc1ccccc1').first().waitFor();
	expect(await panel.getByRole('img', { name: /^Structure of/u }).count()).toBe(0);
	expect(await dialog().count()).toBe(0);
});

story.tell(
	'running tests asks once for all of them; who says no is told so at each, and no model was asked',
	async () => {
		const { workbench } = story;
		await workbench.openTests('textbook-reactions', /^train/);
		await workbench.test('williamson-ether').waitFor();
		await workbench.runTest(/^train/);
		await dialog().getByText('RDKit (about 8 MB)').waitFor();
		await story.picture('consent-asked');
		await workbench.answerDialog('Cancel');
		for (const { id } of reactions) await workbench.testIn('error', id).waitFor();
		await workbench.testMessage(refused).waitFor();
		expect(await dialog().count()).toBe(0);
		expect(story.endpoint.requests).toEqual([]);
		await story.picture('consent-refused');
	},
);

story.tell('a benchmark asks again, and its form stays for another try', async () => {
	const { workbench } = story;
	const { panel } = workbench;
	await workbench.command('View: Toggle Panel Visibility');
	await workbench.command('FLEX: Open Benchmark View');
	await panel
		.getByRole('button', { name: /New benchmark/u })
		.first()
		.click();
	await panel.getByRole('button', { name: 'Start the benchmark' }).click();
	await dialog().waitFor();
	await workbench.answerDialog('Cancel');
	await workbench.notice(refused).waitFor();
	await panel.getByRole('button', { name: 'Start the benchmark' }).waitFor();
	await story.picture('consent-benchmark');
	await workbench.command('Notifications: Clear All Notifications');
});

story.tell('who says yes where npm reaches nothing is told what to check', async () => {
	const { workbench } = story;
	await workbench.panel.getByRole('button', { name: 'Start the benchmark' }).click();
	await dialog().waitFor();
	await workbench.answerDialog('Install');
	await workbench.notice('npm could not install RDKit. Check').waitFor();
	await story.picture('consent-unreachable');
	expect(story.endpoint.requests).toEqual([]);
	const places = { home: join(story.folder, 'home'), componentsFolder: join(root, 'components') };
	expect((await componentStatus('rdkit', places)).installed).toBe(false);
});
