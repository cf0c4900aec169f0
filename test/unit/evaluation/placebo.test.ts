/** The placebo has the form of experience, answers as they stand in train, and nothing to do with the problem. */
import { describe, expect, it } from 'vitest';
import { placeboFor } from '../../../src/core/evaluation/placebo.js';
import { placeboQuestions } from '../../../src/core/evaluation/placeboTexts.js';
import type { RenderedExperience, RenderingOptions } from '../../../src/core/experience/rendering.js';
import type { Problem } from '../../../src/core/tasks/task.js';
import { problem, problemSet } from '../../builders/problems.js';

const rendering: RenderingOptions = {
	style: 'both',
	budgetTokens: 2000,
	prefixTokens: 0,
	leadingCases: 0,
	named: false,
};

const real: RenderedExperience = {
	rules: 'What experience has taught:\n- Sums: add up.',
	turns: ['one', 'two'].flatMap((text) => [
		{ role: 'user' as const, content: `Question ${text}? ${'It has many words. '.repeat(20)}` },
		{ role: 'assistant' as const, content: 'Answer: 1' },
	]),
	leadingTurns: 0,
	ids: ['a'],
	ruleCount: 1,
	named: false,
	tokens: 40,
};

function placebo(kind: string, train: readonly Problem[]): RenderedExperience {
	const set = problemSet(train, { kind, answerSpace: undefined });
	return placeboFor(real, 'p9', { set, train }, { seed: 1, rendering });
}

const said = ({ turns }: RenderedExperience, role: string) =>
	turns.filter((turn) => turn.role === role).map(({ content }) => content);

describe('the placebo', () => {
	it('has as many turns and rules, about everyday things, with answers of train', () => {
		const given = placebo('math', [problem('p1', 'Six times seven?', '42')]);
		expect(said(given, 'user')).toHaveLength(2);
		for (const question of said(given, 'user')) expect(placeboQuestions).toContain(question);
		expect(said(given, 'assistant')).toEqual(['Answer: 42', 'Answer: 42']);
		expect([given.ruleCount, given.rules]).toEqual([1, expect.stringContaining('42')]);
	});

	it('shows whole functions where answers go on from their question', () => {
		const open = problem('p1', '/* The double. */\nfunction double(x) {\n', '  return 2 * x; // $& $1\n}');
		const given = placebo('code', [open]);
		const whole = '```js\nfunction double(x) {\n  return 2 * x; // $& $1\n}\n```';
		expect(said(given, 'assistant')).toEqual([whole, whole]);
		expect(given.rules).toContain('the usual way');
		expect(given.rules).not.toContain('return');
	});

	it('is the same each time for a problem, and another one for another', () => {
		const train = ['1', '2', '3', '4'].map((answer) => problem(`p${answer}`, `Which ${answer}?`, answer));
		const set = problemSet(train, { kind: 'math', answerSpace: undefined });
		const of = (id: string) => placeboFor(real, id, { set, train }, { seed: 1, rendering }).turns;
		expect(of('p9')).toEqual(of('p9'));
		expect(of('p9')).not.toEqual(of('p8'));
	});
});
