/** Whatever is done to it, the library on disk says the same as its twin in memory, which has no disk to fail it. */
import { describe, expect, it } from 'vitest';
import { type ChangeRequest, LibraryError } from '../../../src/core/experience/store.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { LibraryEngine } from '../../../src/library/engine.js';
import { experience } from './experiences.js';
import { flexFolder, openEngine, wasmFile } from './libraryFixtures.js';

const at = '2026-01-01T00:00:00.000Z';

/** Numbers from 0 to 1, the same for one seed (mulberry32). */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A change of one of eight experiences; some can't be applied. */
function anyChange(random: () => number): ChangeRequest {
	const below = (limit: number): number => Math.floor(random() * limit);
	const id = `e${below(8)}`;
	const content = experience(id, { title: `Title ${below(1000)}`, rev: 1 + below(3) });
	const use = { run: 'r', problem: `p${below(1000)}`, epoch: 0, rollout: 0, solved: random() < 0.5 };
	const changes: readonly ChangeRequest['change'][] = [
		{ op: 'insert', experience: content },
		{ op: 'merge', experience: content, baseRev: 1 + below(4), reason: 'alike' },
		{ op: 'edit', experience: content, baseRev: 1 + below(4) },
		{ op: 'retire', id },
		{ op: 'pin', id, on: random() < 0.5 },
		{ op: 'accept', id },
		{ op: 'use', id, use },
		{ op: 'feedback', id, helpful: random() < 0.5 },
		{ op: 'undo', id, to: below(4) },
	];
	const change = changes[below(changes.length)] ?? { op: 'accept', id };
	return { change, by: 'user', ...(random() < 0.3 ? { key: `key-${below(20)}` } : {}) };
}

/** What was applied, or the reason why not. */
async function outcome(applied: Promise<unknown>): Promise<unknown> {
	try {
		return await applied;
	} catch (error) {
		if (error instanceof LibraryError) return error.reason;
		throw error;
	}
}

async function contents(
	store: Pick<LibraryEngine, 'list' | 'history' | 'stats' | 'uses' | 'leading'>,
): Promise<unknown> {
	const list = await store.list();
	const ids = list.map(({ id }) => id);
	const histories = await Promise.all(ids.map((id) => store.history(id)));
	return { list, histories, stats: await store.stats(), uses: await store.uses(ids), leading: await store.leading(5) };
}

describe('the library on disk', () => {
	it.each([1, 2, 3])('answers as the one in memory after any changes (seed %i)', async (seed) => {
		const random = numbers(seed);
		const folder = flexFolder();
		const twin = new MemoryStore({ clock: () => at });
		let library = await LibraryEngine.open(folder, { wasmFile });
		const other = await openEngine(folder);
		for (let round = 0; round < 120; round++) {
			const group = Array.from({ length: 1 + Math.floor(random() * 3) }, () => anyChange(random));
			const writer = random() < 0.3 ? other : library;
			expect(await outcome(writer.apply(group, at))).toEqual(await outcome(twin.apply(group)));
			if (random() < 0.05) await library.checkpoint();
			if (random() < 0.05) {
				await library.close();
				library = await LibraryEngine.open(folder, { wasmFile });
			}
		}
		const expected = await contents(twin);
		expect(await contents(library)).toEqual(expected);
		expect(await contents(other)).toEqual(expected);
		await library.close();
		const fresh = await openEngine(folder);
		expect(fresh.report.messages).toEqual([]);
		expect(await contents(fresh)).toEqual(expected);
	});
});
