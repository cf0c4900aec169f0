/** A benchmark as a run: several samples a problem, prompts made part by part, and going on after a stop. */
import { describe, expect, it } from 'vitest';
import { type ArmName, createArm } from '../../../src/core/evaluation/arms.js';
import { greedy, runBenchmark } from '../../../src/core/evaluation/benchmark.js';
import type { PartialRunConfig } from '../../../src/core/learning/runConfig.js';
import { MemoryRunLog, sampleKey } from '../../../src/core/learning/runLog.js';
import { RunStream } from '../../../src/core/learning/runStream.js';
import { taskKind } from '../../../src/core/tasks/registry.js';
import { startBenchmark } from '../../../src/runs/benchRun.js';
import { estimateBenchmark } from '../../../src/runs/estimateBenchmark.js';
import { readRun } from '../../../src/runs/runSummary.js';
import { problem, problemSet } from '../../builders/problems.js';
import { scriptedModel } from '../../fakes/scriptedModel.js';
import { callsOf } from '../learning/agents.js';
import { allOf, configWith, portsOf, ScriptedPool, samplesIn, set, trained, workspace } from './measureWorld.js';

const run = '01KAPQ00000000000000000B01';
const never = new AbortController().signal;
const arms: readonly ArmName[] = ['nearest', 'llm', 'flex'];
const drawn = (samples: number): PartialRunConfig => ({ evaluation: { samples, temperature: 0.9 } });

async function world() {
	const place = workspace();
	const store = await trained(place);
	const pool = new ScriptedPool();
	const request = { set, split: 'dev' as const, limit: 0, arms, libraries: [{ seed: 1, store }] };
	const start = (config = configWith(), signal = never) =>
		startBenchmark(portsOf(place, store, pool), request, config, run, signal);
	return { place, store, pool, request, start };
}

describe('several samples a problem', () => {
	it('are drawn with a temperature, each with a seed of its own; what asks no model answers once', async () => {
		const { start, pool } = await world();
		const bench = await start(configWith(drawn(3)));
		await allOf(bench.events);
		const given = [...bench.samples].map(({ arm }) => arm);
		expect(arms.map((arm) => [arm, given.filter((one) => one === arm).length])).toEqual([
			['nearest', 8],
			['llm', 24],
			['flex', 24],
		]);
		const requests = [...pool.asked.values()].flat();
		expect(new Set(requests.map(({ temperature }) => temperature))).toEqual(new Set([0.9]));
		expect(new Set(requests.map(({ seed }) => seed)).size).toBe(24);
	});

	it('are as many calls as the estimate says, and as many answers as the run says', async () => {
		const { start, pool, place, request } = await world();
		const config = configWith(drawn(3));
		const { calls } = await estimateBenchmark({ request, config });
		await allOf((await start(config)).events);
		expect(calls).toEqual([pool.calls, pool.calls]);
		expect(await readRun(place.runs, run)).toMatchObject({ state: 'done', done: 56, total: 56 });
	});

	it('go on after a stop at any moment, and none is given twice', async () => {
		for (const stopAfter of [1, 11, 30, 55]) {
			const { start, pool } = await world();
			const controller = new AbortController();
			const config = configWith({ ...drawn(3), training: { concurrency: 1 } });
			let seen = 0;
			const before = await allOf((await start(config, controller.signal)).events, (event) => {
				if (event.type === 'sample' && ++seen === stopAfter) controller.abort();
			});
			const asked = pool.calls;
			// A cache of its own: what is not asked again is known from the run's folder alone.
			const second = await start(config);
			const after = await allOf(second.events);
			const keys = [...second.samples].map(sampleKey);
			expect(new Set(keys).size).toBe(keys.length);
			expect(keys).toHaveLength(56);
			expect(samplesIn(before).length + samplesIn(after).length).toBe(56);
			expect(pool.calls - asked).toBeLessThanOrEqual(56 - samplesIn(before).length);
		}
	});

	it('is one greedy answer unless more are asked for', async () => {
		const { start, pool } = await world();
		await allOf((await start()).events);
		expect(new Set([...pool.asked.values()].flat().map(({ temperature }) => temperature))).toEqual(new Set([0]));
	});
});

describe('a benchmark of many problems', () => {
	it('makes its prompts part by part, and none for what is answered already', async () => {
		const many = problemSet(Array.from({ length: 600 }, (_, at) => problem(`p${at}`, `Question ${at}?`, 'South')));
		const parts: number[] = [];
		const plain = createArm(
			'llm',
			{ set: many, train: [], store: await trained(workspace()), nameKind: async () => undefined },
			{
				...{ seed: 1, iclShots: 1, iclSimilarShots: 1, concurrency: 1 },
				retrieval: { experiences: 1, patterns: 1, cases: 1, minMatch: 0 },
				rendering: { style: 'turns', budgetTokens: 100, prefixTokens: 0, leadingCases: 0, named: false },
			},
		);
		const inputs: typeof plain.inputs = (problems) => {
			parts.push(problems.length);
			return plain.inputs(problems);
		};
		const log = new MemoryRunLog();
		const stream = new RunStream({ run, clock: () => '', firstSeq: 0, write: (event) => log.event(event) });
		const start = () => {
			const calls = callsOf(scriptedModel(['South']));
			const problems = many.splits.train ?? [];
			const ports = { set: many, kind: taskKind(many.kind), problems, graders: {}, calls, log, stream, now: () => 0 };
			const limits = { maxAnswerTokens: 5, sampling: greedy, concurrency: 4, toolSteps: 1 };
			return runBenchmark(ports, [{ arm: { ...plain, inputs }, seed: 1 }], limits, never);
		};
		await start();
		expect(parts).toEqual([256, 256, 88]);
		await start();
		expect(parts).toHaveLength(3);
		expect([...log.samples()]).toHaveLength(600);
	});
});
