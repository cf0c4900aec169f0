/** What a person changes in a library: each change with what takes it back. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { Curation } from '../../../src/runs/curation.js';
import { mergePreview } from '../../../src/runs/mergeExperiences.js';
import { experience, pattern, rule } from '../../builders/experiences.js';

let store: MemoryStore;
let curation: Curation;

beforeEach(async () => {
	let minute = 0;
	store = new MemoryStore({ clock: () => new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString() });
	curation = new Curation(store);
	const made = [
		rule('a', 'money is asked back', 'Route it to Harbor.', { patterns: [pattern('Read the amount.', { id: 'p1' })] }),
		rule('b', 'a refund is wanted', 'Route it to Harbor.', { patterns: [pattern('Read the date.', { id: 'p2' })] }),
		experience('c', { status: 'quarantined', domains: ['mail'] }),
	];
	await store.apply(made.map((one) => ({ change: { op: 'insert', experience: one }, by: 'test' })));
});

const now = async (id: string): Promise<Experience> => {
	const [found] = await store.get([id]);
	if (!found) throw new Error(`There is no ${id}.`);
	return found;
};

describe('a decision', () => {
	it('changes those that are not so already, and is taken back as a whole', async () => {
		const before = await now('a');
		await curation.decide('retire', ['b']);
		const done = await curation.decide('retire', ['a', 'b']);
		expect(done.changed).toBe(1);
		expect((await now('a')).status).toBe('retired');
		await curation.undo(done.undo);
		expect(await now('a')).toMatchObject({ status: before.status, strategy: before.strategy });
		expect((await now('b')).status).toBe('retired');
	});

	it('is not taken back where one of the experiences was changed since: nothing changes then', async () => {
		const done = await curation.decide('retire', ['a', 'b']);
		await curation.decide('star', ['b']);
		await expect(curation.undo(done.undo)).rejects.toMatchObject({ reason: 'stale' });
		expect((await now('a')).status).toBe('retired');
	});
});

describe('an edit', () => {
	it('is a revision; one that says the same is none', async () => {
		const basis = await now('a');
		const after = { ...basis, title: 'Refunds go to Harbor' };
		expect(await curation.save(basis, after)).toMatchObject({ changed: 1 });
		expect(await now('a')).toMatchObject({ title: 'Refunds go to Harbor', rev: basis.rev + 1 });
		expect(await curation.save(await now('a'), await now('a'))).toEqual({ changed: 0, undo: [] });
	});

	it('is refused where somebody else changed the experience meanwhile', async () => {
		const basis = await now('a');
		await curation.save(basis, { ...basis, title: 'One' });
		await expect(curation.save(basis, { ...basis, title: 'Two' })).rejects.toMatchObject({ reason: 'stale' });
	});

	it('says which field is wrong', async () => {
		const basis = await now('a');
		const faultsOf = async (part: Partial<Experience>) => {
			const answer = await curation.save(basis, { ...basis, ...part });
			return 'faults' in answer ? answer.faults.map(({ field }) => field) : [];
		};
		expect(await faultsOf({ title: 'x'.repeat(501) })).toEqual(['title']);
		expect(await faultsOf({ when: { text: 'x'.repeat(8_001), sources: [] } })).toEqual(['when']);
		expect(await faultsOf({ patterns: [pattern('x'.repeat(16_001), { id: 'p' })] })).toEqual(['patterns.0.rule']);
		expect(await faultsOf({ title: ' ', strategy: { text: '', sources: [] } })).toEqual(['title']);
		expect((await now('a')).rev).toBe(basis.rev);
	});
});

describe('domains', () => {
	it('are added and taken away, each once, and only where that changes something', async () => {
		const before = (await now('c')).domains;
		expect(await curation.retag(['c'], ['mail'], [])).toMatchObject({ changed: 0 });
		const done = await curation.retag(['a', 'c'], ['refunds', 'refunds'], ['mail']);
		expect(done.changed).toBe(2);
		expect((await now('c')).domains).toEqual(['refunds']);
		await curation.undo(done.undo);
		expect((await now('c')).domains).toEqual(before);
	});
});

describe('a merge', () => {
	it('joins the patterns of both, retires the other with a link, and is taken back', async () => {
		const [a, b] = [await now('a'), await now('b')];
		const preview = await mergePreview(store, 'a', 'b');
		const done = await curation.merge(a, b);
		expect((await now('a')).patterns.map(({ rule: text }) => text)).toEqual(['Read the amount.', 'Read the date.']);
		expect('merged' in preview && preview.merged.patterns).toEqual((await now('a')).patterns);
		expect(await now('b')).toMatchObject({ status: 'retired', links: [{ kind: 'mergedInto', id: 'a' }] });
		await curation.undo(done.undo);
		expect(await now('a')).toMatchObject({ patterns: a.patterns });
		expect(await now('b')).toMatchObject({ status: b.status, links: [] });
	});

	it('is refused for what was changed since it was seen, for the same experience, and for a retired one', async () => {
		const [a, b] = [await now('a'), await now('b')];
		await curation.decide('pin', ['b']);
		await expect(curation.merge(a, b)).rejects.toMatchObject({ reason: 'stale' });
		expect(await mergePreview(store, 'a', 'a')).toEqual({ refused: 'it is the same experience' });
		await curation.decide('retire', ['b']);
		await expect(curation.merge(a, await now('b'))).rejects.toMatchObject({ reason: 'invalid' });
		await expect(curation.merge(a, { id: 'nobody', rev: 1 })).rejects.toMatchObject({ reason: 'unknown-id' });
	});
});

describe('a revision', () => {
	it('is brought back, and that is taken back again', async () => {
		const basis = await now('a');
		await curation.save(basis, { ...basis, title: 'Another' });
		const done = await curation.restore('a', basis.rev);
		expect((await now('a')).title).toBe(basis.title);
		await curation.undo(done.undo);
		expect((await now('a')).title).toBe('Another');
		await expect(curation.restore('a', 99)).rejects.toMatchObject({ reason: 'unknown-id' });
	});
});
