/** The sandbox port, answered by a worker thread. */
import type { Sandbox, SandboxResult } from '../core/tasks/sandbox.js';
import type { SandboxTask } from './sandboxWorker.js';
import { type CallEnd, WorkerCalls } from './workerCalls.js';

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
export function openSandbox({ workerFile }: SandboxOptions): Sandbox {
	const calls = new WorkerCalls<SandboxTask, SandboxResult>({
		file: workerFile,
		// Nothing in that thread needs to know any of it.
		worker: { env: {}, resourceLimits: { stackSizeMb: threadStack } },
		notStarted: (why, cause) =>
			new SandboxError('not-started', `The sandbox can't be started (${why}); install flex-learn anew.`, { cause }),
		closed: (running) =>
			new SandboxError(
				'closed',
				running ? 'The sandbox was closed while code ran in it.' : 'The sandbox was closed; open another one.',
			),
	});
	const ask = async (task: SandboxTask, timeoutMs: number, signal: AbortSignal): Promise<SandboxResult> =>
		resultOf(await calls.call(task, timeoutMs + graceMs, signal), timeoutMs);
	return {
		run: (request, signal) => ask({ kind: 'run', request }, request.timeoutMs, signal),
		translate: (request, signal) => ask({ kind: 'translate', request }, translationMs, signal),
		close: () => calls.close(),
	};
}

function resultOf(end: CallEnd<SandboxResult>, timeoutMs: number): SandboxResult {
	switch (end.kind) {
		case 'answered':
			return end.result;
		case 'timeout':
			return { status: 'timeout', output: '', error: `Stopped after ${timeoutMs} ms.` };
		case 'crashed':
			return { status: 'crashed', output: '', error: 'The sandbox stopped while the code ran.' };
	}
}
