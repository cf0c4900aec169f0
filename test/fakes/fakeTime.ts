/** A clock that goes only when it is told to, or as soon as everybody waits for it. */
import { onAbort } from '../../src/core/models/onAbort.js';
import type { Time } from '../../src/core/models/time.js';

interface Sleeper {
	readonly at: number;
	readonly wake: () => void;
}

export class FakeTime implements Time {
	private time = 0;
	private sleepers: Sleeper[] = [];

	readonly now = (): number => this.time;

	readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
		new Promise((resolve) => {
			if (signal.aborted) return resolve();
			const sleeper = {
				at: this.time + ms,
				wake: () => {
					this.sleepers = this.sleepers.filter((other) => other !== sleeper);
					resolve();
				},
			};
			this.sleepers.push(sleeper);
			onAbort(signal, sleeper.wake);
		});

	/** How many wait for the clock. */
	get sleeping(): number {
		return this.sleepers.length;
	}

	/** Lets `ms` pass, waking each sleeper at its moment. */
	async advance(ms: number): Promise<void> {
		const end = this.time + ms;
		for (;;) {
			await quiet();
			const next = this.next();
			if (!next || next.at > end) break;
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
		this.time = end;
		await quiet();
	}

	/** Lets time pass until `work` has ended. @throws where nobody sleeps and it does not end: a deadlock */
	async until<T>(work: Promise<T>): Promise<T> {
		let ended = false;
		const end = (): void => {
			ended = true;
		};
		work.then(end, end);
		for (;;) {
			await quiet();
			if (ended) return work;
			const next = this.next();
			if (!next) throw new Error(`Deadlock at ${this.time} ms: nobody runs, and nobody waits for the clock.`);
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
	}

	private next(): Sleeper | undefined {
		return [...this.sleepers].sort((a, b) => a.at - b.at)[0];
	}
}

/** Every promise that can go on has gone on. */
async function quiet(): Promise<void> {
	await new Promise<void>((resolve) => setImmediate(resolve));
}
