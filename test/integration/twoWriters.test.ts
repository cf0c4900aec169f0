/** Two processes that write to one library at the same time, 500 changes each: all of them are there, each once. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';
import { writeRecordedTask } from '../builders/recordedTask.js';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'flex-two-'));
const workspace = join(folder, 'workspace');
const problems = 500;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Event {
	readonly type: string;
	readonly op?: string;
	readonly id?: string;
}

/** Trains with batches of one problem, so that each change is written by itself; gives the ids that were acknowledged. */
async function trainOn(name: string): Promise<readonly string[]> {
	const { set, model } = writeRecordedTask(folder, name, { train: problems, dev: 1 });
	const settings = ['--batch', '1', '--rollouts', '1', '--rounds', '1', '--no-lessons', '--max-calls', '0'];
	const args = [cli, 'train', set, '--model', model, ...settings, '--json', '--workspace', workspace];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	const inserted: string[] = [];
	for await (const line of createInterface({ input: child.stdout })) {
		const event = JSON.parse(line) as Event;
		if (event.type === 'library.changed' && event.op === 'insert' && event.id) inserted.push(event.id);
	}
	expect(await ended).toBe(0);
	return inserted;
}

it('keeps 500 changes of each of two processes, every one once', async () => {
	const [one, two] = await Promise.all([trainOn('harbour'), trainOn('meadow')]);
	expect([one.length, two.length]).toEqual([problems, problems]);

	const file = join(folder, 'library.jsonl');
	execFileSync(process.execPath, [cli, 'export', file, '--workspace', workspace], { stdio: 'ignore' });
	const kept = readFileSync(file, 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { readonly id: string; readonly rev: number });
	expect(kept.map(({ id }) => id).sort()).toEqual([...one, ...two].sort());
	expect(kept.filter(({ rev }) => rev !== 1)).toEqual([]);

	const stats = execFileSync(process.execPath, [cli, 'stats', '--json', '--workspace', workspace], {
		encoding: 'utf8',
	});
	expect(JSON.parse(stats)).toMatchObject({ experiences: 2 * problems, revisions: 2 * problems });
}, 120_000);
