/** What was said in a run about one problem, and who answered what. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RolloutLine, SampleRecord } from '../../../src/core/learning/runLog.js';
import { samplesOf, transcriptsOf } from '../../../src/runs/transcripts.js';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'flex-transcripts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (lines: readonly unknown[]): void =>
	writeFileSync(
		join(folder, 'rollouts.jsonl'),
		lines
			.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
			.join('\n')
			.concat('\n'),
	);

function rollout(problem: string, more: Partial<RolloutLine> = {}): unknown {
	const line: RolloutLine = {
		...{ problem, epoch: 0, rollout: 0, round: 0, messages: [{ role: 'user', content: 'Which team?' }] },
		...{ text: 'Harbor', answer: 'Harbor', verdict: 'incorrect', retrieved: ['e1'] },
		...more,
	};
	return { type: 'rollout', rollout: line };
}

function sample(arm: string, problem: string, verdict: SampleRecord['verdict'], seed = 1): unknown {
	const record = { arm, problem, seed, verdict, answer: '', tokensIn: 1, tokensOut: 1, ms: 1, retrieved: [] };
	return { type: 'sample', record };
}

it('are in order of epoch, rollout and round, whatever the order in which they were written', async () => {
	write([
		rollout('p1', { rollout: 1, round: 1, advice: 'Read it again.' }),
		rollout('p2'),
		rollout('p1', { rollout: 1 }),
		rollout('p1', { epoch: 1, verdict: 'correct' }),
		rollout('p1', { round: 0, text: 'first' }),
		rollout('p1', { round: 0, text: 'written again after a kill' }),
	]);
	const found = await transcriptsOf(folder, { problem: 'p1' });
	expect(found.map(({ epoch, rollout: at, rounds }) => [epoch, at, rounds.map(({ round }) => round)])).toEqual([
		[0, 0, [0]],
		[0, 1, [0, 1]],
		[1, 0, [0]],
	]);
	expect(found[0]?.rounds[0]?.text).toBe('written again after a kill');
	expect(found[1]?.rounds[1]?.advice).toBe('Read it again.');
	expect(await transcriptsOf(folder, { problem: 'p1', epoch: 1 })).toHaveLength(1);
});

it('are cut where they are long, and say so; damaged lines are passed over', async () => {
	write(['{"type":"rollout","rollout":{"problem":"p1"', rollout('p1', { text: 'x'.repeat(50_000) })]);
	const [found] = await transcriptsOf(folder, { problem: 'p1' });
	expect(found?.rounds[0]).toMatchObject({ cut: true, messages: [{ role: 'user', text: 'Which team?', cut: false }] });
	expect(found?.rounds[0]?.text).toHaveLength(20_000);
});

it('of a benchmark make a matrix: one character an answer, the majority of seeds', async () => {
	write([
		...[sample('llm', 'p1', 'incorrect'), sample('llm', 'p2', 'invalid')],
		...[sample('flex', 'p1', 'correct', 1), sample('flex', 'p1', 'correct', 2), sample('flex', 'p1', 'incorrect', 3)],
		...[sample('flex', 'p3', 'correct', 1), sample('flex', 'p3', 'incorrect', 2)],
	]);
	expect(await samplesOf(folder)).toEqual({
		problems: ['p1', 'p2', 'p3'],
		arms: ['llm', 'flex'],
		cells: { llm: '-!.', flex: '+.-' },
	});
});

it('are none where the run has written none', async () => {
	expect(await transcriptsOf(folder, { problem: 'p1' })).toEqual([]);
	expect(await samplesOf(folder)).toEqual({ problems: [], arms: [], cells: {} });
});
