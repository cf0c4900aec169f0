/** Several answers to each problem: their mean, the majority's vote, and what can be claimed of them. */
import { describe, expect, it } from 'vitest';
import { roomInWords } from '../../../src/core/evaluation/gainRoom.js';
import { MajorityVote } from '../../../src/core/evaluation/majorityVote.js';
import { answersOf, armResults, pairResults } from '../../../src/core/evaluation/report.js';
import { permutationTest } from '../../../src/core/evaluation/statistics.js';
import type { SampleRecord } from '../../../src/core/learning/runLog.js';
import { taskKind } from '../../../src/core/tasks/registry.js';
import { problem, problemSet } from '../../builders/problems.js';
import { answers, sample } from './reports.js';

/** One arm's samples of p0, p1, …: a string a problem, a character a sample; "1" is right, "0" wrong. */
function sampled(arm: string, problems: readonly string[], seed = 1): readonly SampleRecord[] {
	return problems.flatMap((outcomes, index) =>
		[...outcomes].map((outcome, number) => sample(arm, `p${index}`, outcome === '1', { seed, sample: number })),
	);
}

describe('the majority vote', () => {
	const vote = (...given: readonly (readonly [answer: string | undefined, right: boolean, number: number])[]) => {
		const majority = new MajorityVote();
		for (const [answer, right, number] of given) {
			majority.add({ answer, verdict: right ? 'correct' : 'incorrect', sample: number });
		}
		return majority.isRight;
	};

	it('is the answer that was given most often; where nothing else is known, white space alone does not count', () => {
		expect(vote(['West', false, 0], ['the  North', true, 1], [' the North ', true, 2])).toBe(true);
		expect(vote(['C1CCCCC1', true, 0], ['c1ccccc1', false, 1], ['C1CCCCC1', true, 2], ['CC', false, 3])).toBe(true);
	});

	it.each([
		['choice', 'North', ['West', 'north', '(North)']],
		['exact', 'Paris', ['Rome', 'paris', '"Paris."']],
		['math', '1/2', ['2', '0.5', '\\frac{2}{4}']],
		['math', 'x + 1', ['x', 'x+1', 'x + 1']],
	])('of the kind %s counts %s as one answer, however it is written', async (name, expected, given) => {
		const kind = taskKind(name);
		const one = problem('p', 'Which?', expected);
		const majority = new MajorityVote();
		const set = problemSet([one], { kind: name });
		for (const [number, answer] of given.entries()) {
			const grade = await kind.grade(one, { text: answer, answer }, set, {}, new AbortController().signal);
			majority.add({ answer, canonical: grade.canonical, verdict: grade.verdict, sample: number });
		}
		expect(majority.isRight).toBe(true);
	});

	it('in a tie is the answer that was given first, whichever came back first', () => {
		expect(vote(['North', true, 1], ['West', false, 0])).toBe(false);
		expect(vote(['West', false, 1], ['North', true, 0])).toBe(true);
	});

	it('leaves out samples without an answer, and is wrong where there is none', () => {
		expect(vote([undefined, false, 0], [undefined, false, 1], ['North', true, 2])).toBe(true);
		expect(vote([undefined, false, 0])).toBe(false);
	});
});

describe('an arm with several samples a problem', () => {
	it('has solved a whole number where it is one: 29 of 50, not 28.999…', () => {
		const [arm] = armResults(answers('flex', `${'1'.repeat(29)}${'0'.repeat(21)}`), () => 0);
		expect(arm?.solved).toBe(29);
	});

	it('has their mean as accuracy, and the majority beside it', () => {
		const [arm] = armResults(sampled('flex', ['110', '100', '111', '000']), () => 0);
		expect(arm).toMatchObject({ n: 4, samples: 3, accuracy: 0.5, solved: 2 });
		expect(arm?.majority).toMatchObject({ solved: 2, accuracy: 0.5 });
		expect(arm && answersOf(arm)).toBe(12);
	});

	it('of several seeds has a vote with each', () => {
		const [arm] = armResults([...sampled('flex', ['110']), ...sampled('flex', ['100'], 2)], () => 0);
		expect(arm?.majority?.accuracy).toBe(0.5);
	});

	it('and one with a single answer say nothing of a majority', () => {
		const [arm] = armResults(answers('nearest', '10'), () => 0);
		expect(arm).not.toHaveProperty('majority');
		expect(arm).not.toHaveProperty('samples');
	});

	it('is compared by the permutation test over problems, on the mean of each', () => {
		const flex = ['11', '11', '10', '11', '11', '10', '11', '11'];
		const llm = ['00', '10', '00', '00', '00', '00', '10', '00'];
		const [pair] = pairResults([...sampled('flex', flex), ...sampled('llm', llm)]);
		const share = (outcomes: string) => [...outcomes].filter((outcome) => outcome === '1').length / outcomes.length;
		const differences = flex.map((own, index) => share(own) - share(llm[index] ?? ''));
		expect(pair).toMatchObject({ onlyA: 8, onlyB: 0, p: permutationTest(differences, 1), claim: 'improved' });
	});
});

describe('room for a gain', () => {
	const arms = (llm: number, flex: number) =>
		[
			['llm', llm],
			['flex', flex],
		].map(([arm, accuracy]) => ({
			arm: String(arm),
			accuracy: Number(accuracy),
			solved: Number(accuracy) * 100,
			n: 100,
		}));

	it.each([
		['under a tenth', 0.03, 0.05, /3 and 5 of 100, both under 10 %: these problems are beyond it/u],
		['nearly everything', 0.97, 0.99, /97 and 99 of 100, both over 95 %: it hardly needs experience/u],
	])('is denied where both solve %s', (_, llm, flex, words) => {
		expect(roomInWords(arms(llm, flex))).toEqual([expect.stringMatching(words)]);
	});

	it('is not mentioned where one of the two leaves the floor, or was not asked', () => {
		expect(roomInWords(arms(0.05, 0.2))).toEqual([]);
		expect(roomInWords(arms(0.05, 0.05).slice(0, 1))).toEqual([]);
	});
});
