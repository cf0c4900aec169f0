/** The worker thread of the sandbox: takes scripts one by one and answers with how each ended. */
import { join } from 'node:path';
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { SandboxRequest, SandboxResult } from '../core/tasks/sandbox.js';
import { compileQuickJs, runInQuickJs } from './quickJs.js';

export type SandboxMessage = { readonly kind: 'ready' } | { readonly kind: 'result'; readonly result: SandboxResult };

function serve(port: MessagePort): void {
	const compiled = compileQuickJs(join(__dirname, 'quickjs.wasm'));
	const send = (message: SandboxMessage): void => port.postMessage(message);
	port.on('message', (request: SandboxRequest) => {
		void runInQuickJs(compiled, request).then((result) => send({ kind: 'result', result }));
	});
	send({ kind: 'ready' });
}

if (parentPort) serve(parentPort);
