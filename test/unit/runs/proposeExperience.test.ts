/** How something captured enters a library: once, without secrets, and unused until a person accepts it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { Curation } from '../../../src/runs/curation.js';
import { type ProposalDraft, proposeExperience } from '../../../src/runs/proposeExperience.js';
import { rule } from '../../builders/experiences.js';

let store: MemoryStore;
let curation: Curation;

beforeEach(() => {
	let minute = 0;
	store = new MemoryStore({ clock: () => new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString() });
	curation = new Curation(store);
});

const at = '2026-01-01T00:00:00.000Z';
const dates: ProposalDraft = {
	zone: 'warning',
	title: 'Months count from zero',
	when: 'a Date is made from year, month and day',
	strategy: 'Subtract one from the month before it is handed to the constructor of Date.',
	patterns: [{ rule: 'January is month 0.', examples: ['new Date(2026, 0, 31)'] }],
	cases: [{ question: 'expected 2026-02-28, got 2026-03-28', answer: 'new Date(y, m - 1, d)', outcome: 'mixed' }],
	domains: ['dates'],
	scope: { languages: ['typescript'], globs: ['src/**'] },
	sources: [{ set: 'workspace', problem: 'src/dates.ts' }],
	origin: { set: 'workspace', run: 'RUN', model: 'fake' },
};
const propose = (draft: ProposalDraft, wanted = false) =>
	proposeExperience(store, draft, { by: 'capture', at, wanted });

describe('a proposal', () => {
	it('waits in the library and is not retrieved until a person accepts it', async () => {
		const { experience, written, duplicateOf } = await propose(dates);
		expect(written).toBe(true);
		expect(duplicateOf).toBeUndefined();
		expect(experience).toMatchObject({ status: 'proposed', reviewed: false, scope: dates.scope, zone: 'warning' });
		expect(experience.cases[0]?.sources).toEqual(dates.sources);
		expect(await found('month of a date')).toEqual([]);
		await curation.decide('accept', [experience.id]);
		expect(await found('month of a date')).toEqual([experience.id]);
	});

	it('is taken back like every other change', async () => {
		const { experience, undo } = await propose(dates);
		await curation.undo(undo);
		expect((await store.get([experience.id]))[0]?.status).toBe('retired');
	});

	it('holds no secret of the text that it was made from', async () => {
		const strategy = 'Send API_TOKEN=abc123def with each request to the server.';
		const { experience, redacted } = await propose({
			...dates,
			strategy,
			cases: [{ question: 'postgres://me:pw-1234@db/x refused', answer: 'password = "s3cret!"', outcome: 'mixed' }],
		});
		expect(redacted).toBe(3);
		expect(JSON.stringify(experience)).not.toMatch(/abc123def|pw-1234|s3cret/u);
	});
});

describe('a proposal that the library has already', () => {
	it('is not written again, whoever makes it', async () => {
		const first = await propose(dates);
		const again = await propose({ ...dates, origin: { set: 'workspace', run: 'OTHER', model: 'other' } });
		expect(again).toMatchObject({ written: false, undo: [] });
		expect(again.duplicateOf).toMatchObject({ experience: { id: first.experience.id }, similarity: 1 });
		expect(await store.list()).toHaveLength(1);
	});

	it('does not come back once it was rejected, unless a person wants it', async () => {
		const { experience } = await propose(dates);
		await curation.decide('reject', [experience.id]);
		expect(await propose(dates)).toMatchObject({ written: false, experience: { status: 'retired' } });
		const wanted = await proposeExperience(store, dates, { by: 'user', at: '2026-01-02T00:00:00.000Z', wanted: true });
		expect(wanted).toMatchObject({ written: true, experience: { status: 'proposed' } });
	});

	it('is written with what it resembles, where that is in use: a person may join both', async () => {
		await store.apply([
			{
				change: { op: 'insert', experience: rule('a', dates.when, `${dates.strategy} Always.`, { zone: 'warning' }) },
				by: 'test',
			},
		]);
		const { written, duplicateOf } = await propose(dates);
		expect(written).toBe(true);
		expect(duplicateOf?.experience.id).toBe('a');
		expect(duplicateOf?.similarity).toBeGreaterThan(0.55);
	});

	it('is not written a second time in other words while the first one waits', async () => {
		await propose(dates);
		const alike = { ...dates, strategy: `${dates.strategy} Test it with January.` };
		expect((await propose(alike)).written).toBe(false);
		expect((await propose(alike, true)).written).toBe(true);
	});

	it('is another one where it warns of what the other recommends', async () => {
		await propose(dates);
		expect(await propose({ ...dates, zone: 'golden' })).toMatchObject({ written: true });
	});
});

describe('a proposal that says nothing', () => {
	it.each([
		['no title', { title: ' ' }, 'title'],
		['neither strategy nor case', { strategy: '', cases: [] }, 'strategy'],
		['a title without end', { title: 'x'.repeat(600) }, 'title'],
		[
			'more patterns than an experience has',
			{ patterns: Array.from({ length: 13 }, (_, n) => ({ rule: `${n}` })) },
			'patterns',
		],
	])('is refused: %s', async (_what, more, path) => {
		await expect(propose({ ...dates, ...more })).rejects.toMatchObject({ name: 'ExperienceError', path });
		expect(await store.list()).toEqual([]);
	});
});

async function found(text: string): Promise<readonly string[]> {
	const limits = { experiences: 3, patterns: 4, cases: 4, minMatch: 0 };
	const [result] = await store.search([{ text, limits }]);
	return result?.hits.map((hit) => hit.experience.id) ?? [];
}
