/** Grading a formula: against the best single feature, on what the port gives; and what the actor and its critic hear of it. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitness } from '../../../../src/core/tasks/fitness.js';
import type { Sandbox } from '../../../../src/core/tasks/sandbox.js';
import type { GraderPorts } from '../../../../src/core/tasks/task.js';
import { openSandbox } from '../../../../src/providers/sandbox.js';
import { assayPort, variants } from '../../../builders/assays.js';
import { problem, problemSet } from '../../../builders/problems.js';
import { builtSandbox } from '../../providers/builtSandbox.js';

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
	const built = await builtSandbox();
	folder = built.folder;
	sandbox = openSandbox(built);
});
afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

const set = problemSet([], { name: 'proteins', kind: 'fitness', answerSpace: undefined, source: '/proteins' });
const posed = problem('p', 'Rank them.', '(f) => f.good', { extra: { assay: 'a.jsonl', labelled: 100, seed: 2 } });
const all = variants(300);
const learning = (): GraderPorts => ({ sandbox, assays: assayPort(all, false) });
const measuring = (): GraderPorts => ({ sandbox, assays: assayPort(all, true) });
const never = new AbortController().signal;

function grade(text: string, ports: GraderPorts, extra = posed.extra) {
	const attempt = { text, answer: fitness.extract(text, set) };
	return fitness.grade({ ...posed, extra }, attempt, set, ports, never);
}

describe('a formula', () => {
	it('is right where it beats the best single feature, by cross-validation where unseen scores are withheld', async () => {
		const { verdict, score = 0, detail } = await grade('Answer: (f) => mean(f.good, f.fair)', learning());
		expect(verdict).toBe('correct');
		expect(score).toBeGreaterThan(0.9);
		expect(detail).toMatch(/on 100 labelled variants; the best single feature, \(f\) => -?f\.\w+, reaches 0\.\d+/u);
	});

	it('is measured on the unseen variants where their scores are given', async () => {
		const { verdict, score = 0, detail } = await grade('Answer: (f) => [f.good, f.fair, f.noise]', measuring());
		expect([verdict, score > 0.9]).toEqual(['correct', true]);
		expect(detail).toMatch(/on 200 unseen variants/u);
	});

	it('that is only the best feature, or worse, or orders nothing, is wrong and scored all the same', async () => {
		for (const formula of ['f.good', '-f.cost', 'f.noise', '-f.good', '1']) {
			const { verdict, score } = await grade(`Answer: (f) => ${formula}`, learning());
			expect([formula, verdict, typeof score]).toEqual([formula, 'incorrect', 'number']);
		}
		expect((await grade('Answer: (f) => -f.good', learning())).score).toBeLessThan(-0.3);
	});

	it('that can’t be used is invalid, and the reason is what the actor hears', async () => {
		expect(await grade('I do not know.', learning())).toMatchObject({
			verdict: 'invalid',
			feedback: expect.stringMatching(/No formula/u),
		});
		expect(await grade('Answer: (f) => f.esm', learning())).toMatchObject({
			verdict: 'invalid',
			feedback: expect.stringMatching(/no feature "esm"/u),
		});
	});

	it('is graded the same each time', async () => {
		const once = await grade('Answer: (f) => [f.good, f.noise]', measuring());
		expect(await grade('Answer: (f) => [f.good, f.noise]', measuring())).toEqual(once);
	});
});

describe('the instructions', () => {
	it('hold an example that is read and compiled as any answer', () => {
		const text = fitness.instructions(set);
		expect(text).toMatch(/arrow function of f.*\n.*mean\(…\)/u);
		expect(fitness.extract(text, set)).toBe('(f) => f.one + 0.5 * f.two');
	});
});

describe('what the actor hears', () => {
	it('is the same whether or not the unseen scores are known: none of them is in it', async () => {
		const [held, open] = [
			await grade('Answer: (f) => f.fair', learning()),
			await grade('Answer: (f) => f.fair', measuring()),
		];
		expect(open.feedback).toBe(held.feedback);
		expect(open.score).not.toBe(held.score);
		expect(held.feedback).toMatch(/^On the labelled variants its rank correlation is 0\.\d+; the best single feature/u);
	});
});

describe('a problem of fitness', () => {
	it.each([
		['no assay', {}, /"assay"/u],
		['a strange number of labels', { assay: 'a.jsonl', labelled: -1 }, /"labelled"/u],
		['labels that are no names', { assay: 'a.jsonl', labelled: [1] }, /"labelled"/u],
		['a strange seed', { assay: 'a.jsonl', seed: 'x' }, /"seed"/u],
	])('with %s is refused', async (_, extra, why) => {
		await expect(grade('Answer: (f) => f.good', learning(), extra)).rejects.toMatchObject({
			reason: 'bad-problem',
			message: expect.stringMatching(why),
		});
	});

	it('needs a sandbox and its variants', async () => {
		await expect(grade('Answer: (f) => f.good', { sandbox })).rejects.toMatchObject({ reason: 'missing-port' });
		await expect(grade('Answer: (f) => f.good', { assays: assayPort(all, false) })).rejects.toMatchObject({
			reason: 'missing-port',
		});
	});
});
