/** The rows of the library's tree follow the library, and say whether anything moved. */
import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../../../../src/core/retrieval/memoryStore.js';
import { LibraryRows } from '../../../../src/host/views/library/libraryRows.js';
import { experience, rule } from '../../../builders/experiences.js';

async function rowsOf(...experiences: readonly ReturnType<typeof experience>[]) {
	const store = new MemoryStore({ clock: () => '2026-01-02T00:00:00.000Z' });
	await store.apply(experiences.map((one) => ({ change: { op: 'insert', experience: one }, by: 'test' })));
	return { store, rows: await LibraryRows.of(store) };
}

describe('the rows of a library', () => {
	it('are read from all zones', async () => {
		const { rows } = await rowsOf(
			experience('a', { zone: 'golden' }),
			experience('b'),
			experience('c', { zone: 'mixed' }),
		);
		expect(rows.all().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
	});

	it('stay at their places where only the text changed', async () => {
		const { store, rows } = await rowsOf(rule('a', 'x', 'y'));
		const changed = rule('a', 'x', 'something else');
		await store.apply([{ change: { op: 'edit', experience: changed, baseRev: 1 }, by: 'user' }]);
		expect(await rows.refresh(['a'])).toBe('content');
		expect(rows.get('a')?.text).toContain('something else');
	});

	it('move where the status, the pin or a domain changed, and where one came', async () => {
		const { store, rows } = await rowsOf(experience('a'), experience('b'));
		await store.apply([{ change: { op: 'retire', id: 'a' }, by: 'user' }]);
		expect(await rows.refresh(['a'])).toBe('structure');
		await store.apply([{ change: { op: 'pin', id: 'b', on: true }, by: 'user' }]);
		expect(await rows.refresh(['b'])).toBe('structure');
		await store.apply([{ change: { op: 'insert', experience: experience('c') }, by: 'test' }]);
		expect(await rows.refresh(['c'])).toBe('structure');
		expect(await rows.refresh(['c'])).toBe('content');
	});
});
