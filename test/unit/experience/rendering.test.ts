import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import { type RenderingOptions, renderExperience } from '../../../src/core/experience/rendering.js';
import type { SearchHit } from '../../../src/core/experience/store.js';
import { pattern, rule, solvedCase } from '../../builders/experiences.js';

const options: RenderingOptions = {
	style: 'both',
	budgetTokens: 400,
	prefixTokens: 200,
	leadingCases: 0,
	named: false,
};
const bare = (item: { answer: string }) => item.answer;

function hit(experience: Experience): SearchHit {
	return {
		experience,
		score: 1,
		match: 1,
		terms: [],
		patterns: experience.patterns.map((part) => part.id),
		cases: experience.cases.map((part) => part.id),
		strategy: true,
	};
}

const refund = rule('a', 'someone, about a refund', 'North', { cases: [solvedCase('I want my money back.', 'North')] });
const invoice = rule('b', 'a company, about an invoice', 'South', {
	cases: [solvedCase('Our invoice is late.', 'South')],
});
const label = rule('c', 'someone, about a return label', 'North', { cases: [solvedCase('Send me a label.', 'North')] });

describe('rules stand in the system part', () => {
	it('by their ids, where the model is to name what it uses', () => {
		const { rules, turns } = renderExperience([refund], [hit(invoice)], { ...options, cited: true }, bare);
		expect(rules.split('\n')).toEqual([
			'What experience has taught, by ids in brackets; name the ids of what you use:',
			'- [a] someone, about a refund: North',
			'- [b] a company, about an invoice: South',
		]);
		expect(turns).toEqual(renderExperience([refund], [hit(invoice)], options, bare).turns);
	});

	it('those that lead first, rules with the same advice side by side, then what was retrieved', () => {
		const { rules } = renderExperience([refund, invoice, label], [], options, bare);
		expect(rules.split('\n').slice(1)).toEqual([
			'- someone, about a refund: North',
			'- someone, about a return label: North',
			'- a company, about an invoice: South',
		]);
	});

	it('each once, however often it is retrieved', () => {
		expect(renderExperience([refund], [hit(refund)], options, bare).ruleCount).toBe(1);
	});

	it('with the patterns under their strategy, and an example', () => {
		const sums = rule('d', 'sums of digits', 'Work modulo 9.', {
			patterns: [pattern('A number and its digit sum agree modulo 9.', { examples: ['47 → 11 → 2'] })],
		});
		expect(renderExperience([sums], [], options, bare).rules).toContain(
			'\n  - A number and its digit sum agree modulo 9. (e.g. 47 → 11 → 2)',
		);
	});

	it('within the budget: what does not fit is left out whole', () => {
		const many = Array.from({ length: 100 }, (_, index) =>
			rule(`r${index}`, `someone, about matter number ${index}`, 'North'),
		);
		const { rules, tokens } = renderExperience(many, [], { ...options, prefixTokens: 120 }, bare);
		expect(tokens).toBeLessThanOrEqual(120);
		expect(
			rules
				.split('\n')
				.slice(1)
				.every((line) => line.endsWith(': North')),
		).toBe(true);
	});
});

describe('cases stand as turns', () => {
	it('with the best one last', () => {
		const { turns } = renderExperience([], [hit(refund), hit(invoice)], { ...options, style: 'turns' }, bare);
		expect(turns.map((turn) => turn.content)).toEqual([
			'Our invoice is late.',
			'South',
			'I want my money back.',
			'North',
		]);
	});

	it('leading ones first, each with another answer', () => {
		const { turns, leadingTurns } = renderExperience(
			[refund, label, invoice],
			[hit(label)],
			{ ...options, leadingCases: 2 },
			bare,
		);
		expect(leadingTurns).toBe(2);
		expect(turns.filter((turn) => turn.role === 'user').map((turn) => turn.content)).toEqual([
			'Our invoice is late.',
			'I want my money back.',
			'Send me a label.',
		]);
	});

	it('with the kind of case before the answer where it is to be named', () => {
		const { turns, named } = renderExperience([], [hit(refund)], { ...options, named: true }, bare);
		expect(turns.at(-1)?.content).toBe('someone, about a refund: North');
		expect(named).toBe(true);
	});

	it('and nothing is named where no case shows how', () => {
		expect(renderExperience([], [], { ...options, named: true }, bare).named).toBe(false);
	});
});

it('an empty library renders to nothing', () => {
	expect(renderExperience([], [], options, bare)).toMatchObject({ rules: '', turns: [], ids: [], tokens: 0 });
});
