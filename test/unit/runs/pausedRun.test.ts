/** A run that is paused: what its events say, and that it can be stopped and goes on. */
import { describe, expect, it } from 'vitest';
import type { RunEvent, RunEventBody } from '../../../src/core/learning/events.js';
import { PauseGate } from '../../../src/core/models/pause.js';
import { RunTally } from '../../../src/runs/runTally.js';
import { startTraining } from '../../../src/runs/trainRun.js';
import { FakeTime } from '../../fakes/fakeTime.js';
import {
	allOf,
	byExperience,
	configWith,
	portsOf,
	ScriptedPool,
	set,
	trained,
	trainingRun,
	workspace,
} from './measureWorld.js';

const config = configWith({ training: { rollouts: 1, rounds: 1, lessons: false } });

/** Starts a training that is paused by the model's third answer; `paused` is called for that event. */
async function pausedTraining(
	paused: (gate: PauseGate) => void,
	signal = new AbortController().signal,
	limits = config,
) {
	const time = new FakeTime();
	const gate = new PauseGate(time);
	const pool = new ScriptedPool((request, index, given) => {
		if (index === 2) gate.pause();
		return byExperience(request, index, given);
	});
	const place = workspace();
	const ports = { ...portsOf(place, await trained(place, [], { records: false }), pool), pause: gate };
	const run = await startTraining(ports, set, limits, trainingRun, signal);
	let callsInPause = 0;
	const events = await allOf(run.events, ({ type }) => {
		if (type === 'run.paused') {
			const before = pool.calls;
			setImmediate(() => {
				callsInPause += pool.calls - before;
				paused(gate);
			});
		}
	});
	return { events, pool, callsInPause };
}

describe('a run that is paused', () => {
	it('says so, begins no call meanwhile, and ends as if it had not been', async () => {
		const { events, pool, callsInPause } = await pausedTraining((gate) => gate.resume());
		const told = events.map(({ type }) => type).filter((type) => type.startsWith('run.'));
		expect(told).toEqual(['run.started', 'run.paused', 'run.resumed', 'run.finished']);
		expect(events.at(-1)).toMatchObject({ status: 'done' });
		expect(callsInPause).toBe(0);
		expect(pool.calls).toBe(8);
	});

	it('stops at once', async () => {
		const controller = new AbortController();
		const { events, pool } = await pausedTraining(() => controller.abort(), controller.signal);
		expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'cancelled' });
		expect(events.some(({ type }) => type === 'run.resumed')).toBe(false);
		expect(pool.calls).toBeLessThan(8);
	});
});

describe('the time that a run took', () => {
	const started = { type: 'run.started', kind: 'train', set: 's', problems: 1, epochs: 1, resumed: false } as const;

	/** Events at their seconds. */
	function tallyOf(...events: readonly (readonly [second: number, body: RunEventBody])[]): RunTally {
		const tally = new RunTally();
		for (const [seq, [second, body]] of events.entries()) {
			const event: RunEvent = { v: 1, run: 'R', seq, at: new Date(second * 1000).toISOString(), ...body };
			tally.add(event);
		}
		return tally;
	}

	it('leaves its pauses out', () => {
		const whole = tallyOf(
			[0, started],
			[10, { type: 'run.paused' }],
			[60, { type: 'run.resumed' }],
			[65, { type: 'run.finished', status: 'done' }],
		);
		expect(whole.durationMs(undefined)).toBe(15_000);
	});

	it('stands still in a pause, and at the end of a run that was stopped or killed in one', () => {
		const paused = [
			[0, started],
			[10, { type: 'run.paused' }],
		] as const;
		expect(tallyOf(...paused).durationMs(90_000)).toBe(10_000);
		expect(tallyOf(...paused, [50, { type: 'run.finished', status: 'cancelled' }]).durationMs(undefined)).toBe(10_000);
		expect(tallyOf(...paused, [50, { ...started, resumed: true }]).durationMs(52_000)).toBe(12_000);
	});
});
