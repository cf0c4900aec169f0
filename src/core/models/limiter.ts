/** The one limiter: how many calls run at once, how many and how many tokens a minute, and when a failed one is retried. */
import { ModelError } from './chatModel.js';
import { MinuteWindow } from './minuteWindow.js';
import { onAbort } from './onAbort.js';
import { systemTime, type Time } from './time.js';

export interface LimiterOptions {
	/** Calls at once at most; adapts downwards to 429s and recovers. */
	readonly concurrency: number;
	readonly requestsPerMinute?: number | undefined;
	readonly tokensPerMinute?: number | undefined;
	/** Tries of one call, the first included (default 6). */
	readonly tries?: number;
	/** Ceiling of the wait before the first retry, doubled for each further one (default 500 ms). */
	readonly baseDelayMs?: number;
	/** Ceiling of any such wait (default 30 s). */
	readonly maxDelayMs?: number;
	/** A provider that asks to wait longer than this ends the call instead (default 5 minutes). */
	readonly maxRetryAfterMs?: number;
	/** 0 to 1, for the jitter; it decides when a call is tried again, never what it answers (default Math.random). */
	readonly random?: () => number;
	readonly time?: Time;
}

export interface LimitedCall<T> {
	readonly signal: AbortSignal;
	/** Tokens that the call is expected to take, in and out. */
	readonly tokens?: number;
	/** Tokens that it took. */
	readonly measure?: (result: T) => number;
}

interface Waiting {
	readonly tokens: number;
	readonly start: () => void;
}

/** A call that has its place: `end` must follow. */
interface Place {
	readonly startedAt: number;
	readonly end: (tokens: number | undefined) => void;
}

/**
 * A place is held only while a call runs, never during a wait, and at least one place always exists: so any number of
 * simultaneous 429s leaves somebody who can go on, and the limiter cannot deadlock.
 */
export class Limiter {
	private readonly time: Time;
	private readonly most: number;
	private readonly window: MinuteWindow;
	private readonly queue: Waiting[] = [];
	private allowed: number;
	private running = 0;
	private pausedUntil = Number.NEGATIVE_INFINITY;
	private lastHalved = Number.NEGATIVE_INFINITY;
	private alarm: { readonly at: number; readonly cancel: () => void } | undefined;

	constructor(private readonly options: LimiterOptions) {
		this.time = options.time ?? systemTime;
		this.most = Math.max(1, Math.floor(options.concurrency));
		this.allowed = this.most;
		this.window = new MinuteWindow(options.requestsPerMinute, options.tokensPerMinute);
	}

	/** How many calls may run at once now. */
	get concurrency(): number {
		return Math.max(1, Math.floor(this.allowed));
	}

	/**
	 * Runs `task` when there is a place for it, and again after transient failures.
	 * @throws {ModelError} `cancelled` when the signal fires while waiting, else what the last try threw
	 */
	async run<T>(task: () => Promise<T>, call: LimitedCall<T>): Promise<T> {
		for (let tried = 1; ; tried++) {
			const place = await this.place(call.tokens ?? 0, call.signal, tried > 1);
			let result: T | undefined;
			try {
				result = await task();
				this.recover();
				return result;
			} catch (error) {
				if (error instanceof ModelError && error.reason === 'rate-limit') this.slowDown(place, error);
				if (!this.mayRetry(error, tried)) throw error;
			} finally {
				place.end(result === undefined ? undefined : call.measure?.(result));
			}
			await this.backOff(tried, call.signal);
		}
	}

	private mayRetry(error: unknown, tried: number): boolean {
		if (!(error instanceof ModelError) || !error.transient) return false;
		const { tries = 6, maxRetryAfterMs = 300_000 } = this.options;
		return tried < tries && (error.options.retryAfterMs ?? 0) <= maxRetryAfterMs;
	}

	/** Full jitter: anywhere between nothing and the doubled ceiling, so that those who failed together part. */
	private async backOff(tried: number, signal: AbortSignal): Promise<void> {
		const { baseDelayMs = 500, maxDelayMs = 30_000, random = Math.random } = this.options;
		await this.time.sleep(random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (tried - 1)), signal);
		if (signal.aborted) throw cancelled();
	}

	/** Half the concurrency, once for all calls that were under way together; nobody starts before the provider allows. */
	private slowDown(place: Place, error: ModelError): void {
		const now = this.time.now();
		if (place.startedAt >= this.lastHalved) {
			this.allowed = Math.max(1, this.allowed / 2);
			this.lastHalved = now;
		}
		const { retryAfterMs = 0 } = error.options;
		if (retryAfterMs <= (this.options.maxRetryAfterMs ?? 300_000)) {
			this.pausedUntil = Math.max(this.pausedUntil, now + retryAfterMs);
		}
	}

	/** One more place after as many successes as there are places. */
	private recover(): void {
		this.allowed = Math.min(this.most, this.allowed + 1 / this.allowed);
	}

	/** Waits for a place; a retry goes before those who have not started yet. */
	private place(tokens: number, signal: AbortSignal, first: boolean): Promise<Place> {
		return new Promise((resolve, reject) => {
			if (signal.aborted) return reject(cancelled());
			const abort = (): void => {
				this.queue.splice(this.queue.indexOf(waiting), 1);
				reject(cancelled());
				this.pump();
			};
			const waiting: Waiting = {
				tokens,
				start: () => {
					forget();
					resolve(this.occupy(tokens));
				},
			};
			const forget = onAbort(signal, abort);
			if (first) this.queue.unshift(waiting);
			else this.queue.push(waiting);
			this.pump();
		});
	}

	private occupy(tokens: number): Place {
		this.running++;
		const startedAt = this.time.now();
		const correct = this.window.add(startedAt, tokens);
		return {
			startedAt,
			end: (measured) => {
				if (measured !== undefined) correct(measured);
				this.running--;
				this.pump();
			},
		};
	}

	/** Starts whoever may start; where only time is missing, comes back then. */
	private pump(): void {
		for (;;) {
			const [next] = this.queue;
			if (!next || this.running >= this.concurrency) break;
			const now = this.time.now();
			const readyAt = Math.max(this.pausedUntil, this.window.readyAt(now, next.tokens));
			if (readyAt > now) {
				this.setAlarm(readyAt);
				return;
			}
			this.queue.shift();
			next.start();
		}
		// Whoever runs comes back here at its end; nobody waits for a moment.
		this.setAlarm(undefined);
	}

	private setAlarm(at: number | undefined): void {
		if (at === this.alarm?.at) return;
		this.alarm?.cancel();
		this.alarm = undefined;
		if (at === undefined) return;
		const controller = new AbortController();
		this.alarm = { at, cancel: () => controller.abort() };
		void this.time.sleep(at - this.time.now(), controller.signal).then(() => {
			if (controller.signal.aborted) return;
			this.alarm = undefined;
			this.pump();
		});
	}
}

function cancelled(): ModelError {
	return new ModelError('cancelled', 'The model call was cancelled before it started.');
}
