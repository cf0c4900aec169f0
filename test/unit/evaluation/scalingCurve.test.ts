import { describe, expect, it } from 'vitest';
import { sizeOf, sliceLibrary } from '../../../src/core/evaluation/librarySlice.js';
import {
	type CurveReport,
	type CurveSize,
	curveArm,
	curveInWords,
	curveMarkdown,
	scalingCurve,
} from '../../../src/core/evaluation/scalingCurve.js';
import { curveHtml } from '../../../src/core/evaluation/scalingCurveHtml.js';
import { mcnemarExact, smallestGap, wilson } from '../../../src/core/evaluation/statistics.js';
import type { Experience, Source } from '../../../src/core/experience/experience.js';
import { hashSeed, seededRandom } from '../../../src/core/random.js';
import { experience, pattern, rule, solvedCase } from '../../builders/experiences.js';
import { answers, reportOf } from './reports.js';

const by = (...problems: readonly string[]): readonly Source[] =>
	problems.map((problem) => ({ set: 'routing', problem }));
const text = (words: string, sources: readonly Source[]) => ({ text: words, sources });

describe('a slice of a library', () => {
	const mixed = experience('mixed', {
		title: 'A late parcel',
		when: text('a late parcel', by('p1')),
		strategy: text('North', by('p1')),
		patterns: [pattern('Ask for the number.', { sources: by('p1') }), pattern('Say sorry.', { sources: by('p3') })],
		cases: [
			solvedCase('Where is it?', 'North', { sources: by('p1') }),
			solvedCase('Still not here!', 'North', { sources: by('p2') }),
			solvedCase('Both of us wait.', 'North', { sources: by('p1', 'p3') }),
		],
	});

	it('keeps the parts whose sources all lie within what was learned', () => {
		const [slice] = sliceLibrary([[mixed]], by('p1', 'p2'));
		expect(slice?.strategy.text).toBe('North');
		expect(slice?.patterns.map((part) => part.rule)).toEqual(['Ask for the number.']);
		expect(slice?.cases.map((part) => part.question)).toEqual(['Where is it?', 'Still not here!']);
	});

	it('shows no strategy whose condition was learned later, and takes its title from what is left', () => {
		const [slice] = sliceLibrary([[{ ...mixed, when: text('a late parcel', by('p3')) }]], by('p1', 'p2'));
		expect(slice).toMatchObject({ title: 'Where is it?', when: { text: '' }, strategy: { text: '' } });
		expect(slice?.cases).toHaveLength(2);
	});

	it('is the same experience where all of it was learned', () => {
		expect(sliceLibrary([[mixed]], by('p1', 'p2', 'p3'))).toEqual([mixed]);
	});

	it('has no experience of which nothing is left', () => {
		expect(sliceLibrary([[mixed], [rule('p9', 'a refund', 'South')]], by('p4'))).toEqual([]);
	});

	it('takes a part that a later problem was merged into as it was before', () => {
		const before = rule('p1', 'a parcel', 'North', { title: 'Before' });
		const after: Experience = {
			...before,
			rev: 2,
			title: 'After',
			when: text('a parcel or a letter', by('p1', 'p2')),
			strategy: text('North, always', by('p1', 'p2')),
		};
		expect(sliceLibrary([[before, after]], by('p1'))).toMatchObject([
			{ title: 'Before', when: { text: 'a parcel' }, strategy: { text: 'North' } },
		]);
		expect(sliceLibrary([[before, after]], by('p1', 'p2'))).toEqual([after]);
	});

	it('leaves out what nobody known has taught, and what another set did', () => {
		const written = experience('hand', { strategy: text('Be kind.', []) });
		const other = experience('other', { strategy: text('Be quick.', [{ set: 'sorting', problem: 'p1' }]) });
		expect(sliceLibrary([[written], [other]], by('p1'))).toEqual([]);
	});

	it('never restores a part that is gone from the library today', () => {
		const before = { ...mixed, patterns: [pattern('Wrong.', { sources: by('p1') })] };
		const [slice] = sliceLibrary([[before, { ...mixed, rev: 2 }]], by('p1'));
		expect(slice?.patterns.map((part) => part.rule)).toEqual(['Ask for the number.']);
	});

	it('holds every part of each smaller slice', () => {
		const library = [[mixed], [rule('p2', 'a refund', 'South')], [rule('p4', 'a bike', 'North')]];
		const order = ['p3', 'p1', 'p4', 'p2'];
		const parts = (size: number) =>
			sliceLibrary(library, by(...order.slice(0, size))).flatMap(({ id, strategy, patterns, cases }) => [
				...(strategy.text === '' ? [] : [`${id} strategy`]),
				...[...patterns, ...cases].map((part) => `${id} ${part.id}`),
			]);
		for (const size of [1, 2, 3, 4]) expect(parts(size)).toEqual(expect.arrayContaining(parts(size - 1)));
		expect(parts(4).length).toBeGreaterThan(parts(1).length);
	});

	it('is counted in experiences, patterns and cases', () => {
		expect(sizeOf([mixed, rule('p2', 'a refund', 'South')])).toEqual({ experiences: 2, patterns: 2, cases: 3 });
	});
});

const size = (problems: number): CurveSize => ({ problems, experiences: problems, patterns: 0, cases: problems });
const sizes = [size(0), size(1), size(3), size(7)];

/** Each text is one size's answers: "1" is right, "0" wrong. */
function curveOf(...outcomes: readonly string[]) {
	const samples = outcomes.flatMap((text, index) => answers(curveArm(sizes[index]?.problems ?? 0), text));
	return scalingCurve(sizes.slice(0, outcomes.length), samples, () => 0.5);
}

describe('a scaling curve', () => {
	const rising = curveOf(
		'0'.repeat(24),
		'1'.repeat(8) + '0'.repeat(16),
		'1'.repeat(16) + '0'.repeat(8),
		'1'.repeat(24),
	);

	it('has a point for each size, with its interval and the mean tokens of a question', () => {
		expect(rising.points.map(({ problems, solved }) => [problems, solved])).toEqual([
			[0, 0],
			[1, 8],
			[3, 16],
			[7, 24],
		]);
		expect(rising.points[1]).toEqual({
			...size(1),
			n: 24,
			solved: 8,
			accuracy: 8 / 24,
			ci95: wilson(8, 24),
			tokensIn: 100,
			tokensOut: 2,
			seconds: 0.5,
			cost: 12,
		});
	});

	it('compares the largest size with none, pair by pair', () => {
		const curve = curveOf('0011', '0011', '1110');
		expect(curve.pair).toMatchObject({ a: 'flex', b: 'llm', onlyA: 2, onlyB: 1, diff: 0.25 });
		expect(curve.pair?.p).toBe(mcnemarExact({ both: 1, onlyA: 2, onlyB: 1, neither: 0 }));
	});

	it('has the slope for each doubling, over all sizes and over those with a library', () => {
		const [all, learned] = curveOf('0000', '0000', '1111').trends;
		expect(all).toMatchObject({ from: 0, slope: 0.5 });
		expect(learned).toMatchObject({ from: 1, slope: 1 });
	});

	it('rises where every size solves more, and is no evidence where nothing changes', () => {
		expect(rising.trends.map(({ claim }) => claim)).toEqual(['improved', 'improved']);
		const flat = curveOf('1010', '1010', '1010', '1010');
		expect(flat.trends).toMatchObject([
			{ slope: 0, p: 1, claim: 'no evidence' },
			{ slope: 0, p: 1, claim: 'no evidence' },
		]);
		expect(flat.pair?.claim).toBe('no evidence');
	});

	it('falls where the library harms', () => {
		const falling = curveOf('1'.repeat(24), '1'.repeat(12) + '0'.repeat(12), '0'.repeat(24));
		expect(falling.trends[0]?.claim).toBe('worse');
	});

	it('adjusts its three tests for each other', () => {
		const { pair, trends } = curveOf('00000011', '00000111', '11111110');
		const smallest = Math.min(pair?.p ?? 1, ...trends.map(({ p }) => p));
		expect(Math.min(pair?.pHolm ?? 1, ...trends.map(({ pHolm }) => pHolm))).toBeCloseTo(Math.min(1, 3 * smallest));
	});

	it('takes the answers of one problem as one', () => {
		// The same problem wrong, then right at every size: one problem, however many sizes.
		const [trend] = curveOf('0', '1', '1', '1').trends;
		expect(trend?.p).toBe(1);
	});

	it('claims a trend in at most 7 % of runs in which the library changes nothing', () => {
		let claimed = 0;
		const runs = 300;
		for (let run = 0; run < runs; run++) {
			// Neighbouring sizes share most answers, as slices that nest do.
			const column = (problem: number, at: number) =>
				Number(seededRandom(hashSeed(run, problem, Math.floor(at / 2)))() > 0.5);
			const rows = sizes.map((_, at) => Array.from({ length: 20 }, (_, problem) => column(problem, at)).join(''));
			if (curveOf(...rows).trends.some(({ claim }) => claim !== 'no evidence')) claimed++;
		}
		expect(claimed / runs).toBeLessThanOrEqual(0.07);
	}, 120_000);
});

function reportWith(more: Partial<CurveReport> = {}): CurveReport {
	const curve = curveOf('0000000000', '1000000000', '1110000000', '1111111111');
	const { createdAt, set, models, versions, settings } = reportOf(answers('flex', '1111111111'));
	return {
		schema: 1,
		kind: 'curve',
		...{
			createdAt,
			set,
			models,
			versions,
			settings,
			smallestGap: smallestGap(10),
			command: 'flex-learn curve routing',
		},
		library: { id: 'lib', experiences: 7, traced: 7 },
		learned: { problems: 7, order: 'training', seed: 0 },
		...curve,
		...more,
	};
}

describe('the report of a curve', () => {
	it('begins with the largest size against the model alone, then says the trends and what a question costs', () => {
		const words = curveInWords(reportWith());
		expect(words[0]).toMatch(/^With experience the model solved 100 points more than the model alone/);
		expect(words[1]).toMatch(/^From no experience to all of it accuracy rises: \+\d/);
		expect(words[3]).toContain('100 tokens with 1 problem learned and 100 with 7: what a question costs does not grow');
		expect(words.at(-1)).toContain('one training seed');
	});

	it('says where prompts grow, which order was taken, and what no size has', () => {
		const { points } = reportWith();
		const grown = points.map((point) => ({ ...point, tokensIn: 100 * (1 + point.problems) }));
		const words = curveInWords(
			reportWith({
				points: grown,
				library: { id: 'lib', experiences: 9, traced: 7 },
				learned: { problems: 7, order: 'seeded', seed: 4 },
			}),
		).join('\n');
		expect(words).toContain('a question costs more');
		expect(words).toContain('random order (seed 4)');
		expect(words).toContain("2 of the library's 9 experiences name no problem");
	});

	it('has a row for each size in Markdown and on the page, and a mark in the chart', () => {
		const report = reportWith();
		const markdown = curveMarkdown(report);
		const html = curveHtml(report);
		expect(markdown).toContain('| 3 | 3 | 0 | 3 | 3 / 10 | 30.0 % |');
		expect(html).toContain('<td class="figure">3 of 10</td>');
		expect(html.match(/<circle /gu)).toHaveLength(4);
		expect(html.match(/<polyline /gu)).toHaveLength(1);
		for (const page of [markdown, html]) expect(page).toContain('flex-learn curve routing');
	});

	it('is a page that holds everything itself', () => {
		const html = curveHtml(reportWith());
		expect(html).not.toMatch(/https?:|<script|<link|<img|url\(/iu);
		expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
		expect(html).not.toContain('NaN');
	});
});
