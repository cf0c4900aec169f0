/** The gate of a pause: who waits at it, who is told, and what time it takes. */
import { describe, expect, it } from 'vitest';
import { PauseGate } from '../../../src/core/models/pause.js';
import { FakeTime } from '../../fakes/fakeTime.js';

const never = new AbortController().signal;
/** Every promise that can go on has gone on. */
const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Passes the gate and notes it. */
function passing(gate: PauseGate, signal = never) {
	const state = { passed: false };
	const done = gate.pass(signal).then(() => {
		state.passed = true;
	});
	return { state, done };
}

describe('a gate', () => {
	it('lets everybody pass while it is open', async () => {
		await expect(new PauseGate().pass(never)).resolves.toBeUndefined();
	});

	it('holds everybody back from the pause on, and lets all of them go on together', async () => {
		const gate = new PauseGate();
		gate.pause();
		const waiting = [passing(gate), passing(gate)];
		await quiet();
		expect(waiting.map(({ state }) => state.passed)).toEqual([false, false]);
		gate.resume();
		await Promise.all(waiting.map(({ done }) => done));
		expect(gate.paused).toBe(false);
	});

	it('holds those back who had not gone on yet when it closed again', async () => {
		const gate = new PauseGate();
		gate.pause();
		const { state, done } = passing(gate);
		gate.resume();
		gate.pause();
		await quiet();
		expect(state.passed).toBe(false);
		gate.resume();
		await done;
	});

	it('lets go of whoever is cancelled, at once, and of nobody else', async () => {
		const gate = new PauseGate();
		gate.pause();
		const controller = new AbortController();
		const cancelled = gate.pass(controller.signal);
		const { state, done } = passing(gate);
		controller.abort();
		await expect(cancelled).rejects.toMatchObject({ name: 'ModelError', reason: 'cancelled' });
		expect(state.passed).toBe(false);
		gate.resume();
		await done;
	});

	it('lets nobody pass whose signal has fired, open or closed', async () => {
		const gate = new PauseGate();
		await expect(gate.pass(AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
		gate.pause();
		await expect(gate.pass(AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
	});

	it('tells of changes alone, until one has heard enough', () => {
		const gate = new PauseGate();
		const told: boolean[] = [];
		const forget = gate.onChange((paused) => told.push(paused));
		gate.resume();
		gate.pause();
		gate.pause();
		gate.resume();
		forget();
		gate.pause();
		expect(told).toEqual([true, false]);
	});

	it('knows how long it was closed, the present pause among it', async () => {
		const time = new FakeTime();
		const gate = new PauseGate(time);
		await time.advance(5);
		gate.pause();
		await time.advance(30);
		expect(gate.pausedMs).toBe(30);
		gate.resume();
		await time.advance(100);
		gate.pause();
		await time.advance(7);
		expect(gate.pausedMs).toBe(37);
	});
});
