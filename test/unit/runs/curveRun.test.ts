import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CurveRequest, planCurve, startCurve, writeCurve } from '../../../src/runs/curveRun.js';
import { problem } from '../../builders/problems.js';
import {
	allOf,
	byExperience,
	configWith,
	portsOf,
	ScriptedPool,
	samplesIn,
	set,
	trained,
	workspace,
} from './measureWorld.js';

const run = '01KAPQ00000000000000000001';
const never = new AbortController().signal;
const learnedOrder = ['saddle', 'parcel', 'basket', 'helmet', 'mirror', 'battery', 'invoice', 'bicycle'];

async function world(sizes: readonly number[] = [0, 1, 2, 4, 8], more: Partial<CurveRequest> = {}) {
	const place = workspace();
	const store = await trained(place, learnedOrder);
	const pool = new ScriptedPool();
	const plan = await planCurve(store, place.flex, set, sizes);
	const request: CurveRequest = { plan, split: 'dev', limit: 0, ...more };
	const start = (signal = never, config = configWith(), ports = portsOf(place, store, pool)) =>
		startCurve(ports, request, config, run, signal);
	return { place, store, pool, plan, request, start };
}

describe('the plan of a curve', () => {
	it('takes the problems in the order in which the training run recorded them', async () => {
		const { plan } = await world();
		expect(plan.learned).toMatchObject({ order: 'training', problems: learnedOrder.map((thing) => `train-${thing}`) });
		expect(plan.slices[2]?.experiences.map(({ id }) => id)).toEqual(['of-saddle', 'of-parcel']);
	});

	it('counts a problem that was learned and taught nothing new', async () => {
		const place = workspace();
		const store = await trained(place, ['parcel', 'saddle']);
		await store.apply([{ change: { op: 'retire', id: 'of-saddle' }, by: 'user' }]);
		const plan = await planCurve(store, place.flex, set, [2]);
		expect(plan.slices.map(({ size }) => [size.problems, size.experiences])).toEqual([
			[0, 0],
			[2, 1],
		]);
	});

	it('takes a seeded order where one is asked for, or where no run recorded any', async () => {
		const { store, place } = await world();
		const order = async (seed: number) => (await planCurve(store, place.flex, set, [], seed)).learned;
		expect((await order(1)).order).toBe('seeded');
		expect((await order(1)).problems).toEqual((await order(1)).problems);
		expect((await order(1)).problems).not.toEqual((await order(2)).problems);
		expect((await order(1)).problems.toSorted()).toEqual((await order(2)).problems.toSorted());
		const elsewhere = workspace();
		const bare = await trained(elsewhere, learnedOrder, { records: false });
		expect((await planCurve(bare, elsewhere.flex, set, [])).learned).toMatchObject({ order: 'seeded', seed: 1 });
	});

	it('always measures the model alone, and takes a size beyond what was learned as all of it', async () => {
		const { plan } = await world([4, 96, 8, 4]);
		expect(plan.slices.map(({ size }) => size.problems)).toEqual([0, 4, 8]);
	});

	it('without sizes takes none, all, and halves of all', async () => {
		expect((await world([])).plan.slices.map(({ size }) => size.problems)).toEqual([0, 1, 2, 4, 8]);
	});

	it('leaves out problems of other sets', async () => {
		const { store, place } = await world();
		const other = { ...set, name: 'sorting', splits: { train: [problem('train-parcel', 'A?', 'South')] } };
		expect((await planCurve(store, place.flex, other, [])).slices).toHaveLength(1);
	});
});

describe('a curve', () => {
	it('measures each size with the experience of its problems and no other', async () => {
		const { start, plan } = await world();
		const curve = await start();
		const events = await allOf(curve.events);
		expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'done' });
		expect(samplesIn(events)).toHaveLength(5 * 8);
		for (const { size, experiences } of plan.slices) {
			const own = [...curve.samples].filter(({ arm }) => arm === (size.problems ? `flex@${size.problems}` : 'llm'));
			expect(own.filter(({ verdict }) => verdict === 'correct')).toHaveLength(size.problems);
			const ids = experiences.map(({ id }) => id);
			for (const { retrieved } of own) expect(ids).toEqual(expect.arrayContaining([...retrieved]));
		}
	});

	it('asks equal prompts of two sizes once', async () => {
		const { start, pool } = await world([0, 8, 7]);
		await allOf((await start()).events);
		expect(pool.calls).toBeLessThan(3 * 8);
	});

	it('goes on after it was stopped at any moment, and asks nothing twice', async () => {
		const whole = await world();
		const expected = await whole.start();
		await allOf(expected.events);
		for (const stopAfter of [1, 9, 20, 39]) {
			const { start, pool, place, store } = await world();
			const controller = new AbortController();
			const first = await start(controller.signal, configWith({ training: { concurrency: 1 } }));
			let seen = 0;
			const before = await allOf(first.events, (event) => {
				if (event.type === 'sample' && ++seen === stopAfter) controller.abort();
			});
			expect(before.at(-1)).toMatchObject({ type: 'run.finished', status: 'cancelled' });
			const asked = pool.calls;
			// A cache of its own: what is not asked again is known from the run's folder alone.
			const second = await start(never, configWith(), portsOf(place, store, pool));
			const after = await allOf(second.events);
			expect(after[0]).toMatchObject({ type: 'run.started', kind: 'curve', resumed: true });
			expect(after[0]?.seq).toBe((before.at(-1)?.seq ?? 0) + 1);
			const both = [...samplesIn(before), ...samplesIn(after)];
			expect(new Set(both).size).toBe(both.length);
			expect(both).toHaveLength(5 * 8);
			expect(pool.calls - asked).toBeLessThanOrEqual(5 * 8 - samplesIn(before).length);
			expect(verdicts([...second.samples])).toEqual(verdicts([...expected.samples]));
		}
	});

	it('stops at its cap, and says so', async () => {
		const { start } = await world();
		const events = await allOf((await start(never, configWith({ budget: { calls: 10 } }))).events);
		expect(events.at(-2)).toMatchObject({ type: 'budget', unit: 'calls', limit: 10 });
		expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'budget' });
	});

	it('leaves a line for each use of the test split, and none for dev', async () => {
		const dev = await world();
		await allOf((await dev.start()).events);
		expect(existsSync(dev.place.testUses)).toBe(false);
		const test = await world([4], { split: 'test', limit: 3 });
		await allOf((await test.start()).events);
		const [line = ''] = readFileSync(test.place.testUses, 'utf8').split('\n');
		expect(JSON.parse(line)).toMatchObject({ run, set: 'routing', sha256: 'ab', limit: 3, arms: ['llm', 'flex@4'] });
	});

	it('writes its report as JSON, Markdown and a page', async () => {
		const { start, place, request, pool } = await world();
		const curve = await start();
		await allOf(curve.events);
		const models = [await pool.describe('test:scripted')];
		const about = { config: configWith(), run, models, command: 'flex-learn curve routing', version: '1.0.0' };
		const written = writeCurve({ ports: { workspace: place }, ...about, request, curve });
		const folder = join(place.runs, run);
		expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(written.report);
		expect(readFileSync(join(folder, 'report.md'), 'utf8')).toBe(written.markdown);
		expect(readFileSync(written.htmlFile, 'utf8')).toBe(written.html);
		expect(written.report).toMatchObject({
			kind: 'curve',
			set: { name: 'routing', split: 'dev', n: 8 },
			library: { experiences: 8, traced: 8 },
			learned: { problems: 8, order: 'training' },
		});
		expect(written.report.points.map(({ accuracy }) => accuracy)).toEqual([0, 1 / 8, 2 / 8, 4 / 8, 1]);
		expect(written.report.trends.map(({ claim }) => claim)).toEqual(['improved', 'improved']);
	});
});

it('the scripted model needs the fitting case', () => {
	const ask = (...texts: readonly string[]) =>
		byExperience({ messages: texts.map((content) => ({ role: 'user', content })), maxTokens: 1 }, 0, never);
	expect(ask('about the parcel')).toBe('North');
	expect(ask('mend the parcel', 'about the parcel')).toBe('South');
});

function verdicts(samples: readonly { arm: string; problem: string; verdict: string }[]) {
	return samples.map(({ arm, problem: id, verdict }) => `${arm} ${id} ${verdict}`).sort();
}
