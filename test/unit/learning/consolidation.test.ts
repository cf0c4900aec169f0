/** What a consolidation plan joins, what it leaves to a person, and that applying and undoing it loses nothing. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import type { ExperienceStore } from '../../../src/core/experience/store.js';
import { applyConsolidation, undoConsolidation } from '../../../src/core/learning/consolidation/applyPlan.js';
import { planConsolidation } from '../../../src/core/learning/consolidation/makePlan.js';
import type { ConsolidationPlan, PlanStep } from '../../../src/core/learning/consolidation/plan.js';
import { PlanError, parsePlan } from '../../../src/core/learning/consolidation/planFile.js';
import { seededRandom, shuffled } from '../../../src/core/random.js';
import { caseForm } from '../../../src/core/retrieval/contentForm.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { exactForm, plainForm } from '../../../src/core/retrieval/plainForm.js';
import { solvedCase as anyCase, pattern as anyPattern, rule } from '../../builders/experiences.js';

const threshold = 0.55;

/** Parts with ids as a library takes them. */
const pattern: typeof anyPattern = (text, more) => anyPattern(text, { id: idOf(text), ...more });
const solvedCase: typeof anyCase = (question, answer, more) =>
	anyCase(question, answer, { id: idOf(question), sources: [], ...more });

function idOf(text: string): string {
	return text.replace(/[^A-Za-z0-9]/g, '').slice(0, 12);
}

function planOf(library: readonly Experience[]): ConsolidationPlan {
	return planConsolidation(library, { threshold });
}

function brief(plan: ConsolidationPlan): readonly string[] {
	return plan.steps.map(({ kind, keep, drop, reason }) => `${kind} ${keep} <- ${drop.join(' ')}: ${reason}`);
}

async function storeWith(library: readonly Experience[]): Promise<ExperienceStore> {
	const store = new MemoryStore({ clock: () => '2026-02-02T00:00:00.000Z' });
	await store.apply(library.map((experience) => ({ change: { op: 'insert', experience }, by: 'user' })));
	return store;
}

/** What the library says and does, without the traces of its changes. */
async function contentOf(store: ExperienceStore): Promise<readonly unknown[]> {
	return (await store.list()).map(({ rev: _, updatedAt: __, ...content }) => content);
}

const refund = 'Offer store credit and note the order number.';
const late = 'A refund is asked for too late';

describe('a plan', () => {
	it('keeps one of exact duplicates, whatever their white space, capitals of words and order of parts', () => {
		const parts = { patterns: [pattern('First rule'), pattern('Second rule')] };
		const a = rule('a', late, refund, parts);
		const b = rule('b', `${late} `, refund.replace('Offer', 'offer'), { patterns: [...parts.patterns].reverse() });
		expect(brief(planOf([b, a]))).toEqual(['discard a <- b: same-content']);
	});

	it('keeps what is in use, then what a person has looked at', () => {
		const [a, b, c] = [
			rule('a', late, refund, { status: 'quarantined' }),
			rule('b', late, refund),
			rule('c', late, refund, { reviewed: true }),
		];
		expect(brief(planOf([a, b, c]))).toEqual(['discard c <- b a: same-content']);
	});

	it.each([
		['articles and plurals', 'Refunds are asked for too late', 'Offer the store credit, and note order numbers.'],
		[
			'the order of joined conditions',
			'The parcel is lost and the sender paid',
			refund,
			'The sender paid and the parcel is lost',
		],
	])('merges what differs in %s only', (_, when, strategy, other = 'Refund is asked for too late') => {
		const [a, b] = [
			rule('a', when, strategy),
			rule('b', other, refund, { patterns: [pattern('Ask first.', { sources: [] })] }),
		];
		expect(brief(planOf([a, b]))).toEqual(['merge a <- b: same-lesson']);
		expect(planOf([a, b]).steps[0]?.after).toMatchObject({ patterns: ['Ask first.'], sources: 2 });
	});

	it.each([
		['a number', 'Pay back within 30 days of the order.', 'Pay back within 60 days of the order.'],
		['a "not"', 'The terms may be rearranged freely.', 'The terms may not be rearranged freely.'],
		['the order of steps', 'Add acid to the water in the flask.', 'Add water to the acid in the flask.'],
		['the case of a formula', 'Brominate c1ccccc1 with a Lewis acid.', 'Brominate C1CCCCC1 with a Lewis acid.'],
		['a factorial', 'Divide the number of orders n by 2.', 'Divide the number of orders n! by 2.'],
		['a further condition', 'Refuse it with code 401.', 'Refuse it with code 401, but let health checks pass.'],
	])('never joins what differs in %s', (_, strategy, other) => {
		const plan = planOf([rule('a', 'The same condition', strategy), rule('b', 'The same condition', other)]);
		expect(brief(plan)).toEqual(['review a <- b: similar']);
	});

	it('leaves patterns to a person where they would be more than 12', () => {
		const twelve = Array.from({ length: 12 }, (_, at) => pattern(`${at} is a rule`));
		const [a, b] = [
			rule('a', late, refund, { patterns: twelve }),
			rule('b', late, refund, { patterns: [pattern('One')] }),
		];
		expect(brief(planOf([a, b]))).toEqual(['review a <- b: not-mergeable']);
		expect(planOf([a, b]).steps[0]?.why).toContain('13 patterns');
	});

	it('shows one question with two right answers, and joins neither', () => {
		const [a, b] = ['North', 'South'].map((team) =>
			rule(team, late, refund, { cases: [solvedCase('Where to?', team)] }),
		);
		const plan = planOf([a, b].flatMap((item) => item ?? []));
		expect(plan.steps.map(({ kind }) => kind)).toEqual(['review']);
		expect(plan.steps[0]?.why).toContain('answered otherwise');
	});

	it('shows one condition with two bare answers, and kinds of their own not at all', () => {
		const library = [
			rule('a', 'Student, invoice', 'North'),
			rule('b', 'Student, invoice', 'South'),
			rule('c', 'Student, invoices of May', 'North'),
		];
		expect(brief(planOf(library))).toEqual(['review a <- b: other-advice']);
	});

	it('shows the same words in opposite zones', () => {
		const [a, b] = [rule('a', late, refund, { zone: 'golden' }), rule('b', late, refund, { zone: 'warning' })];
		expect(brief(planOf([a, b]))).toEqual(['review a <- b: other-zone']);
	});

	it('leaves parts of one entry, and what is retired, alone', () => {
		const linked = rule('a', late, refund, { patterns: [pattern('One')], links: [{ kind: 'part', id: 'b' }] });
		const other = rule('b', late, refund, { patterns: [pattern('Two')] });
		expect(planOf([linked, other]).steps).toEqual([]);
		expect(planOf([rule('c', late, refund), rule('d', late, refund, { status: 'retired' })]).steps).toEqual([]);
	});

	it('is the same in whatever order the library comes', () => {
		const library = labelledLibrary();
		const plans = ['one', 'two', 'three'].map((seed) => planOf(shuffled(library, seededRandom(seed))));
		expect(plans[0]?.steps.length).toBeGreaterThan(20);
		expect(plans.slice(1)).toEqual([plans[0], plans[0]]);
	});

	it('is read back from its file, and other files are refused with what is wrong', () => {
		const plan = planOf([rule('a', late, refund), rule('b', late, refund)]);
		expect(parsePlan(JSON.stringify(plan))).toEqual(plan);
		expect(() => parsePlan('{')).toThrow(PlanError);
		expect(() => parsePlan(JSON.stringify({ ...plan, schema: 2 }))).toThrow(/schema: is not 1/);
	});
});

describe('applying a plan', () => {
	it('retires what is dropped with a link, and keeps sources part by part', async () => {
		const library = [rule('a', late, refund), rule('b', late, refund, { cases: [solvedCase('Too late?', 'yes')] })];
		const store = await storeWith(library);
		const applied = await applyConsolidation(store, planOf(library));
		expect(applied).toMatchObject({ done: ['1'], skipped: [], retired: ['b'], grown: ['a'] });
		const [a, b] = await store.list();
		expect(a).toMatchObject({ status: 'active', cases: [{ question: 'Too late?' }] });
		expect(a?.when.sources.map(({ problem }) => problem)).toEqual(['a', 'b']);
		expect(b).toMatchObject({ status: 'retired', links: [{ kind: 'mergedInto', id: 'a' }] });
	});

	it('gives nothing to what is in use from a duplicate that waits in quarantine', async () => {
		const library = [rule('a', late, refund), rule('b', late, refund, { status: 'quarantined', priority: 5 })];
		const store = await storeWith(library);
		await applyConsolidation(store, planOf(library));
		expect((await store.get(['a']))[0]).toEqual(library[0]);
		expect((await store.get(['b']))[0]?.status).toBe('retired');
	});

	it('skips a step whose experience changed meanwhile, and does the others', async () => {
		const library = [
			...['a', 'b'].map((id) => rule(id, late, refund)),
			...['c', 'd'].map((id) => rule(id, 'A badge is lost', 'Block it and print another.')),
		];
		const store = await storeWith(library);
		const plan = planOf(library);
		await store.apply([{ change: { op: 'star', id: 'b', on: true }, by: 'user' }]);
		const { done, skipped, retired } = await applyConsolidation(store, plan);
		expect([done.length, retired]).toEqual([1, ['d']]);
		expect(skipped[0]?.why).toContain('b was changed since (revision 2, the plan saw 1)');
	});

	it('joins a review that a person made a merge, with both conditions', async () => {
		const library = [
			rule('a', 'The order is late', 'Write to the carrier at once.'),
			rule('b', 'An order comes late', 'Write to carriers at once.'),
		];
		const store = await storeWith(library);
		const plan = planOf(library);
		const steps = plan.steps.map((step): PlanStep => ({ ...step, kind: 'merge' }));
		expect(plan.steps.map(({ kind }) => kind)).toEqual(['review']);
		await applyConsolidation(store, { ...plan, steps });
		expect((await store.get(['a']))[0]?.when.text).toBe('The order is late; or: An order comes late');
	});

	it('refuses to discard what says something else', async () => {
		const library = [rule('a', late, refund), rule('b', late, refund, { patterns: [pattern('One')] })];
		const store = await storeWith(library);
		const plan = planOf(library);
		const steps = plan.steps.map((step): PlanStep => ({ ...step, kind: 'discard' }));
		const { skipped } = await applyConsolidation(store, { ...plan, steps });
		expect(skipped[0]?.why).toContain('does not say the same');
		expect((await store.list()).map(({ status }) => status)).toEqual(['active', 'active']);
	});

	it('loses no part: what was dropped stands in what is kept', async () => {
		const library = repeatedLibrary();
		const store = await storeWith(library);
		const plan = planOf(library);
		const { done } = await applyConsolidation(store, plan);
		expect(done.length).toBeGreaterThan(5);
		const after = new Map((await store.list()).map((experience) => [experience.id, experience]));
		for (const { keep, drop } of plan.steps.filter(({ kind }) => kind !== 'review')) {
			const kept = after.get(keep);
			const rules = new Set(kept?.patterns.map((item) => plainForm(item.rule).join(' ')));
			const examples = new Set(kept?.patterns.flatMap((item) => item.examples.map(exactForm)));
			const cases = new Set(kept?.cases.map(caseForm));
			for (const dropped of library.filter(({ id }) => drop.includes(id))) {
				for (const item of dropped.patterns) expect(rules).toContain(plainForm(item.rule).join(' '));
				for (const item of dropped.patterns)
					for (const text of item.examples) expect(examples).toContain(exactForm(text));
				for (const item of dropped.cases) expect(cases).toContain(caseForm(item));
			}
		}
	});

	it('leaves nothing to join by itself', async () => {
		const store = await storeWith(repeatedLibrary());
		await applyConsolidation(store, planOf(await store.list()));
		expect(planOf(await store.list()).steps.filter(({ kind }) => kind !== 'review')).toEqual([]);
	});
});

describe('undoing a plan', () => {
	it('gives the same library as before, also with other changes in between', async () => {
		const store = await storeWith(repeatedLibrary());
		const before = await contentOf(store);
		const plan = planOf(await store.list());
		await applyConsolidation(store, plan);
		expect(await contentOf(store)).not.toEqual(before);
		const added = rule('later', 'Something else', 'Do something else.');
		await store.apply([{ change: { op: 'insert', experience: added }, by: 'user' }]);
		const { changedSince } = await undoConsolidation(store, plan.id);
		expect(changedSince).toEqual([]);
		expect((await contentOf(store)).slice(0, -1)).toEqual(before);
		expect((await undoConsolidation(store, plan.id)).restored).toEqual([]);
	});

	it('leaves alone what was changed since, and says so', async () => {
		const store = await storeWith([rule('a', late, refund), rule('b', late, refund)]);
		const plan = planOf(await store.list());
		await applyConsolidation(store, plan);
		await store.apply([{ change: { op: 'star', id: 'a', on: true }, by: 'user' }]);
		expect(await undoConsolidation(store, plan.id)).toEqual({ restored: ['b'], changedSince: ['a'] });
		expect((await store.get(['a', 'b'])).map(({ starred, status }) => [starred, status])).toEqual([
			[true, 'active'],
			[false, 'active'],
		]);
	});
});

describe('the labelled pairs', () => {
	it('that are no duplicates are never joined by themselves', () => {
		const joined = planOf(labelledLibrary()).steps.filter(({ kind }) => kind !== 'review');
		expect(joined.length).toBeGreaterThan(5);
		for (const { keep, drop } of joined) expect([keep, ...drop].join()).toMatch(/^dup-(\d+)-[ab],dup-\1-[ab]$/);
	});
});

interface LabelledPair {
	readonly id: string;
	readonly a: LabelledSide;
	readonly b: LabelledSide;
}

interface LabelledSide {
	readonly zone: Experience['zone'];
	readonly when: string;
	readonly strategy: string;
	readonly patterns?: readonly string[];
	readonly cases?: readonly { readonly question: string; readonly answer: string }[];
}

function labelledLibrary(): readonly Experience[] {
	const file = path.join(import.meta.dirname, '../../fixtures/duplicatePairs.jsonl');
	const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
	return lines
		.map((line): LabelledPair => JSON.parse(line))
		.flatMap(({ id, a, b }) => [labelled(`${id}-a`, a), labelled(`${id}-b`, b)]);
}

function labelled(id: string, { zone, when, strategy, patterns = [], cases = [] }: LabelledSide): Experience {
	return rule(id, when, strategy, {
		zone,
		patterns: patterns.map((text) => pattern(text)),
		cases: cases.map(({ question, answer }) => solvedCase(question, answer)),
	});
}

/** Twelve lessons, each up to four times, with parts drawn at random, some under the same ids. */
function repeatedLibrary(): readonly Experience[] {
	const random = seededRandom('repeats');
	const some = <T>(items: readonly T[]): readonly T[] => items.filter(() => random() < 0.5);
	const rules = ['Ask first.', 'ask first', 'Ask the first.', 'Then wait.', 'Note the number 7.'];
	return Array.from({ length: 40 }, (_, at) => {
		const topic = `topic number ${at % 12}`;
		return rule(`x${at}`, `It is about ${topic}`, `Handle ${topic} like any other, with care.`, {
			zone: at % 7 === 0 ? 'golden' : 'warning',
			status: at % 9 === 0 ? 'quarantined' : 'active',
			starred: random() < 0.3,
			patterns: some(rules).map((text, place) => pattern(text, { id: `p${place}`, examples: some(['a', 'b', 'C d']) })),
			cases: some(['one?', 'two?']).map((question) => solvedCase(question, 'yes')),
		});
	});
}
