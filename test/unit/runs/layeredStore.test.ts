import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import type { ExperienceStore, SearchResult } from '../../../src/core/experience/store.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { layeredStore } from '../../../src/runs/layeredStore.js';
import { flexFolder, openEngine } from '../library/libraryFixtures.js';
import { experience, pattern, query, strategy, taughtBy, workedCase } from '../retrieval/builders.js';

async function library(...experiences: readonly Experience[]): Promise<ExperienceStore> {
	const store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
	await store.apply(experiences.map((item) => ({ change: { op: 'insert', experience: item }, by: 'user' })));
	return store;
}

function about(id: string, words: string, parts: Partial<Experience> = {}): Experience {
	return experience(id, { ...strategy(`${words} need a second look`), ...parts });
}

const ids = (result: SearchResult | undefined): readonly string[] => result?.hits.map((hit) => hit.experience.id) ?? [];

const use = (id: string, key = `use/${id}`) => ({
	change: { op: 'use' as const, id, use: { run: 'r', problem: 'p', epoch: 0, rollout: 0, solved: true } },
	by: 'run:r',
	key,
});

describe('a search in both libraries', () => {
	it("puts the workspace's hits first, however well the own ones fit", async () => {
		const store = layeredStore(
			await library(about('here', 'invoices')),
			await library(about('mine', 'late invoices of suppliers')),
		);
		const [result] = await store.search([query('late invoices of suppliers')]);
		expect(ids(result)).toEqual(['here', 'mine']);
		expect([store.isOwn('here'), store.isOwn('mine'), store.isOwn('other')]).toEqual([false, true, false]);
	});

	it('adds nothing where the workspace fills the limit, and no more than fits elsewhere', async () => {
		const workspace = await library(about('here-1', 'invoices'), about('here-2', 'old invoices'));
		const own = await library(about('mine-1', 'invoices paid'), about('mine-2', 'invoices lost'));
		const store = layeredStore(workspace, own);
		const results = await store.search([1, 2, 3, 9].map((experiences) => query('invoices', { experiences })));
		expect(results.map((result) => ids(result).filter((id) => id.startsWith('mine')).length)).toEqual([0, 0, 1, 2]);
		expect(results.map((result) => result.hits.length)).toEqual([1, 2, 3, 4]);
	});

	it('never shows more patterns and cases than the limits for all', async () => {
		const parts = (name: string): Partial<Experience> => ({
			patterns: ['one', 'two', 'three'].map((word) => pattern(`${name}-${word}`, `invoices rule ${word} of ${name}`)),
			cases: ['one', 'two', 'three'].map((word) => workedCase(`${name}-${word}`, `invoices case ${word} of ${name}?`)),
		});
		const workspace = await library(about('here', 'invoices', parts('here')));
		const own = await library(about('mine-1', 'invoices a', parts('a')), about('mine-2', 'invoices b', parts('b')));
		const [result] = await layeredStore(workspace, own).search([query('invoices', { patterns: 5, cases: 4 })]);
		expect(result?.hits.map((hit) => hit.patterns.length)).toEqual([3, 1, 1]);
		expect(result?.hits.map((hit) => hit.cases.length)).toEqual([3, 1, 0]);
	});

	it('leaves out an own experience that could show nothing', async () => {
		const caseOnly = (id: string): Experience => experience(id, { cases: [workedCase(id, `invoices of ${id}?`)] });
		const store = layeredStore(await library(caseOnly('here')), await library(caseOnly('mine')));
		const [result] = await store.search([query('invoices', { cases: 1 })]);
		expect(ids(result)).toEqual(['here']);
	});

	it('shows one id once, and the same words once, the one of the workspace', async () => {
		const workspace = await library(about('same-id', 'invoices'), about('here', 'invoices of spring'));
		const own = await library(
			about('same-id', 'invoices, edited meanwhile'),
			about('mine', 'invoices  of spring'),
			about('new', 'invoices of autumn'),
		);
		const [result] = await layeredStore(workspace, own).search([query('invoices')]);
		expect(ids(result)).toHaveLength(3);
		expect(new Set(ids(result))).toEqual(new Set(['same-id', 'here', 'new']));
		const kept = result?.hits.find((hit) => hit.experience.id === 'same-id');
		expect(kept?.experience.strategy.text).not.toContain('edited');
	});

	it('abstains where both do, and answers where one does', async () => {
		const [empty, mine] = [await library(), await library(about('mine', 'invoices'))];
		const [unknown, known] = await layeredStore(empty, mine).search([query('volcano'), query('invoices')]);
		expect(unknown).toEqual({ hits: [], abstained: true });
		expect(known?.abstained).toBe(false);
		expect(known?.hits[0]?.match).toBe(1);
		const [other] = await layeredStore(mine, empty).search([query('invoices')]);
		expect(ids(other)).toEqual(['mine']);
	});

	it('leaves out of both what the problem taught', async () => {
		const taught = experience('mine', {
			...strategy('invoices need a look', 'p1'),
			cases: [{ ...workedCase('c', 'invoices?'), sources: taughtBy('p1') }],
		});
		const store = layeredStore(await library(), await library(taught));
		const exclude = { set: 'set', problem: 'p1', question: 'invoices?' };
		const [without] = await store.search([query('invoices', {}, { exclude })]);
		expect(without?.abstained).toBe(true);
	});

	it('finds a promoted experience whose twin in the workspace is retired', async () => {
		const workspace = await library(about('moved', 'invoices', { status: 'retired' }));
		const store = layeredStore(workspace, await library(about('moved', 'invoices')));
		expect(ids((await store.search([query('invoices')]))[0])).toEqual(['moved']);
		expect(store.isOwn('moved')).toBe(true);
	});
});

describe('the leading experiences', () => {
	it("are the workspace's, then pinned own ones, within the limit", async () => {
		const workspace = await library(about('here', 'invoices'));
		const own = await library(
			about('pinned-1', 'letters', { pinned: true }),
			about('loose', 'parcels'),
			about('pinned-2', 'stamps', { pinned: true }),
		);
		const store = layeredStore(workspace, own);
		const leading = async (limit: number): Promise<readonly string[]> =>
			(await store.leading(limit)).map(({ id }) => id);
		expect(await leading(9)).toEqual(['here', 'pinned-1', 'pinned-2']);
		expect(await leading(2)).toEqual(['here', 'pinned-1']);
		expect(await leading(1)).toEqual(['here']);
	});
});

describe('changes', () => {
	it('go to the workspace, but the evidence of own experiences to the own library, once', async () => {
		const workspace = await library(about('here', 'invoices'));
		const own = await library(about('mine', 'letters'));
		const store = layeredStore(workspace, own);
		const insert = { change: { op: 'insert' as const, experience: about('new', 'parcels') }, by: 'run:r', key: 'k' };
		const feedback = { change: { op: 'feedback' as const, id: 'mine', helpful: true }, by: 'user' };
		const applied = await store.apply([use('mine'), insert, use('here'), feedback]);
		expect(applied.map(({ id, op }) => `${op} ${id}`)).toEqual(['use mine', 'insert new', 'use here', 'feedback mine']);
		await store.apply([use('mine'), insert, use('here')]);
		expect((await own.uses(['mine'])).get('mine')).toEqual({ used: 1, solved: 1, helpful: 1, unhelpful: 0 });
		expect((await workspace.uses(['here'])).get('here')?.used).toBe(1);
		expect((await own.list()).map(({ id }) => id)).toEqual(['mine']);
	});

	it('follow a promoted experience to the own library, also before anything was searched', async () => {
		const workspace = await library(about('moved', 'invoices', { status: 'retired' }), about('both', 'letters'));
		const own = await library(about('moved', 'invoices'), about('both', 'letters'));
		await layeredStore(workspace, own).apply([use('moved'), use('both')]);
		expect((await own.stats()).uses).toBe(1);
		expect((await workspace.uses(['both'])).get('both')?.used).toBe(1);
	});

	it('of unknown experiences fail as in the workspace', async () => {
		const store = layeredStore(await library(), await library());
		await expect(store.apply([use('nobody')])).rejects.toMatchObject({ reason: 'unknown-id' });
	});
});

describe('everything else', () => {
	it("is the workspace's alone; only reading by id looks into both, and closing closes neither", async () => {
		const workspace = await library(about('here', 'invoices'));
		const own = await library(about('mine', 'invoices too'));
		const store = layeredStore(workspace, own);
		expect((await store.stats()).experiences).toBe(1);
		expect((await store.list()).map(({ id }) => id)).toEqual(['here']);
		expect(await store.neighbours(about('x', 'invoices'), 9)).toHaveLength(1);
		expect(await store.history('mine')).toEqual([]);
		expect(await store.uses(['mine'])).toEqual(new Map());
		expect((await store.get(['mine', 'nobody', 'here'])).map(({ id }) => id)).toEqual(['mine', 'here']);
		expect(store.isOwn('mine')).toBe(true);
		const heard: string[] = [];
		store.onChange((notices) => heard.push(...notices.map(({ id }) => id)));
		await store.close();
		await store.apply([use('mine'), use('here')]);
		expect(heard).toEqual(['here']);
	});

	it('works alike over libraries on disk', async () => {
		const [workspace, own] = [await openEngine(flexFolder()), await openEngine(flexFolder())];
		const insert = (item: Experience) => ({ change: { op: 'insert' as const, experience: item }, by: 'user' });
		await workspace.apply([insert(about('here', 'invoices'))]);
		await own.apply([insert(about('mine', 'late invoices')), insert(about('twin', 'invoices'))]);
		const store = layeredStore(workspace, own);
		expect(ids((await store.search([query('late invoices')]))[0])).toEqual(['here', 'mine']);
		await store.apply([use('mine'), use('here')]);
		expect([(await own.stats()).uses, (await workspace.stats()).uses]).toEqual([1, 1]);
	});
});
