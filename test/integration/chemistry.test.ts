/** Retrosynthesis as users get it: RDKit from npm, in the worker that ships, grading real writings and surviving hostile ones. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chemistry } from '../../src/core/tasks/chemistry.js';
import { retrosynthesis } from '../../src/core/tasks/retrosynthesis.js';
import type { Grade, ProblemSet } from '../../src/core/tasks/task.js';
import { openChemistry } from '../../src/providers/chemistry.js';
import { problem, problemSet } from '../builders/problems.js';
import { rdkit } from '../rdkit.js';

const root = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'flex-chemistry-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The folder of RDKit; where it can't be had, why. */
const found = await rdkit();

const signal = new AbortController().signal;
const workerFile = path.join(folder, 'chemistryWorker.js');
const one = problemSet([], { kind: 'retrosynthesis', answerSpace: undefined });
const three: ProblemSet = { ...one, grader: { topK: 3 } };

if (typeof found === 'string') {
	describe('RDKit', () => {
		it.skip(`can't be had here: ${found.split('\n', 1)[0]}`, () => {});
	});
} else describeChemistry(found.component);

function describeChemistry(component: string): void {
	let chemistry: Chemistry;
	beforeAll(async () => {
		const entryPoints = [path.join(root, 'src/providers/chemistryWorker.ts')];
		await build({ entryPoints, outfile: workerFile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
		chemistry = openChemistry({ workerFile, component: async () => component });
		await chemistry.prepare();
	}, 60_000);
	afterAll(() => chemistry.close());

	const product = 'COC(=O)[C@H](C)NC(=O)c1ccccc1';
	const expected = 'COC(=O)[C@H](C)N.O=C(Cl)c1ccccc1';
	const grade = (text: string, set = one, answer = expected): Promise<Grade> => {
		const attempt = { text, answer: retrosynthesis.extract(text, set) };
		return retrosynthesis.grade(problem('p', product, answer), attempt, set, { chemistry }, signal);
	};

	describe('retrosynthesis is right', { timeout: 60_000 }, () => {
		it.each([
			['as expected', expected],
			['in another order', 'O=C(Cl)c1ccccc1.COC(=O)[C@H](C)N'],
			['in another writing', 'ClC(=O)C1=CC=CC=C1.N[C@@H](C)C(=O)OC'],
			['with explicit hydrogens', '[H]c1ccccc1C(Cl)=O.[H]N([H])[C@@]([H])(C)C(=O)OC'],
			['with atom maps', 'C[O:1][C:2](=[O:3])[C@H:4]([CH3:5])[NH2:6].O=C([Cl:9])c1ccccc1'],
			['as a reaction', `${expected}>>${product}`],
			['as the hydrochloride of its amine', `Cl.${expected}`],
		])('%s', async (_, answer) => {
			expect(await grade(`Answer: ${answer}`)).toMatchObject({ verdict: 'correct', score: 1 });
		});

		it('and every writing has the same canonical one, by which votes are counted', async () => {
			const written = await Promise.all([expected, 'ClC(=O)C1=CC=CC=C1.N[C@@H](C)C(=O)OC'].map((text) => grade(text)));
			expect(new Set(written.map(({ canonical }) => canonical)).size).toBe(1);
			expect(written[0]?.canonical).not.toBe((await grade(expected.replace('@H', '@@H'))).canonical);
		});

		it('at any rank that counts, with a lower score', async () => {
			const list = `Answer:\n1. CCO\n2. ${expected}\n3. CCN`;
			const right = await grade(list, three);
			expect(right).toMatchObject({ verdict: 'correct', detail: expect.stringContaining('Proposal 2') });
			expect(right.score).toBeCloseTo(1 - 1 / 6);
			expect((await grade(list)).verdict).toBe('incorrect');
		});
	});

	describe('retrosynthesis is wrong', { timeout: 60_000 }, () => {
		it.each([
			['with the mirror image', expected.replace('@H', '@@H')],
			['without its stereochemistry', expected.replace('[C@H]', 'C')],
			['with one atom changed', expected.replace('Cl', 'Br')],
			['with one reactant of two', 'O=C(Cl)c1ccccc1'],
			['with an isotope', expected.replace('COC', '[13CH3]OC')],
		])('%s', async (_, answer) => {
			const { verdict, score = 1 } = await grade(`Answer: ${answer}`);
			expect(verdict).toBe('incorrect');
			expect(score).toBeGreaterThan(0.2);
			expect(score).toBeLessThanOrEqual(0.5);
		});

		it('with the product itself, and says so', async () => {
			const { detail, feedback } = await grade(`Answer: ${product}`);
			expect([detail, feedback]).toEqual([
				expect.stringContaining('the product itself'),
				'These are the molecules of the product itself.',
			]);
		});

		it('says how much of it is there', async () => {
			const { detail } = await grade('Answer: CCO.O=C(Cl)c1ccccc1');
			expect(detail).toMatch(/^1 of the 2 expected molecules is there \(similarity 0\.\d\d\)\./);
		});
	});

	describe('retrosynthesis is unusable', { timeout: 60_000 }, () => {
		it.each([
			['with a ring left open', 'c1ccccc', 'unclosed ring'],
			['with five bonds at carbon', 'CC(C)(C)(C)C', 'valence'],
			['in words', 'benzoyl chloride', 'SMILES'],
			['with a NUL', 'CC\0O', 'SMILES'],
			['of 100,000 characters', 'C'.repeat(100_000), 'longer than 1,000'],
			['of 100,000 brackets', '('.repeat(100_000), 'longer than 1,000'],
		])('%s', async (_, answer, why) => {
			const graded = await grade(`Answer: ${answer}`);
			expect(graded).toMatchObject({ verdict: 'invalid' });
			expect(graded.detail).toContain(why);
		});

		it('for want of an answer', async () => {
			expect(await grade('')).toMatchObject({ verdict: 'invalid', detail: expect.stringContaining('No SMILES') });
		});
	});

	describe('RDKit', { timeout: 60_000 }, () => {
		it('that breaks down on a text reads the next one all the same', async () => {
			// A chain of so many atoms runs over the stack of WebAssembly.
			const chain = 'C'.repeat(1_000);
			const rings = Array.from({ length: 85 }, (_, i) => `C%${10 + i}`).join('');
			const read = await chemistry.read([chain, `${rings}${rings}`, 'OCC'], signal);
			expect(read[0]).toEqual({ error: 'RDKit broke down on it' });
			expect(read[2]).toMatchObject({ molecules: [{ smiles: 'CCO' }] });
		});

		it('names a problem whose own answer is none', async () => {
			await expect(grade('Answer: CCO', one, 'C1CC')).rejects.toMatchObject({
				name: 'TaskError',
				reason: 'bad-problem',
			});
		});

		it('draws molecules as plain strokes', async () => {
			const [drawing, none] = await chemistry.draw([`${product}.[Na+]`, 'no molecule'], signal);
			expect(none).toBeUndefined();
			expect(drawing?.strokes.map(({ ink }) => ink)).toEqual(expect.arrayContaining(['carbon', 'oxygen', 'nitrogen']));
			expect(JSON.stringify(drawing)).not.toMatch(/[<>&]/);
		});

		it('that hangs costs one answer', async () => {
			const hanging = path.join(folder, 'hanging.js');
			const answers =
				"({ smiles }) => { if (smiles === 'hang') for (;;); p.postMessage({ kind: 'result', result: { reading: { molecules: [] } } }); }";
			writeFileSync(
				hanging,
				`const p = require('worker_threads').parentPort; p.on('message', ${answers}); p.postMessage({ kind: 'ready' });`,
			);
			const slow = openChemistry({ workerFile: hanging, component: async () => component, timeoutMs: 1_500 });
			const read = await slow.read(['CC', 'hang', 'CC'], signal);
			expect(read).toEqual([
				{ molecules: [] },
				{ error: 'RDKit was stopped after 1.5 seconds of reading it' },
				{ molecules: [] },
			]);
			await slow.close();
			await expect(slow.read(['CC'], signal)).rejects.toMatchObject({ reason: 'closed' });
		});

		it('that can’t be had says so at each use, for the next one may succeed', async () => {
			let asked = 0;
			const component = async (): Promise<string> => {
				asked++;
				throw new Error('refused');
			};
			const refused = openChemistry({ workerFile, component });
			await expect(refused.prepare()).rejects.toThrow('refused');
			await expect(refused.read(['C'], signal)).rejects.toThrow('refused');
			expect(asked).toBe(2);
			await refused.close();
		});

		it('that was damaged can’t be started, and says what to do', async () => {
			const damaged = openChemistry({ workerFile, component: async () => folder });
			await expect(damaged.prepare()).rejects.toMatchObject({
				reason: 'not-started',
				message: expect.stringContaining('--rdkit'),
			});
			await damaged.close();
		});
	});
}
