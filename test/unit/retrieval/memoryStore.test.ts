import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import type { AppliedChange, LibraryNotice, LibraryOp, UseRecord } from '../../../src/core/experience/store.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { experience, pattern, query, strategy, taughtBy, workedCase } from './builders.js';

/** A store whose clock shows 1, 2, 3 … */
function emptyStore(): MemoryStore {
	let time = 0;
	return new MemoryStore({ clock: () => String(++time) });
}

async function storeWith(...experiences: readonly Experience[]): Promise<MemoryStore> {
	const store = emptyStore();
	await applied(store, ...experiences.map((item): LibraryOp => ({ op: 'insert', experience: item })));
	return store;
}

function applied(store: MemoryStore, ...changes: readonly LibraryOp[]): Promise<readonly AppliedChange[]> {
	return store.apply(changes.map((change) => ({ change, by: 'user' })));
}

async function current(store: MemoryStore, id: string): Promise<Experience | undefined> {
	return (await store.get([id]))[0];
}

const a = experience('a', strategy('Refund requests go to Harbor', 'p1'));
const b = experience('b', strategy('Broken wheels go to the workshop', 'p2'));

const use: UseRecord = { run: 'r', problem: 'p', epoch: 0, rollout: 0, solved: true };

describe('reading the store', () => {
	it('gives experiences in the order asked for, and leaves unknown ids out', async () => {
		const store = await storeWith(a, b);
		expect((await store.get(['b', 'nobody', 'a'])).map(({ id }) => id)).toEqual(['b', 'a']);
	});

	it('lists in order of creation, filtered', async () => {
		const store = await storeWith(
			b,
			{ ...a, zone: 'warning', domains: ['x', 'y'] },
			{ ...a, id: 'c', status: 'quarantined', origin: { ...a.origin, set: 'other' } },
		);
		const listed = async (...filter: Parameters<MemoryStore['list']>): Promise<readonly string[]> =>
			(await store.list(...filter)).map(({ id }) => id);
		expect(await listed()).toEqual(['b', 'a', 'c']);
		expect(await listed({ statuses: ['active'] })).toEqual(['b', 'a']);
		expect(await listed({ zones: ['warning'] })).toEqual(['a']);
		expect(await listed({ set: 'other' })).toEqual(['c']);
		expect(await listed({ domain: 'y' })).toEqual(['a']);
		expect(await listed({ statuses: ['retired'] })).toEqual([]);
	});

	it('leads with pinned ones, then with those of most sources, then by priority and age', async () => {
		const store = await storeWith(
			experience('plain'),
			experience('newer'),
			experience('urgent', { priority: 5 }),
			experience('proven', { ...strategy('s', 'p1', 'p2'), cases: [workedCase('c', 'q', 'p3')] }),
			experience('twice', { ...strategy('s', 'p1', 'p2'), patterns: [pattern('x', 'r', 'p2', 'p1')] }),
			experience('pinned', { pinned: true }),
			experience('retired', { pinned: true, status: 'retired' }),
		);
		const order = ['pinned', 'proven', 'twice', 'urgent', 'plain', 'newer'];
		expect((await store.leading(99)).map(({ id }) => id)).toEqual(order);
		expect((await store.leading(2)).map(({ id }) => id)).toEqual(order.slice(0, 2));
	});

	it('counts what it holds', async () => {
		const store = await storeWith(
			{ ...a, patterns: [pattern('x', 'r'), pattern('y', 'r')], cases: [workedCase('c', 'q')] },
			{ ...b, zone: 'mixed', status: 'quarantined', patterns: [pattern('x', 'r')] },
		);
		await applied(store, { op: 'pin', id: 'a', on: true }, { op: 'use', id: 'a', use });
		expect(await store.stats()).toEqual({
			experiences: 2,
			patterns: 3,
			cases: 1,
			byStatus: {
				active: { experiences: 1, patterns: 2 },
				proposed: { experiences: 0, patterns: 0 },
				quarantined: { experiences: 1, patterns: 1 },
				retired: { experiences: 0, patterns: 0 },
			},
			byZone: { golden: 1, warning: 0, mixed: 1 },
			revisions: 3,
			uses: 1,
		});
	});
});

describe('changing the store', () => {
	it('makes a revision of each change, newest last, and says what became of it', async () => {
		const store = await storeWith(a);
		const [edited] = await applied(store, { op: 'edit', experience: { ...a, title: 'new' }, baseRev: 1 });
		expect(edited).toEqual({ id: 'a', op: 'edit', rev: 2, fresh: true });
		await applied(store, { op: 'retire', id: 'a', reason: 'wrong' });
		expect(await store.history('a')).toMatchObject([
			{ rev: 1, op: 'insert', by: 'user', at: '1', experience: { title: '' } },
			{ rev: 2, op: 'edit', at: '2', experience: { title: 'new', updatedAt: '2' } },
			{ rev: 3, op: 'retire', at: '3', reason: 'wrong', experience: { status: 'retired' } },
		]);
		expect(await store.history('nobody')).toEqual([]);
	});

	it('undoes to any revision, by a new one', async () => {
		const store = await storeWith(a);
		await applied(store, { op: 'merge', experience: { ...a, title: 'merged' }, baseRev: 1 });
		await applied(store, { op: 'undo', id: 'a', to: 1 });
		expect(await current(store, 'a')).toMatchObject({ rev: 3, title: '' });
		await applied(store, { op: 'undo', id: 'a', to: 0 });
		expect(await current(store, 'a')).toMatchObject({ rev: 4, status: 'retired' });
	});

	it('applies a group in order, each change seeing those before it', async () => {
		const store = emptyStore();
		const group = await applied(
			store,
			{ op: 'insert', experience: a },
			{ op: 'merge', experience: { ...a, title: 'merged' }, baseRev: 1 },
			{ op: 'undo', id: 'a', to: 1 },
		);
		expect(group.map(({ rev }) => rev)).toEqual([1, 2, 3]);
		expect(await store.history('a')).toHaveLength(3);
	});

	it.each([
		['an outdated base', 'stale', { op: 'edit', experience: a, baseRev: 7 }],
		['an id that exists', 'stale', { op: 'insert', experience: a }],
		['an unknown id', 'unknown-id', { op: 'accept', id: 'nobody' }],
		['a use of an unknown id', 'unknown-id', { op: 'use', id: 'nobody', use }],
		['a revision that never was', 'invalid', { op: 'undo', id: 'a', to: 9 }],
	] satisfies [string, string, LibraryOp][])('applies none of a group with %s', async (_, reason, bad) => {
		const store = await storeWith(a);
		const notices: unknown[] = [];
		store.onChange((group) => notices.push(group));
		const group = [{ op: 'insert', experience: b }, { op: 'star', id: 'a', on: true }, bad] satisfies LibraryOp[];
		const requests = group.map((change, at) => ({ change, by: 'user', key: `k${at}` }));
		await expect(store.apply(requests)).rejects.toMatchObject({ name: 'LibraryError', reason });
		expect(await store.list()).toEqual([a]);
		expect(await store.history('a')).toHaveLength(1);
		expect(await store.appliedBy('k0')).toBeUndefined();
		expect((await store.search([query('workshop')]))[0]?.abstained).toBe(true);
		expect(notices).toEqual([]);
	});

	it('applies a change with the same key once, across groups and within one', async () => {
		const store = emptyStore();
		const request = { change: { op: 'insert', experience: a }, by: 'run:1', key: 'k' } as const;
		const star = { change: { op: 'star', id: 'a', on: true }, by: 'run:1', key: 's' } as const;
		expect((await store.apply([request, request])).map(({ fresh }) => fresh)).toEqual([true, false]);
		await store.apply([star]);
		expect(await store.apply([request, star])).toEqual([
			{ id: 'a', op: 'insert', rev: 1, fresh: false },
			{ id: 'a', op: 'star', rev: 2, fresh: false },
		]);
		expect(await store.appliedBy('s')).toMatchObject({ id: 'a', rev: 2 });
		expect(await store.appliedBy('other')).toBeUndefined();
		expect((await current(store, 'a'))?.rev).toBe(2);
	});

	it('counts uses and feedback without a revision; what was withheld was no use', async () => {
		const store = await storeWith(a, b);
		await applied(
			store,
			{ op: 'use', id: 'a', use },
			{ op: 'use', id: 'a', use: { ...use, solved: false } },
			{ op: 'use', id: 'a', use: { ...use, withheld: true } },
			{ op: 'feedback', id: 'a', helpful: true },
			{ op: 'feedback', id: 'a', helpful: false, note: 'no' },
		);
		expect(await store.uses(['a', 'b', 'nobody'])).toEqual(
			new Map([
				['a', { used: 2, solved: 1, helpful: 1, unhelpful: 1 }],
				['b', { used: 0, solved: 0, helpful: 0, unhelpful: 0 }],
			]),
		);
		expect((await current(store, 'a'))?.rev).toBe(1);
		expect(await store.history('a')).toHaveLength(1);
	});

	it('tells listeners of what changed, once for each group, until they leave', async () => {
		const store = emptyStore();
		const heard: (readonly LibraryNotice[])[] = [];
		const leave = store.onChange((notices) => heard.push(notices));
		const request = { change: { op: 'insert', experience: a }, by: 'user', key: 'k' } as const;
		await store.apply([request, { change: { op: 'pin', id: 'a', on: true }, by: 'user' }]);
		await store.apply([request]);
		leave();
		await applied(store, { op: 'star', id: 'a', on: true });
		expect(heard).toEqual([
			[
				{ id: 'a', op: 'insert', rev: 1 },
				{ id: 'a', op: 'pin', rev: 2 },
			],
		]);
	});
});

describe('searching the store', () => {
	it('answers several queries, and follows every change', async () => {
		const store = await storeWith(a, b);
		const found = async (): Promise<readonly (readonly string[])[]> =>
			(await store.search([query('refund'), query('wheels'), query('tandem')])).map(({ hits }) =>
				hits.map((hit) => hit.experience.id),
			);
		expect(await found()).toEqual([['a'], ['b'], []]);
		await applied(
			store,
			{ op: 'retire', id: 'a' },
			{ op: 'edit', experience: { ...b, ...strategy('tandem') }, baseRev: 1 },
		);
		expect(await found()).toEqual([[], [], ['b']]);
	});

	it('leaves out what the asked problem taught', async () => {
		const store = await storeWith({ ...a, when: { text: 'refund', sources: taughtBy('p1') } });
		const exclude = { set: 'set', problem: 'p1', question: 'refund' };
		expect((await store.search([query('refund', {}, { exclude })]))[0]).toEqual({ hits: [], abstained: true });
	});

	it('names the likest active experiences', async () => {
		const store = await storeWith(a, b);
		const [best] = await store.neighbours({ ...a, id: 'new' }, 3);
		expect(best).toMatchObject({ experience: { id: 'a' } });
		expect(best?.similarity).toBeCloseTo(1);
	});
});
