/** How long a run has worked: pauses, and the time between its sessions, left out. */
import type { RunEvent } from '../core/learning/events.js';

export class WorkClock {
	private worked = 0;
	private since: number | undefined;
	private last = 0;

	/** Milliseconds up to the last event. */
	get activeMs(): number {
		return this.worked + (this.since === undefined ? 0 : Math.max(0, this.last - this.since));
	}

	add({ type, at }: Pick<RunEvent, 'type' | 'at'>): void {
		const time = Date.parse(at);
		// A run that was killed says nothing at its end: its last event stands for that.
		if (type === 'run.started') this.stop();
		this.last = time;
		if (type === 'run.started' || type === 'run.resumed') this.since ??= time;
		if (type === 'run.paused' || type === 'run.finished') this.stop();
	}

	private stop(): void {
		this.worked = this.activeMs;
		this.since = undefined;
	}
}
