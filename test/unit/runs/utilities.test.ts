/** What benchmarks say of each experience: pairs of the same problem, with it and without. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SampleRecord } from '../../../src/core/learning/runLog.js';
import { Utilities } from '../../../src/runs/utilities.js';

let runs: string;
beforeEach(() => {
	runs = mkdtempSync(join(tmpdir(), 'flex-utilities-'));
});
afterEach(() => rmSync(runs, { recursive: true, force: true }));

type Answer = Pick<SampleRecord, 'arm' | 'problem'> & {
	readonly right: boolean;
	readonly given?: readonly string[];
	readonly seed?: number;
};

function bench(run: string, answers: readonly Answer[], kind = 'bench'): void {
	mkdirSync(join(runs, run), { recursive: true });
	const config = { kind, run, set: 'sets/teams', config: { training: {}, models: {} } };
	writeFileSync(join(runs, run, 'config.json'), JSON.stringify(config));
	add(run, answers);
}

function add(run: string, answers: readonly Answer[]): void {
	const lines = answers.map(({ arm, problem, right, given = [], seed = 1 }) => {
		const verdict = right ? 'correct' : 'incorrect';
		const record = { arm, problem, seed, verdict, answer: 'x', tokensIn: 1, tokensOut: 1, ms: 1, retrieved: given };
		return `${JSON.stringify({ type: 'sample', record })}\n`;
	});
	appendFileSync(join(runs, run, 'rollouts.jsonl'), lines.join(''));
}

const both = (problem: string, withIt: boolean, withoutIt: boolean, given = ['e']): readonly Answer[] => [
	{ arm: 'llm', problem, right: withoutIt },
	{ arm: 'flex', problem, right: withIt, given },
];
const problems = (count: number, first = 0): readonly string[] =>
	Array.from({ length: count }, (_, at) => `p${first + at}`);

it('comes from pairs alone: an answer without its counterpart says nothing', async () => {
	bench('01A', [...both('p1', true, false), { arm: 'flex', problem: 'p2', right: true, given: ['e'] }]);
	const found = (await new Utilities().of(runs)).get('e');
	expect(found).toMatchObject({ effect: 1, verdict: 'unknown', utility: { helped: 1, hurt: 0, pairs: 1 } });
	expect(found?.pairs).toEqual([
		{ run: '01A', set: 'sets/teams', problem: 'p1', seed: 1, withSolved: true, withoutSolved: false },
	]);
});

it('gives a verdict from ten pairs on', async () => {
	bench(
		'01A',
		problems(20).flatMap((problem) => both(problem, true, false)),
	);
	bench(
		'01B',
		problems(20, 20).flatMap((problem) => both(problem, false, true, ['bad'])),
	);
	const found = await new Utilities().of(runs);
	expect(found.get('e')).toMatchObject({ verdict: 'helps', effect: 1 });
	expect(found.get('bad')).toMatchObject({ verdict: 'hurts', effect: -1 });
});

it('counts a problem that several benchmarks asked once, as the newest answered', async () => {
	bench('01A', both('p1', false, true));
	bench('01B', both('p1', true, false));
	expect((await new Utilities().of(runs)).get('e')).toMatchObject({ utility: { helped: 1, hurt: 0, pairs: 1 } });
});

it('lets one answer without experience stand for all seeds, and sets tools against tools', async () => {
	bench('01A', [
		{ arm: 'llm', problem: 'p1', right: false },
		{ arm: 'flex', problem: 'p1', right: true, given: ['e'], seed: 1 },
		{ arm: 'flex', problem: 'p1', right: false, given: ['e'], seed: 2 },
		{ arm: 'flex-agent', problem: 'p2', right: true, given: ['e'] },
	]);
	expect((await new Utilities().of(runs)).get('e')?.utility).toMatchObject({ helped: 1, hurt: 0, pairs: 2 });
	add('01A', [{ arm: 'agent', problem: 'p2', right: false }]);
	expect((await new Utilities().of(runs)).get('e')?.utility).toMatchObject({ helped: 2, pairs: 3 });
});

it('reads what was added since, leaves out trainings, and survives damaged lines', async () => {
	const utilities = new Utilities();
	bench('01A', both('p1', true, false));
	bench('01T', both('p9', true, false), 'train');
	expect((await utilities.of(runs)).get('e')?.utility.pairs).toBe(1);
	appendFileSync(join(runs, '01A', 'rollouts.jsonl'), '{"type":"sample","record":{"arm":"fl\n{"type":"sample"}\n');
	add('01A', both('p2', true, true));
	expect((await utilities.of(runs)).get('e')?.utility.pairs).toBe(2);
	rmSync(join(runs, '01A'), { recursive: true });
	expect((await utilities.of(runs)).size).toBe(0);
});
