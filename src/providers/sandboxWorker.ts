/** The worker thread of the sandbox: takes scripts one by one and answers with how each ended. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { SandboxRequest, SandboxResult, TranslateRequest } from '../core/tasks/sandbox.js';
import { compileQuickJs, runInQuickJs } from './quickJs.js';
import { translateCode } from './translateCode.js';
import type { WorkerMessage } from './workerCalls.js';

export type SandboxTask =
	| { readonly kind: 'run'; readonly request: SandboxRequest }
	| { readonly kind: 'translate'; readonly request: TranslateRequest };

/** Packages that code may ask for; they lie beside the worker, and are read only then. */
const moduleFiles: Readonly<Record<string, string>> = { mathjs: 'mathjs.cjs' };

function serve(port: MessagePort): void {
	const compiled = compileQuickJs(join(__dirname, 'quickjs.wasm'));
	const send = (message: WorkerMessage<SandboxResult>): void => port.postMessage(message);
	const tools = { readModule: (name: string) => readFileSync(join(__dirname, moduleFiles[name] ?? ''), 'utf8') };
	port.on('message', (task: SandboxTask) => {
		const done =
			task.kind === 'run' ? runInQuickJs(compiled, task.request, tools) : Promise.resolve(translateCode(task.request));
		void done.then((result) => send({ kind: 'result', result }));
	});
	send({ kind: 'ready' });
}

if (parentPort) serve(parentPort);
