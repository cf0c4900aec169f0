/** The worth of single experiences: replays with one left out, and what was withheld at random in trainings. */
import { describe, expect, it } from 'vitest';
import type { PartialRunConfig } from '../../../src/core/learning/runConfig.js';
import { withholdingOf } from '../../../src/core/retrieval/withholding.js';
import { startTraining } from '../../../src/runs/trainRun.js';
import { Utilities } from '../../../src/runs/utilities.js';
import { startUtility } from '../../../src/runs/utilityRun.js';
import { allOf, configWith, portsOf, ScriptedPool, samplesIn, set, trained, workspace } from './measureWorld.js';

const never = new AbortController().signal;
const run = '01KAPQ000000000000000000V1';

async function world() {
	const place = workspace();
	const store = await trained(place);
	const pool = new ScriptedPool();
	const start = (ids: readonly string[] = [], config = configWith(), signal = never) =>
		startUtility(portsOf(place, store, pool), { set, limit: 0, ids, known: new Set() }, config, run, signal);
	return { place, store, pool, start };
}

describe('replays', () => {
	it('ask each problem with what is found, and again without each experience in it', async () => {
		const { place, start } = await world();
		const started = await start(['of-parcel']);
		const events = await allOf(started.events);
		expect(samplesIn(events).filter((name) => name.startsWith('without:'))).toEqual(['without:of-parcel dev-parcel']);
		const found = (await new Utilities().of(place.runs)).get('of-parcel');
		expect(found).toMatchObject({ basis: 'replays', verdict: 'unknown', utility: { helped: 1, hurt: 0, pairs: 1 } });
	});

	it('without names ask about all that is found, and pass over what is known', async () => {
		const { place, store, pool } = await world();
		const request = { set, limit: 0, ids: [], known: new Set(['of-parcel']) };
		const started = await startUtility(portsOf(place, store, pool), request, configWith(), run, never);
		await allOf(started.events);
		expect(started.asked).toHaveLength(7);
		expect(started.asked).not.toContain('of-parcel');
	});

	it('stop at their cap, and go on without asking anything twice', async () => {
		const { start, pool, place } = await world();
		const capped = await allOf((await start([], configWith({ budget: { calls: 10 } }))).events);
		expect(capped.at(-1)).toMatchObject({ type: 'run.finished', status: 'budget' });
		const asked = pool.calls;
		const rest = await allOf((await start()).events);
		expect(rest.at(-1)).toMatchObject({ status: 'done' });
		expect(samplesIn(capped).length + samplesIn(rest).length).toBe(16);
		expect(pool.calls - asked).toBeLessThanOrEqual(16 - samplesIn(capped).length);
		expect((await new Utilities().of(place.runs)).size).toBe(8);
	});
});

describe('withholding at random', () => {
	const outcomes = (withheld: boolean, solved: number, n: number) =>
		Array.from({ length: n }, (_, at) => ({ withheld, solved: at < solved }));

	it('compares problems with the experience and without it, by the interval of two independent shares', () => {
		const found = withholdingOf([...outcomes(false, 56, 70), ...outcomes(true, 48, 80)]);
		expect(found).toMatchObject({ given: 70, givenSolved: 56, withheld: 80, withheldSolved: 48, verdict: 'helps' });
		// Newcombe 1998, table II: 56/70 against 48/80, method 10.
		expect(found.interval?.map((end) => end.toFixed(4))).toEqual(['0.0524', '0.3339']);
	});

	it('says nothing under ten problems on either side', () => {
		expect(withholdingOf([...outcomes(false, 50, 50), ...outcomes(true, 0, 9)])).not.toHaveProperty('verdict');
		expect(withholdingOf(outcomes(false, 5, 10))).toMatchObject({ effect: 0, withheld: 0 });
	});

	it('is read from trainings: each problem once, by its first attempt', async () => {
		const place = workspace();
		const store = await trained(place);
		const pool = new ScriptedPool();
		const training = { lessons: false, advice: false, rollouts: 1, rounds: 1, epochs: 2, seeOwnLessons: true };
		const config: PartialRunConfig = { training, retrieval: { withhold: 0.5 } };
		const started = await startTraining(portsOf(place, store, pool), set, configWith(config), run, never);
		await allOf(started.events);
		const found = await new Utilities().of(place.runs);
		const sums = [...found.values()].map(({ withheld }) => (withheld?.given ?? 0) + (withheld?.withheld ?? 0));
		expect(found.size).toBeGreaterThan(0);
		expect(Math.max(...sums)).toBeLessThanOrEqual(8);
		expect([...found.values()].every(({ basis, verdict }) => basis === 'withheld' && verdict === 'unknown')).toBe(true);
	});
});
