/** The worker thread that owns the library, so that no export, replay or search blocks the thread that asks. */
import { join } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { LibraryError } from '../core/experience/store.js';
import type { CallName, CrossedError, LibraryCall, LibraryCalls, WorkerData, WorkerMessage } from './calls.js';
import { LibraryEngine } from './engine.js';

type Handlers = {
	readonly [Name in CallName]: (
		library: LibraryEngine,
		params: LibraryCalls[Name]['params'],
	) => Promise<LibraryCalls[Name]['answer']>;
};

const handlers: Handlers = {
	get: (library, { ids }) => library.get(ids),
	list: (library, { filter }) => library.list(filter),
	search: (library, { queries }) => library.search(queries),
	leading: (library, { limit }) => library.leading(limit),
	neighbours: (library, { experience, limit }) => library.neighbours(experience, limit),
	apply: (library, { requests, at }) => library.apply(requests, at),
	appliedBy: (library, { key }) => library.appliedBy(key),
	history: (library, { id }) => library.history(id),
	uses: (library, { ids }) => library.uses(ids),
	stats: (library) => library.stats(),
	browse: (library, { query }) => library.browse(query),
	recent: (library, { limit }) => library.recent(limit),
	undoLast: (library, { by, at }) => library.undoLast(by, at),
	checkpoint: (library) => library.checkpoint(),
	close: (library) => library.close(),
};

/** Milliseconds, near the most that a timer takes. */
const longestDelay = 2 ** 30;

async function serve(port: MessagePort, { folder, ...options }: WorkerData): Promise<void> {
	const send = (message: WorkerMessage): void => port.postMessage(message);
	// A thread whose event loop runs empty can hang for good: it then waits for its compile jobs, and one of them may wait
	// for a garbage collection that only a running loop would do (nodejs/node#54918). So the loop is never empty.
	const awake = setInterval(() => {}, longestDelay);
	let library: LibraryEngine;
	try {
		library = await LibraryEngine.open(folder, {
			...options,
			wasmFile: join(__dirname, 'sql-wasm.wasm'),
			onMessage: (message) => send({ kind: 'message', message }),
		});
	} catch (error) {
		clearInterval(awake);
		send({ kind: 'failed', error: crossing(error) });
		port.close();
		return;
	}
	library.onChange((notices) => send({ kind: 'changed', notices }));
	port.on('message', (call: LibraryCall) => {
		// After "close" whoever started the thread ends it.
		void answer(library, call).then(send);
	});
	send({ kind: 'opened', report: library.report });
}

async function answer<Name extends CallName>(
	library: LibraryEngine,
	{ number, name, params }: LibraryCall<Name>,
): Promise<WorkerMessage> {
	try {
		return { kind: 'answer', number, answer: await handlers[name](library, params) };
	} catch (error) {
		return { kind: 'error', number, error: crossing(error) };
	}
}

/** Errors lose their class between threads; reason and sentence are what matters. */
function crossing(error: unknown): CrossedError {
	if (error instanceof LibraryError) return { reason: error.reason, message: error.message };
	const what = error instanceof Error ? error.message : String(error);
	return { reason: 'io', message: `The library failed: ${what}` };
}

if (parentPort) void serve(parentPort, workerData);
