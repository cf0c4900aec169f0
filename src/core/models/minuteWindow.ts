/** What was started within the last minute, against limits of requests and tokens a minute. */

const minute = 60_000;

interface Started {
	readonly at: number;
	tokens: number;
}

export class MinuteWindow {
	private readonly started: Started[] = [];
	private tokens = 0;

	/** @param requests a minute, @param limit tokens a minute; none where undefined */
	constructor(
		private readonly requests: number | undefined,
		private readonly limit: number | undefined,
	) {}

	/** Counts a call from `now` on. Returns what replaces its estimated tokens by the measured ones. */
	add(now: number, tokens: number): (measured: number) => void {
		const entry: Started = { at: now, tokens };
		this.started.push(entry);
		this.tokens += tokens;
		return (measured) => {
			// An entry that has left the window is in no sum any more.
			if (this.started.includes(entry)) this.tokens += measured - entry.tokens;
			entry.tokens = measured;
		};
	}

	/**
	 * The first moment, `now` or later, at which a call of `tokens` is within the limits. A call that is larger than the
	 * whole limit may start when the window is empty: else it would wait for ever.
	 */
	readyAt(now: number, tokens: number): number {
		this.forget(now);
		let requests = this.started.length;
		let used = this.tokens;
		let at = now;
		for (const entry of this.started) {
			if (requests < Math.max(1, this.requests ?? Infinity) && used + tokens <= (this.limit ?? Infinity)) break;
			at = entry.at + minute;
			requests--;
			used -= entry.tokens;
		}
		return at;
	}

	private forget(now: number): void {
		for (let first = this.started[0]; first && first.at + minute <= now; first = this.started[0]) {
			this.started.shift();
			this.tokens -= first.tokens;
		}
	}
}
