/** Model calls with a real ledger, limiter and cache. */
import { describe, expect, it } from 'vitest';
import { type ChatRequest, ModelError } from '../../../src/core/models/chatModel.js';
import { type Budget, BudgetError, Ledger, type Price } from '../../../src/core/models/ledger.js';
import { Limiter } from '../../../src/core/models/limiter.js';
import { callable, type ModelCallReport } from '../../../src/core/models/modelCalls.js';
import { PauseGate } from '../../../src/core/models/pause.js';
import { CacheError, MemoryRequestCache, type RequestCache } from '../../../src/core/models/requestCache.js';
import { FakeTime } from '../../fakes/fakeTime.js';
import { answerOf, type ModelScript, scriptedModel } from '../../fakes/scriptedModel.js';

const never = new AbortController().signal;
const price: Price = { inputPerMillion: 1000, outputPerMillion: 0, currency: 'USD' };

interface Setting {
	readonly cache?: RequestCache;
	readonly budget?: Budget;
	readonly concurrency?: number;
	readonly prices?: Record<string, Price>;
}

function callsOf(script: ModelScript | readonly string[], setting: Setting = {}) {
	const time = new FakeTime();
	const model = scriptedModel(script);
	const { cache = new MemoryRequestCache(), budget = {}, concurrency = 4, prices = {} } = setting;
	const pause = new PauseGate(time);
	const ledger = new Ledger({ prices, budget, now: () => time.now() - pause.pausedMs });
	const limiter = new Limiter({ concurrency, random: () => 0.5, time });
	const reports: ModelCallReport[] = [];
	const onCall = (report: ModelCallReport): void => void reports.push(report);
	return {
		time,
		model,
		cache,
		ledger,
		reports,
		pause,
		calls: callable({ model, role: 'actor', cache, limiter, ledger, pause, onCall, time }),
	};
}

function ask(text: string, sample = '0'): ChatRequest {
	return { messages: [{ role: 'user', content: text }], sample };
}

describe('a call', () => {
	it('is paid once: the second time it comes from the cache', async () => {
		const { calls, model, ledger, reports } = callsOf(['four'], { prices: { 'test:scripted': price } });
		expect(await calls.complete(ask('2 + 2?'), never)).toMatchObject({ text: 'four', cached: false });
		expect(await calls.complete(ask('2 + 2?'), never)).toMatchObject({ text: 'four', cached: true });
		expect(model.requests).toHaveLength(1);
		expect(ledger.total()).toMatchObject({ calls: 1, cached: 1, tokensIn: 100, cost: 0.1 });
		expect(
			reports.map(({ role, model: id, tokensIn, cached, cost }) => ({ role, id, tokensIn, cached, cost })),
		).toEqual([
			{ role: 'actor', id: 'test:scripted', tokensIn: 100, cached: false, cost: 0.1 },
			{ role: 'actor', id: 'test:scripted', tokensIn: 100, cached: true, cost: 0 },
		]);
	});

	it('reports an unknown price as null', async () => {
		const { calls, reports } = callsOf(['four']);
		await calls.complete(ask('2 + 2?'), never);
		expect(reports[0]?.cost).toBeNull();
	});

	it('of another sample is another call', async () => {
		const { calls, model } = callsOf(['a', 'b']);
		await calls.complete(ask('Hi', '0'), never);
		expect((await calls.complete(ask('Hi', '1'), never)).text).toBe('b');
		expect(model.requests).toHaveLength(2);
	});

	it('is in the cache before it is given back', async () => {
		const events: string[] = [];
		const inner = new MemoryRequestCache();
		const cache: RequestCache = {
			get: (key) => inner.get(key),
			put: async (key, answer) => {
				await new Promise((resolve) => setImmediate(resolve));
				await inner.put(key, answer);
				events.push('kept');
			},
		};
		const { calls } = callsOf(['four'], { cache });
		await calls.complete(ask('2 + 2?'), never).then(() => events.push('given back'));
		expect(events).toEqual(['kept', 'given back']);
	});

	it("that can't be kept fails, and what it took is counted", async () => {
		const cache: RequestCache = {
			get: async () => undefined,
			put: () => Promise.reject(new CacheError('disk-full', 'No space.')),
		};
		const { calls, ledger, model } = callsOf(['four'], { cache });
		await expect(calls.complete(ask('2 + 2?'), never)).rejects.toThrow(CacheError);
		expect(ledger.total().calls).toBe(1);
		expect(model.requests).toHaveLength(1);
	});

	it('that fails for a while is tried again and counted once', async () => {
		const { calls, ledger, time } = callsOf((_request, index) => {
			if (index < 2) throw new ModelError('server', 'Oops.');
			return 'four';
		});
		expect((await time.until(calls.complete(ask('2 + 2?'), never))).text).toBe('four');
		expect(ledger.total().calls).toBe(1);
	});
});

describe('two identical calls under way', () => {
	it('are one', async () => {
		const { calls, model, ledger } = callsOf(async () => {
			await new Promise((resolve) => setImmediate(resolve));
			return 'four';
		});
		const [a, b] = await Promise.all([calls.complete(ask('2 + 2?'), never), calls.complete(ask('2 + 2?'), never)]);
		expect([a.cached, b.cached]).toEqual([false, true]);
		expect(model.requests).toHaveLength(1);
		expect(ledger.total()).toMatchObject({ calls: 1, cached: 1 });
	});

	it('go on for the one who stays when the other cancels', async () => {
		const { calls, model, time } = callsOf(async (_request, _index, signal) => {
			await time.sleep(100, never);
			if (signal.aborted) throw new ModelError('cancelled', 'Cancelled.');
			return 'four';
		});
		const controller = new AbortController();
		const first = calls.complete(ask('2 + 2?'), controller.signal);
		const second = calls.complete(ask('2 + 2?'), never);
		controller.abort();
		await expect(first).rejects.toMatchObject({ reason: 'cancelled' });
		expect((await time.until(second)).text).toBe('four');
		expect(model.requests).toHaveLength(1);
	});

	it('are stopped when everybody cancels, and asked anew by who comes later', async () => {
		const stopped: boolean[] = [];
		const { calls, time } = callsOf(async (_request, _index, signal) => {
			await time.sleep(100, signal);
			stopped.push(signal.aborted);
			if (signal.aborted) throw new ModelError('cancelled', 'Cancelled.');
			return 'four';
		});
		const controller = new AbortController();
		const first = calls.complete(ask('2 + 2?'), controller.signal);
		await time.advance(1);
		controller.abort();
		const later = calls.complete(ask('2 + 2?'), never);
		await expect(first).rejects.toMatchObject({ reason: 'cancelled' });
		expect((await time.until(later)).text).toBe('four');
		expect(stopped).toEqual([true, false]);
	});
});

describe('a cap on calls', () => {
	it('is exact, however many ask at once', async () => {
		const { calls, model, time } = callsOf(
			async () => {
				await time.sleep(10, never);
				return 'x';
			},
			{ budget: { calls: 5 }, concurrency: 3 },
		);
		const asked = Array.from({ length: 20 }, (_, n) => calls.complete(ask(`question ${n}`), never));
		const results = await time.until(Promise.allSettled(asked));
		expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
		expect(model.requests).toHaveLength(5);
		for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(BudgetError);
	});

	it('does not keep answers back that are in the cache', async () => {
		const { calls } = callsOf(['four'], { budget: { calls: 1 } });
		await calls.complete(ask('2 + 2?'), never);
		expect((await calls.complete(ask('2 + 2?'), never)).cached).toBe(true);
		await expect(calls.complete(ask('3 + 3?'), never)).rejects.toThrow(BudgetError);
	});

	it('does not count calls that failed', async () => {
		const { calls } = callsOf(
			(_request, index) => {
				if (index === 0) throw new ModelError('refused', 'No.');
				return answerOf('fine');
			},
			{ budget: { calls: 1 } },
		);
		await expect(calls.complete(ask('a'), never)).rejects.toMatchObject({ reason: 'refused' });
		expect((await calls.complete(ask('b'), never)).text).toBe('fine');
	});
});

describe('a pause', () => {
	const slow = (setting: Setting = {}) => {
		const world = callsOf(async () => {
			await world.time.sleep(10, never);
			return 'x';
		}, setting);
		return world;
	};

	it('lets calls under way end and begins none, neither new ones nor those that wait for their place', async () => {
		const { calls, model, pause, time } = slow({ concurrency: 2 });
		const asked = Array.from({ length: 5 }, (_, n) => calls.complete(ask(`question ${n}`), never));
		await time.advance(5);
		pause.pause();
		const later = calls.complete(ask('later'), never);
		await time.advance(1000);
		expect((await Promise.all(asked.slice(0, 2))).map(({ text }) => text)).toEqual(['x', 'x']);
		expect(model.requests).toHaveLength(2);
		pause.resume();
		await time.until(Promise.all([...asked, later]));
		expect(model.requests).toHaveLength(6);
	});

	it('keeps a call that failed from being tried again', async () => {
		const { calls, model, pause, time } = callsOf((_request, index) => {
			if (index > 0) return 'four';
			pause.pause();
			throw new ModelError('server', 'Oops.');
		});
		const asked = calls.complete(ask('2 + 2?'), never);
		await time.advance(60_000);
		expect(model.requests).toHaveLength(1);
		pause.resume();
		expect((await time.until(asked)).text).toBe('four');
	});

	it('does not keep answers back that are in the cache', async () => {
		const { calls, pause } = callsOf(['four']);
		await calls.complete(ask('2 + 2?'), never);
		pause.pause();
		expect((await calls.complete(ask('2 + 2?'), never)).cached).toBe(true);
	});

	it('keeps nobody who cancels', async () => {
		const { calls, model, pause } = callsOf(['four']);
		pause.pause();
		const controller = new AbortController();
		const asked = calls.complete(ask('2 + 2?'), controller.signal);
		controller.abort();
		await expect(asked).rejects.toMatchObject({ reason: 'cancelled' });
		pause.resume();
		expect((await calls.complete(ask('3 + 3?'), never)).text).toBe('four');
		expect(model.requests).toHaveLength(1);
	});

	it('takes none of the minutes that a run may last', async () => {
		const { calls, pause, time } = slow({ budget: { minutes: 1 } });
		pause.pause();
		await time.advance(3_600_000);
		pause.resume();
		expect((await time.until(calls.complete(ask('a'), never))).text).toBe('x');
		await time.advance(60_000);
		await expect(calls.complete(ask('b'), never)).rejects.toThrow(BudgetError);
	});
});

it('a signal that has fired already asks nobody', async () => {
	const { calls, model } = callsOf(['x']);
	await expect(calls.complete(ask('a'), AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
	expect(model.requests).toHaveLength(0);
});
