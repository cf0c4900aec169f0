/** What a stop, a bad disk or a strange file can do to a library: nothing acknowledged is lost, and the user is told. */
import {
	appendFileSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { journalLine } from '../../../src/library/journal.js';
import { libraryPaths } from '../../../src/library/paths.js';
import { recover } from '../../../src/library/recovery.js';
import { schemaVersion } from '../../../src/library/schema.js';
import { checkpointSteps, knownSnapshot, readSnapshot } from '../../../src/library/snapshot.js';
import { loadSqlite, SqliteDatabase } from '../../../src/library/sqlite.js';
import { experience, insert } from './experiences.js';
import { flexFolder, idsIn, openEngine, wasmFile } from './libraryFixtures.js';

/** A closed library with the experiences of each group in a generation of its own. */
async function libraryOf(...generations: readonly (readonly string[])[]): Promise<string> {
	const folder = flexFolder();
	const library = await openEngine(folder);
	for (const ids of generations) {
		await library.apply(ids.map((id) => insert(id)));
		await library.checkpoint();
	}
	await library.close();
	return folder;
}

function overwrite(file: string, offset: number, text: string): void {
	const bytes = readFileSync(file);
	bytes.write(text, offset);
	writeFileSync(file, bytes);
}

describe('a checkpoint', () => {
	const steps = ['nothing', 'written', 'rotated', 'linked', 'published', 'kept', 'pruned'];

	it.each(steps)('loses nothing when it stops after: %s', async (stop) => {
		const folder = await libraryOf(['a'], ['b'], ['c']);
		const writer = await openEngine(folder);
		await writer.apply([insert('d')]);
		const paths = libraryPaths(folder);
		const engine = await loadSqlite(wasmFile);
		const { state, tail } = recover(engine, paths, false);
		const running = checkpointSteps(paths, state, tail, knownSnapshot(engine, paths, undefined));
		if (stop !== 'nothing') for (const step of running) if (step === stop) break;
		tail.close();
		state.close();

		const fresh = await openEngine(folder);
		expect(fresh.report).toMatchObject({ created: false, mended: false, messages: [] });
		expect(await idsIn(fresh)).toEqual(['a', 'b', 'c', 'd']);
		// One that was open all the time goes on, too; and so does everybody after it.
		await writer.apply([insert('e')]);
		expect(await idsIn(fresh)).toEqual(['a', 'b', 'c', 'd', 'e']);
		await fresh.checkpoint();
		await writer.apply([insert('f')]);
		expect(await idsIn(await openEngine(folder))).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
		expect(readdirSync(folder).filter((name) => name.includes('.tmp-'))).toEqual([]);
	});

	it.each(steps)('leaves enough to do without the newest snapshot when it stops after: %s', async (stop) => {
		const folder = await libraryOf(['a'], ['b'], ['c']);
		const writer = await openEngine(folder);
		await writer.apply([insert('d')]);
		const paths = libraryPaths(folder);
		const engine = await loadSqlite(wasmFile);
		const { state, tail } = recover(engine, paths, false);
		const running = checkpointSteps(paths, state, tail, knownSnapshot(engine, paths, undefined));
		if (stop !== 'nothing') for (const step of running) if (step === stop) break;
		overwrite(paths.snapshot, 100, 'x'.repeat(4000));
		const mended = await openEngine(folder);
		expect(await idsIn(mended)).toEqual(['a', 'b', 'c', 'd']);
		expect(mended.report.mended).toBe(true);
	});

	it('keeps one previous snapshot and the journals since it, and no more', async () => {
		const folder = await libraryOf(['a'], ['b'], ['c'], ['d']);
		expect(readdirSync(join(folder, 'previous')).sort()).toEqual(['library.4.journal', 'library.sqlite']);
	});

	it('happens by itself after so many changes, and on closing', async () => {
		const folder = flexFolder();
		const library = await openEngine(folder, { checkpointAfter: 3 });
		for (const id of ['a', 'b', 'c', 'd']) await library.apply([insert(id)]);
		await library.close();
		const read = readSnapshot(await loadSqlite(wasmFile), join(folder, 'library.sqlite'));
		expect(read).toMatchObject({ kind: 'sound', gen: 3, offset: 0 });
		expect(existsSync(join(folder, 'library.journal'))).toBe(false);
	});
});

describe('a damaged snapshot', () => {
	it('is set aside, and the library rebuilt without it', async () => {
		const folder = await libraryOf(['a'], ['b'], ['c']);
		const writer = await openEngine(folder);
		await writer.apply([{ change: { op: 'star', id: 'a', on: true }, by: 'user' }]);
		overwrite(join(folder, 'library.sqlite'), 100, 'x'.repeat(4000));
		const library = await openEngine(folder);
		expect(library.report).toMatchObject({ created: false, mended: true, experiences: 3 });
		expect(library.report.messages.join(' ')).toMatch(/damaged.*kept as .*library\.sqlite\.damaged-.*3 experiences/);
		expect((await library.get(['a']))[0]?.starred).toBe(true);
		expect(await library.history('a')).toHaveLength(2);
		expect(readdirSync(folder).filter((name) => name.startsWith('library.sqlite.damaged-'))).toHaveLength(1);
		await library.close();
		const again = await openEngine(folder);
		expect(again.report).toMatchObject({ mended: false, messages: [], experiences: 3 });
	});

	it.each([
		['cut short', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
		['empty', (file: string) => truncateSync(file, 0)],
		['another program\u2019s', (file: string) => writeFileSync(file, 'hello')],
		['missing', (file: string) => rmSync(file)],
	])('that is %s costs nothing', async (_, damage) => {
		const folder = await libraryOf(['a'], ['b']);
		damage(join(folder, 'library.sqlite'));
		const library = await openEngine(folder);
		expect(await idsIn(library)).toEqual(['a', 'b']);
		expect(library.report.messages.length).toBeGreaterThan(0);
	});

	it('is rebuilt from the journals alone where the previous one is damaged, too', async () => {
		const folder = await libraryOf(['a']);
		const writer = await openEngine(folder);
		await writer.apply([insert('b')]);
		overwrite(join(folder, 'library.sqlite'), 100, 'x'.repeat(4000));
		expect(await idsIn(await openEngine(folder))).toEqual(['a', 'b']);
	});

	it('says what is missing where both are damaged and the journals do not go back to the beginning', async () => {
		const folder = await libraryOf(['a'], ['b'], ['c']);
		overwrite(join(folder, 'library.sqlite'), 100, 'x'.repeat(4000));
		overwrite(join(folder, 'previous', 'library.sqlite'), 100, 'x'.repeat(4000));
		const library = await openEngine(folder);
		expect(await idsIn(library)).toEqual(['c']);
		expect(library.report.messages.join(' ')).toMatch(/previous snapshot.*damaged.*older than the journal is missing/);
	});

	it('is never replaced in silence, even where nothing at all can be restored', async () => {
		const folder = await libraryOf(['a'], ['b']);
		rmSync(join(folder, 'previous'), { recursive: true });
		truncateSync(join(folder, 'library.sqlite'), 1000);
		const library = await openEngine(folder);
		expect(library.report).toMatchObject({ created: false, mended: true, experiences: 0 });
		expect(library.report.messages.join(' ')).toMatch(/damaged.*kept as/);
	});

	it('is left alone by who opens for reading only', async () => {
		const folder = await libraryOf(['a'], ['b']);
		const file = join(folder, 'library.sqlite');
		writeFileSync(file, 'hello');
		const library = await openEngine(folder, { readOnly: true });
		expect(await idsIn(library)).toEqual(['a', 'b']);
		expect(readFileSync(file, 'utf8')).toBe('hello');
		await library.close();
		expect(readFileSync(file, 'utf8')).toBe('hello');
	});
});

describe('a damaged journal', () => {
	it('loses only the damaged line, and says where it was kept', async () => {
		const folder = flexFolder();
		const writer = await openEngine(folder);
		for (const id of ['a', 'b', 'c']) await writer.apply([insert(id)]);
		const journal = join(folder, 'library.journal');
		overwrite(journal, readFileSync(journal, 'utf8').indexOf('Lesson b'), 'lesson B');
		const library = await openEngine(folder);
		expect(await idsIn(library)).toEqual(['a', 'c']);
		expect(library.report.messages.join(' ')).toContain('1 line of the journal could not be read');
		const kept = readdirSync(join(folder, 'damaged')).map((name) =>
			readFileSync(join(folder, 'damaged', name), 'utf8'),
		);
		expect(kept.join()).toContain('lesson B');
		await library.close();
		expect((await openEngine(folder)).report.messages).toEqual([]);
	});

	it('keeps an edit whose insert was damaged', async () => {
		const folder = flexFolder();
		const writer = await openEngine(folder);
		await writer.apply([insert('a')]);
		const edited = experience('a', { title: 'edited' });
		await writer.apply([{ change: { op: 'edit', experience: edited, baseRev: 1 }, by: 'user' }]);
		await writer.apply([{ change: { op: 'star', id: 'a', on: true }, by: 'user' }]);
		overwrite(join(folder, 'library.journal'), 3, '#');
		const [found] = await (await openEngine(folder)).get(['a']);
		expect(found).toMatchObject({ title: 'edited', starred: true, rev: 3 });
	});

	it.each([1, 2, 30, 200])(
		'that ends %i bytes too early loses only the change that was being written',
		async (missing) => {
			const folder = flexFolder();
			const writer = await openEngine(folder);
			await writer.apply([insert('a')]);
			await writer.apply([insert('b'), insert('c')]);
			const journal = join(folder, 'library.journal');
			truncateSync(journal, statSync(journal).size - missing);
			const library = await openEngine(folder);
			expect(await idsIn(library)).toEqual(['a']);
			expect(library.report.messages.join(' ')).toContain('unfinished');
			await library.apply([insert('d')]);
			expect(await idsIn(await openEngine(folder))).toEqual(['a', 'd']);
		},
	);

	it('does not let a writer that was open all the time write behind an unfinished line', async () => {
		const folder = flexFolder();
		const messages: string[] = [];
		const writer = await openEngine(folder, { onMessage: (message) => messages.push(message) });
		await writer.apply([insert('a')]);
		appendFileSync(join(folder, 'library.journal'), '{"v":1,"gen":1,"id":"torn');
		await writer.apply([insert('b')]);
		expect(messages.join()).toContain('unfinished');
		const fresh = await openEngine(folder);
		expect(fresh.report.messages).toEqual([]);
		expect(await idsIn(fresh)).toEqual(['a', 'b']);
	});

	it('says so where a whole generation is missing', async () => {
		const folder = await libraryOf(['a'], ['b'], ['c']);
		const paths = libraryPaths(folder);
		rmSync(paths.snapshot);
		rmSync(paths.oldJournal(3));
		writeFileSync(
			paths.journal,
			journalLine({
				gen: 4,
				at: '2026-01-01T00:00:00.000Z',
				by: 'user',
				change: { op: 'insert', experience: experience('d') },
			}),
		);
		const library = await openEngine(folder);
		expect(await idsIn(library)).toEqual(['a', 'b', 'd']);
		expect(library.report.messages.join(' ')).toContain('generation 3 and 4 is missing');
	});

	it('of an older generation beside a newer snapshot is kept apart', async () => {
		const folder = await libraryOf(['a'], ['b']);
		const paths = libraryPaths(folder);
		copyFileSync(paths.oldJournal(2), paths.journal);
		const library = await openEngine(folder);
		await library.apply([insert('c')]);
		expect(await idsIn(await openEngine(folder))).toEqual(['a', 'b', 'c']);
		expect(readdirSync(paths.damaged)).toHaveLength(1);
	});
});

describe('a library of a newer program', () => {
	async function newerSnapshot(): Promise<string> {
		const folder = await libraryOf(['a']);
		const file = join(folder, 'library.sqlite');
		const database = new SqliteDatabase(await loadSqlite(wasmFile), readFileSync(file));
		database.script(`ALTER TABLE experiences ADD COLUMN mood TEXT; PRAGMA user_version = ${schemaVersion + 1}`);
		writeFileSync(file, database.export());
		database.close();
		return folder;
	}

	it('can be read, not changed, and says so', async () => {
		const folder = await newerSnapshot();
		const before = readFileSync(join(folder, 'library.sqlite'));
		const library = await openEngine(folder);
		expect(library.report).toMatchObject({ readOnly: true });
		expect(library.report.messages.join(' ')).toContain('newer version');
		expect(await idsIn(library)).toEqual(['a']);
		await expect(library.apply([insert('b')])).rejects.toMatchObject({ reason: 'read-only' });
		await library.close();
		expect(readFileSync(join(folder, 'library.sqlite')).equals(before)).toBe(true);
	});

	it('is not taken for damaged where its tables can not be read', async () => {
		const folder = await libraryOf(['a']);
		const file = join(folder, 'library.sqlite');
		const database = new SqliteDatabase(await loadSqlite(wasmFile), readFileSync(file));
		database.script(`ALTER TABLE experiences RENAME TO lessons; PRAGMA user_version = ${schemaVersion + 1}`);
		writeFileSync(file, database.export());
		database.close();
		await expect(openEngine(folder)).rejects.toMatchObject({ reason: 'read-only' });
		expect(existsSync(file)).toBe(true);
	});

	it('is no longer written by an older one that was open all the time', async () => {
		const folder = flexFolder();
		const library = await openEngine(folder);
		await library.apply([insert('a')]);
		const line = journalLine({ gen: 1, at: '2026-01-01T00:00:00.000Z', by: 'user', change: { op: 'accept', id: 'a' } });
		const newer = line.replace('"v":1', '"v":2');
		const { crc32 } = await import('../../../src/library/crc32.js');
		const body = newer.replace(/,"crc":".{8}"\}\n$/, '}');
		appendFileSync(join(folder, 'library.journal'), `${body.slice(0, -1)},"crc":"${crc32(Buffer.from(body))}"}\n`);
		const before = readFileSync(join(folder, 'library.journal'));
		await expect(library.apply([insert('b')])).rejects.toMatchObject({ reason: 'read-only' });
		await library.close();
		expect(readFileSync(join(folder, 'library.journal')).equals(before)).toBe(true);
	});
});

describe('the lock', () => {
	const owner = (pid: number): string =>
		JSON.stringify({ pid, host: hostname(), at: '2026-01-01T00:00:00.000Z', token: 'somebody' });

	/** No process has it: beyond what Linux, macOS and Windows give out. */
	const deadPid = 2 ** 30;

	it('of a dead process is taken over at once', async () => {
		const folder = flexFolder();
		const library = await openEngine(folder);
		writeFileSync(join(folder, 'library.lock'), owner(deadPid));
		await library.apply([insert('a')]);
		expect(existsSync(join(folder, 'library.lock'))).toBe(false);
	});

	it('of a living process is waited for, and named when it does not end', async () => {
		const folder = flexFolder();
		const library = await openEngine(folder, { lock: { waitMs: 30 } });
		writeFileSync(join(folder, 'library.lock'), owner(process.pid));
		await expect(library.apply([insert('a')])).rejects.toMatchObject({
			reason: 'locked',
			message: expect.stringContaining(String(process.pid)),
		});
		rmSync(join(folder, 'library.lock'));
		await library.apply([insert('a')]);
		expect(await idsIn(library)).toEqual(['a']);
	});

	it.each(['', owner(process.pid)])('that nobody touched for long is taken over (%j)', async (content) => {
		const folder = flexFolder();
		const library = await openEngine(folder, { lock: { staleMs: 1000 } });
		const file = join(folder, 'library.lock');
		writeFileSync(file, content);
		const longAgo = new Date(Date.now() - 5000);
		utimesSync(file, longAgo, longAgo);
		await library.apply([insert('a')]);
		expect(existsSync(file)).toBe(false);
	});

	it('keeps several libraries of one process apart', async () => {
		const folder = flexFolder();
		const libraries = await Promise.all([1, 2, 3].map(() => openEngine(folder)));
		await Promise.all(
			libraries.flatMap((library, one) => [0, 1, 2, 3].map((two) => library.apply([insert(`${one}-${two}`)]))),
		);
		expect(await idsIn(await openEngine(folder))).toHaveLength(12);
	});
});

/** Every write to it fails as on a full disk. */
const fullDevice = '/dev/full';

describe('a full disk', () => {
	it.skipIf(!existsSync(fullDevice))('refuses the change and leaves memory as the disk is', async () => {
		const folder = flexFolder();
		const library = await openEngine(folder);
		await library.apply([insert('a')]);
		await library.checkpoint();
		symlinkSync(fullDevice, join(folder, 'library.journal'));
		const group = [insert('b'), { change: { op: 'pin', id: 'a', on: true }, by: 'user' } as const];
		await expect(library.apply(group)).rejects.toMatchObject({ name: 'LibraryError', reason: 'disk-full' });
		expect(await library.list()).toEqual([experience('a')]);
		expect(await library.history('a')).toHaveLength(1);
		rmSync(join(folder, 'library.journal'));
		await library.apply(group);
		expect(await idsIn(await openEngine(folder))).toEqual(['a', 'b']);
	});
});

describe('a folder that can not be locked', () => {
	it('can be read', async () => {
		const folder = await libraryOf(['a']);
		// A folder in the file's place: whoever asks, root included, can't make a lock there.
		mkdirSync(join(folder, 'library.lock'));
		const library = await openEngine(folder, { lock: { waitMs: 10 } });
		expect(await idsIn(library)).toEqual(['a']);
		await expect(library.apply([insert('b')])).rejects.toMatchObject({ name: 'LibraryError' });
		expect(await idsIn(library)).toEqual(['a']);
	});
});
