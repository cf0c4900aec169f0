/** Calls of a worker thread, one after the other: it is started when first needed, and replaced where a call would not stop. */
import { setTimeout as delay } from 'node:timers';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { onAbort } from '../core/models/onAbort.js';
import { ownTime } from './ownTime.js';

/** What the worker sends: once that it is there, then one result for each request. */
export type WorkerMessage<Result> = { readonly kind: 'ready' } | { readonly kind: 'result'; readonly result: Result };

/** How a call ended; `crashed`: the thread ended by itself. After anything but an answer the next call gets a new thread. */
export type CallEnd<Result> =
	| { readonly kind: 'answered'; readonly result: Result }
	| { readonly kind: 'timeout' }
	| { readonly kind: 'crashed' };

export interface WorkerCallsOptions {
	/** The worker's bundle. */
	readonly file: string;
	readonly worker?: WorkerOptions | undefined;
	/** What is thrown where the thread can't be had at all. */
	readonly notStarted: (why: string, cause: unknown) => Error;
	/** What is thrown by calls after `close`, or while it is called. */
	readonly closed: (running: boolean) => Error;
}

export class WorkerCalls<Request, Result> {
	private worker: Worker | undefined;
	private lastTurn: Promise<unknown> = Promise.resolve();
	private closed = false;

	constructor(private readonly options: WorkerCallsOptions) {}

	/** @param timeoutMs own time (`ownTime`) after which the thread is ended. @throws the signal's reason, or an error of the options */
	call(request: Request, timeoutMs: number, signal: AbortSignal): Promise<CallEnd<Result>> {
		const turn = this.lastTurn.then(() => this.callNow(request, timeoutMs, signal));
		this.lastTurn = turn.catch(() => undefined);
		return orAborted(turn, signal);
	}

	/** Starts the thread where there is none, so that the first call need not wait for it. */
	start(): Promise<void> {
		const turn = this.lastTurn.then(async () => {
			if (this.closed) throw this.options.closed(false);
			if (!this.worker) await this.startNow();
		});
		this.lastTurn = turn.catch(() => undefined);
		return turn;
	}

	async close(): Promise<void> {
		this.closed = true;
		await this.worker?.terminate();
		await this.lastTurn;
	}

	private async callNow(request: Request, timeoutMs: number, signal: AbortSignal): Promise<CallEnd<Result>> {
		signal.throwIfAborted();
		if (this.closed) throw this.options.closed(false);
		const worker = this.worker ?? (await this.startNow());
		if (signal.aborted || this.closed) return this.callNow(request, timeoutMs, signal);
		worker.ref();
		try {
			return await this.answered(worker, request, timeoutMs, signal);
		} finally {
			worker.unref();
		}
	}

	private answered(worker: Worker, request: Request, timeoutMs: number, signal: AbortSignal): Promise<CallEnd<Result>> {
		return new Promise((resolve, reject) => {
			const settle = (lost: boolean): void => {
				clearTimeout(timer);
				forget();
				worker.off('message', onMessage).off('exit', onExit);
				if (lost) this.discard(worker);
			};
			const onMessage = (message: WorkerMessage<Result>): void => {
				if (message.kind !== 'result') return;
				settle(false);
				resolve({ kind: 'answered', result: message.result });
			};
			const onExit = (): void => {
				settle(true);
				if (this.closed) reject(this.options.closed(true));
				else resolve({ kind: 'crashed' });
			};
			const elapsed = ownTime();
			const watch = (): void => {
				const left = timeoutMs - elapsed();
				if (left > 0) {
					timer = delay(watch, Math.ceil(left));
					return;
				}
				settle(true);
				resolve({ kind: 'timeout' });
			};
			let timer = delay(watch, timeoutMs);
			const forget = onAbort(signal, () => {
				settle(true);
				reject(signal.reason);
			});
			worker.on('message', onMessage).on('exit', onExit);
			worker.postMessage(request);
		});
	}

	private async startNow(): Promise<Worker> {
		// An engine that breaks down complains to the console; the result says it already.
		const worker = new Worker(this.options.file, { ...this.options.worker, stderr: true });
		this.worker = worker;
		await ready(worker).catch((cause: unknown) => {
			this.discard(worker);
			throw this.options.notStarted(cause instanceof Error ? cause.message : String(cause), cause);
		});
		worker.once('exit', () => this.forget(worker));
		worker.unref();
		return worker;
	}

	private discard(worker: Worker): void {
		this.forget(worker);
		void worker.terminate();
	}

	private forget(worker: Worker): void {
		if (this.worker === worker) this.worker = undefined;
	}
}

function ready(worker: Worker): Promise<void> {
	return new Promise((resolve, reject) => {
		worker.once('message', () => resolve());
		// Stays: an error without a listener would end the process. What follows it is the exit.
		worker.on('error', reject);
		worker.once('exit', (code) => reject(new Error(`exit code ${code}`)));
	});
}

/** What waits for its turn need not wait to be told that nobody wants it any more. */
async function orAborted<T>(turn: Promise<T>, signal: AbortSignal): Promise<T> {
	let forget = (): void => undefined;
	const aborted = new Promise<never>((_, reject) => {
		if (signal.aborted) reject(signal.reason);
		forget = onAbort(signal, () => reject(signal.reason));
	});
	try {
		return await Promise.race([turn, aborted]);
	} finally {
		forget();
	}
}
