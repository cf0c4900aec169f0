/** Files in and out: what the reference wrote, lines for git, and what an import does to the library that it meets. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import { ExchangeError } from '../../../src/library/exchange/exchangeError.js';
import { readExperienceFolder, writeExperienceFolder } from '../../../src/library/exchange/experienceFolder.js';
import { importExperiences } from '../../../src/library/exchange/importExperiences.js';
import { readJsonl, writeJsonl } from '../../../src/library/exchange/jsonl.js';
import { joinMethod, splitMethod } from '../../../src/library/exchange/methodText.js';
import { readReferenceJson, writeReferenceJson } from '../../../src/library/exchange/referenceJson.js';
import { experience, insert } from './experiences.js';
import { flexFolder, openEngine } from './libraryFixtures.js';

const at = '2026-01-01T00:00:00.000Z';

function entry(fields: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
	return {
		method: 'Problem Category: Number theory.\nGeneral Method:\n1. Factor it.',
		rules: [{ rule: 'Factor first.', examples: ['12 = 3 * 4'] }],
		revised_trajectory: 'I factor <comments>good</comments> and <answer>4 < 5 & more',
		memory_type: 'golden',
		problem_category: 'math',
		priority: 5,
		created_at: '2025-09-12T00:04:46.298465',
		usage_count: 3,
		last_used: null,
		...fields,
	};
}

function file(library: Readonly<Record<string, unknown>>): string {
	return JSON.stringify({ version: '2.0', created_at: '2025-09-12T01:02:03.008447', library, config: {} });
}

function read(text: string) {
	return readReferenceJson(text, { name: 'folder/old.json', at });
}

function manyRules(count: number): readonly unknown[] {
	return Array.from({ length: count }, (_, index) => ({ rule: `Rule ${index}`, examples: [] }));
}

function errorOf(text: string): ExchangeError {
	try {
		read(text);
	} catch (error) {
		if (error instanceof ExchangeError) return error;
		throw error;
	}
	throw new Error('It was taken for a library.');
}

describe('an entry of the reference', () => {
	it('becomes an experience that waits in quarantine', () => {
		const { experiences } = read(file({ golden: [entry()] }));
		expect(experiences).toEqual([
			expect.objectContaining({
				zone: 'golden',
				status: 'quarantined',
				reviewed: false,
				priority: 5,
				title: 'Number theory',
				when: { text: 'Number theory', sources: [] },
				strategy: { text: '1. Factor it.', sources: [] },
				domains: ['math'],
				createdAt: '2025-09-12T00:04:46.298Z',
			}),
		]);
		expect(experiences[0]?.patterns).toMatchObject([{ rule: 'Factor first.', examples: ['12 = 3 * 4'] }]);
		expect(experiences[0]?.cases).toMatchObject([
			{ question: '', answer: '', solution: entry().revised_trajectory, outcome: 'correct' },
		]);
		expect(experiences[0]?.origin).toMatchObject({ set: 'old', imported: 'folder/old.json' });
	});

	it('has the same id whenever it is imported, however often it was used meanwhile', () => {
		const ids = [entry(), entry({ usage_count: 99, last_used: 'later' })].map(
			(item) => read(file({ golden: [item] })).experiences[0]?.id,
		);
		expect(ids[0]).toMatch(/^[0-9a-f]{16}$/);
		expect(ids[1]).toBe(ids[0]);
		expect(read(file({ warning: [entry()] })).experiences[0]?.id).not.toBe(ids[0]);
	});

	it('may have its method as an object', () => {
		const method = { problem_category: 'Geometry', general_method: 'Draw it.' };
		const { experiences, report } = read(file({ golden: [entry({ method })] }));
		expect(experiences[0]).toMatchObject({
			title: 'Geometry',
			when: { text: 'Geometry' },
			strategy: { text: 'Draw it.' },
		});
		expect(report.odd).toEqual([{ entry: 'golden[0]', field: 'method', what: expect.stringContaining('object') }]);
	});

	it.each([
		[16, [16]],
		[17, [12, 5]],
		[144, Array.from({ length: 12 }, () => 12)],
	])('with %i rules is cut in order into linked parts of %j', (count, sizes) => {
		const { experiences, report } = read(file({ golden: [entry({ rules: manyRules(count) })] }));
		expect(experiences.map(({ patterns }) => patterns.length)).toEqual(sizes);
		const rules = experiences.flatMap(({ patterns }) => patterns.map(({ rule }) => rule));
		expect(rules).toEqual(manyRules(count).map((_, index) => `Rule ${index}`));
		expect(report).toMatchObject({ entries: 1, patterns: count });
		expect(report.cut).toHaveLength(sizes.length > 1 ? 1 : 0);
		const [first, ...others] = experiences;
		expect(first?.links.map(({ id }) => id)).toEqual(others.map(({ id }) => id));
		for (const other of others) expect(other.links).toEqual([{ kind: 'part', id: first?.id }]);
		expect(experiences.filter(({ cases }) => cases.length > 0)).toEqual([first]);
	});

	it('is read as far as it can be, and every oddity told', () => {
		const rules = ['bare rule', { rule: 'twice', examples: 'one' }, { rule: 'twice' }, { examples: [] }, 7];
		const odd = entry({ rules, priority: 'high', created_at: 'long ago', memory_type: 'silver' });
		const { experiences, report } = read(file({ warning: [odd] }));
		expect(experiences[0]?.patterns.map(({ rule }) => rule)).toEqual(['bare rule', 'twice', 'twice']);
		expect(experiences[0]).toMatchObject({ zone: 'warning', priority: 3, createdAt: at });
		expect(report.patterns).toBe(3);
		expect(report.odd.map(({ field }) => field)).toEqual([
			'memory_type',
			'rules[0]',
			'rules[1].examples',
			'rules[3]',
			'rules[4]',
			'created_at',
			'priority',
		]);
	});

	it('that can not be used is skipped, the others are not', () => {
		const library = { golden: [entry(), 'text', {}, entry(), entry({ revised_trajectory: 'x'.repeat(300_000) })] };
		const { experiences, report } = read(file(library));
		expect(experiences).toHaveLength(1);
		expect(report.entries).toBe(5);
		expect(report.skipped.map((skipped) => skipped.entry)).toEqual([
			'golden[1]',
			'golden[2]',
			'golden[3]',
			'golden[4]',
		]);
		expect(report.skipped[3]?.why).toContain('solution');
	});
});

describe('a file of the reference', () => {
	it('may be a bare list', () => {
		const { experiences, report } = read(JSON.stringify([entry({ memory_type: 'mixed' })]));
		expect(experiences[0]?.zone).toBe('mixed');
		expect(report).toMatchObject({ version: 'list', entries: 1, patterns: 1 });
	});

	it('may lack a partition, which is told', () => {
		const { report } = read(file({ golden: [entry()], mixed: [], bronze: [] }));
		expect(report.notes).toEqual(['There is no partition "warning".', 'Unknown partitions were left out: bronze.']);
	});

	it.each([
		['{"library": {', 1, 14],
		['{\n  "a": 1,\n}', 3, 1],
		['[1, 2', 1, 6],
		['{"a": tru}', 1, 7],
		['["line\nbreak"]', 1, 2],
		['[1] x', 1, 5],
		['{"a" 1}', 1, 6],
		['[01]', 1, 3],
		['', 1, 1],
	])('that is no JSON is refused with the place: %j', (text, line, column) => {
		expect(errorOf(text)).toMatchObject({ reason: 'not-json', line, column });
		expect(errorOf(text).message).toContain('folder/old.json');
	});

	it.each(['{}', '"text"', '7', '{"library": []}'])('that is no library is refused: %s', (text) => {
		expect(errorOf(text).reason).toBe('not-a-library');
	});

	it('is written as it was read, parts put together again', () => {
		const golden = [
			entry({ rules: manyRules(30), extra: undefined }),
			entry({ method: { problem_category: 'G', general_method: 'Draw.', more: [1] } }),
			entry({ method: { steps: ['a', 'b'] } }),
			entry({ method: 'No label here.', revised_trajectory: '' }),
		];
		const { experiences } = read(file({ golden, warning: [entry({ memory_type: 'warning' })] }));
		const written = JSON.parse(writeReferenceJson(experiences, at));
		expect(written.library.golden).toEqual(golden);
		expect(written.library.warning).toEqual([entry({ memory_type: 'warning' })]);
		expect(written).toMatchObject({ version: '2.0', created_at: '2026-01-01T00:00:00.000', library: { mixed: [] } });
	});

	it('gets what was edited after the import, and what was learned here', () => {
		const { experiences } = read(file({ golden: [entry()] }));
		const edited = experiences.map((item) => ({ ...item, when: { text: 'Primes', sources: [] } }));
		const written = JSON.parse(writeReferenceJson([...edited, experience('a')], at));
		expect(written.library.golden[0].method).toBe('Problem Category: Primes\nGeneral Method:\n1. Factor it.');
		const again = read(JSON.stringify(written)).experiences[1];
		const own = experience('a');
		expect(again).toMatchObject({ when: { text: own.when.text }, strategy: { text: own.strategy.text } });
		expect(again?.patterns.map(({ rule }) => rule)).toEqual(['rule of a']);
		expect(again?.cases[0]?.solution).toContain('Question a?');
	});
});

describe('a method text', () => {
	it.each([
		['**Problem Category:** 3D geometry.\n\n**General Method:**\n1. Draw.', '3D geometry', '1. Draw.'],
		['Problem category: coins. Correct methodology: (1) Sort.', 'coins', '(1) Sort.'],
		['Problem Category: A (b/c). General Method: 1) Do.', 'A (b/c)', '1) Do.'],
		['**Problem Category:** Area.\n**Correct General Method:**\n1. Model.', 'Area', '1. Model.'],
		['Just a method: do it.', '', 'Just a method: do it.'],
		['', '', ''],
	])('is split and put together: %j', (text, when, strategy) => {
		const parts = splitMethod(text);
		expect(parts).toMatchObject({ when, strategy });
		expect(parts.lead + parts.strategy).toBe(text);
	});

	it('gives a title of one line, cut at a word', () => {
		expect(splitMethod(`## 1. **Do** ${'one thing after another '.repeat(9)}`).title).toMatch(
			/^Do one thing.{20,70}…$/,
		);
		expect(splitMethod('\n---\n- First point.\n- Second').title).toBe('First point');
		const { when, strategy } = splitMethod(joinMethod('t', 'when it rains', 'take a coat'));
		expect([when, strategy]).toEqual(['when it rains', 'take a coat']);
	});
});

const published = join(process.env.FLEX_DATASETS ?? '', 'flex-libraries');
const publishedLibraries = [
	{ name: 'aime_claude', entries: 35, patterns: 179, experiences: 35, odd: 4, cut: 0 },
	{ name: 'aime_deepseek', entries: 17, patterns: 122, experiences: 17, odd: 0, cut: 0 },
	{ name: 'retro_claude', entries: 1, patterns: 144, experiences: 12, odd: 0, cut: 1 },
	{ name: 'retro_gemini', entries: 5, patterns: 88, experiences: 8, odd: 0, cut: 2 },
];

describe.skipIf(process.env.FLEX_DATASETS === undefined)('the published libraries (FLEX_DATASETS)', () => {
	it.each(publishedLibraries)('$name is imported with its true counts, and written as it was', async (expected) => {
		const text = readFileSync(join(published, `${expected.name}.json`), 'utf8');
		const { experiences, report } = read(text);
		expect(report).toMatchObject({ entries: expected.entries, patterns: expected.patterns, skipped: [] });
		expect(experiences).toHaveLength(expected.experiences);
		expect(report.odd.map(({ field }) => field)).toEqual(Array.from({ length: expected.odd }, () => 'method'));
		expect(report.cut).toHaveLength(expected.cut);
		const [written, original] = [JSON.parse(writeReferenceJson(experiences, at)), JSON.parse(text)];
		expect(written.library).toEqual({ warning: [], mixed: [], ...original.library });
		const library = await openEngine(flexFolder());
		await importExperiences(library, experiences, { file: expected.name });
		expect(await library.stats()).toMatchObject({ experiences: expected.experiences, patterns: expected.patterns });
		expect(await library.list()).toEqual(experiences);
	});
});

describe('lines for git', () => {
	it('are read back exactly, and do not depend on the order', () => {
		const items = [experience('b', { scope: { kinds: ['math'] } }), experience('a', { title: 'line\nend \u2028 ü' })];
		const text = writeJsonl(items);
		expect(text.split('\n')).toHaveLength(3);
		expect(readJsonl(text)).toEqual({
			experiences: [items[1], items[0]],
			skipped: [],
			notes: [],
			overtaken: [],
			conflicts: 0,
		});
		expect(writeJsonl([...items].reverse())).toBe(text);
	});

	it('that can not be read are named, the others are not lost', () => {
		const good = writeJsonl([experience('a')]).trim();
		const newer = writeJsonl([experience('b', { rev: 2, title: 'newer' })]).trim();
		const lines = ['<<<<<<< ours', good, '{"id":', '{"id":"x"}', writeJsonl([experience('b')]).trim(), newer, good];
		const { experiences, skipped, notes, overtaken, conflicts } = readJsonl(lines.join('\r\n'));
		expect(experiences.map(({ id, title }) => [id, title])).toEqual([
			['a', 'Lesson a'],
			['b', 'newer'],
		]);
		expect(skipped.map(({ line }) => line)).toEqual([3, 4]);
		expect([conflicts, overtaken.map(({ title }) => title)]).toEqual([1, ['Lesson b', 'Lesson a']]);
		expect(notes.map(({ line }) => line)).toEqual([6, 7]);
	});

	it('lie in one file a domain, and keep what only the folder has', () => {
		const folder = join(flexFolder(), 'experiences');
		mkdirSync(folder);
		const theirs = experience('theirs', { domains: ['Old things'] });
		writeFileSync(join(folder, 'elsewhere.jsonl'), writeJsonl([theirs]));
		const ours = [experience('a', { domains: ['Math / Geometry'] }), experience('b', { domains: [] })];
		const report = writeExperienceFolder(folder, ours);
		expect(report).toEqual({
			files: ['general.jsonl', 'math-geometry.jsonl', 'old-things.jsonl'],
			experiences: 2,
			kept: 1,
			messages: [],
		});
		expect(readdirSync(folder).sort()).toEqual(report.files);
		const all = readExperienceFolder(folder);
		expect(all.messages).toEqual([]);
		expect([...all.experiences].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...ours, theirs]);
	});

	it('are not overwritten where some of them can not be read', () => {
		const folder = flexFolder();
		writeFileSync(join(folder, 'testing.jsonl'), '<<<<<<< ours\n{"id":\n');
		expect(writeExperienceFolder(folder, [experience('a')]).messages).toHaveLength(1);
		expect(readFileSync(join(folder, 'testing.jsonl'), 'utf8')).toBe('<<<<<<< ours\n{"id":\n');
		expect(readExperienceFolder(folder).messages[0]).toContain('testing.jsonl, line 2');
	});
});

describe('an import', () => {
	const options = { file: 'team.jsonl' };

	async function libraryWith(...items: readonly Experience[]) {
		const library = await openEngine(flexFolder());
		await library.apply(items.map((item) => insert(item.id, item)));
		return library;
	}

	it('puts what is new into quarantine, or to use where that is asked for', async () => {
		const library = await libraryWith();
		const counts = await importExperiences(library, [experience('a', { rev: 4, pinned: true })], options);
		expect(counts).toMatchObject({ experiences: 1, new: 1 });
		const [waiting] = await library.get(['a']);
		expect(waiting).toMatchObject({ status: 'quarantined', reviewed: false, pinned: false, rev: 4 });
		expect(waiting?.origin.imported).toBe('team.jsonl');
		const more = [experience('b'), experience('c', { status: 'retired' }), experience('d', { status: 'proposed' })];
		await importExperiences(library, more, { ...options, accept: true });
		expect((await library.get(['b', 'c', 'd'])).map(({ status }) => status)).toEqual(['active', 'retired', 'proposed']);
		expect((await library.get(['b']))[0]?.reviewed).toBe(true);
		expect((await library.history('a'))[0]).toMatchObject({ op: 'insert', by: 'import:team.jsonl' });
	});

	it('does nothing the second time', async () => {
		const library = await libraryWith();
		const items = [experience('a'), experience('b', { rev: 3 })];
		await importExperiences(library, items, options);
		const before = await library.list();
		expect(await importExperiences(library, items, options)).toMatchObject({ new: 0, known: 2, marked: 0 });
		await library.apply([{ change: { op: 'accept', id: 'a' }, by: 'user' }]);
		expect(await importExperiences(library, items, options)).toMatchObject({ known: 2, marked: 0 });
		expect((await library.get(['b']))[0]).toEqual(before[1]);
	});

	it('accepts what waited in quarantine when it is imported again to be accepted', async () => {
		const library = await libraryWith();
		await importExperiences(library, [experience('a')], options);
		expect(await importExperiences(library, [experience('a')], { ...options, accept: true })).toMatchObject({
			marked: 1,
		});
		expect((await library.get(['a']))[0]).toMatchObject({ status: 'active', reviewed: true });
	});

	it('lets the higher revision win, and keeps the other in the history', async () => {
		const library = await libraryWith(experience('a', { reviewed: true }));
		const theirs = experience('a', { title: 'theirs', rev: 5, updatedAt: '2026-02-01T00:00:00.000Z' });
		expect(await importExperiences(library, [theirs], options)).toMatchObject({ conflicts: { theirs: 1, ours: 0 } });
		expect((await library.get(['a']))[0]).toMatchObject({ title: 'theirs', status: 'active', reviewed: false });
		const titles = async () => (await library.history('a')).map((revision) => revision.experience.title);
		expect(await titles()).toEqual(['Lesson a', 'theirs']);
		expect(await importExperiences(library, [theirs], options)).toMatchObject({ known: 1 });
		const older = experience('a', { title: 'older', rev: 1 });
		expect(await importExperiences(library, [older], options)).toMatchObject({ conflicts: { theirs: 0, ours: 1 } });
		expect((await library.get(['a']))[0]?.title).toBe('theirs');
		expect(await titles()).toEqual(['Lesson a', 'theirs', 'older', 'theirs']);
		expect(await importExperiences(library, [older], options)).toMatchObject({ known: 1 });
	});

	it('decides a tie alike on both sides', async () => {
		const [one, two] = [experience('a', { title: 'one' }), experience('a', { title: 'two' })];
		const [here, there] = [await libraryWith(one), await libraryWith(two)];
		await importExperiences(here, [two], options);
		await importExperiences(there, [one], options);
		const title = async (library: typeof here) => (await library.get(['a']))[0]?.title;
		expect(await title(here)).toBe(await title(there));
	});

	it('may take an experience out of use, and never puts one to use', async () => {
		const library = await libraryWith(experience('a'), experience('b', { status: 'quarantined' }));
		await importExperiences(
			library,
			[experience('a', { status: 'retired', rev: 2 }), experience('b', { status: 'active', rev: 2, starred: true })],
			options,
		);
		const found = await library.get(['a', 'b']);
		expect(found.map(({ status }) => status)).toEqual(['retired', 'quarantined']);
		expect(found[1]?.starred).toBe(true);
	});
});
