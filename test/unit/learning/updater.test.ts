import { beforeEach, describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import { Updater, type UpdaterOptions } from '../../../src/core/learning/updater.js';
import type { ModelCalls } from '../../../src/core/models/modelCalls.js';
import { estimatePrompt } from '../../../src/core/models/tokenEstimate.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { pattern, rule, solvedCase } from '../../builders/experiences.js';
import { type ModelScript, scriptedModel } from '../../fakes/scriptedModel.js';

const options: UpdaterOptions = { nearDuplicate: 0.55, ask: 0.1, neighbours: 4, budgetTokens: 800, consult: true };
const signal = new AbortController().signal;
let store: MemoryStore;
beforeEach(() => {
	store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
});

const method = 'Sums of digits leave the same remainder modulo nine as the number itself does.';
const close = 'A number and the sum of its digits have equal remainders when they are divided by nine or by three.';

async function keep(...experiences: readonly Experience[]): Promise<void> {
	await store.apply(experiences.map((experience) => ({ change: { op: 'insert', experience }, by: 'user' })));
}

function updater(script: ModelScript = () => '{}', closed = false, more: Partial<UpdaterOptions> = {}) {
	const model = scriptedModel(script);
	const calls: ModelCalls = {
		model,
		complete: async (request, abort) => ({ ...(await model.complete(request, abort)), cached: false }),
	};
	return { requests: model.requests, updater: new Updater(store, calls, { ...options, ...more }, closed) };
}

describe('clear cases need no model', () => {
	it('what is stored word for word is discarded', async () => {
		await keep(rule('a', 'sums of digits', method));
		const { updater: one, requests } = updater();
		expect(await one.decide(rule('b', 'sums of digits', method), 's', signal)).toMatchObject({
			op: 'discard',
			id: 'a',
		});
		expect(requests).toHaveLength(0);
	});

	it('what resembles nothing is inserted', async () => {
		await keep(rule('a', 'sums of digits', method));
		const { updater: one, requests } = updater();
		const other = rule('b', 'chess openings', 'Castle early, before the centre opens.');
		expect((await one.decide(other, 's', signal)).op).toBe('insert');
		expect(requests).toHaveLength(0);
	});

	it('a near-duplicate is merged, with the sources of both', async () => {
		await keep(rule('a', 'sums of digits', method, { patterns: [pattern('Cast out nines.')] }));
		const twin = rule('b', 'sums of digits', `${method} Use it to check sums.`, {
			patterns: [pattern('Work modulo nine.')],
		});
		const decision = await updater().updater.decide(twin, 's', signal);
		if (decision.op !== 'merge') throw new Error(`expected a merge, got ${decision.op}`);
		expect(decision.merged.strategy.text).toContain('Use it to check sums.');
		expect(decision.merged.strategy.sources.map((source) => source.problem)).toEqual(['a', 'b']);
		expect(decision.merged.patterns.map((part) => part.rule)).toEqual(['Cast out nines.', 'Work modulo nine.']);
	});

	it('no experience grows beyond twelve patterns', async () => {
		const many = (letter: string) => Array.from({ length: 7 }, (_, i) => pattern(`Rule ${letter}${i} about digits.`));
		await keep(rule('a', 'sums of digits', method, { patterns: many('x') }));
		const twin = rule('b', 'sums of digits', `${method} Again.`, { patterns: many('y') });
		expect((await updater(undefined, false, { nearDuplicate: 0.3 }).updater.decide(twin, 's', signal)).op).toBe(
			'insert',
		);
	});

	it('a merge keeps cases apart that differ in capitals only: in chemistry they are the meaning', async () => {
		await keep(rule('a', 'sums of digits', method, { cases: [solvedCase('c1ccccc1', 'benzene')] }));
		const twin = rule('b', 'sums of digits', method, { cases: [solvedCase('C1CCCCC1', 'cyclohexane')] });
		const decision = await updater().updater.decide(twin, 's', signal);
		if (decision.op !== 'merge') throw new Error(`expected a merge, got ${decision.op}`);
		expect(decision.merged.cases.map((item) => item.answer)).toEqual(['benzene', 'cyclohexane']);
	});

	it('what a person has reviewed is never touched', async () => {
		await keep(rule('a', 'sums of digits', method, { reviewed: true }));
		const twin = rule('b', 'sums of digits', `${method} Use it to check sums.`);
		expect((await updater().updater.decide(twin, 's', signal)).op).toBe('insert');
	});
});

describe('where answers are labels', () => {
	const late = (id: string, label: string) =>
		rule(id, 'a company, about a late invoice', label, { cases: [solvedCase(`Invoice ${id} is late.`, label)] });

	it('the same kind with the same label gathers cases', async () => {
		await keep(late('a', 'North'));
		const { updater: one, requests } = updater(undefined, true);
		const decision = await one.decide(late('b', 'North'), 's', signal);
		if (decision.op !== 'merge') throw new Error(`expected a merge, got ${decision.op}`);
		expect(decision.merged.cases).toHaveLength(2);
		expect(requests).toHaveLength(0);
	});

	it('another label is another lesson, however alike the words', async () => {
		await keep(late('a', 'North'));
		expect((await updater(undefined, true).updater.decide(late('b', 'South'), 's', signal)).op).toBe('insert');
	});
});

describe('in between the model decides, by id', () => {
	const candidate = rule('b', 'remainders', close);

	it('and its text stands for both where it merges', async () => {
		await keep(rule('a', 'sums of digits', method));
		const answer = JSON.stringify({
			action: 'merge',
			id: 'a',
			when: 'remainders',
			strategy: 'Cast out nines or threes.',
		});
		const { updater: one, requests } = updater(() => answer, false, { nearDuplicate: 0.99 });
		const decision = await one.decide(candidate, 's', signal);
		expect(decision).toMatchObject({
			op: 'merge',
			merged: { id: 'a', strategy: { text: 'Cast out nines or threes.' } },
		});
		expect(requests[0]?.messages.at(-1)?.content).toContain('[a]');
	});

	it.each(['not JSON at all', '{"action":"merge","id":"nobody","when":"","strategy":""}'])(
		'an answer of no use inserts: %s',
		async (answer) => {
			await keep(rule('a', 'sums of digits', method));
			const { updater: one } = updater(() => answer, false, { nearDuplicate: 0.99 });
			expect((await one.decide(candidate, 's', signal)).op).toBe('insert');
		},
	);

	it('and its prompt does not grow with the library', async () => {
		const size = async (count: number): Promise<number> => {
			store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
			await keep(
				...Array.from({ length: count }, (_, i) => rule(`r${i}`, `remainders of kind ${i}`, `${method} Case ${i}.`)),
			);
			const { updater: one, requests } = updater(() => '{"action":"insert","id":"","when":"","strategy":""}', false, {
				nearDuplicate: 1.1,
				ask: 0,
			});
			await one.decide(rule('new', 'remainders', close), 's', signal);
			return estimatePrompt(requests[0]?.messages ?? []);
		};
		const [few, many] = [await size(10), await size(1000)];
		expect(few).toBeGreaterThan(100);
		expect(many).toBeLessThanOrEqual(1.2 * few);
	});
});
