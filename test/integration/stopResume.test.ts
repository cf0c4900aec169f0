/** Ctrl-C at any moment of a training run or a benchmark: it says how to go on, and going on ends as if nobody had stopped it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashSeed, seededRandom } from '../../src/core/random.js';
import { type RecordedTask, writeRecordedTask } from '../builders/recordedTask.js';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'flex-stop-'));
let task: RecordedTask;

interface Event {
	readonly type: string;
	readonly arm?: string;
	readonly problem?: string;
	readonly verdict?: string;
	readonly cached?: boolean;
	readonly status?: string;
	readonly run: string;
}

/** Runs a command with `--json`; with `stopAfter`, presses Ctrl-C after so many events. */
async function run(workspace: string, args: readonly string[], stopAfter = Number.POSITIVE_INFINITY) {
	const all = [cli, ...args, '--json', '--max-calls', '0', '--workspace', join(folder, workspace)];
	const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] });
	const words = text(child.stderr);
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	const events: Event[] = [];
	for await (const line of createInterface({ input: child.stdout })) {
		const value = JSON.parse(line) as Event;
		if (value.type !== undefined) events.push(value);
		if (events.length === stopAfter) child.kill('SIGINT');
	}
	return { events, code: await ended, words: await words };
}

/** A stop may come when all is done already, be it while the process is on its way out. */
const isDone = ({ events }: { readonly events: readonly Event[] }) => events.at(-1)?.status === 'done';

const bench = () => ['bench', task.set, '--model', task.model, '--arms', 'nearest,llm,icl-similar,flex'];
const train = () => ['train', task.set, '--model', task.model, '--batch', '4', '--no-lessons'];

/** What a benchmark measured, in order. */
const samples = (events: readonly Event[]) =>
	events.filter(({ type }) => type === 'sample').map(({ arm, problem, verdict }) => `${arm} ${problem} ${verdict}`);

beforeAll(() => {
	task = writeRecordedTask(folder, 'stop', { train: 16, dev: 14 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Ctrl-C and resume', () => {
	it('of a benchmark, five times at random moments, measures every answer once and the same', async () => {
		const whole = await run('bench-whole', bench());
		expect(whole.code).toBe(0);
		const random = seededRandom(hashSeed('stop', 1));
		const seen: Event[] = [];
		let id: string | undefined;
		for (let stop = 0; stop < 5; stop++) {
			const resume: readonly string[] = id ? ['--resume', id] : [];
			const part = await run('bench-stopped', [...bench(), ...resume], 2 + Math.floor(random() * 24));
			seen.push(...part.events);
			id = part.events[0]?.run;
			if (isDone(part)) continue;
			expect(part.code).toBe(130);
			expect(part.events.at(-1)).toMatchObject({ type: 'run.finished', status: 'cancelled' });
			expect(part.words).toContain(`--resume ${id}`);
		}
		const last = await run('bench-stopped', [...bench(), '--resume', id ?? '']);
		expect(last.code).toBe(0);
		expect([...samples(seen), ...samples(last.events)].sort()).toEqual(samples(whole.events).sort());
	}, 60_000);

	it('of a training run, five times at random moments, pays no call twice', async () => {
		const whole = await run('train-whole', train());
		expect(whole.code).toBe(0);
		const random = seededRandom(hashSeed('stop', 2));
		let id: string | undefined;
		for (let stop = 0; stop < 5; stop++) {
			const resume: readonly string[] = id ? ['--resume', id] : [];
			const part = await run('train-stopped', [...train(), ...resume], 2 + Math.floor(random() * 30));
			id = part.events[0]?.run;
			if (!isDone(part)) expect(part.code).toBe(130);
		}
		const last = await run('train-stopped', [...train(), '--resume', id ?? '']);
		expect(last.code).toBe(0);
		const calls = (workspace: string) =>
			readFileSync(join(folder, workspace, '.flex/cache/requests.jsonl'), 'utf8')
				.trim()
				.split('\n');
		expect(calls('train-stopped')).toHaveLength(calls('train-whole').length);
		const finished = (workspace: string, run: string) =>
			readFileSync(join(folder, workspace, '.flex/runs', run, 'rollouts.jsonl'), 'utf8').match(/"type":"problem"/gu);
		expect(finished('train-stopped', id ?? '')).toHaveLength(16);
	}, 60_000);
});
