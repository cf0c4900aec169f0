/** The sandbox port, answered by a worker thread: started when first needed, replaced where code would not stop. */
import { setTimeout as delay } from 'node:timers';
import { Worker } from 'node:worker_threads';
import { onAbort } from '../core/models/onAbort.js';
import type { Sandbox, SandboxRequest, SandboxResult, TranslateRequest } from '../core/tasks/sandbox.js';
import type { SandboxMessage, SandboxTask } from './sandboxWorker.js';

export interface SandboxOptions {
	/** The worker's bundle, `sandboxWorker.js`, with `quickjs.wasm` beside it. */
	readonly workerFile: string;
}

/** `not-started`: the worker can't be had at all, whatever the code. */
export type SandboxErrorReason = 'not-started' | 'closed';

/** Nothing can be run; `message` says what to do. */
export class SandboxError extends Error {
	override readonly name = 'SandboxError';
	constructor(
		readonly reason: SandboxErrorReason,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/** After the time limit the engine stops by itself; where it does not (inside one long native step), the thread is ended. */
const graceMs = 1_000;

/** A translation takes a few milliseconds; a text made to take for ever is given up with its thread. */
const translationMs = 5_000;

/** The thread's stack in MB: each call in QuickJS takes frames of it, and its own limit must be met first. */
const threadStack = 64;

/** Nothing is started before the first run. `run` rejects with a SandboxError where there can be no sandbox at all. */
export function openSandbox(options: SandboxOptions): Sandbox {
	return new WorkerSandbox(options.workerFile);
}

class WorkerSandbox implements Sandbox {
	private worker: Worker | undefined;
	private lastTurn: Promise<unknown> = Promise.resolve();
	private closed = false;

	constructor(private readonly workerFile: string) {}

	run(request: SandboxRequest, signal: AbortSignal): Promise<SandboxResult> {
		return this.inTurn({ kind: 'run', request }, request.timeoutMs, signal);
	}

	translate(request: TranslateRequest, signal: AbortSignal): Promise<SandboxResult> {
		return this.inTurn({ kind: 'translate', request }, translationMs, signal);
	}

	private inTurn(task: SandboxTask, timeoutMs: number, signal: AbortSignal): Promise<SandboxResult> {
		const turn = this.lastTurn.then(() => this.runNow(task, timeoutMs, signal));
		this.lastTurn = turn.catch(() => undefined);
		return orAborted(turn, signal);
	}

	async close(): Promise<void> {
		this.closed = true;
		await this.worker?.terminate();
		await this.lastTurn;
	}

	private async runNow(task: SandboxTask, timeoutMs: number, signal: AbortSignal): Promise<SandboxResult> {
		signal.throwIfAborted();
		if (this.closed) throw new SandboxError('closed', 'The sandbox was closed; open another one.');
		const worker = this.worker ?? (await this.start());
		if (signal.aborted || this.closed) return this.runNow(task, timeoutMs, signal);
		worker.ref();
		try {
			return await this.answered(worker, task, timeoutMs, signal);
		} finally {
			worker.unref();
		}
	}

	private answered(worker: Worker, task: SandboxTask, timeoutMs: number, signal: AbortSignal): Promise<SandboxResult> {
		return new Promise((resolve, reject) => {
			const settle = (lost: boolean): void => {
				clearTimeout(timer);
				forget();
				worker.off('message', onMessage).off('exit', onExit);
				if (lost) this.discard(worker);
			};
			const onMessage = (message: SandboxMessage): void => {
				if (message.kind !== 'result') return;
				settle(false);
				resolve(message.result);
			};
			const onExit = (): void => {
				settle(true);
				if (this.closed) reject(new SandboxError('closed', 'The sandbox was closed while code ran in it.'));
				else resolve({ status: 'crashed', output: '', error: 'The sandbox stopped while the code ran.' });
			};
			const timer = delay(() => {
				settle(true);
				resolve({ status: 'timeout', output: '', error: `Stopped after ${timeoutMs} ms.` });
			}, timeoutMs + graceMs);
			const forget = onAbort(signal, () => {
				settle(true);
				reject(signal.reason);
			});
			worker.on('message', onMessage).on('exit', onExit);
			worker.postMessage(task);
		});
	}

	/** @throws {SandboxError} `not-started` */
	private async start(): Promise<Worker> {
		const worker = new Worker(this.workerFile, {
			// Nothing in that thread needs to know any of it.
			env: {},
			resourceLimits: { stackSizeMb: threadStack },
			// An engine that breaks down complains to the console; the result says it already.
			stderr: true,
		});
		this.worker = worker;
		await ready(worker).catch((cause: unknown) => {
			this.discard(worker);
			const why = cause instanceof Error ? cause.message : String(cause);
			throw new SandboxError('not-started', `The sandbox can't be started (${why}); install flex-learn anew.`, {
				cause,
			});
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
