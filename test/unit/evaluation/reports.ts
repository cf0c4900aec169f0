/** Benchmark outcomes and reports for tests, said in a few words. */
import { armResults, pairResults, type Report } from '../../../src/core/evaluation/report.js';
import { smallestGap } from '../../../src/core/evaluation/statistics.js';
import type { SampleRecord } from '../../../src/core/learning/runLog.js';

export function sample(arm: string, problem: string, right: boolean, more: Partial<SampleRecord> = {}): SampleRecord {
	return {
		arm,
		problem,
		seed: 1,
		verdict: right ? 'correct' : 'incorrect',
		answer: right ? 'North' : 'South',
		tokensIn: 100,
		tokensOut: 2,
		ms: 500,
		retrieved: [],
		...more,
	};
}

/** One arm's answers to p0, p1, …: "1" is right, "0" wrong. */
export function answers(arm: string, outcomes: string, seed = 1): readonly SampleRecord[] {
	return [...outcomes].map((outcome, index) => sample(arm, `p${index}`, outcome === '1', { seed }));
}

/** The report that these samples make. */
export function reportOf(samples: readonly SampleRecord[], more: Partial<Report> = {}): Report {
	const n = new Set(samples.map(({ problem }) => problem)).size;
	return {
		schema: 1,
		createdAt: '2026-01-02T03:04:05.000Z',
		set: { name: 'routing', split: 'dev', n, sha256: 'ab'.repeat(32), source: 'routing' },
		models: [{ role: 'actor', id: 'small', identity: 'cd'.repeat(32), source: 'small.gguf' }],
		seeds: [...new Set(samples.map(({ seed }) => seed))],
		library: { id: 'lib', experiences: 1, patterns: 0 },
		arms: armResults(samples, () => 0),
		pairs: pairResults(samples),
		excluded: [],
		lint: {
			findings: [],
			counts: { 'answer-leak': 0, 'harness-words': 0 },
			experiences: { 'answer-leak': 0, 'harness-words': 0 },
			chanceRate: 0,
		},
		smallestGap: smallestGap(n),
		versions: { flex: '1.0.0' },
		settings: {},
		...more,
	};
}
