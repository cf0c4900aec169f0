/** The event stream of one run: numbers and dates each event, writes it to the run's log, and hands it to its readers. */
import type { RunEvent, RunEventBody } from './events.js';

export interface RunStreamOptions {
	readonly run: string;
	/** ISO 8601 UTC. */
	readonly clock: () => string;
	/** Number of the first event; more than 0 where a run is resumed. */
	readonly firstSeq: number;
	readonly write: (event: RunEvent) => void;
}

export class RunStream {
	private seq: number;
	private readonly listeners = new Set<(event: RunEvent) => void>();

	constructor(private readonly options: RunStreamOptions) {
		this.seq = options.firstSeq;
	}

	readonly emit = (body: RunEventBody): void => {
		const event: RunEvent = { v: 1, run: this.options.run, seq: this.seq++, at: this.options.clock(), ...body };
		this.options.write(event);
		for (const listener of this.listeners) listener(event);
	};

	/** Calls `listener` for every event from now on. Returns what ends it. */
	onEvent(listener: (event: RunEvent) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/**
	 * Runs `work` and yields the events of this stream until it has ended; rethrows what it threw. A reader that stops
	 * early does not stop the work: that is what the run's signal is for.
	 */
	async *follow(work: () => Promise<unknown>): AsyncGenerator<RunEvent, void> {
		const waiting: RunEvent[] = [];
		let wake = (): void => {};
		const end = this.onEvent((event) => {
			waiting.push(event);
			wake();
		});
		let running = true;
		const done = work().finally(() => {
			running = false;
			wake();
		});
		// Rethrown below; without this a reader that left early would leave an unhandled rejection.
		done.catch(() => {});
		try {
			while (running || waiting.length > 0) {
				const event = waiting.shift();
				if (event) yield event;
				else if (running) await new Promise<void>((resolve) => (wake = resolve));
			}
			await done;
		} finally {
			end();
		}
	}
}
