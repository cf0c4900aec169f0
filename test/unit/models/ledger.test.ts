/** The ledger: sums, unknown prices, caps. */
import { describe, expect, it } from 'vitest';
import { type Budget, BudgetError, Ledger, type Price } from '../../../src/core/models/ledger.js';

const usage = { tokensIn: 1000, tokensOut: 100 };
const dear: Price = { inputPerMillion: 2, outputPerMillion: 10, currency: 'USD' };

function ledgerOf(prices: Record<string, Price> = {}, budget: Budget = {}) {
	const clock = { ms: 0 };
	const ledger = new Ledger({ prices, budget, now: () => clock.ms });
	const pay = (model = 'openai:x/m', role: 'actor' | 'critic' = 'actor') =>
		ledger.start(role, model).finish(usage, 500);
	return { clock, ledger, pay };
}

function budgetErrorOf(work: () => unknown): BudgetError {
	try {
		work();
	} catch (error) {
		if (error instanceof BudgetError) return error;
		throw error;
	}
	throw new Error('The cap did not hold.');
}

describe('what was spent', () => {
	it('is summed by role and in all, with its cost', () => {
		const { ledger, pay } = ledgerOf({ 'openai:x/m': dear });
		pay();
		pay();
		expect(pay('openai:x/m', 'critic')).toBeCloseTo(0.003);
		expect(ledger.byRole().get('actor')).toMatchObject({ calls: 2, tokensIn: 2000, tokensOut: 200, seconds: 1 });
		expect(ledger.total()).toMatchObject({ calls: 3, tokensIn: 3000, currency: 'USD', estimated: false });
		expect(ledger.total().cost).toBeCloseTo(0.009);
	});

	it('has its own row for each role and model', () => {
		const { ledger, pay } = ledgerOf();
		pay('openai:x/m');
		pay('openai:x/n');
		pay('openai:x/m', 'critic');
		expect(ledger.all().map(({ role, model, calls }) => [role, model, calls])).toEqual([
			['actor', 'openai:x/m', 1],
			['actor', 'openai:x/n', 1],
			['critic', 'openai:x/m', 1],
		]);
	});

	it('is of unknown cost, not free, once one paid call had no price', () => {
		const { ledger, pay } = ledgerOf({ 'openai:x/m': dear });
		pay();
		expect(pay('openai:x/unpriced')).toBeNull();
		expect(ledger.total().cost).toBeNull();
	});

	it('is of unknown cost where prices have several currencies', () => {
		const { ledger, pay } = ledgerOf({ a: dear, b: { ...dear, currency: 'EUR' } });
		pay('a');
		pay('b');
		expect(ledger.total().cost).toBeNull();
	});

	it('does not grow by answers from the cache, which are only counted', () => {
		const { ledger } = ledgerOf({}, { calls: 1 });
		for (let n = 0; n < 5; n++) ledger.addCached('actor', 'openai:x/m');
		ledger.check('openai:x/m');
		expect(ledger.total()).toMatchObject({ calls: 0, cached: 5, tokensIn: 0, cost: 0 });
	});

	it('says when token counts are estimates', () => {
		const { ledger } = ledgerOf();
		ledger.start('actor', 'm').finish({ ...usage, estimated: true }, 1);
		expect(ledger.total().estimated).toBe(true);
	});
});

describe('a cap', () => {
	it('on calls holds for calls that are still under way', () => {
		const { ledger } = ledgerOf({}, { calls: 2 });
		const first = ledger.start('actor', 'm');
		ledger.start('actor', 'm');
		const error = budgetErrorOf(() => ledger.start('actor', 'm'));
		expect(error).toMatchObject({ unit: 'calls', used: 2, limit: 2 });
		expect(error.message).toContain('budget.calls');
		first.abandon();
		first.abandon();
		ledger.start('actor', 'm');
		expect(() => ledger.check('m')).toThrow(BudgetError);
	});

	it('on tokens stops the call after the one that reached it', () => {
		const { ledger, pay } = ledgerOf({}, { tokens: 1500 });
		pay();
		pay();
		expect(budgetErrorOf(() => ledger.check('m'))).toMatchObject({ unit: 'tokens', used: 2200, limit: 1500 });
	});

	it('on minutes counts from the beginning', () => {
		const { ledger, clock } = ledgerOf({}, { minutes: 2 });
		clock.ms = 119_999;
		ledger.check('m');
		clock.ms = 120_000;
		expect(budgetErrorOf(() => ledger.check('m'))).toMatchObject({ unit: 'minutes', used: 2 });
	});

	it('on cost holds where prices are known', () => {
		const { ledger, pay } = ledgerOf({ m: dear }, { cost: 0.005 });
		pay('m');
		pay('m');
		expect(budgetErrorOf(() => ledger.check('m')).unit).toBe('cost');
	});

	it("on cost that can't be held is told before the first call, and asks nothing of models that nobody bills", () => {
		const { ledger, pay } = ledgerOf({}, { cost: 1 });
		expect(budgetErrorOf(() => ledger.check('openai:x/m'))).toMatchObject({ unit: 'cost', used: null, limit: 1 });
		pay('embedded:smollm2-135m');
		expect(() => ledger.check('embedded:smollm2-135m')).not.toThrow();
	});

	it('that is null is none', () => {
		const { ledger, pay } = ledgerOf({}, { calls: null, tokens: null, cost: null, minutes: null });
		pay();
		ledger.check('openai:x/m');
		expect(ledger.total().calls).toBe(1);
	});
});
