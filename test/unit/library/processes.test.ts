/** Several processes on one library, and processes that are killed while they write: no acknowledged change is lost. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Library } from '../../../src/library/library.js';
import { openLibrary } from '../../../src/library/library.js';
import { experience, insert } from './experiences.js';
import { bundle, flexFolder, idsIn, openEngine } from './libraryFixtures.js';

let bundles: string;

beforeAll(async () => {
	bundles = await bundle({
		writer: 'test/unit/library/writerProcess.ts',
		libraryWorker: 'src/library/libraryWorker.ts',
	});
});

afterAll(() => rmSync(bundles, { recursive: true, force: true }));

interface Writer {
	readonly process: ChildProcess;
	readonly acknowledged: Set<string>;
}

/** A process that waits for `go`, ready with its library open. */
async function writer(folder: string, name: string, count: number, checkpointAfter = 500): Promise<Writer> {
	const process = fork(join(bundles, 'writer.js'), [folder, name, String(count), String(checkpointAfter)]);
	const acknowledged = new Set<string>();
	const ready = new Promise<void>((resolve, reject) => {
		process.on('message', (message: { readonly kind: string; readonly id?: string }) => {
			if (message.kind === 'ready') resolve();
			else acknowledged.add(message.id ?? '');
		});
		process.once('exit', (code) => reject(new Error(`The writer ended with ${code}.`)));
	});
	await ready;
	return { process, acknowledged };
}

async function finished({ process }: Writer): Promise<number | null> {
	if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
	return process.exitCode;
}

describe('several processes', () => {
	it.each([2, 4])('keep every change of %i that write 500 each', { timeout: 60_000 }, async (processes) => {
		const folder = flexFolder();
		const follower = await openEngine(folder);
		const names = Array.from({ length: processes }, (_, index) => `writer${index}`);
		const writers = await Promise.all(names.map((name) => writer(folder, name, 500)));
		for (const { process } of writers) process.send('go');
		expect(await Promise.all(writers.map(finished))).toEqual(names.map(() => 0));
		const expected = names.flatMap((name) => Array.from({ length: 500 }, (_, number) => `${name}-${number}`)).sort();
		expect(await idsIn(follower)).toEqual(expected);
		const fresh = await openEngine(folder);
		expect(fresh.report).toMatchObject({ mended: false, messages: [] });
		expect(await idsIn(fresh)).toEqual(expected);
		expect((await fresh.stats()).revisions).toBe(expected.length);
	});

	it('are followed without being asked', async () => {
		const folder = flexFolder();
		const follower = await openEngine(folder);
		const heard = new Promise((resolve) => follower.onChange(resolve));
		const other = await openEngine(folder);
		await other.apply([insert('a')]);
		expect(await heard).toEqual([{ id: 'a', op: 'insert', rev: 1 }]);
	});

	it('do not overwrite what another one changed', async () => {
		const folder = flexFolder();
		const [one, two] = [await openEngine(folder), await openEngine(folder)];
		await one.apply([insert('a')]);
		const edit = (title: string) => ({ op: 'edit', experience: experience('a', { title }), baseRev: 1 }) as const;
		await two.apply([{ change: edit('second'), by: 'two' }]);
		await expect(one.apply([{ change: edit('third'), by: 'one' }])).rejects.toMatchObject({ reason: 'stale' });
		expect((await one.get(['a']))[0]?.title).toBe('second');
	});

	it('go on together through checkpoints of each other', async () => {
		const folder = flexFolder();
		const [one, two] = [await openEngine(folder), await openEngine(folder)];
		await one.apply([insert('a')]);
		await two.checkpoint();
		await one.apply([insert('b')]);
		await one.checkpoint();
		await one.apply([insert('c')]);
		await one.checkpoint();
		await one.apply([insert('d')]);
		await one.checkpoint();
		// Two generations went by, and the journal of the first is gone.
		expect(await idsIn(two)).toEqual(['a', 'b', 'c', 'd']);
		await two.apply([insert('e')]);
		expect(await idsIn(one)).toEqual(['a', 'b', 'c', 'd', 'e']);
	});
});

describe('a process that is killed', () => {
	it('loses nothing that it acknowledged, at 20 random moments', { timeout: 120_000 }, async () => {
		const folder = flexFolder();
		const acknowledged = new Set<string>();
		for (let round = 0; round < 20; round++) {
			const victim = await writer(folder, `round${round}`, 100_000, 10);
			victim.process.send('go');
			const target = 1 + Math.floor(Math.random() * 30);
			while (victim.acknowledged.size < target) await once(victim.process, 'message');
			// Somewhere within the next few writes, or within a checkpoint.
			const until = performance.now() + Math.random() * 5;
			while (performance.now() < until);
			victim.process.kill('SIGKILL');
			await finished(victim);
			for (const id of victim.acknowledged) acknowledged.add(id);
			const survivor = await openEngine(folder);
			const ids = new Set(await idsIn(survivor));
			expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
			await survivor.close();
		}
		expect(acknowledged.size).toBeGreaterThan(20);
	});
});

describe('the worker', () => {
	const open = (folder: string, options: Parameters<typeof openLibrary>[1] = {}): Promise<Library> =>
		openLibrary(folder, { workerFile: join(bundles, 'libraryWorker.js'), ...options });

	it('answers as the library itself does', async () => {
		const folder = flexFolder();
		const library = await open(folder, { clock: () => '2026-03-01T00:00:00.000Z' });
		expect(library.report).toMatchObject({ created: true, messages: [] });
		expect(await library.apply([{ ...insert('a'), key: 'k' }])).toEqual([
			{ id: 'a', op: 'insert', rev: 1, fresh: true },
		]);
		expect(await library.get(['a'])).toEqual([experience('a')]);
		expect(await library.list({ zones: ['golden'] })).toEqual([experience('a')]);
		expect(await library.leading(5)).toEqual([experience('a')]);
		expect(await library.appliedBy('k')).toMatchObject({ id: 'a', fresh: false });
		expect((await library.history('a'))[0]?.at).toBe('2026-03-01T00:00:00.000Z');
		expect((await library.uses(['a'])).get('a')?.used).toBe(0);
		const limits = { experiences: 1, patterns: 1, cases: 1, minMatch: 0 };
		expect((await library.search([{ text: 'lesson a', limits }]))[0]?.hits[0]?.experience.id).toBe('a');
		expect(await library.neighbours(experience('b'), 1)).toHaveLength(1);
		expect(await library.undoLast('user')).toMatchObject({ id: 'a', op: 'undo' });
		expect((await library.stats()).byStatus.retired.experiences).toBe(1);
		await library.checkpoint();
		await library.close();
		await library.close();
		await expect(library.list()).rejects.toMatchObject({ name: 'LibraryError', reason: 'io' });
	});

	it('hands on errors with their reason, and changes of others', async () => {
		const folder = flexFolder();
		const library = await open(folder);
		const retire = { change: { op: 'retire', id: 'none' }, by: 'user' } as const;
		await expect(library.apply([retire])).rejects.toMatchObject({ name: 'LibraryError', reason: 'unknown-id' });
		const heard = new Promise((resolve) => library.onChange(resolve));
		const other = await openEngine(folder);
		await other.apply([insert('a')]);
		expect(await heard).toEqual([{ id: 'a', op: 'insert', rev: 1 }]);
		await library.close();
	});

	it('says why a folder can not be opened', async () => {
		const file = join(flexFolder(), 'a-file');
		writeFileSync(file, 'no folder');
		await expect(open(file)).rejects.toMatchObject({ name: 'LibraryError', reason: 'io' });
	});
});
