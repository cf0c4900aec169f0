/** The last verdict on each problem of a set, from the folders of its runs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../../src/core/learning/events.js';
import { lastVerdicts } from '../../../src/runs/lastVerdicts.js';

let runs: string;
const set = '/sets/signals';

beforeEach(() => {
	runs = mkdtempSync(join(tmpdir(), 'flex-verdicts-'));
});
afterEach(() => rmSync(runs, { recursive: true, force: true }));

function run(id: string, kind: 'train' | 'bench' | 'tune', events: readonly RunEventBody[], of = set): void {
	const folder = join(runs, id);
	mkdirSync(folder);
	writeFileSync(join(folder, 'config.json'), JSON.stringify({ kind, set: of, config: { training: {}, models: {} } }));
	const lines = events.map((event, seq) => ({ v: 1, run: id, seq, at: `2026-01-0${seq + 1}T00:00:00.000Z`, ...event }));
	writeFileSync(join(folder, 'events.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

const place = { epoch: 0, rollout: 0, round: 0 };
const trained = (problem: string, solved: boolean): RunEventBody => ({
	type: 'problem.finished',
	problem,
	...place,
	firstAttempt: solved,
	solved,
});
const answered = (problem: string, arm: string, right: boolean): RunEventBody => ({
	type: 'sample',
	problem,
	arm,
	...place,
	seed: 1,
	verdict: right ? 'correct' : 'incorrect',
});

const read = async (...problems: readonly string[]) =>
	Object.fromEntries(
		[...(await lastVerdicts(runs, set, new Set(problems)))].map(([id, { solved, run: by }]) => [id, [solved, by]]),
	);

describe('the last verdict on a problem', () => {
	it('comes from the newest run that took it', async () => {
		run('01A', 'train', [trained('p', false), trained('q', true)]);
		run('01B', 'train', [trained('p', true)]);
		expect(await read('p', 'q', 'r')).toEqual({ p: [true, '01B'], q: [true, '01A'] });
	});

	it('is the last epoch’s in a training, and that of the arm with experience in a benchmark', async () => {
		run('01A', 'train', [trained('p', false), trained('p', true)]);
		run('01B', 'bench', [answered('q', 'flex', true), answered('q', 'llm', false), answered('q', 'nearest', false)]);
		expect(await read('p', 'q')).toEqual({ p: [true, '01A'], q: [true, '01B'] });
	});

	it('is not taken from other sets, other kinds of runs, or damaged ones', async () => {
		run('01A', 'train', [trained('p', true)], '/sets/other');
		run('01B', 'tune', [answered('p', 'flex', true)]);
		mkdirSync(join(runs, '01C'));
		expect(await read('p')).toEqual({});
	});

	it('is nothing where there is no run', async () => {
		expect(await lastVerdicts(join(runs, 'none'), set, new Set(['p']))).toEqual(new Map());
	});
});
