/** Scores in reports: means over problems, pairs, and the tables that every report shows. */
import { describe, expect, it } from 'vitest';
import { reportMarkdown } from '../../../src/core/evaluation/reportMarkdown.js';
import { reportScores, scoresInWords, scoreTables } from '../../../src/core/evaluation/reportScores.js';
import { answers, reportOf, sample } from './reports.js';

const scored = (arm: string, scores: readonly number[]) =>
	scores.map((score, index) => sample(arm, `p${index}`, score > 0.5, { score }));
const published = [{ name: 'a', over: 'all variants', models: 2, best: { model: 'EVE', score: 0.7 }, median: 0.6 }];

describe('scores', () => {
	it('are there only where answers have some', () => {
		expect(reportScores('ρ', answers('llm', '10'), [])).toBeUndefined();
		expect(reportMarkdown(reportOf(answers('llm', '10')))).not.toContain('ρ');
	});

	it('are means over problems; an answer that can’t be used counts as 0', () => {
		const unusable = sample('llm', 'p2', false, { verdict: 'invalid' });
		const scores = reportScores('ρ', [...scored('llm', [0.6, 0.3]), unusable], []);
		expect(scores?.arms).toMatchObject([{ arm: 'llm', n: 3, invalid: 1 }]);
		expect(scores?.arms[0]?.mean).toBeCloseTo(0.3, 12);
	});

	it('of several seeds are averaged within a problem first', () => {
		const twice = [
			sample('flex', 'p0', true, { seed: 1, score: 0.4 }),
			sample('flex', 'p0', true, { seed: 2, score: 0.8 }),
			sample('flex', 'p1', true, { score: 0 }),
		];
		expect(reportScores('ρ', twice, [])?.arms[0]).toMatchObject({ n: 2, mean: expect.closeTo(0.3, 9) });
	});

	it('of flex are paired with every other arm, problem by problem', () => {
		const flex = scored('flex', [0.5, 0.6, 0.7, 0.8, 0.9, 0.55, 0.65, 0.75]);
		const llm = scored('llm', [0.4, 0.5, 0.6, 0.7, 0.8, 0.45, 0.55, 0.65]);
		const scores = reportScores('ρ', [...llm, ...flex], published);
		expect(scores?.pairs).toMatchObject([{ a: 'flex', b: 'llm', diff: expect.closeTo(0.1, 9) }]);
		expect(scores?.pairs[0]?.p).toBeCloseTo(2 / 256, 9);
		expect(scores && scoresInWords(scores)).toEqual([
			'Mean ρ with experience is 0.681, 0.100 above the model alone [0.100 to 0.100].',
		]);
		expect(scores && scoreTables(scores).map(({ head }) => head[0])).toEqual(['arm', 'pair', 'assay']);
		expect(reportMarkdown(reportOf([...llm, ...flex], { scores }))).toMatch(/\| a \| EVE \| 0\.700 \| 0\.600 \| 2 \|/u);
	});

	it('say it where the difference could be chance', () => {
		const words = (flex: readonly number[]) => {
			const scores = reportScores('ρ', [...scored('llm', [0.5, 0.6]), ...scored('flex', flex)], []);
			return scores && scoresInWords(scores)[0];
		};
		expect(words([0.6, 0.55])).toMatch(/could be chance/u);
		expect(words([0.6, 0.5])).toBe('Mean ρ with experience is 0.550, as for the model alone.');
	});
});
