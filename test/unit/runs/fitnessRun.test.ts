/** Fitness from training to report: what training sees, what a benchmark measures, and that no unseen score gets from one to the other. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { assayRow } from '../../../src/core/tasks/fitness/assayRow.js';
import { divideAssay } from '../../../src/core/tasks/fitness/divideAssay.js';
import type { Sandbox } from '../../../src/core/tasks/sandbox.js';
import { loadProblemSet } from '../../../src/providers/problemSets.js';
import { openSandbox } from '../../../src/providers/sandbox.js';
import { writeReport } from '../../../src/runs/benchReport.js';
import { startBenchmark } from '../../../src/runs/benchRun.js';
import { startTraining } from '../../../src/runs/trainRun.js';
import { variants } from '../../builders/assays.js';
import type { ModelScript } from '../../fakes/scriptedModel.js';
import { builtSandbox } from '../providers/builtSandbox.js';
import { allOf, configWith, portsOf, ScriptedPool, workspace } from './measureWorld.js';

const folder = mkdtempSync(join(tmpdir(), 'flex-fitness-'));
let built: Awaited<ReturnType<typeof builtSandbox>>;
let sandbox: Sandbox;
beforeAll(async () => {
	built = await builtSandbox();
	sandbox = openSandbox(built);
});
afterAll(async () => {
	await sandbox.close();
	for (const path of [folder, built.folder]) rmSync(path, { recursive: true, force: true });
});

const all = variants(600);
const fused = '(f) => mean(f.good, f.fair)';
const never = new AbortController().signal;

/** Names one feature at first; both once it is told that this is not right, or where experience shows it how. */
const actor: ModelScript = ({ messages, schema }) => {
	if (schema)
		return JSON.stringify({ when: 'several features agree', strategy: 'Take the mean of those which agree.' });
	const knows = messages.length > 2 || messages[0]?.content.startsWith('You are a coach');
	return knows ? `Answer: ${fused}` : 'Answer: (f) => f.good';
};

async function world(unseenScores: (score: number) => number = (score) => score) {
	const rows = (part: string, seeds: readonly number[]) =>
		seeds.map((seed) =>
			assayRow({
				id: `${part}/${seed}`,
				about: `${part}.`,
				variants: all,
				file: 'a.jsonl',
				labelled: 100,
				seed,
				computed: false,
			}),
		);
	const labelled = new Set([...Array(4).keys()].flatMap((index) => labelledBy(index + 1)));
	const file = all.map((variant) =>
		labelled.has(variant.mutant) ? variant : { ...variant, score: unseenScores(variant.score) },
	);
	writeFileSync(
		join(folder, 'flex-task.json'),
		JSON.stringify({ name: 'made-up', kind: 'fitness', description: 'Rank the variants.', levels: 'flat' }),
	);
	for (const [split, seeds] of [
		['train', [1, 2]],
		['dev', [3]],
		['test', [4]],
	] as const) {
		writeFileSync(
			join(folder, `${split}.jsonl`),
			rows(split, seeds)
				.map((row) => JSON.stringify(row))
				.join('\n'),
		);
	}
	writeFileSync(join(folder, 'a.jsonl'), file.map((variant) => JSON.stringify(variant)).join('\n'));
	writeFileSync(
		join(folder, 'a.json'),
		JSON.stringify({ published: { ESM: 0.5, EVE: 0.6, Site: 0.3 }, over: 'all variants' }),
	);
	const set = await loadProblemSet(folder);
	const store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
	const ports = { ...portsOf(workspace(), store, new ScriptedPool(actor)), sandbox };
	return { set, store, ports, config: configWith({ training: { rollouts: 1, rounds: 2, concurrency: 1 } }) };
}

function labelledBy(seed: number): readonly string[] {
	return divideAssay(all, { file: 'a', labelled: 100, seed }, true).labelled.map(({ mutant }) => mutant);
}

async function train(place: Awaited<ReturnType<typeof world>>) {
	const { ports, set, config, store } = place;
	const training = await startTraining(ports, set, config, '01KAPQ00000000000000000011', never);
	const events = await allOf(training.events);
	const told = events.filter(
		({ type }) => type === 'attempt' || type === 'problem.finished' || type === 'run.finished',
	);
	return {
		events,
		told: told.map(({ at: _, ...rest }) => rest),
		experiences: await store.list({ statuses: ['active'] }),
	};
}

describe('training on fitness', () => {
	it('lets the actor mend a formula, and keeps the best one as the case of its problem', async () => {
		const { events, experiences } = await train(await world());
		const attempts = events.flatMap((event) => (event.type === 'attempt' ? [event] : []));
		expect(attempts.map(({ verdict }) => verdict)).toEqual(['incorrect', 'correct', 'incorrect', 'correct']);
		expect(attempts[1]?.score).toBeGreaterThan(attempts[0]?.score ?? 1);
		const answers = experiences.flatMap(({ cases }) => cases.map(({ answer }) => answer));
		expect(answers).toEqual(answers.map(() => fused));
	});

	it('ends in the same events and library, whatever the scores of unseen variants are', async () => {
		const once = await train(await world());
		const other = await train(await world((score) => -score));
		expect(other.told).toEqual(once.told);
		const timeless = ({ experiences }: typeof once) =>
			experiences.map((one) => ({ ...one, createdAt: '', updatedAt: '' }));
		expect(timeless(other)).toEqual(timeless(once));
	});
});

describe('a benchmark of fitness', () => {
	it('measures on unseen variants, and reports mean scores beside the counts and what is published', async () => {
		const place = await world();
		await train(place);
		const { ports, set, store, config } = place;
		const request = {
			set,
			split: 'test',
			limit: 0,
			arms: ['nearest', 'llm', 'flex'],
			libraries: [{ seed: 1, store }],
		} as const;
		const run = '01KAPQ00000000000000000012';
		const bench = await startBenchmark(ports, request, config, run, never);
		const events = await allOf(bench.events);
		expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'done' });
		const scores = new Map([...bench.samples].map(({ arm, score = 0 }) => [arm, score]));
		expect(scores.get('flex')).toBeGreaterThan(scores.get('llm') ?? 1);
		const opened = await ports.pool.describe('test:scripted');
		const written = await writeReport({ ports, request, config, run, bench, opened, command: 'bench', version: '1' });
		expect(written.report.scores).toMatchObject({
			name: 'Spearman ρ',
			arms: [{ arm: 'nearest' }, { arm: 'llm', invalid: 0 }, { arm: 'flex', mean: scores.get('flex') }],
			published: [{ name: 'a', models: 3, best: { model: 'EVE', score: 0.6 }, median: 0.5 }],
		});
		expect(written.markdown).toMatch(/\| arm \| mean Spearman ρ \| 95 % \| unusable answers \|/u);
		expect(written.html).toContain('EVE');
	});

	it('takes other scores where the unseen variants scored otherwise', async () => {
		const { ports, set, store, config } = await world((score) => -score);
		const request = { set, split: 'test', limit: 0, arms: ['llm'], libraries: [{ seed: 1, store }] } as const;
		const bench = await startBenchmark(ports, request, config, '01KAPQ00000000000000000013', never);
		await allOf(bench.events);
		expect([...bench.samples][0]?.score).toBeLessThan(0.3);
	});
});
