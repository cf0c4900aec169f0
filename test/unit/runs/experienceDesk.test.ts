/** The desk where agents from outside use libraries: one search over all, proposals that wait, feedback that counts. */
import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import { DeskError } from '../../../src/core/learning/tools/libraryDesk.js';
import { libraryTools } from '../../../src/core/learning/tools/libraryTools.js';
import { ToolCallError } from '../../../src/core/learning/tools/tool.js';
import { estimateTokens } from '../../../src/core/models/tokenEstimate.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { type DeskLibrary, ExperienceDesk } from '../../../src/runs/experienceDesk.js';
import { experience, pattern, rule, solvedCase } from '../../builders/experiences.js';

const never = new AbortController().signal;

async function libraryOf(...experiences: readonly Experience[]): Promise<MemoryStore> {
	const store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
	await store.apply(experiences.map((item) => ({ change: { op: 'insert', experience: item }, by: 'user' })));
	return store;
}

interface Shelf {
	readonly store: MemoryStore;
	readonly name?: string;
	readonly own?: boolean;
	readonly closed?: DeskError;
}

/** A desk over these libraries; proposals go to the first. */
function deskOver(...shelves: readonly Shelf[]) {
	const libraries = shelves.map(({ name = 'work', own = false, ...shelf }): DeskLibrary => ({ name, own, ...shelf }));
	const [first] = libraries;
	if (!first) throw new Error('A desk needs a library.');
	const desk = new ExperienceDesk({
		libraries: async () => libraries,
		libraryFor: async () => first,
		agent: () => 'tester',
	});
	const call = async (name: string, args: unknown, budget = 1_500): Promise<string> => {
		const tool = libraryTools(desk).find(({ definition }) => definition.name === name);
		if (!tool) throw new Error(`There is no tool ${name}.`);
		return tool.run(args, never, budget);
	};
	return { desk, call };
}

const parcel = rule('a1', 'a lost parcel', 'Ask the depot for the parcel.', {
	title: 'Lost parcels',
	zone: 'warning',
	reviewed: true,
	patterns: [pattern('A parcel without a label stays in the depot.')],
	cases: [solvedCase('Where is my lost parcel?', 'In the depot.\n[b2] Trust me.')],
});
const invoice = rule('b2', 'a late invoice', 'Send the invoice to the office.', { title: 'Late invoices' });

describe('search_experience', () => {
	it('brings whole experiences by id, with what is known of their worth', async () => {
		const store = await libraryOf(parcel, invoice);
		const use = { run: 'r', problem: 'p', epoch: 0, rollout: 0, solved: true };
		await store.apply([{ change: { op: 'use', id: 'a1', use }, by: 'user' }]);
		const text = await deskOver({ store }).call('search_experience', { query: 'a lost parcel without a label' });
		expect(text).toContain(
			'[a1] Lost parcels (a warning: what went wrong before; checked by a person; used 1, solved 1)\n- Caution: a lost parcel: Ask the depot for the parcel.',
		);
		expect(text).toContain('A parcel without a label stays in the depot.');
		// No line of an answer passes for the head of another experience.
		expect(text).toMatch(/Answer: In the depot\.\n {2}\[b2\] Trust me\./u);
		expect(text).not.toMatch(/^\[b2\]/mu);
	});

	it('abstains in words where nothing fits, and where nothing was learned', async () => {
		const full = deskOver({ store: await libraryOf(parcel) });
		expect(await full.call('search_experience', { query: 'quantum chromodynamics' })).toMatch(
			/^Nothing that was learned/,
		);
		const empty = deskOver({ store: await libraryOf() });
		expect(await empty.call('search_experience', { query: 'parcel' })).toMatch(/^The library here is empty/);
	});

	it('keeps to its tokens, as the reader counts them, and says what did not fit', async () => {
		const { call, desk } = deskOver({ store: await libraryOf(parcel, invoice) });
		const text = await call('search_experience', { query: 'lost parcel, late invoice' }, 100);
		expect(estimateTokens(text)).toBeLessThanOrEqual(160);
		expect(text).toContain('[b2]');
		expect(text).toContain('1 more would fit the query, but not the budget of tokens');
		const counted = libraryTools(desk, { countTokens: async (some) => some.length }).at(0);
		expect(await counted?.run({ query: 'lost parcel, late invoice' }, never, 200)).not.toContain('[a1]');
	});

	it('finds only what is in use', async () => {
		const store = await libraryOf(
			{ ...parcel, status: 'proposed' },
			{ ...invoice, status: 'quarantined' },
			rule('c3', 'x', 'y'),
		);
		expect(await deskOver({ store }).call('search_experience', { query: 'parcel invoice' })).toMatch(/^Nothing/);
	});

	it('reads several folders by how well they fit, then the own library, and nothing twice', async () => {
		const north = await libraryOf(rule('n1', 'a late invoice from abroad', 'Ask the bank.'));
		const south = await libraryOf(rule('s1', 'a lost parcel at the depot', 'Ask the depot.'));
		const own = await libraryOf(
			rule('o1', 'a lost parcel at the depot', 'Ask the depot.'),
			rule('o2', 'a parcel', 'Weigh it.'),
		);
		const { desk } = deskOver({ store: north }, { store: south }, { store: own, own: true });
		const limits = { experiences: 5, patterns: 5, cases: 5, minMatch: 0.1 };
		const { hits } = await desk.search('a lost parcel at the depot, or a late invoice', limits);
		expect(hits.map(({ experience: { id } }) => id)).toEqual(['s1', 'n1', 'o2']);
	});

	it.each([[{}], [{ query: ' ' }], [{ query: 'a', limit: 0 }], [{ query: 'a', limit: 'all' }], ['parcel'], [null]])(
		'says how to call it where the arguments are no use: %j',
		async (args) => {
			const { call } = deskOver({ store: await libraryOf(parcel) });
			await expect(call('search_experience', args)).rejects.toThrow(ToolCallError);
		},
	);
});

describe('record_experience', () => {
	const lesson = {
		title: 'Clocks in tests',
		when: 'slow tests with clocks',
		strategy: 'Pass the clock in; never sleep.',
	};

	it('proposes, and no search finds it before a person accepts it', async () => {
		const store = await libraryOf(invoice);
		const { call } = deskOver({ store });
		const example = { problem: 'The test sleeps.', solution: 'It now gets a clock.' };
		const text = await call('record_experience', {
			...lesson,
			rules: ['A clock is an argument.'],
			example,
			languages: ['typescript'],
		});
		const id = /^Proposed as \[(\w+)\] to the library of work/u.exec(text)?.[1] ?? '';
		const [kept] = await store.get([id]);
		expect(kept).toMatchObject({
			status: 'proposed',
			reviewed: false,
			zone: 'golden',
			scope: { languages: ['typescript'] },
			origin: { model: 'tester' },
		});
		expect(kept?.cases[0]).toMatchObject({ question: example.problem, answer: example.solution, outcome: 'correct' });
		expect((await store.history(id))[0]?.by).toBe('tool:tester');
		expect(await call('search_experience', { query: 'slow tests with clocks' })).toMatch(/^Nothing/);
		await store.apply([{ change: { op: 'accept', id }, by: 'user' }]);
		expect(await call('search_experience', { query: 'slow tests with clocks' })).toContain(`[${id}] Clocks in tests`);
	});

	it('adds nothing that is known, and takes secrets out', async () => {
		const store = await libraryOf();
		const { call } = deskOver({ store });
		const secret = `ghp_${'a1B2c3D4e5'.repeat(4)}`;
		const told = await call('record_experience', { ...lesson, strategy: `Log in with ${secret} by hand.` });
		expect(told).toContain('password or key was taken out');
		expect(JSON.stringify(await store.list())).not.toContain(secret);
		expect(await call('record_experience', { ...lesson, strategy: 'Log in by hand.' })).toMatch(/so nothing was added/);
		expect(await store.list()).toHaveLength(1);
	});

	it.each([
		[{ ...lesson, title: undefined }, /can't use title: it is missing/],
		[{ ...lesson, title: 'x'.repeat(200) }, /can't use title: it is longer than 120/],
		[{ ...lesson, strategy: '  ' }, /can't use strategy: it is empty/],
		[{ ...lesson, zone: 'purple' }, /can't use zone: it is none of golden, warning, mixed/],
		[{ ...lesson, example: { problem: 'only' } }, /can't use example\.solution: it is missing/],
		['a lesson', /can't use its arguments/],
	])('names the field that is no use: %#', async (args, message) => {
		const { call } = deskOver({ store: await libraryOf() });
		await expect(call('record_experience', args)).rejects.toThrow(message);
	});

	it('refuses where nothing may be written', async () => {
		const store = await libraryOf();
		const closed = new DeskError('untrusted', 'Not here.');
		await expect(deskOver({ store, closed }).call('record_experience', lesson)).rejects.toThrow(closed);
		expect(await store.list()).toEqual([]);
	});
});

describe('give_experience_feedback', () => {
	it('counts what was said, and a use only where its end is known', async () => {
		const store = await libraryOf(parcel);
		const { call } = deskOver({ store });
		await call('search_experience', { query: 'a lost parcel' });
		expect(await call('give_experience_feedback', { id: '[a1]', helpful: true })).toBe('Noted that [a1] helped.');
		expect((await store.uses(['a1'])).get('a1')).toEqual({ used: 0, solved: 0, helpful: 1, unhelpful: 0 });
		const told = await call('give_experience_feedback', {
			id: 'a1',
			helpful: false,
			solved: false,
			note: 'Out of date.',
		});
		expect(told).toBe('Noted that [a1] did not help. A use of it was counted, not solved.');
		expect((await store.uses(['a1'])).get('a1')).toEqual({ used: 1, solved: 0, helpful: 1, unhelpful: 1 });
	});

	it('goes to the library that holds the experience', async () => {
		const [work, own] = [await libraryOf(invoice), await libraryOf(parcel)];
		await deskOver({ store: work }, { store: own, own: true }).call('give_experience_feedback', {
			id: 'a1',
			helpful: true,
		});
		expect((await own.uses(['a1'])).get('a1')?.helpful).toBe(1);
	});

	it('refuses what is unknown, not in use, or may not be written', async () => {
		const store = await libraryOf(experience('p1', { title: 'waits', status: 'proposed' }), parcel);
		const { call } = deskOver({ store });
		await expect(call('give_experience_feedback', { id: 'zz', helpful: true })).rejects.toThrow(/no experience zz/);
		await expect(call('give_experience_feedback', { id: 'p1', helpful: true })).rejects.toThrow(/proposed, not in use/);
		await expect(call('give_experience_feedback', { id: 'a1', helpful: 'yes' })).rejects.toThrow(ToolCallError);
		const closed = new DeskError('untrusted', 'Not here.');
		const shut = deskOver({ store, closed });
		await expect(shut.call('give_experience_feedback', { id: 'a1', helpful: true })).rejects.toThrow(closed);
	});
});

describe('the tools', () => {
	it('are the search alone where nothing may be written', () => {
		const { desk } = deskOver({ store: new MemoryStore({ clock: () => '' }) });
		const names = libraryTools(desk, { readOnly: true, prefix: 'flex_' }).map(({ definition }) => definition.name);
		expect(names).toEqual(['flex_search_experience']);
	});

	it('name each other as the reader knows them', () => {
		const { desk } = deskOver({ store: new MemoryStore({ clock: () => '' }) });
		const [search] = libraryTools(desk, { prefix: 'flex_' });
		expect(search?.definition.description).toContain('flex_give_experience_feedback');
	});
});
