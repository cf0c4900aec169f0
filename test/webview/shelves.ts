/** Libraries for the stage: experiences that read like real ones, and answers over them like those of the extension. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownUtility } from '../../src/core/experience/browse.js';
import type { Experience, Zone } from '../../src/core/experience/experience.js';
import { blankExperience } from '../../src/core/experience/experience.js';
import { Catalogue } from '../../src/core/retrieval/catalogue.js';
import type { ShelfInfo } from '../../src/protocol/library.js';
import type { Answers } from './stage.js';

const shelf = 'file:///workspace';

export interface StagedLibrary {
	readonly experiences: readonly Experience[];
	readonly utility?: ReadonlyMap<string, KnownUtility>;
	readonly readOnly?: boolean;
}

export function shelfInfo({ experiences, readOnly = false }: StagedLibrary): ShelfInfo {
	const waiting = experiences.filter(({ status }) => status === 'quarantined' || status === 'proposed').length;
	const fresh = experiences.filter(({ reviewed, status }) => !reviewed && status === 'active').length;
	return {
		...{ key: shelf, name: 'workspace', own: false, experiences: experiences.length, waiting, fresh, readOnly },
		lastRun: '01JDEMO0000000000000000000',
	};
}

/** What the extension answers about the library; changes are told to `changed`. */
export function libraryAnswers(library: StagedLibrary): Answers {
	const catalogue = new Catalogue();
	for (const experience of library.experiences) catalogue.put(experience);
	// As the library's worker does, between other calls.
	setImmediate(() => catalogue.prepare(Number.POSITIVE_INFINITY));
	const utility = library.utility ?? new Map<string, KnownUtility>();
	const count = { used: 14, solved: 9, helpful: 2, unhelpful: 1 };
	const uses = new Map(library.experiences.slice(0, 3).map(({ id }) => [id, count]));
	const byId = new Map(library.experiences.map((experience) => [experience.id, experience]));
	return {
		shelves: () => [shelfInfo(library)],
		browse: (params) => ({
			...catalogue.browse({ ...params, utility }, { uses, nearby: () => [] }),
			runNames: { '01JDEMO0000000000000000000': 'Training on ticket-routing, 12 May' },
		}),
		experience: ({ id }) => {
			const experience = byId.get(id);
			if (!experience) return null;
			return {
				experience,
				cut: false,
				uses: count,
				evidence: {
					...{ effect: 0.21, verdict: 'helps', helped: 9, hurt: 2, pairs: 33, interval: [0.05, 0.37] },
					...{ basis: 'replays', drawn: { given: 40, givenSolved: 22, withheld: 6, withheldSolved: 1 } },
					list: [
						{ run: '01JBENCH', set: 'ticket-routing', problem: 'p12', withSolved: true, withoutSolved: false },
						{ run: '01JBENCH', set: 'ticket-routing', problem: 'p31', withSolved: true, withoutSolved: true },
					],
				},
				sources: [
					{ set: 'ticket-routing', problem: 'p31', here: true },
					{ set: 'ticket-routing', problem: 'p07', here: false },
				],
				runName: 'Training on ticket-routing, 12 May',
				runHere: true,
				readOnly: library.readOnly ?? false,
			};
		},
		neighbours: ({ id }) =>
			library.experiences
				.filter((one) => one.id !== id)
				.slice(0, 3)
				.map(({ id: other, title, zone, status, rev }, at) => ({
					...{ id: other, title, zone, status, rev, similarity: 0.71 - at * 0.2, duplicate: at === 0 },
				})),
		history: () => [
			{ rev: 2, op: 'edit', by: 'a person', at: '2026-05-13T09:00:00.000Z', reason: '', diff: change },
			{ rev: 1, op: 'insert', by: 'run 01JDEMO', at: '2026-05-12T09:00:00.000Z', reason: 'nothing alike', diff: [] },
		],
		growth: () => ({
			points: Array.from({ length: 40 }, (_, at) => ({
				at: new Date(Date.UTC(2026, 4, 1 + at)).toISOString(),
				golden: Math.round(90 * (1 - Math.exp(-at / 12))),
				warning: Math.round(40 * (1 - Math.exp(-at / 9))),
				mixed: Math.round(at / 3),
			})),
			runs: [{ run: '01JDEMO', name: 'Training on ticket-routing, 12 May', count: 34, at: '2026-05-12T09:00:00.000Z' }],
		}),
		decide: ({ ids }) => ({ changed: ids.length, text: `${ids.length} changed.`, undo: 1 }),
		retag: ({ ids }) => ({ changed: ids.length, text: `Domains changed of ${ids.length}.`, undo: 1 }),
		save: ({ draft }) =>
			draft.title.trim() === ''
				? { faults: [{ field: 'title', message: 'A title is needed.' }] }
				: { saved: { changed: 1, text: 'Saved.', undo: 2 } },
		mergePreview: () => ({ diff: change }),
		merge: () => ({ changed: 2, text: 'Merged: one experience now says what two said.', undo: 3 }),
		restore: () => ({ changed: 1, text: 'It is again what it was at revision 1.', undo: 4 }),
		undo: () => ({ changed: 1, text: 'Taken back.' }),
		open: () => null,
		copy: () => null,
		runs: () => [],
		watch: () => null,
	};
}

const change = [
	{ kind: 'same' as const, text: '# When it applies' },
	{ kind: 'removed' as const, text: 'A refund is asked for.' },
	{ kind: 'added' as const, text: 'A refund is asked for, also when the invoice is annual.' },
];

/** A few experiences that a person would want to read. */
export function smallLibrary(): StagedLibrary {
	const experiences = [
		made('a1', 'warning', 'Check the divisibility at the boundary', {
			when: 'A linear expression must divide a polynomial, and the largest or smallest such integer is asked for.',
			strategy:
				'Reduce the polynomial modulo the linear expression until a constant remains. The condition becomes “the expression divides that constant”. Take the extreme divisor, **then substitute it back**: sign and domain can exclude it.',
			patterns: [
				[
					'Substitute the root of the divisor instead of long division.',
					'$n = -10$ gives $n^3 + 100 = -900$, so $n + 10$ divides 900.',
				],
				[
					'List the divisors with their signs; a positive n needs $n + c > c$.',
					'$n + 10 = 900$ gives $n = 890$; $n + 10 = -900$ is out of the domain.',
				],
			],
			domains: ['Number theory'],
			rev: 3,
		}),
		made('a2', 'golden', 'Refunds over 500 go to K7', {
			when: 'A customer asks for money back, and the amount is known.',
			strategy: 'Read the amount first. Over 500 the account team decides, whatever else the ticket says.',
			domains: ['Ticket routing'],
		}),
		made('a3', 'warning', 'Outage words in a billing ticket', {
			when: 'A ticket says that something is “down”, and it is about an invoice.',
			strategy: 'Route by what the sender wants, not by the loudest word.',
			domains: ['Ticket routing'],
			reviewed: true,
		}),
		made('a4', 'mixed', 'Base conversion: the leading digit', {
			when: 'A number is written in another base.',
			strategy: 'A digit must be smaller than the base; test before you go on.',
			domains: ['Number theory'],
			status: 'quarantined',
		}),
		made('a5', 'golden', 'Largest means check the next one too', {
			when: 'The largest number with a property is asked for.',
			strategy: 'Confirm that the following candidate fails.',
			domains: ['Counting'],
			starred: true,
		}),
		made('a6', 'warning', 'Do not divide by an expression that can be zero', {
			when: 'When cancelling a common factor, first list the values that make it zero.',
			strategy: 'Keep the excluded values beside the equation until the end.',
			domains: ['Algebra'],
			status: 'retired',
		}),
	];
	const utility = new Map<string, KnownUtility>([
		['a1', { effect: 0.21, verdict: 'helps' }],
		['a3', { effect: -0.08, verdict: 'no evidence' }],
	]);
	return { experiences, utility };
}

interface Texts {
	readonly when?: string;
	readonly strategy?: string;
	readonly patterns?: readonly (readonly [rule: string, example: string])[];
	readonly domains?: readonly string[];
	readonly rev?: number;
	readonly reviewed?: boolean;
	readonly starred?: boolean;
	readonly status?: Experience['status'];
}

export function made(id: string, zone: Zone, title: string, texts: Texts = {}): Experience {
	const sources = [{ set: 'ticket-routing', problem: 'p31' }];
	const { when = '', strategy = '', patterns = [], domains = [], ...marks } = texts;
	return blankExperience(id, {
		...{ zone, title, domains, ...marks },
		when: { text: when, sources },
		strategy: { text: strategy, sources },
		patterns: patterns.map(([rule, example], at) => ({ id: `p${at}`, rule, examples: [example], sources })),
		cases: [
			{
				id: 'c1',
				question: 'Find the largest positive integer $n$ such that $n + 10$ divides $n^3 + 100$.',
				answer: '890',
				solution:
					'n³ + 100 ≡ −900 (mod n + 10)\n<comments>The step that turned the failed attempt around: a constant remainder.</comments>\nn + 10 | 900, the largest is n = 890',
				outcome: 'correct',
				sources,
			},
		],
		origin: { set: 'ticket-routing', run: '01JDEMO0000000000000000000', model: 'embedded:smollm2-135m' },
		createdAt: '2026-05-12T09:00:00.000Z',
		updatedAt: '2026-05-12T09:00:00.000Z',
	});
}

/** Many experiences over the words of a real problem set. */
export function largeLibrary(size: number): StagedLibrary {
	const file = join(import.meta.dirname, '../../examples/company-conventions/train.jsonl');
	const questions = readFileSync(file, 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line): string => JSON.parse(line).question);
	const zones: readonly Zone[] = ['golden', 'warning', 'mixed'];
	const experiences = Array.from({ length: size }, (_, at) => {
		const question = questions[at % questions.length] ?? '';
		const other = questions[(at * 7 + 3) % questions.length] ?? '';
		return made(`e${at}`, zones[at % 3] ?? 'golden', `Case ${at}: ${question.slice(0, 60)}`, {
			when: question,
			strategy: `${other} Then decide as in case ${at % 97}.`,
			domains: [`domain ${at % 23}`],
		});
	});
	return { experiences };
}

/** Texts that want to be more than text, in every field that a person or a model can write. */
export function hostileLibrary(): StagedLibrary {
	const texts = [
		'<img src="https://evil.example/x.png" onerror="window.stolen = 1">',
		'[click](javascript:window.stolen=1) <a href="https://evil.example">here</a>',
		'</script><script>window.stolen = 1</script>',
		'\u202Eesrever\u202C \u0000\u0007 \u001b[31mred\u001b[0m \u2066isolate',
		'x'.repeat(200_000),
		'$\\href{javascript:window.stolen=1}{x}$ $\\includegraphics{https://evil.example/x.png}$ $\\htmlData{a=b}{x}$',
	];
	const experiences = texts.map((text, at) => {
		const one = made(`h${at}`, 'warning', text.slice(0, 400), {
			when: text,
			strategy: text,
			domains: [text.slice(0, 90)],
		});
		const item = { ...(one.cases[0] ?? never()), question: text, answer: text, solution: text };
		return { ...one, patterns: [{ id: 'p', rule: text, examples: [text], sources: [] }], cases: [item] };
	});
	return { experiences };
}

function never(): never {
	throw new Error('An experience of the stage has a case.');
}
