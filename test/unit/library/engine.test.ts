/** The library as its users see it: what goes in comes out, survives closing, can be looked back at and undone. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ChangeRequest, LibraryNotice, UseRecord } from '../../../src/core/experience/store.js';
import { experience, insert } from './experiences.js';
import { flexFolder, idsIn, openEngine } from './libraryFixtures.js';

const limits = { experiences: 3, patterns: 4, cases: 4, minMatch: 0 };

function use(id: string, fields: Partial<UseRecord> = {}): ChangeRequest {
	const record: UseRecord = { run: 'r', problem: 'p', epoch: 0, rollout: 0, solved: true, ...fields };
	return { change: { op: 'use', id, use: record }, by: 'run:r' };
}

describe('a library', () => {
	it('is empty where there was none, and says so', async () => {
		const library = await openEngine(flexFolder());
		expect(library.report).toEqual({ created: true, mended: false, readOnly: false, experiences: 0, messages: [] });
		expect(await library.list()).toEqual([]);
	});

	it('gives back exactly what was inserted, from the journal and from the snapshot', async () => {
		const folder = flexFolder();
		const special = experience('a', { title: 'zero \u0000, lone \ud800, \u202ebidi', domains: ['ü', '__proto__'] });
		const first = await openEngine(folder);
		await first.apply([{ change: { op: 'insert', experience: special }, by: 'user' }, insert('b')]);
		const fromJournal = await openEngine(folder, { readOnly: true });
		expect(await fromJournal.get(['b', 'a', 'none'])).toEqual([experience('b'), special]);
		await first.close();
		const fromSnapshot = await openEngine(folder);
		expect(fromSnapshot.report.created).toBe(false);
		expect(await fromSnapshot.get(['b', 'a', 'none'])).toEqual([experience('b'), special]);
	});

	it('leaves only shared files to git', async () => {
		const folder = flexFolder();
		await openEngine(folder);
		const lines = readFileSync(join(folder, '.gitignore'), 'utf8').split('\n');
		expect(lines).toEqual(expect.arrayContaining(['*', '!experiences/', '!experiences/**', '!config.json']));
	});

	it('applies a group whole or not at all', async () => {
		const library = await openEngine(flexFolder());
		await library.apply([insert('a')]);
		const group: ChangeRequest[] = [
			insert('b'),
			{ change: { op: 'pin', id: 'a', on: true }, by: 'user' },
			{ change: { op: 'edit', experience: experience('a'), baseRev: 9 }, by: 'user' },
		];
		await expect(library.apply(group)).rejects.toMatchObject({ name: 'LibraryError', reason: 'stale' });
		expect(await library.list()).toEqual([experience('a')]);
		expect(await library.history('a')).toHaveLength(1);
	});

	it('sees the earlier changes of a group in the later ones', async () => {
		const library = await openEngine(flexFolder());
		const edited = experience('a', { title: 'edited' });
		const applied = await library.apply([
			insert('a'),
			{ change: { op: 'edit', experience: edited, baseRev: 1 }, by: 'user' },
			{ change: { op: 'undo', id: 'a', to: 1 }, by: 'user' },
		]);
		expect(applied.map(({ rev }) => rev)).toEqual([1, 2, 3]);
		expect((await library.get(['a']))[0]?.title).toBe('Lesson a');
	});

	it('refuses what is no experience, and names the field', async () => {
		const library = await openEngine(flexFolder());
		const request = insert('a', { priority: 9 });
		await expect(library.apply([request])).rejects.toMatchObject({
			reason: 'invalid',
			message: expect.stringContaining('priority'),
		});
		await expect(library.apply([use('a')])).rejects.toMatchObject({ reason: 'unknown-id' });
	});

	it('applies a change with a key once, also after it was opened anew', async () => {
		const folder = flexFolder();
		const request = { ...insert('a'), key: 'run/0/a' };
		const first = await openEngine(folder);
		expect(await first.apply([request])).toEqual([{ id: 'a', op: 'insert', rev: 1, fresh: true }]);
		await first.close();
		const again = await openEngine(folder);
		const known = { id: 'a', op: 'insert', rev: 1, fresh: false };
		expect(await again.appliedBy('run/0/a')).toEqual(known);
		expect(await again.appliedBy('other')).toBeUndefined();
		expect(await again.apply([request])).toEqual([known]);
		expect(await again.history('a')).toHaveLength(1);
	});

	it('keeps every revision, oldest first, also after it was opened anew', async () => {
		const folder = flexFolder();
		const first = await openEngine(folder);
		await first.apply([insert('a')], '2026-02-01T00:00:00.000Z');
		const merged = experience('a', { title: 'merged' });
		const merge: ChangeRequest = {
			change: { op: 'merge', experience: merged, baseRev: 1, reason: 'alike' },
			by: 'run:x',
		};
		await first.apply([merge], '2026-02-02T00:00:00.000Z');
		await first.apply([{ change: { op: 'retire', id: 'a' }, by: 'user' }], '2026-02-03T00:00:00.000Z');
		await first.close();
		const history = await (await openEngine(folder)).history('a');
		expect(history.map(({ rev, op, by, at, reason }) => ({ rev, op, by, at, reason }))).toEqual([
			{ rev: 1, op: 'insert', by: 'user', at: '2026-02-01T00:00:00.000Z', reason: undefined },
			{ rev: 2, op: 'merge', by: 'run:x', at: '2026-02-02T00:00:00.000Z', reason: 'alike' },
			{ rev: 3, op: 'retire', by: 'user', at: '2026-02-03T00:00:00.000Z', reason: undefined },
		]);
		expect(history.map((revision) => [revision.experience.title, revision.experience.status])).toEqual([
			['Lesson a', 'active'],
			['merged', 'active'],
			['merged', 'retired'],
		]);
	});

	it('takes back one change after the other, newest first', async () => {
		const library = await openEngine(flexFolder());
		await library.apply([insert('a'), insert('b')]);
		await library.apply([{ change: { op: 'star', id: 'a', on: true }, by: 'user' }]);
		expect(await library.undoLast('user')).toMatchObject({ id: 'a', op: 'undo', rev: 3 });
		expect((await library.get(['a']))[0]?.starred).toBe(false);
		expect(await library.undoLast('user')).toMatchObject({ id: 'b' });
		expect((await library.get(['b']))[0]?.status).toBe('retired');
		expect(await library.undoLast('user')).toMatchObject({ id: 'a' });
		expect(await library.undoLast('user')).toBeUndefined();
		expect((await library.list()).map(({ status }) => status)).toEqual(['retired', 'retired']);
	});

	it('counts a use once, and withheld ones not at all', async () => {
		const library = await openEngine(flexFolder());
		await library.apply([insert('a'), use('a'), use('a', { rollout: 1, solved: false })]);
		const [again] = await library.apply([use('a')]);
		expect(again).toMatchObject({ rev: 1, fresh: false });
		await library.apply([use('a', { rollout: 2, withheld: true })]);
		const feedback = (helpful: boolean): ChangeRequest => ({ change: { op: 'feedback', id: 'a', helpful }, by: 'u' });
		await library.apply([feedback(true), feedback(true), feedback(false)]);
		const uses = await library.uses(['a', 'none']);
		expect([...uses]).toEqual([['a', { used: 2, solved: 1, helpful: 2, unhelpful: 1 }]]);
		expect((await library.get(['a']))[0]?.rev).toBe(1);
	});

	it('lists by what is asked for, in order of creation', async () => {
		const library = await openEngine(flexFolder());
		await library.apply([
			insert('z'),
			insert('b', { zone: 'warning', domains: ['other'] }),
			insert('a', { status: 'proposed', origin: { set: 'elsewhere', run: 'r', model: 'm' } }),
		]);
		await library.apply([{ change: { op: 'pin', id: 'z', on: true }, by: 'user' }]);
		const ids = async (filter: Parameters<typeof library.list>[0]) => (await library.list(filter)).map(({ id }) => id);
		expect(await ids({})).toEqual(['z', 'b', 'a']);
		expect(await ids({ statuses: ['proposed'] })).toEqual(['a']);
		expect(await ids({ zones: ['warning'], domain: 'other' })).toEqual(['b']);
		expect(await ids({ set: 'elsewhere' })).toEqual(['a']);
	});

	it('sums up what it holds', async () => {
		const library = await openEngine(flexFolder());
		await library.apply([insert('a'), insert('b', { zone: 'mixed', status: 'quarantined' }), use('a')]);
		await library.apply([{ change: { op: 'star', id: 'a', on: true }, by: 'user' }]);
		expect(await library.stats()).toEqual({
			experiences: 2,
			patterns: 2,
			cases: 2,
			byStatus: {
				active: { experiences: 1, patterns: 1 },
				proposed: { experiences: 0, patterns: 0 },
				quarantined: { experiences: 1, patterns: 1 },
				retired: { experiences: 0, patterns: 0 },
			},
			byZone: { golden: 1, warning: 0, mixed: 1 },
			revisions: 3,
			uses: 1,
		});
	});

	it('puts what holds for most problems first, and what is pinned before that', async () => {
		const library = await openEngine(flexFolder());
		const sources = ['1', '2', '3'].map((problem) => ({ set: 'tests', problem }));
		await library.apply([
			insert('one'),
			insert('three', { strategy: { text: 's', sources } }),
			insert('urgent', { priority: 5 }),
			insert('pinned', { pinned: true }),
			insert('asleep', { status: 'retired', pinned: true }),
		]);
		expect((await library.leading(3)).map(({ id }) => id)).toEqual(['pinned', 'three', 'urgent']);
	});

	it('finds what was inserted, edited and taken over from the saved index', async () => {
		const folder = flexFolder();
		const first = await openEngine(folder);
		const lesson = (text: string) => ({ strategy: { text, sources: [] } });
		await first.apply([insert('a', lesson('factor the polynomial')), insert('b', lesson('draw the triangle'))]);
		const find = async (library: typeof first, text: string) =>
			(await library.search([{ text, limits }])).map(({ hits }) => hits[0]?.experience.id);
		expect(await find(first, 'polynomial')).toEqual(['a']);
		const edit = experience('b', lesson('count the marbles'));
		await first.apply([{ change: { op: 'edit', experience: edit, baseRev: 1 }, by: 'user' }]);
		expect(await find(first, 'marbles')).toEqual(['b']);
		expect(await find(first, 'triangle')).toEqual([undefined]);
		await first.close();
		expect(existsSync(join(folder, 'index.bin'))).toBe(true);
		const second = await openEngine(folder);
		expect(await find(second, 'marbles')).toEqual(['b']);
		expect((await second.neighbours(edit, 1))[0]?.experience.id).toBe('a');
	});

	it('does not take an index of another state for its own', async () => {
		const folder = flexFolder();
		const first = await openEngine(folder);
		await first.apply([insert('a')]);
		await first.search([{ text: 'a', limits }]);
		await first.close();
		const second = await openEngine(folder, { checkpointAfter: 1 });
		await second.apply([insert('zebra', { title: 'zebra' })]);
		await second.close();
		const third = await openEngine(folder);
		const [result] = await third.search([{ text: 'zebra', limits }]);
		expect(result?.hits[0]?.experience.id).toBe('zebra');
	});

	it('tells those who follow what changed, and stops when asked', async () => {
		const library = await openEngine(flexFolder());
		const heard: LibraryNotice[] = [];
		const stop = library.onChange((notices) => heard.push(...notices));
		await library.apply([insert('a'), use('a'), use('a')]);
		expect(heard).toEqual([
			{ id: 'a', op: 'insert', rev: 1 },
			{ id: 'a', op: 'use', rev: 1 },
		]);
		stop();
		await library.apply([insert('b')]);
		expect(heard).toHaveLength(2);
	});

	it('changes nothing where it was opened for reading only', async () => {
		const folder = flexFolder();
		const library = await openEngine(folder, { readOnly: true });
		await expect(library.apply([insert('a')])).rejects.toMatchObject({ reason: 'read-only' });
		expect(existsSync(join(folder, 'library.journal'))).toBe(false);
		expect(existsSync(join(folder, '.gitignore'))).toBe(false);
		expect(await idsIn(library)).toEqual([]);
	});

	it('says that it is closed', async () => {
		const library = await openEngine(flexFolder());
		await library.close();
		await expect(library.list()).rejects.toMatchObject({ name: 'LibraryError', reason: 'io' });
		await expect(library.apply([insert('a')])).rejects.toMatchObject({ name: 'LibraryError', reason: 'io' });
	});
});
