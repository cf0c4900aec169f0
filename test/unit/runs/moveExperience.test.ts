import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import type { ChangeRequest, ExperienceStore } from '../../../src/core/experience/store.js';
import { layeredStore } from '../../../src/runs/layeredStore.js';
import { demote, promote, undoMove } from '../../../src/runs/moveExperience.js';
import { flexFolder, openEngine } from '../library/libraryFixtures.js';
import { experience, pattern, query, strategy, taughtBy, workedCase } from '../retrieval/builders.js';

const learned = experience('lesson', {
	...strategy('Ask who pays before you answer', 'p1', 'p2'),
	zone: 'mixed',
	when: { text: 'an invoice is late', sources: taughtBy('p1') },
	title: 'Late invoices',
	patterns: [pattern('a', 'Look at the date first', 'p2')],
	cases: [{ ...workedCase('b', 'Whose invoice?', 'p1'), solution: 'Look it up.' }],
	domains: ['set'],
	starred: true,
	priority: 5,
	scope: { languages: ['en'] },
	links: [{ kind: 'part', id: 'other' }],
	origin: { set: 'set', run: 'run', model: 'model', imported: 'file.json', original: '{}' },
});

/** Both libraries on disk; the workspace's holds `learned`. */
async function libraries(parts: Partial<Experience> = {}) {
	const [workspace, own] = [await openEngine(flexFolder()), await openEngine(flexFolder())];
	await workspace.apply([{ change: { op: 'insert', experience: { ...learned, ...parts } }, by: 'run:r' }]);
	return { workspace, own };
}

async function one(library: ExperienceStore): Promise<Experience | undefined> {
	return (await library.get(['lesson']))[0];
}

/** Content and marks, without what says where and when. */
function content(item: Experience | undefined): unknown {
	return item && { ...item, rev: 0, status: '', reviewed: false, createdAt: '', updatedAt: '' };
}

describe('promoting', () => {
	it('copies everything, active and reviewed, and retires it in the workspace with a reason', async () => {
		const { workspace, own } = await libraries();
		const moved = await promote('lesson', workspace, own);
		const arrived = await one(own);
		expect(content(arrived)).toEqual(content(learned));
		expect([arrived?.status, arrived?.reviewed]).toEqual(['active', true]);
		expect((await one(workspace))?.status).toBe('retired');
		expect(moved).toEqual({ id: 'lesson', from: { before: 1, after: 2 }, to: { before: 0, after: 1 } });
		const last = (await workspace.history('lesson')).at(-1);
		expect([last?.op, last?.by, last?.reason]).toEqual(['retire', 'user', 'Moved to your own library']);
		expect((await own.history('lesson')).map(({ op, by }) => `${op} ${by}`)).toEqual(['insert user']);
	});

	it('is found afterwards, from the own library', async () => {
		const { workspace, own } = await libraries();
		await promote('lesson', workspace, own);
		const both = layeredStore(workspace, own);
		const [result] = await both.search([query('who pays the late invoice')]);
		expect(result?.hits.map((hit) => hit.experience.id)).toEqual(['lesson']);
		expect(both.isOwn('lesson')).toBe(true);
	});

	it.each([
		['proposed', 'accept it before'],
		['quarantined', 'read and accept it'],
		['retired', 'accept it again'],
	] as const)('refuses one that is %s, and changes nothing', async (status, hint) => {
		const { workspace, own } = await libraries({ status });
		await expect(promote('lesson', workspace, own)).rejects.toMatchObject({
			reason: 'invalid',
			message: expect.stringContaining(hint),
		});
		expect(await own.list()).toEqual([]);
		expect((await one(workspace))?.status).toBe(status);
	});

	it('says so where there is none', async () => {
		const { workspace, own } = await libraries();
		await expect(promote('nobody', workspace, own)).rejects.toMatchObject({ reason: 'unknown-id' });
	});

	it('keeps what the own library held under the same id as an earlier revision', async () => {
		const { workspace, own } = await libraries();
		const older = { ...learned, strategy: { text: 'What I wrote myself', sources: [] } };
		await own.apply([{ change: { op: 'insert', experience: older }, by: 'user' }]);
		await promote('lesson', workspace, own);
		expect((await one(own))?.strategy.text).toBe(learned.strategy.text);
		expect((await own.history('lesson'))[0]?.experience.strategy.text).toBe('What I wrote myself');
	});

	it('loses nothing where retiring fails, and is finished by doing it again', async () => {
		const { workspace, own } = await libraries();
		const failing = failingOnce(workspace);
		await expect(promote('lesson', failing, own)).rejects.toThrow('disk');
		expect([(await one(workspace))?.status, (await one(own))?.status]).toEqual(['active', 'active']);
		const moved = await promote('lesson', failing, own);
		expect((await one(workspace))?.status).toBe('retired');
		expect(await own.history('lesson')).toHaveLength(1);
		expect(moved.to).toEqual({ before: 1, after: 1 });
	});
});

describe('demoting', () => {
	it('brings it back to the workspace under its id, with what was edited meanwhile', async () => {
		const { workspace, own } = await libraries();
		await promote('lesson', workspace, own);
		const mine = await one(own);
		if (!mine) throw new Error('It did not arrive.');
		await own.apply([
			{ change: { op: 'edit', experience: { ...mine, title: 'My own title' }, baseRev: mine.rev }, by: 'user' },
		]);
		await demote('lesson', own, workspace);
		const back = await one(workspace);
		expect([back?.status, back?.title, back?.rev]).toEqual(['active', 'My own title', 3]);
		expect((await one(own))?.status).toBe('retired');
		expect((await own.history('lesson')).at(-1)?.reason).toBe('Moved from your own library to the workspace');
	});

	it('and promoting go back and forth without losing a revision', async () => {
		const { workspace, own } = await libraries();
		for (let round = 0; round < 3; round++) {
			await promote('lesson', workspace, own);
			await demote('lesson', own, workspace);
		}
		expect(content(await one(workspace))).toEqual(content(learned));
		expect(await workspace.history('lesson')).toHaveLength(7);
		expect(await own.history('lesson')).toHaveLength(6);
	});
});

describe('taking a move back', () => {
	it('restores both libraries', async () => {
		const { workspace, own } = await libraries();
		await undoMove(await promote('lesson', workspace, own), workspace, own);
		const back = await one(workspace);
		expect([back?.status, back?.reviewed]).toEqual(['active', false]);
		expect((await one(own))?.status).toBe('retired');
		await undoMove(await promote('lesson', workspace, own), workspace, own);
		expect([(await one(workspace))?.status, (await one(own))?.status]).toEqual(['active', 'retired']);
	});

	it('refuses where the experience was changed since, and changes nothing', async () => {
		const { workspace, own } = await libraries();
		const moved = await promote('lesson', workspace, own);
		await own.apply([{ change: { op: 'star', id: 'lesson', on: false }, by: 'user' }]);
		await expect(undoMove(moved, workspace, own)).rejects.toMatchObject({ reason: 'stale' });
		expect([(await one(workspace))?.status, (await one(own))?.status]).toEqual(['retired', 'active']);
	});
});

/** The library, whose first change fails. */
function failingOnce(library: ExperienceStore): ExperienceStore {
	let failed = false;
	const apply = async (requests: readonly ChangeRequest[]) => {
		if (failed) return library.apply(requests);
		failed = true;
		throw new Error('The disk is full.');
	};
	return { ...methodsOf(library), apply };
}

function methodsOf(library: ExperienceStore): ExperienceStore {
	return {
		get: (ids) => library.get(ids),
		list: (filter) => library.list(filter),
		search: (queries) => library.search(queries),
		leading: (limit) => library.leading(limit),
		neighbours: (item, limit) => library.neighbours(item, limit),
		apply: (requests) => library.apply(requests),
		appliedBy: (key) => library.appliedBy(key),
		history: (id) => library.history(id),
		uses: (ids) => library.uses(ids),
		stats: () => library.stats(),
		onChange: (listener) => library.onChange(listener),
		close: () => library.close(),
	};
}
