/** The limiter against a clock that only goes when everybody waits for it: a deadlock shows at once. */
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/core/models/chatModel.js';
import { Limiter, type LimiterOptions } from '../../../src/core/models/limiter.js';
import { FakeTime } from '../../fakes/fakeTime.js';

const never = new AbortController().signal;
const tooMany = (retryAfterMs?: number) =>
	new ModelError('rate-limit', 'Too many.', retryAfterMs === undefined ? {} : { retryAfterMs });

/** 0 to 1, always the same row (a linear congruential generator). */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return state / 2 ** 31;
	};
}

function limiterOf(options: Partial<LimiterOptions> = {}): { time: FakeTime; limiter: Limiter } {
	const time = new FakeTime();
	return { time, limiter: new Limiter({ concurrency: 4, random: seeded(1), time, ...options }) };
}

/** Calls that take `ms` each, and how many of them ran at once. */
function workload(time: FakeTime, ms: number) {
	const state = { running: 0, most: 0, started: [] as number[] };
	const task = async (): Promise<string> => {
		state.started.push(time.now());
		state.most = Math.max(state.most, ++state.running);
		await time.sleep(ms, never);
		state.running--;
		return 'done';
	};
	return { state, task };
}

function times<T>(n: number, work: (index: number) => Promise<T>): Promise<readonly T[]> {
	return Promise.all(Array.from({ length: n }, (_, index) => work(index)));
}

describe('concurrency', () => {
	it('is never exceeded, and is used', async () => {
		const { time, limiter } = limiterOf({ concurrency: 3 });
		const { state, task } = workload(time, 10);
		await time.until(times(20, () => limiter.run(task, { signal: never })));
		expect(state.most).toBe(3);
		expect(time.now()).toBe(70);
	});

	it('is halved once for all 429s that came together, and recovers with successes', async () => {
		const { time, limiter } = limiterOf({ concurrency: 8 });
		const failed = new Set<number>();
		const work = times(8, (index) =>
			limiter.run(
				async () => {
					await time.sleep(10, never);
					if (failed.has(index)) return;
					failed.add(index);
					throw tooMany();
				},
				{ signal: never },
			),
		);
		await time.advance(10);
		expect(limiter.concurrency).toBe(4);
		await time.until(work);
		const { task } = workload(time, 1);
		await time.until(times(60, () => limiter.run(task, { signal: never })));
		expect(limiter.concurrency).toBe(8);
	});

	it('never falls below one', async () => {
		const { time, limiter } = limiterOf({ concurrency: 2, tries: 6 });
		const work = limiter.run(() => Promise.reject(tooMany()), { signal: never });
		await expect(time.until(work)).rejects.toMatchObject({ reason: 'rate-limit' });
		expect(limiter.concurrency).toBe(1);
	});
});

describe('a 429', () => {
	it.each([3, 4, 50])('does not deadlock when %i calls get one at the same moment', async (n) => {
		const { time, limiter } = limiterOf({ concurrency: n });
		const calls = new Map<number, number>();
		const work = times(n, (index) =>
			limiter.run(
				async () => {
					const tried = (calls.get(index) ?? 0) + 1;
					calls.set(index, tried);
					await time.sleep(5, never);
					if (tried <= 2) throw tooMany(100);
					return index;
				},
				{ signal: never },
			),
		);
		expect(await time.until(work)).toEqual(Array.from({ length: n }, (_, index) => index));
	});

	it('survives a long storm under every limit at once', async () => {
		const { time, limiter } = limiterOf({ concurrency: 8, requestsPerMinute: 40, tokensPerMinute: 3000, tries: 50 });
		const random = seeded(7);
		const work = times(200, (index) =>
			limiter.run(
				async () => {
					await time.sleep(random() * 500, never);
					if (random() < 0.5) throw tooMany(random() < 0.5 ? random() * 2000 : undefined);
					return index;
				},
				{ signal: never, tokens: 20, measure: () => Math.floor(random() * 100) },
			),
		);
		expect(await time.until(work)).toHaveLength(200);
	});

	it('lets nobody start before the moment that the provider named', async () => {
		const { time, limiter } = limiterOf({ concurrency: 4 });
		let first = true;
		const refused = limiter.run(
			async () => {
				if (!first) return;
				first = false;
				throw tooMany(5000);
			},
			{ signal: never },
		);
		await time.advance(1);
		const { state, task } = workload(time, 1);
		await time.until(Promise.all([refused, limiter.run(task, { signal: never })]));
		expect(state.started).toEqual([5000]);
	});

	it('with a wait of hours ends the call instead of holding everybody up', async () => {
		const { time, limiter } = limiterOf();
		const work = limiter.run(() => Promise.reject(tooMany(7_200_000)), { signal: never });
		await expect(time.until(work)).rejects.toMatchObject({ reason: 'rate-limit' });
		expect(time.now()).toBe(0);
		const { task } = workload(time, 1);
		expect(await time.until(limiter.run(task, { signal: never }))).toBe('done');
	});
});

describe('a retry', () => {
	it('waits at random between nothing and a ceiling that doubles', async () => {
		const { time, limiter } = limiterOf({ tries: 5, baseDelayMs: 100, maxDelayMs: 300, random: () => 1 });
		const started: number[] = [];
		const work = limiter.run(
			() => {
				started.push(time.now());
				return Promise.reject(new ModelError('server', 'Oops.'));
			},
			{ signal: never },
		);
		await expect(time.until(work)).rejects.toMatchObject({ reason: 'server' });
		expect(started).toEqual([0, 100, 300, 600, 900]);
	});

	it.each(['auth', 'context-length', 'bad-request', 'not-found', 'refused'] as const)(
		'is not made after "%s"',
		async (reason) => {
			const { time, limiter } = limiterOf();
			let tried = 0;
			const work = limiter.run(
				() => {
					tried++;
					return Promise.reject(new ModelError(reason, 'No.'));
				},
				{ signal: never },
			);
			await expect(time.until(work)).rejects.toMatchObject({ reason });
			expect(tried).toBe(1);
		},
	);

	it("is not made after an error that is no model's", async () => {
		const { limiter } = limiterOf();
		await expect(limiter.run(() => Promise.reject(new RangeError('bug')), { signal: never })).rejects.toThrow('bug');
	});
});

describe('limits a minute', () => {
	it('hold for requests, in any minute', async () => {
		const { time, limiter } = limiterOf({ concurrency: 50, requestsPerMinute: 10 });
		const { state, task } = workload(time, 1);
		await time.until(times(35, () => limiter.run(task, { signal: never })));
		for (const start of state.started) {
			expect(state.started.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(10);
		}
		expect(time.now()).toBe(180_001);
	});

	it('hold for tokens, and count what a call really took', async () => {
		const { time, limiter } = limiterOf({ concurrency: 1, tokensPerMinute: 100 });
		const { state, task } = workload(time, 1);
		await time.until(times(3, () => limiter.run(task, { signal: never, tokens: 30, measure: () => 90 })));
		expect(state.started).toEqual([0, 60_000, 120_000]);
	});

	it('let a call through that is larger than the limit, alone', async () => {
		const { time, limiter } = limiterOf({ tokensPerMinute: 100 });
		const { state, task } = workload(time, 1);
		await time.until(times(2, () => limiter.run(task, { signal: never, tokens: 500 })));
		expect(state.started).toEqual([0, 60_000]);
	});
});

describe('cancelling', () => {
	it('takes a waiting call out of the queue, and the others go on', async () => {
		const { time, limiter } = limiterOf({ concurrency: 1 });
		const { state, task } = workload(time, 10);
		const controller = new AbortController();
		const first = limiter.run(task, { signal: never });
		const second = limiter.run(task, { signal: controller.signal });
		const third = limiter.run(task, { signal: never });
		controller.abort();
		await expect(second).rejects.toMatchObject({ reason: 'cancelled' });
		await time.until(Promise.all([first, third]));
		expect(state.started).toEqual([0, 10]);
	});

	it('ends the wait before a retry', async () => {
		const { time, limiter } = limiterOf({ random: () => 1 });
		const controller = new AbortController();
		const work = limiter.run(() => Promise.reject(new ModelError('server', 'Oops.')), { signal: controller.signal });
		await time.advance(1);
		controller.abort();
		await expect(work).rejects.toMatchObject({ reason: 'cancelled' });
	});

	it('of the last one who waits leaves no timer behind', async () => {
		const { time, limiter } = limiterOf({ requestsPerMinute: 1 });
		const { task } = workload(time, 1);
		await time.until(limiter.run(task, { signal: never }));
		const controller = new AbortController();
		const waiting = limiter.run(task, { signal: controller.signal });
		expect(time.sleeping).toBe(1);
		controller.abort();
		await expect(waiting).rejects.toMatchObject({ reason: 'cancelled' });
		expect(time.sleeping).toBe(0);
	});
});
