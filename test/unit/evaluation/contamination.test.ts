import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintLibrary } from '../../../src/core/evaluation/contamination.js';
import { lintInWords } from '../../../src/core/evaluation/reportLint.js';
import { harnessWordsIn } from '../../../src/core/learning/harnessWords.js';
import { readReferenceJson } from '../../../src/library/exchange/referenceJson.js';
import { experience, pattern, rule, solvedCase } from '../../builders/experiences.js';
import { problem } from '../../builders/problems.js';

const eggs = problem(
	'gsm-egg-0001',
	"Janet's ducks lay 16 eggs per day and she eats three for breakfast every single morning; how much does she make?",
	'1847',
);
const run = 'she eats three for breakfast every single morning';

describe('an answer leak', () => {
	it('is an answer together with a run of eight words of its question', () => {
		const { findings, counts, experiences } = lintLibrary(
			[rule('a', 'Eggs are sold', `As ${run}, it is 1,847.`)],
			[eggs],
		);
		expect(findings).toEqual([
			{
				code: 'answer-leak',
				experience: 'a',
				part: 'strategy',
				excerpt: expect.stringContaining('breakfast'),
				problem: 'gsm-egg-0001',
			},
		]);
		expect([counts['answer-leak'], experiences['answer-leak']]).toEqual([1, 1]);
	});

	it('is told with how many experiences hold one, of how many', () => {
		const lint = lintLibrary(
			[rule('a', 'Eggs are sold', `As ${run}, it is 1,847.`), rule('b', 'Milk', 'Ask.')],
			[eggs],
		);
		expect(lintInWords(lint)[0]).toMatch(/^1 answer leak in 1 of 2 experiences .*0 parts of 0 of 2 experiences\.$/u);
	});

	it('is an answer together with the id of its problem', () => {
		expect(lintLibrary([rule('a', 'gsm-egg-0001', 'Do it.')], [eggs]).findings).toEqual([]);
		expect(lintLibrary([rule('a', '', 'In gsm-egg-0001 say 1847.')], [eggs]).counts['answer-leak']).toBe(1);
	});

	it('may stand in a pattern or its examples, each counted', () => {
		const leaking = experience('a', {
			patterns: [pattern(`If ${run}: 1847`), pattern('Multiply', { examples: [`${run} → 1847`] }), pattern('Add')],
		});
		expect(lintLibrary([leaking], [eggs])).toMatchObject({
			counts: { 'answer-leak': 2 },
			experiences: { 'answer-leak': 1 },
		});
	});

	it.each([
		['the answer stands without text that identifies the problem', 'The value 1847 is common.'],
		['the question stands without its answer', `Note that ${run}.`],
		['only seven words of the question stand there', 'she eats three for breakfast every single: 1847'],
		['the number is part of a longer one', `${run} 21847 or 1847.5`],
	])('is not found where %s', (_, text) => {
		expect(lintLibrary([rule('a', '', text)], [eggs]).findings).toEqual([]);
	});

	it('is not found where the answer stands in the question already', () => {
		const told = problem('told-0001', `${eggs.question} It is 1847 or 12.`, '1847');
		expect(lintLibrary([rule('a', '', `${run}: 1847`)], [told]).findings).toEqual([]);
	});

	it('is not looked for in cases, which may hold worked answers', () => {
		const worked = experience('a', { cases: [solvedCase(eggs.question, '1847', { solution: '16 eggs, so 1847.' })] });
		expect(lintLibrary([worked], [eggs]).findings).toEqual([]);
	});

	it('does not exist in a closed set of labels', () => {
		const team = problem('team-0001', eggs.question, 'North');
		const lesson = [rule('a', '', `${run}: North`)];
		expect(lintLibrary(lesson, [team]).counts['answer-leak']).toBe(1);
		expect(lintLibrary(lesson, [team], { answerSpace: ['North', 'South'] }).findings).toEqual([]);
	});

	it('has its chance rate beside it: the same test with problems nobody trained on', () => {
		const lessons = [rule('a', '', `${run}: 1847`), rule('b', '', 'Add.')];
		expect(lintLibrary(lessons, [], { neverTrained: [eggs] })).toMatchObject({ findings: [], chanceRate: 0.5 });
		expect(lintLibrary([], [eggs]).chanceRate).toBe(0);
	});
});

describe('words of the harness', () => {
	it.each([
		'Compare with the ground truth.',
		'the GROUND-TRUTH value',
		'The verifier says no.',
		'until both\nverifiers agree',
		'the expected   answer is larger',
		'as the answer_key shows',
		'It disagrees with the reference answer.',
	])('are found in "%s"', (text) => {
		expect(harnessWordsIn(text, '')).toHaveLength(1);
		expect(lintLibrary([rule('a', '', text)], []).counts['harness-words']).toBe(1);
	});

	it.each(['Verify each step.', 'True enough; the ground is wet.', 'Answer with what is expected.', 'an undergrader'])(
		'are not found in "%s"',
		(text) => {
			expect(harnessWordsIn(text, '')).toEqual([]);
		},
	);

	it('that the question itself uses are its own', () => {
		expect(harnessWordsIn('Ask the verifier.', 'A verifier checks tickets. Who?')).toEqual([]);
		const own = experience('a', {
			cases: [solvedCase('Who is the verifier?', 'Ann', { solution: 'The verifier is Ann.' })],
		});
		expect(lintLibrary([own], []).findings).toEqual([]);
	});

	it('are found in the solutions of cases too, with the text around them', () => {
		const item = solvedCase('q', 'a', { solution: `${'word '.repeat(60)}then the verifier said so.` });
		const { findings } = lintLibrary([experience('a', { cases: [item] })], []);
		expect(findings).toMatchObject([{ code: 'harness-words', part: item.id }]);
		expect(findings[0]?.excerpt).toMatch(/^….*verifier/u);
	});
});

const folder = process.env.FLEX_DATASETS;

describe.skipIf(folder === undefined)('the published libraries (FLEX_DATASETS)', () => {
	// Two of the five of retro_gemini say "verifier" or "ground-truth" without saying "ground truth".
	it.each([
		['retro_claude', 1, 1],
		['retro_gemini', 5, 5],
	])('%s holds words of the harness in %i of its %i entries', (name, found, entries) => {
		const { library } = JSON.parse(readFileSync(join(folder ?? '', 'flex-libraries', `${name}.json`), 'utf8'));
		const texts = Object.values(library)
			.flat()
			.map((entry) => JSON.stringify(entry));
		expect(texts).toHaveLength(entries);
		expect(texts.filter((text) => harnessWordsIn(text, '').length > 0)).toHaveLength(found);
	});

	it.each([
		['retro_claude', 1, 1],
		['retro_gemini', 3, 5],
	])('%s says "ground truth" in %i of its %i entries', (name, found, entries) => {
		const { library } = JSON.parse(readFileSync(join(folder ?? '', 'flex-libraries', `${name}.json`), 'utf8'));
		const texts = Object.values(library)
			.flat()
			.map((entry) => JSON.stringify(entry));
		expect([texts.filter((text) => /ground truth/iu.test(text)).length, texts.length]).toEqual([found, entries]);
	});

	it.each([
		['retro_claude', 1, 1],
		['retro_gemini', 5, 5],
	])('%s is counted by published entry (%i of %i) though import cuts entries into parts', (name, found, entries) => {
		const text = readFileSync(join(folder ?? '', 'flex-libraries', `${name}.json`), 'utf8');
		const file = `${name}.json`;
		const { experiences } = readReferenceJson(text, { name: file, at: '2026-01-01T00:00:00.000Z' });
		const [origin] = lintLibrary(experiences, []).origins ?? [];
		expect(origin).toMatchObject({ imported: file, entries, experiences: experiences.length });
		expect(experiences.length).toBeGreaterThan(entries);
		expect(origin?.entriesWith['harness-words']).toBe(found);
		expect(origin?.experiencesWith['harness-words']).toBeGreaterThanOrEqual(found);
	});
});
