/** The arms that reason with tools: what they may call, what they leave behind, and how they stand in a report. */
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ArmName, type ArmPorts, armNames, createArm, usesLibrary } from '../../../src/core/evaluation/arms.js';
import { greedy, runBenchmark } from '../../../src/core/evaluation/benchmark.js';
import { inWords, pairResults } from '../../../src/core/evaluation/report.js';
import { MemoryRunLog } from '../../../src/core/learning/runLog.js';
import { RunStream } from '../../../src/core/learning/runStream.js';
import type { ChatModel } from '../../../src/core/models/chatModel.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { math } from '../../../src/core/tasks/math.js';
import type { Sandbox } from '../../../src/core/tasks/sandbox.js';
import { TaskError } from '../../../src/core/tasks/task.js';
import { openOpenAiModel } from '../../../src/providers/openaiModel.js';
import { openSandbox } from '../../../src/providers/sandbox.js';
import { rule } from '../../builders/experiences.js';
import { problem, problemSet } from '../../builders/problems.js';
import { scriptedModel } from '../../fakes/scriptedModel.js';
import { type Handler, type ScriptedServer, startScriptedServer } from '../../fakes/scriptedServer.js';
import { calling, callsOf, never, written } from '../learning/agents.js';
import { builtSandbox } from '../providers/builtSandbox.js';
import { answers } from './reports.js';

let folder: string;
let sandbox: Sandbox;
const servers: ScriptedServer[] = [];
beforeAll(async () => {
	const built = await builtSandbox();
	folder = built.folder;
	sandbox = openSandbox(built);
});
afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
	await Promise.all(servers.splice(0).map((server) => server.close()));
});

const asked = problem('p1', 'A crate holds 17 boxes of 23 bolts. How many bolts?', '391');
const set = problemSet([problem('t1', 'A boat takes 3 crates of 5 boxes. How many boxes?', '15')], {
	name: 'sums',
	kind: 'math',
	description: 'Solve the problem.',
	answerSpace: undefined,
});

/** Two lessons: one that the question itself finds, and one for a word that comes up later; a third is the problem's own. */
async function library(): Promise<MemoryStore> {
	const store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
	const own = [{ set: 'sums', problem: 'p1' }];
	const lessons = [
		rule('boxes', 'boxes in a crate', 'Multiply the boxes by what each holds.', { zone: 'golden' }),
		rule('overflow', 'arithmetic overflow', 'Use BigInt.', { zone: 'golden' }),
		rule('own', 'arithmetic of bolts', 'It is 391.', {
			when: { text: 'arithmetic of bolts', sources: own },
			strategy: { text: 'It is 391.', sources: own },
		}),
	];
	await store.apply(lessons.map((experience) => ({ change: { op: 'insert', experience }, by: 'user' })));
	return store;
}

async function bench(name: ArmName, model: ChatModel, more: Partial<ArmPorts> = {}, signal = never) {
	const options = {
		seed: 1,
		retrieval: { experiences: 3, patterns: 4, cases: 4, minMatch: 0.3 },
		rendering: { style: 'both', budgetTokens: 500, prefixTokens: 0, leadingCases: 0, named: false },
		iclShots: 2,
		iclSimilarShots: 2,
		concurrency: 1,
	} as const;
	const ports = { set, train: [], store: await library(), nameKind: async () => undefined, sandbox, ...more };
	const arm = createArm(name, ports, options);
	const log = new MemoryRunLog();
	const stream = new RunStream({ run: 'RUN', clock: () => '', firstSeq: 0, write: (event) => log.event(event) });
	const run = { set, kind: math, problems: [asked], graders: { sandbox }, calls: callsOf(model), log, stream };
	const limits = { maxAnswerTokens: 200, sampling: greedy, concurrency: 1, toolSteps: 3 };
	await runBenchmark({ ...run, now: () => 0 }, [{ arm, seed: 1 }], limits, signal);
	return { samples: [...log.samples()], rollout: log.rollouts[0] };
}

const multiply = ['run_javascript', { code: '17 * 23' }] as const;
const lookUp = ['search_experience', { query: 'arithmetic overflow' }] as const;

describe('the arm agent', () => {
	it('runs code, and no experience comes near it', async () => {
		const model = scriptedModel([calling(multiply), 'Answer: 391']);
		const { samples, rollout } = await bench('agent', model);
		expect(samples[0]).toMatchObject({
			verdict: 'correct',
			answer: '391',
			retrieved: [],
			tokensIn: 200,
			tokensOut: 20,
		});
		expect(model.requests[0]?.tools?.map(({ name }) => name)).toEqual(['run_javascript']);
		expect(JSON.stringify(model.requests)).not.toContain('Multiply the boxes');
		expect(rollout?.messages.slice(-2)).toMatchObject([
			{ role: 'assistant', toolCalls: [{ name: 'run_javascript', arguments: '{"code":"17 * 23"}' }] },
			{ role: 'tool', content: 'Value: 391' },
		]);
		expect(rollout?.text).toBe('Answer: 391');
	});

	it('works with a model that knows no tools', async () => {
		const model = scriptedModel([written(...multiply), 'Answer: 391'], { supports: { tools: false } });
		const { samples, rollout } = await bench('agent', model);
		expect(samples[0]?.verdict).toBe('correct');
		expect(rollout?.messages.at(-1)).toEqual({ role: 'user', content: 'Result of run_javascript:\nValue: 391' });
	});

	it('can not be measured without a sandbox, and says so before any model is asked', async () => {
		const model = scriptedModel(['Answer: 391']);
		const failure = await bench('agent', model, { sandbox: undefined }).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(TaskError);
		expect(failure).toMatchObject({ reason: 'missing-port', message: expect.stringContaining('sandbox') });
		expect(model.requests).toEqual([]);
	});

	it('is stopped in the middle of a script that never ends', async () => {
		const stop = new AbortController();
		const model = scriptedModel(() => {
			setImmediate(() => stop.abort(new Error('stopped')));
			return calling(['run_javascript', { code: 'for (;;);' }]);
		});
		await expect(bench('agent', model, {}, stop.signal)).rejects.toThrow('stopped');
	});
});

describe('the arm flex-agent', () => {
	it('has experience in its prompt and may look for more; both are recorded', async () => {
		const model = scriptedModel([calling(lookUp, multiply), 'Answer: 391']);
		const { samples, rollout } = await bench('flex-agent', model);
		expect(model.requests[0]?.messages[0]?.content).toContain('Multiply the boxes by what each holds.');
		expect(model.requests[0]?.tools?.map(({ name }) => name)).toEqual(['run_javascript', 'search_experience']);
		expect(samples[0]?.retrieved).toEqual(['boxes', 'overflow']);
		expect(rollout?.retrieved).toEqual(['boxes', 'overflow']);
		expect(rollout?.messages.find(({ role }) => role === 'tool')?.content).toContain('Use BigInt.');
	});

	it('never finds what the problem itself taught', async () => {
		const model = scriptedModel([calling(['search_experience', { query: 'arithmetic of bolts' }]), 'Answer: 391']);
		const { rollout } = await bench('flex-agent', model);
		expect(JSON.stringify(rollout?.messages)).not.toContain('It is 391');
		expect(rollout?.retrieved).not.toContain('own');
	});
});

describe('over HTTP', () => {
	const handler: Handler = ({ messages, tools = [] }) => {
		if (tools.length === 0) return { text: 'Answer: 391' };
		const done = messages.filter(({ role }) => role === 'tool').length;
		const calls = [lookUp, multiply, multiply].slice(done, done + 1);
		return { toolCalls: calls.map(([name, args]) => ({ id: `call-${done}`, name, arguments: JSON.stringify(args) })) };
	};
	async function model(script: Handler) {
		const server = await startScriptedServer(script);
		servers.push(server);
		return { server, model: openOpenAiModel({ endpoint: 'local', baseUrl: server.baseUrl, model: 'tiny' }) };
	}

	it('native calls and their results go there and back', async () => {
		const endpoint = await model(handler);
		const { samples } = await bench('flex-agent', endpoint.model);
		expect(samples[0]).toMatchObject({ verdict: 'correct', retrieved: ['boxes', 'overflow'] });
		const bodies = endpoint.server.requests.map(({ body }) => body);
		expect(bodies).toHaveLength(4);
		const code = JSON.stringify({ code: '17 * 23' });
		expect(bodies[2]?.messages.slice(-2)).toEqual([
			{
				role: 'assistant',
				content: '',
				tool_calls: [{ id: 'call-1', type: 'function', function: { name: 'run_javascript', arguments: code } }],
			},
			{ role: 'tool', content: 'Value: 391', tool_call_id: 'call-1' },
		]);
		// The same call again: the answer is demanded, in a conversation of text alone.
		expect(bodies[3]).not.toHaveProperty('tools');
		expect(bodies[3]?.messages.map(({ role }) => role)).not.toContain('tool');
	});

	it('an endpoint that refuses tools is asked in writing', async () => {
		const { server, model: refusing } = await model((body) => {
			if (body.tools) return { status: 400, error: { message: 'tiny does not support tools' } };
			const observed = body.messages.at(-1)?.content.includes('Value: 391');
			return { text: observed ? 'Answer: 391' : written(...multiply) };
		});
		const { samples } = await bench('agent', refusing);
		expect(samples[0]?.verdict).toBe('correct');
		expect(server.requests).toHaveLength(3);
	});
});

describe('in a report', () => {
	it('flex stands against every arm without experience, flex-agent against agent alone', () => {
		const samples = (['llm', 'agent', 'flex-agent', 'flex'] as const).flatMap((arm) => answers(arm, '1100'));
		const pairs = pairResults(samples).map(({ a, b }) => `${a} ${b}`);
		expect(pairs.toSorted()).toEqual(['flex agent', 'flex llm', 'flex-agent agent']);
	});

	it('agents pay for every comparison of the report', () => {
		const samples = [
			...answers('agent', '0'.repeat(8) + '1'.repeat(8)),
			...answers('flex-agent', '1'.repeat(16)),
			...answers('flex', '1'.repeat(16)),
		];
		const pairs = pairResults(samples);
		expect(pairs).toHaveLength(2);
		for (const pair of pairs) expect(pair.pHolm).toBeCloseTo(2 * pair.p);
	});

	it('words say that both had tools', () => {
		const pair = { a: 'flex-agent', b: 'agent', onlyA: 9, onlyB: 0, diff: 0.3, p: 0.004, pHolm: 0.004 };
		const report = { smallestGap: 0.2 };
		expect(inWords({ ...pair, ci95: [0.1, 0.5], claim: 'improved' }, report)).toContain(
			'With experience and tools the model solved 30 points more than the model with tools alone [10, 50]',
		);
		expect(inWords({ ...pair, ci95: [-0.1, 0.5], claim: 'no evidence' }, report)).toMatch(
			/^With experience and tools, against the model with tools alone the difference/u,
		);
	});

	it('an arm that looks into the library runs once for each', () => {
		expect(armNames.filter(usesLibrary)).toEqual(['placebo', 'flex', 'flex-agent']);
	});
});
