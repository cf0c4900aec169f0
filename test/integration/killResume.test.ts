/** A training run that is killed again and again, with SIGKILL and at any moment, ends as if nobody had touched it. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashSeed, seededRandom } from '../../src/core/random.js';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'flex-kill-'));
const run = '01KAPQ00000000000000000000';
const problems = 24;
const runs = 10;
const killsEach = 5;

interface Event {
	readonly type: string;
	readonly id?: string;
	readonly op?: string;
	readonly status?: string;
}

/** A set of two teams, and a recording that answers every prompt by the question in it. */
function writeTask(): void {
	const set = join(folder, 'set');
	mkdirSync(set);
	const lines = Array.from({ length: problems }, (_, index) => ({
		id: `p${index}`,
		question: `Message number ${index} is about the ${index % 3 ? 'invoice' : 'parcel'} of order ${index * 7 + 1}, please.`,
		answer: index % 2 ? 'South' : 'North',
	}));
	writeFileSync(join(set, 'train.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
	// Without a dev split of its own, part of train would become one.
	writeFileSync(join(set, 'dev.jsonl'), JSON.stringify({ question: 'Who opens the door?', answer: 'North' }));
	const manifest = {
		name: 'kill',
		kind: 'choice',
		description: 'Say which team handles the message.',
		answerSpace: ['North', 'South'],
		levels: 'flat',
	};
	writeFileSync(join(set, 'flex-task.json'), JSON.stringify(manifest));
	// One text serves as attempt, as advice, and as the JSON of a lesson.
	const answers = lines.map((line, index) => ({
		match: line.question,
		answer: JSON.stringify({ who: 'someone', about: `the matter of order ${index * 7 + 1}`, team: 'North' }),
	}));
	const recording = [{ match: 'That answer is not right', answer: 'South' }, ...answers];
	writeFileSync(join(folder, 'recording.jsonl'), recording.map((entry) => JSON.stringify(entry)).join('\n'));
}

function trainArguments(workspace: string): readonly string[] {
	const model = `replay:${join(folder, 'recording.jsonl')}`;
	const settings = ['--run-id', run, '--seed', '3', '--batch', '4', '--epochs', '2', '--max-calls', '0'];
	return ['train', join(folder, 'set'), '--model', model, ...settings, '--workspace', workspace, '--json'];
}

/** Trains until the end, or until it is killed: a little after so many events. */
async function train(workspace: string, kill?: { readonly events: number; readonly delayMs: number }) {
	const child = spawn(process.execPath, [cli, ...trainArguments(workspace)], { stdio: ['ignore', 'pipe', 'ignore'] });
	const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
	const seen: Event[] = [];
	for await (const line of createInterface({ input: child.stdout })) {
		seen.push(JSON.parse(line) as Event);
		if (!kill || seen.length !== kill.events) continue;
		if (kill.delayMs > 0) await wait(kill.delayMs);
		child.kill('SIGKILL');
		break;
	}
	return { seen, code: await ended };
}

/** The library's content in a fixed order, times left out. */
function libraryOf(workspace: string): readonly unknown[] {
	const file = join(workspace, 'library.jsonl');
	execFileSync(process.execPath, [cli, 'export', file, '--workspace', workspace]);
	const timeless = (key: string, value: unknown) => (key === 'createdAt' || key === 'updatedAt' ? undefined : value);
	return readFileSync(file, 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(JSON.stringify(JSON.parse(line), timeless)) as unknown);
}

function jsonLines(...path: readonly string[]): readonly Record<string, unknown>[] {
	return readFileSync(join(...path), 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
}

let whole: { readonly library: readonly unknown[]; readonly calls: number; readonly events: number };

beforeAll(async () => {
	writeTask();
	const workspace = join(folder, 'whole');
	const { seen, code } = await train(workspace);
	expect(code).toBe(0);
	const calls = jsonLines(workspace, '.flex/cache/requests.jsonl').length;
	whole = { library: libraryOf(workspace), calls, events: seen.length };
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe(`${runs * killsEach} kills at random moments of ${runs} training runs`, () => {
	it('start from a run that learns something', () => {
		expect(whole.library.length).toBeGreaterThan(problems / 2);
		expect(whole.calls).toBeGreaterThan(2 * problems);
	});

	it.each(Array.from({ length: runs }, (_, index) => index))(
		'run %i ends as if it had never been stopped',
		async (index) => {
			const random = seededRandom(hashSeed('kill', index));
			const workspace = join(folder, `killed-${index}`);
			const acknowledged = new Set<string>();
			for (let kill = 0; kill < killsEach; kill++) {
				const events = 1 + Math.floor(random() * (whole.events / 3));
				const { seen } = await train(workspace, { events, delayMs: Math.floor(random() * 12) });
				for (const event of seen) {
					if (event.type === 'library.changed' && event.op !== 'discard' && event.id) acknowledged.add(event.id);
				}
			}
			const { code, seen } = await train(workspace);
			expect(code).toBe(0);
			expect(seen.at(-1)?.status).toBe('done');

			const library = libraryOf(workspace);
			expect(library).toEqual(whole.library);
			const kept = new Set(library.map((experience) => (experience as { id: string }).id));
			expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);

			const paid = jsonLines(workspace, '.flex/cache/requests.jsonl').map((line) => line.k);
			expect(new Set(paid).size).toBe(paid.length);
			expect(paid.length).toBe(whole.calls);

			const finished = jsonLines(workspace, '.flex/runs', run, 'rollouts.jsonl')
				.filter((line) => line.type === 'problem')
				.map((line) => line.record as { problem: string; epoch: number })
				.map(({ problem, epoch }) => `${epoch}/${problem}`);
			expect(new Set(finished).size).toBe(finished.length);
			expect(finished.length).toBe(2 * problems);
		},
		60_000,
	);
});
