/** What a person decides about experiences, and taking it back. */
import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { decide, undoDecisions } from '../../../src/runs/decisions.js';
import { experience } from '../../builders/experiences.js';

async function storeOf(...experiences: readonly ReturnType<typeof experience>[]) {
	const store = new MemoryStore({ clock: () => '2026-01-02T00:00:00.000Z' });
	await store.apply(experiences.map((one) => ({ change: { op: 'insert', experience: one }, by: 'test' })));
	return store;
}

const statusesIn = async (store: MemoryStore) => (await store.list()).map(({ status, pinned }) => [status, pinned]);

describe('a decision', () => {
	it('changes what is not so already, and nothing else', async () => {
		const store = await storeOf(experience('a'), experience('b', { status: 'retired' }));
		const { changed, unchanged } = await decide(store, 'retire', await store.list());
		expect(changed.map(({ before, rev }) => [before.id, before.status, rev])).toEqual([['a', 'active', 2]]);
		expect(unchanged.map(({ id }) => id)).toEqual(['b']);
		expect((await store.get(['b']))[0]?.rev).toBe(1);
	});

	it('can be taken back: each has the status again that it had', async () => {
		const store = await storeOf(experience('a', { status: 'quarantined' }), experience('b', { status: 'proposed' }));
		const { changed } = await decide(store, 'accept', await store.list());
		expect(await statusesIn(store)).toEqual([
			['active', false],
			['active', false],
		]);
		await undoDecisions(store, changed);
		expect(await statusesIn(store)).toEqual([
			['quarantined', false],
			['proposed', false],
		]);
	});

	it('is not taken back where somebody changed one since, and the others stay, too', async () => {
		const store = await storeOf(experience('a'), experience('b'));
		const { changed } = await decide(store, 'pin', await store.list());
		await decide(store, 'retire', await store.get(['b']));
		await expect(undoDecisions(store, changed)).rejects.toMatchObject({ reason: 'stale' });
		expect(await statusesIn(store)).toEqual([
			['active', true],
			['retired', true],
		]);
	});
});
