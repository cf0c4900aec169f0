import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import type { SearchHit, SearchQuery } from '../../../src/core/experience/store.js';
import { seededRandom } from '../../../src/core/random.js';
import { StagedRetriever } from '../../../src/core/retrieval/retriever.js';
import { experience, pattern, query, strategy, taughtBy, workedCase } from './builders.js';

function retrieverOver(...experiences: readonly Experience[]): StagedRetriever {
	const retriever = new StagedRetriever();
	for (const item of experiences) retriever.put(item);
	return retriever;
}

function idsFound(retriever: StagedRetriever, asked: SearchQuery): readonly string[] {
	return retriever.search(asked).hits.map((hit) => hit.experience.id);
}

function onlyHit(retriever: StagedRetriever, asked: SearchQuery): SearchHit {
	const { hits } = retriever.search(asked);
	expect(hits).toHaveLength(1);
	const [hit] = hits;
	if (!hit) throw new Error('nothing was found');
	return hit;
}

const refund = experience('refund', strategy('Refund requests go to Harbor', 'p1'));
const repair = experience('repair', strategy('Broken wheels go to the workshop', 'p2'));
const invoice = experience('invoice', strategy('Invoice questions go to accounting', 'p3'));

describe('a search', () => {
	it('ranks experiences by how well they fit and says why', () => {
		const { hits, abstained } = retrieverOver(repair, invoice, refund).search(query('refund of an invoice, a refund'));
		expect(abstained).toBe(false);
		expect(hits.map((hit) => hit.experience.id).sort()).toEqual(['invoice', 'refund']);
		expect(hits.find((hit) => hit.experience.id === 'refund')).toMatchObject({ terms: ['refund'], strategy: true });
	});

	it('finds words wherever they stand: title, condition, strategy, rules, examples, questions', () => {
		const rule = { ...pattern('p', 'delta rule'), examples: ['epsilon example'] };
		const retriever = retrieverOver(
			experience('e', {
				title: 'alpha title',
				when: { text: 'beta condition', sources: [] },
				strategy: { text: 'gamma strategy', sources: [] },
				patterns: [rule],
				cases: [workedCase('c', 'zeta question')],
			}),
			repair,
		);
		for (const word of ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']) {
			expect(idsFound(retriever, query(word))).toEqual(['e']);
		}
	});

	it('finds the only experience of a library', () => {
		expect(idsFound(retrieverOver(refund), query('I want a refund'))).toEqual(['refund']);
	});

	it('keeps to the number of experiences', () => {
		const retriever = retrieverOver(
			...Array.from({ length: 9 }, (_, at) => experience(`e${at}`, strategy(`apple ${at}`))),
		);
		expect(idsFound(retriever, query('apple', { experiences: 2 }))).toEqual(['e0', 'e1']);
		expect(retriever.search(query('apple', { experiences: 0 }))).toEqual({ hits: [], abstained: true });
	});

	it('follows changes and removals', () => {
		const retriever = retrieverOver(refund, repair);
		retriever.put({ ...refund, rev: 2, ...strategy('Money back goes to Meadow') });
		expect(idsFound(retriever, query('Harbor'))).toEqual([]);
		expect(onlyHit(retriever, query('money')).experience.rev).toBe(2);
		expect(retriever.remove('refund')).toBe(true);
		expect(retriever.remove('refund')).toBe(false);
		expect(idsFound(retriever, query('money'))).toEqual([]);
	});

	it('brings back active experiences, and others only when asked for them', () => {
		const retriever = retrieverOver(
			refund,
			{ ...refund, id: 'waiting', status: 'proposed' },
			{ ...refund, id: 'outside', status: 'quarantined', zone: 'warning' },
			{ ...refund, id: 'old', status: 'retired' },
		);
		expect(idsFound(retriever, query('refund'))).toEqual(['refund']);
		expect(idsFound(retriever, query('refund', {}, { statuses: ['proposed', 'retired'] }))).toEqual(['old', 'waiting']);
		expect(
			idsFound(retriever, query('refund', {}, { statuses: ['active', 'quarantined'], zones: ['warning'] })),
		).toEqual(['outside']);
	});

	it('gives the same in the same order however the library came about', () => {
		const library = manyExperiences(200);
		const straight = retrieverOver(...library);
		const winding = retrieverOver(...library.map((item) => ({ ...item, title: 'otherwise' })).reverse(), refund);
		for (const item of library) winding.put(item);
		winding.remove('refund');
		const asked = query('w3 w14 w15 w92 w65', { experiences: 20 });
		expect(winding.search(asked)).toEqual(straight.search(asked));
	});
});

describe('abstaining', () => {
	const retriever = retrieverOver(refund, repair, invoice);

	it('happens where nothing holds a word of the query', () => {
		expect(retriever.search(query('zeppelin'))).toEqual({ hits: [], abstained: true });
		expect(retriever.search(query('?!'))).toEqual({ hits: [], abstained: true });
	});

	it('happens where too little of the query is matched', () => {
		const asked = 'is a refund possible after my tandem was stolen in Norway';
		const [hit] = retriever.search(query(asked)).hits;
		expect(hit?.match).toBeGreaterThan(0.05);
		expect(hit?.match).toBeLessThan(0.2);
		expect(retriever.search(query(asked, { minMatch: 0.2 })).abstained).toBe(true);
	});

	it('leaves out single hits that match too little', () => {
		const found = idsFound(retriever, query('refund Harbor requests go', { minMatch: 0.5 }));
		expect(found).toEqual(['refund']);
	});
});

describe('an experience with many cases', () => {
	const questions = [
		'The parcel arrived with a dent in the frame',
		'Where does my order stay, it was promised for Monday',
		'Two lamps are missing from the box',
		'My saddle squeaks when it rains',
		'Can I change the colour of the bike that I ordered',
		'The lock does not open any more',
		'I would like to rent a trailer for the summer',
		'The display of the battery shows an error',
	];
	const many = (id: string, cases: readonly string[]): Experience =>
		experience(id, { ...strategy('Send it to Falcon'), cases: cases.map((text, at) => workedCase(`c${at}`, text)) });
	const others = Array.from({ length: 80 }, (_, at) =>
		experience(`other${at}`, {
			...strategy('Send it to Willow'),
			cases: [workedCase('c', `Question ${at} about a tyre number ${at}`)],
		}),
	);
	const asked = 'a battery display that shows an error';

	it('is not buried below one with a single, poorer case', () => {
		const poorer = many('poorer', ['The battery is too heavy for me']);
		for (const rest of [[], others]) {
			const found = idsFound(retrieverOver(many('merged', questions), poorer, ...rest), query(asked));
			expect(found.slice(0, 2)).toEqual(['merged', 'poorer']);
		}
	});

	it('does not outrank one whose only case fits better, though it holds more words here and there', () => {
		const scattered = many('scattered', [
			'The battery is too heavy for me',
			'The display is dark',
			'The website shows a wrong price',
			'There is an error in my invoice',
		]);
		for (const rest of [[], others]) {
			const retriever = retrieverOver(
				scattered,
				many('fitting', ['The display of the battery shows an error']),
				...rest,
			);
			expect(idsFound(retriever, query(asked)).slice(0, 2)).toEqual(['fitting', 'scattered']);
		}
	});

	it('scores as it would with its best case alone', () => {
		const scoreOf = (item: Experience): number =>
			retrieverOver(item, ...others).search(query(asked)).hits[0]?.score ?? 0;
		const alone = scoreOf(many('merged', [questions.at(-1) ?? '']));
		expect(scoreOf(many('merged', questions)) / alone).toBeGreaterThan(0.9);
		expect(scoreOf(many('merged', questions)) / alone).toBeLessThan(1.1);
	});
});

describe('the parts within a hit', () => {
	const tyres = experience('tyres', {
		...strategy('tyre'),
		patterns: [pattern('t1', 'Check the valve'), pattern('t2', 'A flat tyre in winter is mended at once')],
		cases: [
			workedCase('tc1', 'Flat tyre'),
			workedCase('tc2', 'Flat tyre in winter, again'),
			workedCase('tc3', 'New valve'),
		],
	});
	const winter = experience('winter', {
		...strategy('winter'),
		patterns: [pattern('w1', 'Winter needs spikes'), pattern('w2', 'Salt')],
		cases: [workedCase('wc1', 'Ice in winter')],
	});
	const retriever = retrieverOver(tyres, winter, repair, invoice);
	const found = (limits: Partial<SearchQuery['limits']>): readonly (readonly string[])[] =>
		retriever.search(query('a flat tyre in winter', limits)).hits.flatMap((hit) => [hit.patterns, hit.cases]);

	it('are ranked by how well they fit', () => {
		expect(found({})).toEqual([['t2', 't1'], ['tc2', 'tc1', 'tc3'], ['w1', 'w2'], ['wc1']]);
	});

	it('are as many as the limits say in all, and every hit has its best one first', () => {
		expect(found({ patterns: 2, cases: 3 })).toEqual([['t2'], ['tc2', 'tc1'], ['w1'], ['wc1']]);
		expect(found({ patterns: 1, cases: 1 })).toEqual([['t2'], ['tc2'], [], []]);
		expect(found({ patterns: 0, cases: 0 })).toEqual([[], [], [], []]);
	});
});

describe('what the asked problem taught itself', () => {
	const exclude = { set: 'set', problem: 'p1', question: 'Where is my refund?' };
	const asked = query('Where is my refund?', {}, { exclude });

	it('is left out, and an experience of which nothing is left with it', () => {
		expect(retrieverOver(refund, repair).search(asked).abstained).toBe(true);
		expect(onlyHit(retrieverOver(refund, repair), query('refund')).experience.id).toBe('refund');
	});

	it('is left out part by part', () => {
		const hit = onlyHit(
			retrieverOver(
				experience('mixed', {
					...strategy('Refund goes to Harbor', 'p1', 'p2'),
					patterns: [pattern('own', 'refund', 'p1'), pattern('foreign', 'refund', 'p2')],
					cases: [workedCase('own', 'Where is my refund?', 'p1'), workedCase('foreign', 'A refund, please', 'p2')],
				}),
			),
			asked,
		);
		expect(hit).toMatchObject({ strategy: false, patterns: ['foreign'], cases: ['foreign'] });
	});

	it('takes the strategy along where it taught the condition under which it holds', () => {
		const hit = onlyHit(
			retrieverOver(
				experience('e', {
					when: { text: 'refund', sources: taughtBy('p1') },
					...strategy('Harbor', 'p2'),
					cases: [workedCase('c', 'A refund, please', 'p2')],
				}),
			),
			asked,
		);
		expect(hit.strategy).toBe(false);
	});

	it('neither adds to the score nor to the match', () => {
		const cases = [workedCase('foreign', 'A parcel is lost', 'p2')];
		const own = workedCase('own', 'My refund is late', 'p1');
		const without = onlyHit(retrieverOver(experience('e', { cases })), query('refund of a parcel'));
		const left = onlyHit(
			retrieverOver(experience('e', { cases: [...cases, own] })),
			query('refund of a parcel', {}, { exclude: { ...exclude, question: '' } }),
		);
		expect(left.terms).toEqual(without.terms);
		expect(left.cases).toEqual(['foreign']);
	});

	it('is known by its question, whatever its id, letter case, white space and punctuation', () => {
		const cases = [workedCase('same', '  WHERE is\tmy refund', 'x'), workedCase('other', 'Where is our refund?', 'y')];
		expect(onlyHit(retrieverOver(experience('e', { cases })), asked).cases).toEqual(['other']);
	});

	it('is known under its other id in other experiences, too', () => {
		const twin = experience('twin', { cases: [workedCase('c', 'Where is my refund', 'also-p1')] });
		const lesson = experience('lesson', strategy('Refund goes to Harbor', 'also-p1'));
		expect(retrieverOver(twin, lesson, repair).search(asked).abstained).toBe(true);
	});

	it('does not take along what a problem of the same id in another set taught', () => {
		const other = { ...asked, exclude: { ...exclude, set: 'another set' } };
		expect(onlyHit(retrieverOver(refund, repair), other).strategy).toBe(true);
	});

	it('tells formulas apart that differ in a sign', () => {
		const cases = [workedCase('plus', 'What is 2+3?', 'x'), workedCase('equal', 'What is 2=3?', 'y')];
		const sum = query('What is 2+3', {}, { exclude: { set: 'set', problem: 'z', question: 'what is 2+3' } });
		expect(onlyHit(retrieverOver(experience('e', { cases })), sum).cases).toEqual(['equal']);
	});
});

describe('a library of hundreds', () => {
	const library = manyExperiences(400);

	it('is searched by the index to the same effect as one that is looked at whole', () => {
		const retriever = retrieverOver(...library);
		const asked = query('w3 w14 w15 w92 w65', { experiences: 5 });
		const whole = retriever.search({ ...asked, limits: { ...asked.limits, experiences: 400 } });
		expect(retriever.search(asked).hits.map((hit) => hit.experience.id)).toEqual(
			whole.hits.slice(0, 5).map((hit) => hit.experience.id),
		);
	});

	it('finds what was saved after loading, and grows on', () => {
		const retriever = retrieverOver(...library);
		const loaded = StagedRetriever.load(retriever.save('now'), 'now', library);
		const asked = query('w3 w14 w15 w92 w65', { experiences: 5 });
		expect(loaded?.search(asked)).toEqual(retriever.search(asked));
		retriever.put(refund);
		loaded?.put(refund);
		expect(loaded?.search(query('refund w3'))).toEqual(retriever.search(query('refund w3')));
	});

	it('may also be empty when it is saved', () => {
		const loaded = StagedRetriever.load(retrieverOver().save('now'), 'now', []);
		loaded?.put(refund);
		expect(loaded?.search(query('refund')).hits).toHaveLength(1);
	});

	it('is not loaded with an index of other experiences or another state', () => {
		const bytes = retrieverOver(...library).save('now');
		expect(StagedRetriever.load(bytes.slice(), 'later', library)).toBeUndefined();
		expect(StagedRetriever.load(bytes.slice(), 'now', library.slice(1))).toBeUndefined();
		expect(StagedRetriever.load(bytes.slice(), 'now', [...library.slice(1), refund])).toBeUndefined();
		expect(StagedRetriever.load(new Uint8Array(3), 'now', library)).toBeUndefined();
	});
});

describe('neighbours', () => {
	it('are the experiences with the likest lessons, best first, without the experience itself', () => {
		const near = { ...refund, id: 'near', ...strategy('All refund requests go to Harbor') };
		const found = retrieverOver(refund, repair, invoice, near).neighbours(refund, 2);
		expect(found.map((neighbour) => neighbour.experience.id)).toEqual(['near', 'invoice']);
		expect(found[0]?.similarity).toBeGreaterThan(0.55);
		expect(found[1]?.similarity).toBeLessThan(0.35);
	});

	it('are active ones only', () => {
		expect(retrieverOver({ ...refund, status: 'retired' }).neighbours({ ...refund, id: 'new' }, 3)).toEqual([]);
	});

	it('are found among hundreds', () => {
		const library = manyExperiences(400);
		const wanted = library[123] ?? refund;
		const copy = { ...wanted, id: 'copy', cases: [] };
		const [best] = retrieverOver(...library).neighbours(copy, 3);
		expect(best).toMatchObject({ experience: { id: wanted.id } });
		expect(best?.similarity).toBeCloseTo(1);
	});
});

/** Experiences of words w0 to w299, the lower the more frequent. */
function manyExperiences(count: number): readonly Experience[] {
	const random = seededRandom('many');
	const text = (words: number): string =>
		Array.from({ length: words }, () => `w${Math.floor(300 * random() ** 2)}`).join(' ');
	return Array.from({ length: count }, (_, at) =>
		experience(`e${at}`, {
			...strategy(text(12), `p${at}`),
			patterns: Array.from({ length: Math.floor(random() * 4) }, (_, part) => pattern(`p${part}`, text(10), `p${at}`)),
			cases: Array.from({ length: Math.floor(random() * 6) }, (_, part) => workedCase(`c${part}`, text(15), `p${at}`)),
		}),
	);
}
