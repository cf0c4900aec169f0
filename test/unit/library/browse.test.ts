/** Looking through a library as the editor does: in the worker, with changes of every kind followed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowseQuery, KnownUtility } from '../../../src/core/experience/browse.js';
import type { ChangeRequest, LibraryOp } from '../../../src/core/experience/store.js';
import { type Library, openLibrary } from '../../../src/library/library.js';
import { experience, insert } from './experiences.js';
import { bundle, flexFolder, openEngine } from './libraryFixtures.js';

let bundles: string;

beforeAll(async () => {
	bundles = await bundle({ libraryWorker: 'src/library/libraryWorker.ts' });
});

afterAll(() => rmSync(bundles, { recursive: true, force: true }));

function queryOf(text: string, more: Partial<BrowseQuery> = {}): BrowseQuery {
	return { text, facets: {}, sort: 'relevance', offset: 0, limit: 50, utility: new Map(), ...more };
}

async function idsFor(library: Pick<Library, 'browse'>, text: string, more: Partial<BrowseQuery> = {}) {
	return (await library.browse(queryOf(text, more))).rows.map(({ id }) => id);
}

function by(change: LibraryOp): ChangeRequest {
	return { change, by: 'user' };
}

function use(id: string, solved: boolean, problem = 'p'): ChangeRequest {
	return by({ op: 'use', id, use: { run: 'r', problem, epoch: 0, rollout: 0, solved } });
}

describe('the worker', () => {
	it('answers with pages, ranges and the counts of facets', async () => {
		const library = await openLibrary(flexFolder(), { workerFile: join(bundles, 'libraryWorker.js') });
		try {
			await library.apply([insert('a', { title: 'Angle bisector' }), insert('b'), insert('c', { zone: 'mixed' })]);
			const utility = new Map<string, KnownUtility>([['b', { effect: 0.5, verdict: 'helps' }]]);
			const answer = await library.browse(queryOf('ANG', { utility }));
			expect(answer).toMatchObject({ all: 3, total: 1, nearby: false, rows: [{ id: 'a', titleRanges: [[0, 3]] }] });
			expect(await idsFor(library, '', { offset: 1, limit: 1 })).toEqual(['b']);
			const helping = await library.browse(queryOf('', { utility, facets: { utility: ['helps'] } }));
			expect(helping.rows).toMatchObject([{ id: 'b', utility: { effect: 0.5, verdict: 'helps' } }]);
			expect(helping.facets.utility).toEqual([
				{ value: 'unknown', count: 2 },
				{ value: 'helps', count: 1 },
			]);
			expect(helping.facets.zone.map(({ count }) => count)).toEqual([1, 0, 0]);
		} finally {
			await library.close();
		}
	});
});

describe('looking through a library', () => {
	it('follows every kind of change', async () => {
		const library = await openEngine(flexFolder());
		await library.apply([insert('a'), insert('b')]);
		expect(await idsFor(library, '')).toEqual(['b', 'a']);
		await library.apply([insert('c'), by({ op: 'pin', id: 'a', on: true })]);
		expect(await idsFor(library, 'lesson')).toEqual(['a', 'c', 'b']);
		const edited = experience('b', { title: 'Circumference' });
		await library.apply([by({ op: 'edit', experience: edited, baseRev: 1 })]);
		expect(await idsFor(library, 'circum')).toEqual(['b']);
		await library.apply([by({ op: 'retire', id: 'c' }), by({ op: 'undo', id: 'b', to: 1 })]);
		expect(await idsFor(library, '')).toEqual(['b', 'a']);
		expect(await idsFor(library, '', { facets: { status: ['retired'] } })).toEqual(['c']);
		expect((await library.browse(queryOf('circum'))).rows).toEqual([]);
	});

	it('counts uses as they come', async () => {
		const library = await openEngine(flexFolder());
		await library.apply([insert('a'), insert('b'), use('a', true)]);
		const shown = async () =>
			(await library.browse(queryOf('', { sort: 'used' }))).rows.map(({ id, used, solved }) => [id, used, solved]);
		expect(await shown()).toEqual([
			['a', 1, 1],
			['b', 0, 0],
		]);
		await library.apply([use('b', true), use('b', false, 'q'), by({ op: 'feedback', id: 'a', helpful: true })]);
		expect(await shown()).toEqual([
			['b', 2, 1],
			['a', 1, 1],
		]);
		expect(await idsFor(library, '', { facets: { mark: ['used'] } })).toEqual(['b', 'a']);
		expect((await library.browse(queryOf(''))).facets.mark).toContainEqual({ value: 'used', count: 2 });
	});

	it('sees what others write, also after they wrote a snapshot', async () => {
		const folder = flexFolder();
		const library = await openEngine(folder);
		const other = await openEngine(folder);
		await other.apply([insert('a')]);
		expect(await idsFor(library, '')).toEqual(['a']);
		await other.apply([insert('b'), use('a', true)]);
		expect((await library.browse(queryOf('', { facets: { mark: ['used'] } }))).rows).toMatchObject([
			{ id: 'a', used: 1 },
		]);
		await other.checkpoint();
		await other.apply([insert('c', { title: 'Fresh' }), use('a', true, 'q')]);
		await other.checkpoint();
		expect(await idsFor(library, 'fresh')).toEqual(['c']);
		expect((await library.browse(queryOf('', { sort: 'used' }))).rows[0]).toMatchObject({ id: 'a', used: 2 });
	});

	it('shows what is near where no experience has all the words', async () => {
		const library = await openEngine(flexFolder());
		await library.apply([
			insert('a', { strategy: { text: 'Reflect the point across the bisector.', sources: [] } }),
			insert('b', { strategy: { text: 'Compare the areas of both triangles.', sources: [] } }),
			insert('c', { strategy: { text: 'Reflect the bisector.', sources: [] }, status: 'proposed' }),
		]);
		const answer = await library.browse(queryOf('reflect everything bisector'));
		expect(answer.nearby).toBe(true);
		expect(answer.rows.map(({ id }) => id).sort()).toEqual(['a', 'c']);
		const within = await library.browse(queryOf('reflect everything', { facets: { status: ['proposed'] } }));
		expect(within).toMatchObject({ nearby: true, total: 1, rows: [{ id: 'c', summaryPart: 'strategy' }] });
		expect(await library.browse(queryOf('xyzzy'))).toMatchObject({ nearby: false, total: 0 });
	});
});
