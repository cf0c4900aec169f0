/** The clock that waiting code reads: an argument, so that tests need not wait. */
import { onAbort } from './onAbort.js';

export interface Time {
	/** Milliseconds since some fixed moment. */
	now(): number;
	/** Resolves after `ms`; resolves early when `signal` fires, so whoever waits looks at the signal afterwards. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemTime: Time = {
	now: () => Date.now(),
	sleep: (ms, signal) =>
		new Promise((resolve) => {
			if (signal.aborted) return resolve();
			const done = (): void => {
				clearTimeout(timer);
				forget();
				resolve();
			};
			const timer = setTimeout(done, ms);
			const forget = onAbort(signal, done);
		}),
};
