import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ProblemRecord } from '../../../src/core/learning/runLog.js';
import { RunFolder } from '../../../src/providers/runFolder.js';

const folder = () => join(mkdtempSync(join(tmpdir(), 'flex-run-')), 'run');
const record: ProblemRecord = { problem: 'p1', epoch: 0, firstAttempt: true, solved: true, uses: [] };

it('remembers finished problems over a restart', async () => {
	const path = folder();
	const first = new RunFolder(path);
	await first.addProblem(record, []);
	await first.close();
	const second = new RunFolder(path);
	expect(second.problem(0, 'p1')).toEqual(record);
	expect(second.problem(1, 'p1')).toBeUndefined();
	await second.close();
});

it('goes on numbering its events, and cuts off a torn last line', async () => {
	const path = folder();
	const first = new RunFolder(path);
	first.event({ v: 1, run: 'RUN', seq: 0, at: 'now', type: 'run.paused' });
	first.event({ v: 1, run: 'RUN', seq: 1, at: 'now', type: 'run.resumed' });
	await first.close();
	appendFileSync(join(path, 'events.jsonl'), '{"v":1,"run":"RUN","se');
	const second = new RunFolder(path);
	expect(second.nextSeq).toBe(2);
	await second.close();
	expect(readFileSync(join(path, 'events.jsonl'), 'utf8').endsWith('}\n')).toBe(true);
});

it('remembers which evaluations its events hold', async () => {
	const path = folder();
	const first = new RunFolder(path);
	first.event({ v: 1, run: 'RUN', seq: 0, at: 'now', type: 'evaluated', split: 'dev', epoch: 1, accuracy: 0.5, n: 4 });
	expect([first.evaluated(0), first.evaluated(1)]).toEqual([false, true]);
	await first.close();
	const second = new RunFolder(path);
	expect([second.evaluated(0), second.evaluated(1)]).toEqual([false, true]);
	await second.close();
});

it('has one owner at a time', async () => {
	const path = folder();
	const first = new RunFolder(path);
	expect(() => new RunFolder(path)).toThrow('Another process is running');
	await first.close();
	await new RunFolder(path).close();
});

it.each([
	['a process that died', JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() })],
	['a machine that fell silent', JSON.stringify({ pid: process.pid, host: 'another-machine' })],
	['a lock that was half-written', '{"torn'],
])('is taken over from %s', async (_, lock) => {
	const path = folder();
	await new RunFolder(path).close();
	const file = join(path, 'owner.lock');
	writeFileSync(file, lock);
	const longAgo = new Date(Date.now() - 3_600_000);
	utimesSync(file, longAgo, longAgo);
	await new RunFolder(path).close();
	expect(existsSync(file)).toBe(false);
});

it('is left to a machine that is still at work', () => {
	const path = folder();
	mkdirSync(path, { recursive: true });
	writeFileSync(join(path, 'owner.lock'), JSON.stringify({ pid: 1, host: 'another-machine' }));
	expect(() => new RunFolder(path)).toThrow('Another process is running');
});
