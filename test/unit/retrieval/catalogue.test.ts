/** Looking through a library: what words find, what facets count, what a row shows. */
import { describe, expect, it } from 'vitest';
import {
	type BrowseAnswer,
	type BrowseQuery,
	type FacetName,
	facetNames,
	type KnownUtility,
} from '../../../src/core/experience/browse.js';
import { type Experience, sourcesOf, statuses, zones } from '../../../src/core/experience/experience.js';
import type { UseCount } from '../../../src/core/experience/store.js';
import { seededRandom } from '../../../src/core/random.js';
import { type BrowseAround, Catalogue } from '../../../src/core/retrieval/catalogue.js';
import { partNames, partTexts, partWeights } from '../../../src/core/retrieval/catalogueRows.js';
import { experience, pattern, rule, solvedCase } from '../../builders/experiences.js';

function catalogueOf(...experiences: readonly Experience[]): Catalogue {
	const catalogue = new Catalogue();
	for (const one of experiences) catalogue.put(one);
	return catalogue;
}

function queryOf(text: string, more: Partial<BrowseQuery> = {}): BrowseQuery {
	return { text, facets: {}, sort: 'relevance', offset: 0, limit: 500, utility: new Map(), ...more };
}

const unused: BrowseAround = { uses: new Map() };

function browse(catalogue: Catalogue, text: string, more: Partial<BrowseQuery> = {}, around = unused): BrowseAnswer {
	return catalogue.browse(queryOf(text, more), around);
}

function idsFor(catalogue: Catalogue, text: string, more: Partial<BrowseQuery> = {}): readonly string[] {
	return browse(catalogue, text, more).rows.map(({ id }) => id);
}

function used(times: number): UseCount {
	return { used: times, solved: 1, helpful: 0, unhelpful: 0 };
}

/** The one row that a text finds, with the texts that its ranges cover. */
function rowFor(one: Experience, text: string) {
	const [row] = browse(catalogueOf(one), text).rows;
	if (!row) throw new Error(`${text} was not found.`);
	const covered = (shown: string, ranges: typeof row.titleRanges) =>
		ranges.map(([start, end]) => shown.slice(start, end));
	return {
		...row,
		inTitle: covered(row.title, row.titleRanges),
		inSummary: covered(row.summary, row.summaryRanges),
	};
}

describe('the words of a query', () => {
	const catalogue = catalogueOf(
		rule('a', 'a recatalogued thing', 'draw the diagram', { title: 'Angle bisector' }),
		rule('b', 'a catalogue', 'draw', { title: 'Triangle' }),
		experience('c', { cases: [solvedCase('what is O(n log n)?', '四角形 の 面積')] }),
	);

	it('are found as words and as their beginnings', () => {
		expect(idsFor(catalogue, 'bisector')).toEqual(['a']);
		expect(idsFor(catalogue, 'TRI')).toEqual(['b']);
		expect(idsFor(catalogue, 'tr')).toEqual(['b']);
	});

	it('are found inside of words from three letters on, and rank lower there', () => {
		expect(idsFor(catalogue, 'at')).toEqual([]);
		expect(idsFor(catalogue, 'cat')).toEqual(['b', 'a']);
		expect(idsFor(catalogue, 'angle')).toEqual(['a', 'b']);
	});

	it('must all occur, wherever each of them does', () => {
		expect(idsFor(catalogue, 'draw angle')).toEqual(['a', 'b']);
		expect(idsFor(catalogue, 'diagram angle')).toEqual(['a']);
		expect(idsFor(catalogue, 'diagram triangle')).toEqual([]);
	});

	it('may hold punctuation, and need no spaces in scripts without them', () => {
		expect(idsFor(catalogue, 'o(n')).toEqual(['c']);
		expect(idsFor(catalogue, '(n log')).toEqual(['c']);
		expect(idsFor(catalogue, '角形')).toEqual(['c']);
	});

	it('are compared in one form of Unicode and without regard to letter case', () => {
		const names = catalogueOf(
			experience('a', { title: 'Poincare\u0301 map' }),
			experience('b', { title: 'ΟΔΟΣ and İzmir' }),
		);
		expect(idsFor(names, 'POINCAR\u00c9')).toEqual(['a']);
		expect(idsFor(names, 'οδος')).toEqual(['b']);
		expect(idsFor(names, 'İZ')).toEqual(['b']);
	});

	it('count by the level that holds them, and whole words twice', () => {
		const levels = catalogueOf(
			experience('case', { cases: [solvedCase('about primes', '')] }),
			experience('pattern', { patterns: [pattern('about primes')] }),
			rule('when', 'about primes', ''),
			rule('strategy', '', 'about primes'),
			experience('domain', { domains: ['primes'] }),
			experience('half a title', { title: 'primeshift' }),
			experience('title', { title: 'primes' }),
		);
		const order = ['title', 'domain', 'half a title', 'when', 'strategy', 'pattern', 'case'];
		// A domain's whole word counts 10, the beginning of one in a title 8.
		expect(idsFor(levels, 'primes')).toEqual(order);
	});

	it('rank equal experiences by their marks, then the newest first', () => {
		const title = 'same';
		const equal = catalogueOf(
			experience('old', { title }),
			experience('starred', { title, starred: true }),
			experience('pinned', { title, pinned: true }),
			experience('new', { title }),
		);
		expect(idsFor(equal, 'same')).toEqual(['pinned', 'starred', 'new', 'old']);
		expect(idsFor(equal, '')).toEqual(['new', 'pinned', 'starred', 'old']);
	});
});

describe('sorting and paging', () => {
	const catalogue = catalogueOf(
		experience('a', { title: 'Step 10', priority: 2, updatedAt: '2026-03-01T00:00:00.000Z' }),
		experience('b', { title: 'step 9', priority: 5, updatedAt: '2026-02-01T00:00:00.000Z' }),
		experience('c', { title: 'Abel', priority: 5, updatedAt: '2026-01-01T00:00:00.000Z' }),
	);
	const utility = new Map<string, KnownUtility>([
		['a', { effect: -0.5, verdict: 'hurts' }],
		['b', { effect: 0.9, verdict: 'unknown' }],
	]);

	it('follows every order', () => {
		expect(idsFor(catalogue, '', { sort: 'newest' })).toEqual(['c', 'b', 'a']);
		expect(idsFor(catalogue, '', { sort: 'changed' })).toEqual(['a', 'b', 'c']);
		expect(idsFor(catalogue, '', { sort: 'title' })).toEqual(['c', 'b', 'a']);
		expect(idsFor(catalogue, '', { sort: 'priority' })).toEqual(['c', 'b', 'a']);
		expect(idsFor(catalogue, '', { sort: 'utility', utility })).toEqual(['a', 'b', 'c']);
		const uses = new Map([['b', used(3)]]);
		const rows = browse(catalogue, '', { sort: 'used' }, { uses }).rows;
		expect(rows.map((row) => [row.id, row.used])).toEqual([
			['b', 3],
			['c', 0],
			['a', 0],
		]);
	});

	it('gives a page, and the total of all pages', () => {
		const page = browse(catalogue, '', { offset: 1, limit: 1 });
		expect(page).toMatchObject({ all: 3, total: 3, offset: 1, rows: [{ id: 'b' }] });
		expect(browse(catalogue, '', { offset: 9 })).toMatchObject({ total: 3, rows: [] });
		expect(browse(catalogue, '', { limit: 0 }).rows).toEqual([]);
	});

	it('keeps an experience in its place when it changes, and forgets what is removed', () => {
		const changing = catalogueOf(experience('a', { title: 'one' }), experience('b', { title: 'two' }));
		expect(idsFor(changing, 'three', { sort: 'title' })).toEqual([]);
		changing.put(experience('a', { title: 'three' }));
		expect(idsFor(changing, 'three')).toEqual(['a']);
		expect(idsFor(changing, 'one')).toEqual([]);
		expect(idsFor(changing, '')).toEqual(['b', 'a']);
		expect(changing.remove('b')).toBe(true);
		expect(changing.remove('b')).toBe(false);
		expect(idsFor(changing, 'two')).toEqual([]);
		expect(browse(changing, '').all).toBe(1);
	});
});

describe('facets', () => {
	it('count what each value would leave, whatever is chosen of the same facet', () => {
		const catalogue = catalogueOf(
			experience('a', { zone: 'golden', domains: ['algebra'], starred: true }),
			experience('b', { zone: 'warning', domains: ['algebra', 'geometry'] }),
			experience('c', { zone: 'warning', domains: ['geometry'] }),
		);
		const { facets, total } = browse(catalogue, '', { facets: { domain: ['algebra'], zone: ['warning'] } });
		expect(total).toBe(1);
		expect(facets.zone).toEqual([
			{ value: 'golden', count: 1 },
			{ value: 'warning', count: 1 },
			{ value: 'mixed', count: 0 },
		]);
		expect(facets.domain).toEqual([
			{ value: 'geometry', count: 2 },
			{ value: 'algebra', count: 1 },
		]);
		expect(facets.mark).toEqual([{ value: 'unread', count: 1 }]);
	});

	it('leave retired experiences out until they are chosen, but count them', () => {
		const catalogue = catalogueOf(experience('a'), experience('b', { status: 'retired', domains: ['old'] }));
		expect(idsFor(catalogue, '')).toEqual(['a']);
		expect(idsFor(catalogue, '', { facets: { status: ['retired'] } })).toEqual(['b']);
		expect(browse(catalogue, '').facets.status).toEqual([
			{ value: 'active', count: 1 },
			{ value: 'proposed', count: 0 },
			{ value: 'quarantined', count: 0 },
			{ value: 'retired', count: 1 },
		]);
		expect(browse(catalogue, '').facets.domain).toEqual([{ value: 'routing', count: 1 }]);
	});

	it('know marks, levels, sets of sources, and evidence', () => {
		const origin = { set: '', run: '', model: '', imported: 'file.json' };
		const catalogue = catalogueOf(
			rule('a', '', 'do', { origin, reviewed: true, pinned: true }),
			experience('b', { cases: [solvedCase('why?', 'so')], patterns: [pattern('rule')], domains: [''] }),
		);
		const utility = new Map<string, KnownUtility>([['a', { effect: 0.4, verdict: 'helps' }]]);
		const { facets } = browse(catalogue, '', { utility }, { uses: new Map([['b', used(1)]]) });
		const values = (name: FacetName) => facets[name].map(({ value }) => value).sort();
		expect(values('mark')).toEqual(['imported', 'pinned', 'unread', 'used']);
		expect(values('part')).toEqual(['cases', 'patterns', 'strategy']);
		expect(values('set')).toEqual(['routing']);
		expect(facets.set).toEqual([{ value: 'routing', count: 2 }]);
		expect(values('domain')).toEqual(['routing']);
		expect(values('run')).toEqual(['RUN']);
		expect(values('utility')).toEqual(['helps', 'unknown']);
	});

	it('list at most 200 values, with the chosen ones among them', () => {
		const many = Array.from({ length: 300 }, (_, at) => experience(`e${at}`, { domains: [`d${at}`] }));
		const chosen = ['d299', 'elsewhere'];
		const { facets } = browse(catalogueOf(...many), '', { facets: { domain: chosen } });
		expect(facets.domain).toHaveLength(200);
		expect(facets.domain).toContainEqual({ value: 'd299', count: 1 });
		expect(facets.domain.at(-1)).toEqual({ value: 'elsewhere', count: 0 });
		expect(facets.domain[0]).toEqual({ value: 'd0', count: 1 });
	});
});

describe('where no experience has all the words', () => {
	const catalogue = catalogueOf(experience('a'), experience('b', { zone: 'golden' }), experience('c'));
	const around = { uses: new Map(), nearby: () => ['c', 'gone', 'b', 'a'] };

	it('shows what is near, in that order and within the facets', () => {
		const answer = browse(catalogue, 'nothing', { facets: { zone: ['warning'] } }, around);
		expect(answer.rows.map(({ id }) => id)).toEqual(['c', 'a']);
		expect(answer).toMatchObject({ nearby: true, total: 2 });
		expect(answer.facets.zone[0]).toEqual({ value: 'golden', count: 1 });
	});

	it('asks for it only then', () => {
		const refuse = {
			uses: new Map(),
			nearby: (): never => {
				throw new Error('asked');
			},
		};
		expect(browse(catalogue, 'routing', {}, refuse)).toMatchObject({ nearby: false, total: 3 });
		expect(browse(catalogue, '', { facets: { zone: ['mixed'] } }, refuse)).toMatchObject({ nearby: false, total: 0 });
		expect(() => browse(catalogue, 'nothing', {}, refuse)).toThrow('asked');
	});

	it('says so only if something is near', () => {
		const nothing = { uses: new Map(), nearby: () => [] };
		expect(browse(catalogue, 'nothing', {}, nothing)).toMatchObject({ nearby: false, total: 0 });
	});
});

describe('a row', () => {
	const long = `${'before '.repeat(100)}needle ${'after '.repeat(100)}`;

	it('shows the text that matched best around its first match, cut on both sides', () => {
		const row = rowFor(rule('a', 'other', long), 'needle');
		expect(row.summaryPart).toBe('strategy');
		expect(row.summary.length).toBeLessThanOrEqual(200);
		expect(row.summary).toMatch(/^…before .*needle after.*…$/);
		expect(row.inSummary).toEqual(['needle']);
	});

	it('shows its condition without words, or what else tells most', () => {
		expect(rowFor(rule('a', 'when  it\nrains', 'take a coat'), '')).toMatchObject({
			summary: 'when it rains',
			summaryPart: 'when',
		});
		const one = experience('a', { patterns: [pattern(long)] });
		expect(rowFor(one, '')).toMatchObject({ summaryPart: 'pattern' });
		expect(rowFor(experience('a', { cases: [solvedCase('why?', '')] }), '').summary).toBe('why?');
		expect(rowFor(experience('a'), '')).toMatchObject({ summary: '', summaryPart: 'when' });
	});

	it('tells something new beside a title that shows the words', () => {
		expect(rowFor(rule('a', 'rain', 'sun', { title: 'sunny' }), 'sun')).toMatchObject({
			inTitle: ['sun'],
			inSummary: ['sun'],
			summaryPart: 'strategy',
		});
		expect(rowFor(experience('a', { title: `${long}` }), 'needle')).toMatchObject({
			inTitle: [],
			inSummary: ['needle'],
			summaryPart: 'title',
		});
	});

	it('marks all words where they count, each place once', () => {
		const row = rowFor(rule('a', 'a cat, a Catalogue, and at last a recat', ''), 'cat a catal');
		expect(row.inSummary).toEqual(['a', 'cat', 'a', 'Catal', 'a', 'a', 'a', 'cat']);
	});

	it('gives places of the text that is shown, though letters become longer in lower case', () => {
		const row = rowFor(rule('a', 'İİ İzmir', '', { title: 'İİ Ankara' }), 'izmir ankara'.replace('i', 'i\u0307'));
		expect(row.inTitle).toEqual(['Ankara']);
		expect(row.inSummary).toEqual(['İzmir']);
	});

	it('shows no characters that are not seen or turn the direction, and no half ones', () => {
		const row = rowFor(rule('a', `${'😀'.repeat(150)}`, '', { title: 'a\u202eb\u0007c\u2067\td' }), 'abc');
		expect(row.title).toBe('abc d');
		expect(row.inTitle).toEqual(['abc']);
		expect(row.summary).toMatch(/^(😀)+…$/);
		expect(row.summary.length).toBeLessThanOrEqual(200);
	});
});

describe('the answer', () => {
	const random = seededRandom('catalogue');
	const pick = <T>(items: readonly T[]): T => {
		const item = items[Math.floor(random() * items.length)];
		if (item === undefined) throw new Error('nothing to pick from');
		return item;
	};
	const vocabulary = [
		'cat',
		'catalogue',
		'concat',
		'İzmir',
		'ΟΔΟΣ',
		'a',
		'an',
		'angle',
		'f(x)',
		'x^2',
		'面積',
		'e\u0301t\u00e9',
		'snake_case',
	];
	const text = (most: number): string =>
		Array.from({ length: Math.floor(random() * most) }, () => pick(vocabulary)).join(pick([' ', '\n', ', ', '-', '']));
	const some = <T>(items: readonly T[]): readonly T[] => items.filter(() => random() < 0.4);

	function anyExperience(id: string): Experience {
		return rule(id, text(4), text(6), {
			title: text(3),
			zone: pick(zones),
			status: pick(statuses),
			starred: random() < 0.3,
			pinned: random() < 0.2,
			reviewed: random() < 0.5,
			priority: 1 + Math.floor(random() * 5),
			domains: some(['algebra', 'cat', '', 'angle']),
			patterns: some(['one', 'two']).map((part) => pattern(`${part} ${text(3)}`)),
			cases: some(['three']).map((part) => solvedCase(`${part} ${text(3)}`, text(2))),
			origin: {
				set: pick(['', 'A', 'B']),
				run: pick(['', 'R1', 'R2']),
				model: pick(['m', 'n']),
				imported: pick(['', 'f']),
			},
		});
	}

	it('is that of a search that looks at every experience', () => {
		const stored = new Map<string, Experience>();
		const catalogue = new Catalogue();
		const uses = new Map<string, UseCount>();
		const utility = new Map<string, KnownUtility>();
		for (let round = 0; round < 220; round++) {
			const changed = anyExperience(`e${Math.floor(random() * 120)}`);
			catalogue.put(changed);
			stored.set(changed.id, changed);
			if (random() < 0.1) {
				catalogue.remove(changed.id);
				stored.delete(changed.id);
			}
			if (random() < 0.2) uses.set(changed.id, used(Math.floor(random() * 3)));
			if (random() < 0.2) utility.set(changed.id, { effect: 0.1, verdict: pick(['helps', 'hurts', 'unknown']) });
			if (round < 120) continue;
			const typed = `${pick(vocabulary)} ${text(2)}`.toUpperCase();
			const choices: Partial<Record<FacetName, readonly string[]>> = {};
			for (const name of facetNames) {
				const values = browse(catalogue, '').facets[name].map(({ value }) => value);
				if (random() < 0.15) choices[name] = some([...values, 'none such', '']);
			}
			for (const length of [1, 2, 3, 4, typed.length]) {
				const query = queryOf(typed.slice(0, length), { facets: choices, utility });
				const answer = catalogue.browse(query, { uses });
				const naive = naiveAnswer([...stored.values()], query, uses);
				expect(answer.rows.map(({ id }) => id)).toEqual(naive.ids);
				for (const name of facetNames) expect(answer.facets[name]).toEqual(naive.facets[name]);
			}
		}
	});
});

/** The same by the rules alone: `experiences` in order of creation. */
function naiveAnswer(experiences: readonly Experience[], query: BrowseQuery, uses: ReadonlyMap<string, UseCount>) {
	const words = [
		...new Set(
			naiveFold(query.text)
				.split(/\s+/)
				.filter((word) => word !== ''),
		),
	];
	const holders = words.map((word) => experiences.filter((one) => naiveBest(one, word) > 0).length);
	const found = experiences.filter((one) => words.every((word) => naiveBest(one, word) > 0));
	const score = (one: Experience): number =>
		words.reduce(
			(sum, word, at) => sum + naiveBest(one, word) * Math.log(1 + experiences.length / (holders[at] ?? 0)),
			0,
		);
	const chosen = (name: FacetName): readonly string[] => {
		const values = (query.facets[name] ?? []).filter((value) => value !== '');
		return name === 'status' && values.length === 0 ? ['active', 'proposed', 'quarantined'] : values;
	};
	const valuesOf = (one: Experience, name: FacetName): readonly string[] => naiveValues(one, query, uses)[name];
	const passes = (one: Experience, name: FacetName): boolean =>
		chosen(name).length === 0 || valuesOf(one, name).some((value) => chosen(name).includes(value));
	const facetValues = (name: FacetName) => {
		const others = facetNames.filter((other) => other !== name);
		const counted = found.filter((one) => others.every((other) => passes(one, other)));
		const fixed: readonly string[] = name === 'zone' ? zones : name === 'status' ? statuses : [];
		const values = new Set([...fixed, ...chosen(name), ...counted.flatMap((one) => valuesOf(one, name))]);
		const counts = [...values].map((value) => ({
			value,
			count: counted.filter((one) => valuesOf(one, name).includes(value)).length,
		}));
		if (fixed.length > 0) return counts;
		return counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
	};
	const marks = (one: Experience): number => (one.pinned ? 2 : 0) + (one.starred ? 1 : 0);
	const passing = found.filter((one) => facetNames.every((name) => passes(one, name))).reverse();
	if (words.length > 0) passing.sort((a, b) => score(b) - score(a) || marks(b) - marks(a));
	return {
		ids: passing.map(({ id }) => id),
		facets: Object.fromEntries(facetNames.map((name) => [name, facetValues(name)])),
	};
}

function naiveFold(text: string): string {
	return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
}

/** The best part's weight, twice for the beginning of a word and four times for a whole one. */
function naiveBest(one: Experience, word: string): number {
	const han = /\p{Script=Han}/u;
	const border = (a = '', b = ''): boolean =>
		!/[\p{L}\p{N}\p{M}]/u.test(a) || !/[\p{L}\p{N}\p{M}]/u.test(b) || han.test(a) || han.test(b);
	let best = 0;
	for (const [part, texts] of partTexts(one).entries()) {
		const weight = partWeights[partNames[part] ?? 'case'];
		for (const text of texts.map(naiveFold)) {
			for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
				const begins = border(text[at - 1], text[at]);
				const ends = border(text[at + word.length - 1], text[at + word.length]);
				const strength = begins ? (ends ? 4 : 2) : word.length >= 3 ? 1 : 0;
				best = Math.max(best, weight * strength);
			}
		}
	}
	return best;
}

function naiveValues(
	one: Experience,
	query: BrowseQuery,
	uses: ReadonlyMap<string, UseCount>,
): Readonly<Record<FacetName, readonly string[]>> {
	const when = (value: string, is: boolean): readonly string[] => (is ? [value] : []);
	return {
		zone: [one.zone],
		status: [one.status],
		utility: [query.utility.get(one.id)?.verdict ?? 'unknown'],
		mark: [
			...when('starred', one.starred),
			...when('pinned', one.pinned),
			...when('unread', !one.reviewed),
			...when('imported', one.origin.imported !== ''),
			...when('used', (uses.get(one.id)?.used ?? 0) > 0),
		],
		part: [
			...when('strategy', one.strategy.text.trim() !== ''),
			...when('patterns', one.patterns.length > 0),
			...when('cases', one.cases.length > 0),
		],
		domain: one.domains.filter((domain) => domain !== ''),
		set: one.origin.set === '' ? [...new Set(sourcesOf(one).map(({ set }) => set))] : [one.origin.set],
		model: [one.origin.model],
		run: when(one.origin.run, one.origin.run !== ''),
	};
}
