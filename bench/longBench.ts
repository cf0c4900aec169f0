/**
 * The memory of a long benchmark: 10,000 problems with long prompts through the production run, its folder on disk and
 * its report. Ends with 1 where what is in use grows by more than a small part of what was written.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { armResults, pairResults } from '../src/core/evaluation/report.js';
import { resolveConfig } from '../src/core/learning/runConfig.js';
import type { ChatModel } from '../src/core/models/chatModel.js';
import type { RequestCache } from '../src/core/models/requestCache.js';
import { MemoryStore } from '../src/core/retrieval/memoryStore.js';
import type { Problem, ProblemSet } from '../src/core/tasks/task.js';
import { startBenchmark } from '../src/runs/benchRun.js';
import { ModelPool } from '../src/runs/modelPool.js';
import { Workspace } from '../src/runs/workspace.js';
import { reporter } from './support/measure.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
const report = reporter(process.argv.slice(2));
const count = 10_000;
/** Bytes in use that are allowed to each answer: its key, and its part of the tally. */
const mostPerAnswer = 1500;
const run = '01KAPQ00000000000000000000';
const folder = mkdtempSync(join(tmpdir(), 'flex-long-bench-'));

const problems: readonly Problem[] = Array.from({ length: count }, (_, at) => ({
	id: `long/${at}`,
	question: flat(`Question ${at}: ${`matter ${at % 97} `.repeat(400)}`),
	answer: at % 3 === 0 ? 'North' : 'South',
	extra: {},
}));
const set: ProblemSet = {
	...{ name: 'long', kind: 'choice', description: 'Who?', answerSpace: ['North', 'South'], levels: 'flat' },
	...{ grader: {}, exploration: {}, rendering: {}, sha256: {}, source: folder },
	splits: { train: problems.slice(0, 4), dev: problems },
};
const model: ChatModel = {
	...{ id: 'test:long', identity: 'long', contextTokens: 100_000, concurrency: 8 },
	supports: { tools: false, schema: false, choices: true, seed: true, system: true },
	complete: async () => ({
		...{ text: 'South', toolCalls: [], usage: { tokensIn: 900, tokensOut: 1 }, finish: 'stop' },
	}),
	close: async () => {},
};
/** Keeps nothing: what is measured is the run, not the cache. */
const cache: RequestCache = { get: async () => undefined, put: async () => {} };

class OneModel extends ModelPool {
	override async describe() {
		return { model, source: 'this file' };
	}
}

const config = resolveConfig([{ name: 'bench', values: { models: { default: model.id }, budget: { calls: null } } }]);
const { signal } = new AbortController();
const pool = new OneModel({ config, bundleFolder: '', environment: {}, onProgress: () => {}, signal });
const store = new MemoryStore({ clock: () => '' });
const ports = { workspace: new Workspace(folder), store, cache, pool };
const request = { set, split: 'dev', limit: 0, arms: ['llm', 'flex'], libraries: [{ seed: 1, store }] } as const;

void main().finally(() => rmSync(folder, { recursive: true, force: true }));

async function main(): Promise<void> {
	const before = inUse();
	const started = Date.now();
	const bench = await startBenchmark(ports, request, config, run, signal);
	let answers = 0;
	let most = 0;
	for await (const event of bench.events) {
		if (event.type === 'sample' && ++answers % 2000 === 0) most = Math.max(most, inUse() - before);
	}
	report({ name: 'answers a second', value: (1000 * answers) / (Date.now() - started), unit: '1/s', n: answers });
	const written = statSync(join(folder, '.flex', 'runs', run, 'rollouts.jsonl')).size;
	report({ name: 'written', value: written / 1e6, unit: 'MB', n: answers });
	report({ name: 'most in use while it ran', value: most / 1e6, unit: 'MB', n: answers });
	const arms = armResults(bench.samples, () => 0);
	const pairs = pairResults(bench.samples);
	report({ name: 'in use for the report', value: (inUse() - before) / 1e6, unit: 'MB', n: arms.length + pairs.length });
	const again = await startBenchmark(ports, request, config, run, signal);
	let repeated = 0;
	for await (const event of again.events) if (event.type === 'sample') repeated++;
	report({ name: 'answers repeated after a restart', value: repeated, unit: 'answers', n: answers });
	if (most > mostPerAnswer * answers || repeated > 0) process.exitCode = 1;
}

/** As text that was read from a file: one that is put together takes its room only when it is first read. */
function flat(text: string): string {
	return Buffer.from(text).toString();
}

function inUse(): number {
	collect();
	return process.memoryUsage().heapUsed;
}
