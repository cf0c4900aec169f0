/** Forgetting deletes what was named and nothing else: not settings, not a team's files, not what links lead to. */
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ForgetError, forget, forgettable, runsGoingOn } from '../../../src/runs/forget.js';

let root: string;
let flex: string;

const run = 'runs/01K00000000000000000000001';
const files = [
	'library.sqlite',
	'library.journal',
	'library.sqlite.tmp-12',
	'index.bin',
	'previous/library.sqlite',
	'damaged/1.journal',
	`${run}/events.jsonl`,
	'test-uses.jsonl',
	'cache/requests.jsonl',
	'profiles.json',
	'datasets/gsm8k/flex-task.json',
	'experiences/a.jsonl',
	'config.json',
	'notes.txt',
	'.gitignore',
];

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'flex-forget-'));
	flex = join(root, '.flex');
	for (const name of files) write(name, '0123456789');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what can be forgotten', () => {
	it('is listed by part, with its size', () => {
		expect(forgettable(flex).map(({ part, bytes }) => [part, bytes])).toEqual([
			['library', 60],
			['runs', 20],
			['cache', 10],
			['profiles', 10],
			['datasets', 10],
		]);
	});

	it('is nothing where there is no folder', () => {
		expect(forgettable(join(root, 'nowhere'))).toEqual([]);
	});
});

describe('forgetting', () => {
	it('deletes the parts that are named', async () => {
		await forget(flex, ['cache']);
		expect(forgettable(flex).map(({ part }) => part)).toEqual(['library', 'runs', 'profiles', 'datasets']);
	});

	it('of everything leaves settings, the team’s files, and files of others', async () => {
		await forget(flex, ['library', 'runs', 'cache', 'profiles', 'datasets']);
		expect(readdirSync(flex).sort()).toEqual(['.gitignore', 'config.json', 'experiences', 'notes.txt']);
	});

	it('takes the folder away where nothing of anybody is left in it', async () => {
		for (const name of ['experiences', 'config.json', 'notes.txt']) rmSync(join(flex, name), { recursive: true });
		await forget(flex, ['library', 'runs', 'cache', 'profiles', 'datasets']);
		expect(readdirSync(root)).toEqual([]);
	});

	it('removes a link, and not what it leads to', async () => {
		const outside = join(root, 'outside');
		mkdirSync(outside);
		writeFileSync(join(outside, 'precious'), 'x'.repeat(1000));
		rmSync(join(flex, 'cache'), { recursive: true });
		symlinkSync(outside, join(flex, 'cache'));
		expect(forgettable(flex).find(({ part }) => part === 'cache')?.bytes).toBe(0);
		await forget(flex, ['cache']);
		expect(existsSync(join(flex, 'cache'))).toBe(false);
		expect(readFileSync(join(outside, 'precious'), 'utf8')).toHaveLength(1000);
	});

	it('refuses where the whole folder is a link', async () => {
		const link = join(root, 'elsewhere', '.flex');
		mkdirSync(dirname(link));
		symlinkSync(flex, link);
		await expect(forget(link, ['cache'])).rejects.toMatchObject({ name: ForgetError.name, reason: 'link' });
		expect(existsSync(join(flex, 'cache/requests.jsonl'))).toBe(true);
	});

	it('refuses while a run goes on, and goes ahead once its process is gone', async () => {
		const lock = join(run, 'owner.lock');
		write(lock, JSON.stringify({ pid: process.pid, host: hostname() }));
		expect(runsGoingOn(join(flex, 'runs'))).toHaveLength(1);
		await expect(forget(flex, ['cache'])).rejects.toMatchObject({ reason: 'running' });
		expect(existsSync(join(flex, 'cache/requests.jsonl'))).toBe(true);
		// No process has this id.
		write(lock, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
		await forget(flex, ['cache']);
		expect(existsSync(join(flex, 'cache'))).toBe(false);
	});
});

function write(name: string, text: string): void {
	const file = join(flex, name);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}
