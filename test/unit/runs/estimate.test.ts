import { describe, expect, it } from 'vitest';
import type { ArmName } from '../../../src/core/evaluation/arms.js';
import type { PartialRunConfig } from '../../../src/core/learning/runConfig.js';
import { estimatePrompt } from '../../../src/core/models/tokenEstimate.js';
import type { ProblemSet } from '../../../src/core/tasks/task.js';
import { startBenchmark } from '../../../src/runs/benchRun.js';
import { type Estimate, type ModelFacts, roleFacts } from '../../../src/runs/estimate.js';
import { estimateBenchmark } from '../../../src/runs/estimateBenchmark.js';
import { estimateParts, estimateText, estimateTexts } from '../../../src/runs/estimateText.js';
import { estimateTraining } from '../../../src/runs/estimateTraining.js';
import { readPastCalls } from '../../../src/runs/pastCalls.js';
import { startTraining } from '../../../src/runs/trainRun.js';
import { problem, problemSet } from '../../builders/problems.js';
import type { ModelScript } from '../../fakes/scriptedModel.js';
import { allOf, configWith, portsOf, ScriptedPool, set, trained, trainingRun, workspace } from './measureWorld.js';

const signal = new AbortController().signal;

/** Sums, whose answers are said in words of one's own. */
const open: ProblemSet = problemSet(
	Array.from({ length: 10 }, (_, at) =>
		problem(`s${at}`, `How much is ${at * 7} and ${at + 90} together?`, `${at * 8 + 90}`),
	),
	{ name: 'sums', kind: 'exact', description: 'Add the numbers.', answerSpace: undefined, levels: 'hierarchical' },
);

/** Right wherever there is something to answer; it writes lessons where they are asked for. */
const alwaysRight: ModelScript = ({ schema, messages }) => {
	if (schema?.name === 'kind') return JSON.stringify({ who: 'someone', about: messages.at(-1)?.content.slice(0, 30) });
	if (schema)
		return JSON.stringify({ when: 'numbers are to be added', strategy: 'Write them in columns', patterns: [] });
	const [, a, b] = /How much is (\d+) and (\d+)/u.exec(messages.at(-1)?.content ?? '') ?? [];
	return a === undefined ? 'South' : `Answer: ${Number(a) + Number(b)}`;
};

/** Wrong wherever it can be, and no JSON ever. */
const neverRight: ModelScript = ({ choices }) =>
	choices?.find((label) => label !== 'South') ?? choices?.[0] ?? 'no idea';

interface Trained {
	readonly estimate: Estimate;
	readonly calls: number;
	/** By the same count as the estimate's. */
	readonly tokensIn: number;
}

async function train(problems: ProblemSet, script: ModelScript, settings: PartialRunConfig): Promise<Trained> {
	const [place, pool] = [workspace(), new ScriptedPool(script)];
	const store = await trained(place, [], { records: false });
	const config = configWith(settings);
	const models = await roleFacts(config, (id) => pool.open(id));
	const run = await startTraining(portsOf(place, store, pool), problems, config, trainingRun, signal);
	await allOf(run.events);
	const requests = [...pool.asked.values()].flat();
	return {
		estimate: estimateTraining({ set: problems, problems: problems.splits.train ?? [], config, models, library: [] }),
		calls: pool.calls,
		tokensIn: requests.reduce((sum, { messages }) => sum + estimatePrompt(messages), 0),
	};
}

const shapes: readonly (readonly [string, ProblemSet, PartialRunConfig])[] = [
	['labels', set, { training: { rollouts: 2, rounds: 3, epochs: 2 } }],
	['named labels', set, { training: { rollouts: 3, rounds: 2 }, retrieval: { named: true, experiences: 3 } }],
	['open answers', open, { training: { rollouts: 2, rounds: 3, epochs: 2, giveUpAfter: 0 } }],
	['one attempt', open, { training: { rollouts: 1, rounds: 1 }, retrieval: { style: 'both' } }],
	['trials', open, { training: { rollouts: 1, rounds: 2, trial: true, advice: false } }],
	['held-out problems', set, { training: { rollouts: 1, epochs: 2, devProblems: 5 } }],
	['held-out problems of named kinds', set, { training: { devProblems: 5 }, retrieval: { named: true } }],
	['all rounds', open, { training: { rollouts: 2, rounds: 2, stop: 'all', lessons: false } }],
];

describe('the estimate of a training', () => {
	it.each(shapes)('holds what it takes with %s, right at once and never', async (_, problems, settings) => {
		for (const script of [alwaysRight, neverRight]) {
			const { estimate, calls, tokensIn } = await train(problems, script, settings);
			expect(estimate.calls[0]).toBeLessThanOrEqual(calls);
			expect(estimate.calls[1]).toBeGreaterThanOrEqual(calls);
			expect(estimate.tokensIn[0]).toBeLessThanOrEqual(tokensIn);
			expect(estimate.tokensIn[1]).toBeGreaterThanOrEqual(tokensIn);
		}
	});

	it('begins at exactly what a run takes that is right at once', async () => {
		const labels = await train(set, alwaysRight, { training: { rollouts: 2, rounds: 3, epochs: 2 } });
		// Two rollouts of 8 problems twice, and their kinds once.
		expect(labels.calls).toBe(2 * 8 * 2 + 8);
		expect(labels.estimate.calls[0]).toBe(labels.calls);
		const sums = await train(open, alwaysRight, { training: { rollouts: 2 }, updater: { consult: false } });
		expect(sums.estimate.calls[0]).toBe(sums.calls);
	});

	it('ends at exactly what a run takes that is never right and writes no JSON', async () => {
		const settings = { training: { rollouts: 2, rounds: 3, epochs: 2, giveUpAfter: 0 }, updater: { consult: false } };
		const { calls, estimate } = await train(open, neverRight, settings);
		expect(calls).toBe(10 * 2 * (2 * 3 + 2 * 2 + 2));
		expect(estimate.calls[1]).toBe(calls);
	});

	it('counts no more wrong rounds than there are wrong labels, where the model is held to them', () => {
		const config = configWith({ training: { rounds: 5, rollouts: 1, lessons: false, advice: false } });
		const of = (choices: boolean): Estimate =>
			estimateTraining({ set, problems: set.splits.train ?? [], config, models: { actor: facts('m', choices) } });
		expect(of(true).calls).toEqual([8, 16]);
		expect(of(false).calls).toEqual([8, 40]);
	});

	it('counts held-out problems once at least, and at most before the first epoch and after each', () => {
		const problems = set.splits.train ?? [];
		const of = (devProblems: number): Estimate =>
			estimateTraining({ set, problems, config: configWith({ training: { epochs: 3, devProblems } }) });
		const [without, held] = [of(0), of(5)];
		expect(held.calls.map((calls, side) => calls - (without.calls[side] ?? 0))).toEqual([5, 5 * 4]);
		// There are no more than 8.
		expect(of(100).calls[0] - without.calls[0]).toBe(8);
	});

	it('has no bound by the cap, but says where the cap may stop it', () => {
		const problems = open.splits.train ?? [];
		const of = (calls: number | null): Estimate =>
			estimateTraining({ set: open, problems, config: configWith({ budget: { calls } }) });
		expect(of(30).callCap).toBe(30);
		expect(of(30).calls).toEqual(of(null).calls);
		expect(of(9999).callCap).toBeUndefined();
	});

	it('of nothing is nothing', () => {
		const { calls, tokens } = estimateTraining({ set: open, problems: [], config: configWith() });
		expect([calls, tokens]).toEqual([
			[0, 0],
			[0, 0],
		]);
	});
});

function facts(id: string, choices = true): ModelFacts {
	const supports = { tools: false, schema: true, choices, seed: true, system: true };
	return { id, contextTokens: 4096, concurrency: 1, supports };
}

describe('the estimate of a benchmark', () => {
	const arms: readonly ArmName[] = ['majority', 'nearest', 'llm', 'placebo', 'icl-similar', 'flex'];

	async function bench(settings: PartialRunConfig, learned?: readonly string[]) {
		const [place, pool] = [workspace(), new ScriptedPool()];
		const store = await trained(place, learned);
		const config = configWith(settings);
		const request = { set, split: 'dev' as const, limit: 6, arms, libraries: [{ seed: 1, store }] };
		const models = await roleFacts(config, (id) => pool.open(id));
		const estimate = await estimateBenchmark({ request, config, models });
		expect(pool.calls).toBe(0);
		const run = await startBenchmark(
			portsOf(place, store, pool),
			request,
			config,
			'01KAPQ0000000000000000000B',
			signal,
		);
		await allOf(run.events);
		const requests = [...pool.asked.values()].flat();
		const tokensIn = requests.reduce((sum, { messages }) => sum + estimatePrompt(messages), 0);
		return { estimate, calls: pool.calls, tokensIn };
	}

	it('names the exact number of calls, equal prompts once, and the tokens that are read', async () => {
		const { estimate, calls, tokensIn } = await bench({});
		// Here the library holds the raw examples, so `icl-similar` and `flex` ask the same.
		expect(calls).toBe(6 * 3);
		expect(estimate.calls).toEqual([calls, calls]);
		expect(estimate.tokensIn[0]).toBeLessThanOrEqual(tokensIn);
		expect(estimate.tokensIn[1]).toBeGreaterThanOrEqual(tokensIn);
		expect(estimate.likely?.calls).toBe(calls);
		const empty = await bench({}, []);
		expect(empty.calls).toBe(6 * 2);
		expect(empty.estimate.calls).toEqual([12, 12]);
	});

	it('holds a run whose experience is found by named kinds', async () => {
		const { estimate, calls, tokensIn } = await bench({ retrieval: { named: true } });
		expect(estimate.calls[0]).toBeLessThanOrEqual(calls);
		expect(estimate.calls[1]).toBeGreaterThanOrEqual(calls);
		expect(estimate.tokensIn[0]).toBeLessThanOrEqual(tokensIn);
		expect(estimate.tokensIn[1]).toBeGreaterThanOrEqual(tokensIn);
	});

	it('lets an agent take all of its steps', async () => {
		const store = await trained(workspace());
		const request = { set, split: 'dev' as const, limit: 0, arms: ['agent' as const], libraries: [{ seed: 1, store }] };
		const estimate = await estimateBenchmark({ request, config: configWith({ training: { toolSteps: 4 } }) });
		expect(estimate.calls).toEqual([8, 8 * 5]);
		expect(estimate.likely).toBeUndefined();
	});
});

describe('money', () => {
	const problems = open.splits.train ?? [];
	const price = { inputPerMillion: 2, outputPerMillion: 10, currency: 'EUR' };

	function estimateWith(id: string, settings: PartialRunConfig = {}): Estimate {
		const config = configWith({ ...settings, models: { default: id, ...settings.models } });
		return estimateTraining({ set: open, problems, config });
	}

	it('is unknown without a price, never 0', () => {
		expect(estimateWith('openai:x/y').cost).toBe('unknown');
		expect(estimateText(estimateWith('openai:x/y'))).toContain('Cost unknown');
	});

	it('follows from the price and the tokens', () => {
		const { cost, currency, tokensIn, tokensOut } = estimateWith('openai:x/y', { prices: { 'openai:x/y': price } });
		expect(currency).toBe('EUR');
		expect(cost).toEqual(
			[0, 1].map((side) => expect.closeTo(((tokensIn[side] ?? 0) * 2 + (tokensOut[side] ?? 0) * 10) / 1e6, 4)),
		);
	});

	it('is unknown where one of several models has no price, or the currencies differ', () => {
		const models = { critic: 'openai:x/z' };
		expect(estimateWith('openai:x/y', { models, prices: { 'openai:x/y': price } }).cost).toBe('unknown');
		const prices = { 'openai:x/y': price, 'openai:x/z': { ...price, currency: 'USD' } };
		expect(estimateWith('openai:x/y', { models, prices }).cost).toBe('unknown');
	});

	it('is nothing to speak of for a model on this machine', () => {
		const estimate = estimateWith('embedded:small');
		expect(estimate).not.toHaveProperty('cost');
		expect(estimateText(estimate)).toContain('the model runs on this machine');
	});

	it("is counted in requests for an editor's model", () => {
		const estimate = estimateWith('vscode:copilot/x');
		expect([estimate.unit, estimate.cost]).toEqual(['requests', 'unknown']);
		expect(estimateText(estimate)).toMatch(/^\d[\d,]* to \d[\d,]* requests\./u);
	});
});

describe('past runs', () => {
	it('give time and a likely value within the ranges, those of the set alone', async () => {
		const [place, pool] = [workspace(), new ScriptedPool(alwaysRight)];
		const config = configWith();
		const store = await trained(place, [], { records: false });
		const run = await startTraining(portsOf(place, store, pool), open, config, trainingRun, signal);
		await allOf(run.events);
		const ids = new Set(['test:scripted']);
		const past = await readPastCalls(place.runs, ids, 'sums');
		expect(past).toMatchObject({ runs: 1, sameSet: true, accuracy: 1, updatesPerProblem: expect.any(Number) });
		expect(past?.perCall.actor).toEqual({ tokensIn: 100, tokensOut: 10 });
		const timed = past && { ...past, msPerToken: { low: 1, mean: 2, high: 3 } };
		const estimate = estimateTraining({ set: open, problems: open.splits.train ?? [], config, past: timed });
		expect(estimate.pastRuns).toBe(1);
		expect(estimate.likely?.calls).toBeGreaterThanOrEqual(estimate.calls[0]);
		expect(estimate.likely?.calls).toBeLessThan(estimate.calls[1]);
		expect(estimate.seconds?.[0]).toBe(Math.floor((estimate.tokensIn[0] + 10 * estimate.tokensOut[0]) / 1000));

		const other = await readPastCalls(place.runs, ids, 'another set');
		expect([other?.sameSet, other?.accuracy]).toEqual([false, undefined]);
		expect(await readPastCalls(place.runs, new Set(['test:other']), 'sums')).toBeUndefined();
	});

	it('are none where there is no folder of runs', async () => {
		expect(await readPastCalls(workspace().runs, new Set(['m']), 'sums')).toBeUndefined();
	});
});

describe('in words', () => {
	const estimate: Estimate = {
		kind: 'train',
		unit: 'calls',
		problems: 10,
		calls: [96, 1234],
		tokens: [12_033, 209_028],
		tokensIn: [12_000, 200_000],
		tokensOut: [33, 9_028],
		seconds: [20, 400],
		cost: [0.0123, 2.341],
		currency: 'EUR',
		pastRuns: 0,
	};

	it('a range is rounded outwards, each unit at its size', () => {
		expect(estimateText(estimate)).toBe(
			'96 to 1,300 model calls. 12,000 to 210,000 tokens. Up to 7 minutes. 0.01 to 2.35 EUR.',
		);
	});

	it('a likely value stands beside it, and the cap last', () => {
		const likely = { calls: 233, tokens: 56_911, seconds: 96, cost: 0.5 };
		expect(estimateText({ ...estimate, likely, callCap: 500 })).toBe(
			'96 to 1,300 model calls, likely about 230. 12,000 to 210,000 tokens, likely about 57,000. ' +
				'Up to 7 minutes, likely about 2. 0.01 to 2.35 EUR, likely about 0.5. ' +
				'It stops at the cap of 500 calls, and can then be resumed with a higher one.',
		);
	});

	it('nothing open is said plainly, hours by the tenth, and small amounts are not nothing', () => {
		const plain: Estimate = { ...estimate, calls: [77, 77], seconds: [3000, 9000], cost: [0.000034, 0.00071] };
		expect(estimateText(plain)).toBe(
			'77 model calls. 12,000 to 210,000 tokens. 0.8 to 2.5 hours. 0.000034 to 0.00071 EUR.',
		);
	});

	it('every text is in the list for translators', () => {
		const { seconds: _, cost: __, ...unknown } = estimate;
		for (const each of [estimate, unknown, { ...unknown, cost: 'unknown' as const }]) {
			for (const { text } of estimateParts(each)) expect(estimateTexts).toContain(text);
		}
	});
});
