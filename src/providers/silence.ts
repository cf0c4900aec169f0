/** Ends a call when the other side has said nothing for too long, or when the caller cancels it. */
import { onAbort } from '../core/models/onAbort.js';

export class Silence {
	private readonly controller = new AbortController();
	private timer: NodeJS.Timeout;
	private readonly forgetCaller: () => void;
	/** True once the other side was silent for too long. */
	tooLong = false;

	/** Begins to listen; `end` must follow. */
	constructor(
		private readonly ms: number,
		caller: AbortSignal,
	) {
		this.forgetCaller = onAbort(caller, () => this.controller.abort());
		if (caller.aborted) this.controller.abort();
		this.timer = this.wait();
	}

	/** Fires for both reasons. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** The other side said something. */
	broken(): void {
		clearTimeout(this.timer);
		this.timer = this.wait();
	}

	end(): void {
		clearTimeout(this.timer);
		this.forgetCaller();
	}

	private wait(): NodeJS.Timeout {
		return setTimeout(() => {
			this.tooLong = true;
			this.controller.abort();
		}, this.ms);
	}
}
