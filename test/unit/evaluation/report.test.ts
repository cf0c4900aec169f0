import { describe, expect, it } from 'vitest';
import { armResults, claimOf, inWords, pairResults, reportInWords } from '../../../src/core/evaluation/report.js';
import { reportMarkdown } from '../../../src/core/evaluation/reportMarkdown.js';
import { mcnemarExact, newcombePaired, wilson } from '../../../src/core/evaluation/statistics.js';
import { seededRandom } from '../../../src/core/random.js';
import { answers, reportOf, sample } from './reports.js';

const right = (n: number) => '1'.repeat(n);
const wrong = (n: number) => '0'.repeat(n);

describe('an arm', () => {
	it('has its share with the interval, and its tokens, time and cost in all', () => {
		const [arm] = armResults(answers('llm', '1100'), () => 0.25);
		expect(arm).toEqual({
			arm: 'llm',
			n: 4,
			solved: 2,
			accuracy: 0.5,
			ci95: wilson(2, 4),
			bySeed: [{ seed: 1, accuracy: 0.5 }],
			tokensIn: 400,
			tokensOut: 8,
			seconds: 2,
			cost: 1,
		});
	});

	it('with several seeds has the mean over them, and each by itself', () => {
		const [arm] = armResults([...answers('flex', '1111', 1), ...answers('flex', '1100', 2)], () => 0);
		expect(arm).toMatchObject({ n: 4, solved: 3, accuracy: 0.75 });
		expect(arm?.bySeed).toEqual([
			{ seed: 1, accuracy: 1 },
			{ seed: 2, accuracy: 0.5 },
		]);
	});

	it('that solves everything with every seed still has an interval', () => {
		const [arm] = armResults([...answers('flex', '1111', 1), ...answers('flex', '1111', 2)], () => 0);
		expect(arm?.ci95).toEqual(wilson(4, 4));
	});

	it('has no cost where the price of one answer is unknown', () => {
		const [arm] = armResults(answers('llm', '11'), ({ problem }) => (problem === 'p1' ? null : 1));
		expect(arm?.cost).toBeNull();
	});

	it('counts an attempt without an answer as not solved', () => {
		const [arm] = armResults([sample('llm', 'p', false, { verdict: 'invalid', answer: undefined })], () => 0);
		expect(arm?.solved).toBe(0);
	});
});

describe('a claim', () => {
	it.each([
		[0.01, [0.02, 0.3], 'improved'],
		[0.01, [-0.3, -0.02], 'worse'],
		[0.05, [0.02, 0.3], 'no evidence'],
		[0.2, [-0.3, -0.02], 'no evidence'],
		[0.01, [-0.01, 0.3], 'no evidence'],
		[0.01, [0, 0.3], 'no evidence'],
	] as const)('with an adjusted p of %f and an interval of %j is "%s"', (p, interval, expected) => {
		expect(claimOf(p, interval)).toBe(expected);
	});
});

describe('flex against another arm', () => {
	it('with one answer a problem is tested with McNemar and Newcombe', () => {
		const samples = [
			...answers('flex', right(20) + right(12) + wrong(2) + wrong(16)),
			...answers('llm', right(20) + wrong(12) + right(2) + wrong(16)),
		];
		const [pair] = pairResults(samples);
		const counts = { both: 20, onlyA: 12, onlyB: 2, neither: 16 };
		const p = mcnemarExact(counts);
		expect(pair).toEqual({
			a: 'flex',
			b: 'llm',
			onlyA: 12,
			onlyB: 2,
			diff: 0.2,
			ci95: newcombePaired(counts),
			p,
			pHolm: p,
			claim: 'improved',
		});
	});

	it('is worse where it is worse', () => {
		const [pair] = pairResults([...answers('flex', wrong(12) + right(8)), ...answers('llm', right(20))]);
		expect(pair).toMatchObject({ claim: 'worse', diff: -0.6 });
	});

	it('with several seeds is tested over problems, not over answers', () => {
		const [one, many] = [
			['1100', '0000'],
			['1100', '0000'],
		].map(([flex = '', llm = ''], i) => {
			const seeds = i === 0 ? [1] : [1, 2, 3, 4, 5];
			return pairResults(seeds.flatMap((seed) => [...answers('flex', flex, seed), ...answers('llm', llm, seed)]))[0];
		});
		expect(many).toMatchObject({ onlyA: 2, onlyB: 0, diff: 0.5, p: 0.5 });
		expect(many?.p).toBe(one?.p);
	});

	it('pays for every comparison that is made', () => {
		const flex = answers('flex', right(10) + wrong(2) + right(8));
		const other = wrong(10) + right(2) + right(8);
		const alone = pairResults([...flex, ...answers('llm', other)]);
		const among = pairResults([
			...flex,
			...answers('llm', other),
			...answers('icl', right(20)),
			...answers('nearest', other),
		]);
		expect(alone[0]).toMatchObject({ claim: 'improved' });
		expect(alone[0]?.p).toBeCloseTo(0.0386, 4);
		expect(among.find(({ b }) => b === 'llm')).toMatchObject({ p: alone[0]?.p, claim: 'no evidence' });
	});

	it('is compared on the problems that both answered', () => {
		const [pair] = pairResults([...answers('flex', '111'), ...answers('llm', '10')]);
		expect(pair).toMatchObject({ onlyA: 1, onlyB: 0, diff: 0.5 });
	});

	it('is not compared where it did not run', () => {
		expect(pairResults([...answers('llm', '1'), ...answers('icl', '0')])).toEqual([]);
	});

	it.each([
		{ seeds: 1, runs: 2_000 },
		{ seeds: 3, runs: 60 },
	])('is claimed to differ in at most 6 % of $runs runs in which nothing differs ($seeds seeds)', ({ seeds, runs }) => {
		const random = seededRandom(11);
		let claims = 0;
		for (let run = 0; run < runs; run++) {
			const difficulty = Array.from({ length: 60 }, () => random());
			const outcomes = () => difficulty.map((p) => (random() < p ? '1' : '0')).join('');
			const arm = (name: string) => Array.from({ length: seeds }, (_, seed) => answers(name, outcomes(), seed)).flat();
			if (pairResults([...arm('flex'), ...arm('llm')]).some(({ claim }) => claim !== 'no evidence')) claims++;
		}
		// The rate itself where there are enough runs to know it; else no more than chance makes of 5 %.
		if (runs >= 1_000) expect(wilson(claims, runs)[1]).toBeLessThanOrEqual(0.06);
		else expect(wilson(claims, runs)[0]).toBeLessThanOrEqual(0.05);
	});
});

describe('the words of a report', () => {
	const improved = () => [...answers('flex', right(30)), ...answers('llm', wrong(15) + right(15))];

	it('say how much was gained, and how often chance does the same', () => {
		const [first] = reportInWords(reportOf(improved()));
		expect(first).toMatch(/^With experience the model solved 50 points more than the model alone \[\d+, \d+\]\./u);
		expect(first).toContain('a gap this large would appear in fewer than 1 of 2,000 such tests.');
	});

	it('say that it was worse where it was', () => {
		const report = reportOf([...answers('flex', wrong(15) + right(15)), ...answers('llm', right(30))]);
		expect(reportInWords(report)[0]).toContain('50 points fewer than the model alone');
	});

	it('say which gaps could have shown where there is no evidence', () => {
		const words = (times: number) =>
			reportInWords(reportOf([...answers('flex', '1101'.repeat(times)), ...answers('llm', '1011'.repeat(times))]))[0];
		expect(words(10)).toMatch(/difference of ±0 points .* could be chance; .* only gaps of about \d+ points/u);
		expect(words(1)).toMatch(/could be chance; so few problems can’t show any difference\.$/u);
	});

	it('begin with the model alone, whatever the order of the arms', () => {
		const report = reportOf([...answers('majority', '10'), ...answers('nearest', '10'), ...improved()]);
		expect(reportInWords(report)[0]).toContain('the model alone');
	});

	it.each([
		['below', '1100', '1110', true],
		['level with', '1100', '0011', true],
		['above', '1110', '1100', false],
	])('say so where experience is %s a plain look-up', (_, flex, nearest, said) => {
		const words = reportInWords(reportOf([...answers('flex', flex), ...answers('nearest', nearest)])).join(' ');
		expect(words.includes('not above a plain look-up of the closest train question')).toBe(said);
	});

	it('say that there is one seed, and only then', () => {
		const one = reportInWords(reportOf(improved()));
		expect(one.at(-1)).toBe('This is one training seed; another one may give other figures.');
		const two = reportOf([...improved(), ...answers('flex', right(30), 2), ...answers('llm', right(30), 2)]);
		expect(reportInWords(two).join(' ')).not.toContain('one training seed');
	});

	it('name an arm that has no words of its own', () => {
		const [pair] = pairResults([...answers('flex', '1'), ...answers('mine', '1')]);
		expect(pair && inWords(pair, { smallestGap: 1 })).toContain('Against mine ');
	});
});

describe('the report as Markdown', () => {
	it('has the sentences, a row for every arm and pair, and what it was measured with', () => {
		const report = reportOf([...answers('flex', '1110'), ...answers('llm', '1000'), ...answers('icl', '1100')]);
		const text = reportMarkdown(report);
		expect(text).toContain('# routing, dev, n = 4');
		for (const sentence of reportInWords(report)) expect(text).toContain(`- ${sentence}`);
		expect(text).toContain('| flex | 3 / 4 | 75.0 % |');
		expect(text).toMatch(/^\| flex – icl \| 1 \| 0 \| 25\.0 \|.*no evidence \|$/mu);
		for (const fact of ['small.gguf', 'training seeds 1', `sha256 ${report.set.sha256}`]) expect(text).toContain(fact);
	});
});
