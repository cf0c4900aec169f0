/** The gate of a run that can be paused: while it is closed, no new model call is paid; what is under way ends. */
import { ModelError } from './chatModel.js';
import { unlessAborted } from './onAbort.js';
import { systemTime, type Time } from './time.js';

interface Closed {
	/** By the gate's clock, in milliseconds. */
	readonly since: number;
	/** Resolves when the gate opens. */
	readonly opened: Promise<void>;
	readonly open: () => void;
}

export class PauseGate {
	private readonly listeners = new Set<(paused: boolean) => void>();
	private closed: Closed | undefined;
	private earlierMs = 0;

	constructor(private readonly time: Pick<Time, 'now'> = systemTime) {}

	get paused(): boolean {
		return this.closed !== undefined;
	}

	/** How long the gate was closed so far, in milliseconds: time that is in no budget. */
	get pausedMs(): number {
		return this.earlierMs + (this.closed ? this.time.now() - this.closed.since : 0);
	}

	/** Closes the gate; nothing where it is closed already. */
	pause(): void {
		if (this.closed) return;
		let open = (): void => {};
		const opened = new Promise<void>((resolve) => {
			open = resolve;
		});
		this.closed = { since: this.time.now(), opened, open };
		this.tell(true);
	}

	/** Opens the gate, and whoever waits at it goes on; nothing where it is open already. */
	resume(): void {
		if (!this.closed) return;
		const { open } = this.closed;
		this.earlierMs = this.pausedMs;
		this.closed = undefined;
		open();
		this.tell(false);
	}

	/** Calls `listener` whenever the gate closes (true) or opens (false). Returns what ends it. */
	onChange(listener: (paused: boolean) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/**
	 * Resolves at once where the gate is open, else when it opens.
	 * @throws {ModelError} `cancelled` where `signal` fires first, or has fired
	 */
	async pass(signal: AbortSignal): Promise<void> {
		if (signal.aborted) throw cancelled();
		// It may be closed again before those who waited have gone on.
		while (this.closed) await unlessAborted(this.closed.opened, signal, cancelled);
	}

	private tell(paused: boolean): void {
		for (const listener of this.listeners) listener(paused);
	}
}

function cancelled(): ModelError {
	return new ModelError('cancelled', 'The model call was cancelled while the run was paused.');
}
