/** What a run's folder tells: written by the parts that write real ones. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../../src/core/learning/events.js';
import { RunFolder } from '../../../src/providers/runFolder.js';
import { listRuns, readRun } from '../../../src/runs/runSummary.js';

let runs = '';
beforeEach(() => {
	runs = mkdtempSync(join(tmpdir(), 'flex-runs-'));
});
afterEach(() => rmSync(runs, { recursive: true, force: true }));

const start = (kind: 'train' | 'bench', resumed = false): RunEventBody => ({
	type: 'run.started',
	kind,
	set: 'two-teams',
	problems: 2,
	epochs: 2,
	resumed,
});
const finished = (problem: string, epoch: number, firstAttempt: boolean): RunEventBody => ({
	type: 'problem.finished',
	...{ problem, epoch, rollout: 0, round: 0 },
	firstAttempt,
	solved: true,
});
const sample = (arm: string, seed: number, problem: string, right: boolean): RunEventBody => ({
	type: 'sample',
	...{ problem, epoch: 0, rollout: 0, round: 0, arm, seed },
	verdict: right ? 'correct' : 'incorrect',
});
const call = (cached: boolean): RunEventBody => ({
	type: 'model.call',
	...{ role: 'actor', model: 'm', tokensIn: 10, tokensOut: 2, ms: 5, cached, cost: null },
});

/** Writes events a second apart from each other, and closes the run unless it is to be left as a kill leaves it. */
async function write(id: string, config: object, events: readonly RunEventBody[], left: 'closed' | 'owned' = 'closed') {
	const log = new RunFolder(join(runs, id));
	log.writeJson('config.json', { run: id, set: '/sets/two-teams', config: settings, ...config });
	for (const body of events) {
		const at = new Date(Date.UTC(2026, 0, 1, 0, 0, log.nextSeq)).toISOString();
		log.event({ v: 1, run: id, seq: log.nextSeq, at, ...body });
	}
	if (left === 'closed') await log.close();
	return log;
}

const settings = { training: { epochs: 2 }, models: { default: 'openai:local/test' } };
const train = { kind: 'train' };

describe('a run', () => {
	it('is done when it said so, with its figures of the last epoch', async () => {
		const body = [finished('a', 0, false), finished('b', 0, false), finished('a', 1, true), finished('b', 1, false)];
		const calls = [call(false), call(true)];
		await write('R', train, [start('train'), ...body, ...calls, { type: 'run.finished', status: 'done' }]);
		const [run] = await listRuns(runs);
		expect(run).toMatchObject({ id: 'R', state: 'done', kind: 'train', set: 'two-teams', done: 4, total: 4 });
		expect(run).toMatchObject({ calls: 2, cachedCalls: 1, tokensIn: 10, tokensOut: 2, durationMs: 7000 });
		expect(run?.accuracy).toEqual([
			{ name: 'first attempt', right: 1, n: 2 },
			{ name: 'in the end', right: 2, n: 2 },
		]);
	});

	it('counts a seed more for arms with a library only', async () => {
		const config = { kind: 'bench', split: 'dev', arms: ['llm', 'flex'], seeds: [1, 2] };
		const answers = [sample('llm', 1, 'a', true), sample('flex', 1, 'a', true), sample('flex', 2, 'a', false)];
		await write('R', config, [start('bench'), ...answers]);
		const [run] = await listRuns(runs);
		expect(run).toMatchObject({ done: 3, total: 6, split: 'dev' });
		expect(run?.accuracy).toContainEqual({ name: 'flex', right: 1, n: 2 });
	});

	it('is running while its process lives, whatever it said before', async () => {
		const log = await write('R', train, [start('train'), { type: 'run.finished', status: 'budget' }], 'owned');
		const [run] = await listRuns(runs);
		expect(run).toMatchObject({ state: 'running', owner: { pid: process.pid, host: hostname() } });
		await log.close();
		expect((await listRuns(runs))[0]).toMatchObject({ state: 'stopped', stoppedBy: 'budget' });
	});

	it('was killed where its end is missing, a torn line and a dead lock included; looking changes nothing', async () => {
		await write('R', train, [start('train'), finished('a', 0, true)]);
		const events = join(runs, 'R/events.jsonl');
		writeFileSync(events, '{"v":1,"ru', { flag: 'a' });
		writeFileSync(join(runs, 'R/owner.lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
		const before = readFileSync(events, 'utf8');
		expect((await listRuns(runs))[0]).toMatchObject({ state: 'stopped', stoppedBy: 'killed', done: 1 });
		expect(readFileSync(events, 'utf8')).toBe(before);
	});

	it('that went on counts each problem once, and no time between', async () => {
		await write('R', train, [start('train'), finished('a', 0, true), { type: 'run.finished', status: 'cancelled' }]);
		await write('R', train, [start('train', true), finished('a', 0, true), finished('b', 0, true)]);
		const [run] = await listRuns(runs);
		// Events 0 to 2, and 3 to 5; the second between them is not counted.
		expect(run).toMatchObject({ done: 2, durationMs: 4000, stoppedBy: 'killed' });
	});

	it.each([
		['no config.json', undefined, 'has no config.json'],
		['a torn config.json', '{"kind":', "can't be read"],
		['another config.json', '{"kind":"walk"}', 'kind'],
	])('is damaged with %s, and listed all the same', async (_, text, message) => {
		mkdirSync(join(runs, 'R'));
		if (text !== undefined) writeFileSync(join(runs, 'R/config.json'), text);
		const [run] = await listRuns(runs);
		expect(run).toMatchObject({ id: 'R', state: 'damaged', done: 0 });
		expect(run?.message).toContain(message);
	});

	it('tells which problems were not solved: of a training in its last epoch, else by which arm', async () => {
		const failed = (problem: string, epoch: number): RunEventBody => ({
			...{ type: 'problem.finished', problem, epoch, rollout: 0, round: 0 },
			...{ firstAttempt: false, solved: false },
		});
		await write('T', train, [start('train'), failed('a', 0), failed('b', 0), finished('a', 1, true), failed('b', 1)]);
		expect((await readRun(runs, 'T')).wrong).toEqual([{ problem: 'b', arms: [] }]);
		const answers = [sample('llm', 1, 'a', false), sample('flex', 1, 'a', true), sample('flex', 2, 'a', false)];
		const config = { kind: 'bench', split: 'dev', arms: ['llm', 'flex'], seeds: [1, 2] };
		await write('B', config, [start('bench'), ...answers, sample('llm', 1, 'b', true)]);
		expect((await readRun(runs, 'B')).wrong).toEqual([{ problem: 'a', arms: ['llm', 'flex'] }]);
	});

	it('tells its warnings once each, and what it changed', async () => {
		const warning: RunEventBody = { type: 'warning', code: 'slow', message: 'The model is slow.' };
		const change = (id: string, op: 'insert' | 'discard'): RunEventBody => ({
			type: 'library.changed',
			...{ op, id, rev: 1, reason: 'new' },
		});
		await write('R', train, [start('train'), warning, warning, change('aaaa', 'insert'), change('bbbb', 'discard')]);
		const run = await readRun(runs, 'R');
		expect(run.warnings).toEqual([{ code: 'slow', message: 'The model is slow.', count: 2 }]);
		expect(run).toMatchObject({ libraryChanges: { insert: 1, discard: 1 }, experiences: ['aaaa'], hasReport: false });
	});
});

it('lists the newest first, and nothing where there are no runs', async () => {
	expect(await listRuns(join(runs, 'nowhere'))).toEqual([]);
	for (const id of ['01A', '01C', '01B']) await write(id, train, [start('train')]);
	expect((await listRuns(runs)).map(({ id }) => id)).toEqual(['01C', '01B', '01A']);
});
