/** Runs code in QuickJS, a JavaScript engine in WebAssembly: each run in an engine of its own, bounded in time and memory. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { QuickJSFFI } from '@jitl/quickjs-wasmfile-release-sync/ffi';
import {
	newQuickJSWASMModuleFromVariant,
	newVariant,
	type QuickJSContext,
	type QuickJSHandle,
	type QuickJSSyncVariant,
} from 'quickjs-emscripten-core';
import type { SandboxRequest, SandboxResult } from '../core/tasks/sandbox.js';
import { ownTime } from './ownTime.js';
import { sandboxPrelude } from './sandboxPrelude.js';

/** Characters of a value and of the output that are handed over, where nobody asks for more. */
const usualCharacters = 10_000;

/** What QuickJS may use of its stack, in bytes: some 11,000 calls inside each other, as many as Node allows. */
const stackBytes = 2000 * 1024;

/** Kept free of the code's use, to tell what happened where memory ran out, in bytes. */
const spareBytes = 1024 * 1024;

const pageBytes = 64 * 1024;

/** What the engine begins with, its stack included, and all it can have: both are written in its wasm file. */
const pages = { least: 256, most: 32_768 };

/** The engine's code; an engine of it is made for each run. */
export function compileQuickJs(wasmFile: string): WebAssembly.Module {
	return new WebAssembly.Module(new Uint8Array(readFileSync(wasmFile)));
}

export interface RunTools {
	/** The text of a CommonJS package that code asked for. */
	readonly readModule: (name: string) => string;
}

/**
 * Runs one script; never rejects. The engine is made for it and dropped afterwards, whatever state the code left it in:
 * that takes some milliseconds, and the size of its memory is the one limit on memory that holds (QuickJS itself can't
 * measure its allocations in WebAssembly).
 */
export async function runInQuickJs(
	compiled: WebAssembly.Module,
	request: SandboxRequest,
	{ readModule }: RunTools,
): Promise<SandboxResult> {
	try {
		const maximum = Math.min(pages.least + Math.ceil(request.memoryBytes / pageBytes), pages.most);
		const memory = new WebAssembly.Memory({ initial: pages.least, maximum });
		const engine = newVariant(variant, { wasmModule: async () => compiled, wasmMemory: async () => memory });
		const context = (await newQuickJSWASMModuleFromVariant(engine)).newContext();
		// It grows in steps of a few per cent: where it is nearly full the next step did not fit.
		const isFull = () => memory.buffer.byteLength > 0.9 * maximum * pageBytes;
		return new World(context, request, isFull, readModule).run();
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { status: 'crashed', output: '', error: `The sandbox broke down: ${why}` };
	}
}

const variant: QuickJSSyncVariant = {
	type: 'sync',
	importFFI: async () => QuickJSFFI,
	// Required, not imported: the CommonJS form is the one that can be bundled to CommonJS.
	importModuleLoader: async () => require('@jitl/quickjs-wasmfile-release-sync/emscripten-module'),
};

type Ended = Omit<SandboxResult, 'output'>;

/** What a call in the sandbox gave: one of the two. */
interface Outcome {
	readonly value?: QuickJSHandle;
	readonly error?: QuickJSHandle;
}

/** One run's global object, with what the prelude put there. Nothing is freed: the whole engine goes at the end. */
class World {
	/** Begins with the code: the time it takes to set up its world is not its own. */
	private elapsed = () => 0;
	private readonly spare: QuickJSHandle;
	private late = false;
	private output = '';
	private readonly mostCharacters: number;

	constructor(
		private readonly context: QuickJSContext,
		private readonly request: SandboxRequest,
		private readonly isFull: () => boolean,
		private readonly readModule: (name: string) => string,
	) {
		this.mostCharacters = request.mostCharacters ?? usualCharacters;
		this.spare = context.newArrayBuffer(new ArrayBuffer(spareBytes));
		context.runtime.setMaxStackSize(stackBytes);
		context.runtime.setInterruptHandler(() => {
			this.late ||= this.elapsed() >= this.request.timeoutMs;
			return this.late;
		});
	}

	run(): SandboxResult {
		const ended = this.ended();
		const { output, late } = this;
		// Once late, everything that is called ends at once: what it gave says nothing.
		if (late) return { status: 'timeout', output, error: `Stopped after ${this.request.timeoutMs} ms.` };
		return { ...ended, output };
	}

	private ended(): Ended {
		const tools = this.setUp();
		this.elapsed = ownTime();
		const { value, error } = this.evaluate(this.request.code);
		if (error) return this.failure(error, tools.describe);
		if (!value) {
			return { status: 'thrown', error: 'Error: The promise never settles; nothing here could settle it later.' };
		}
		const shown = this.call(tools.show, value);
		if (!shown.value) return { status: 'done', value: '(a value that cannot be shown)' };
		const text = this.textOf(shown.value);
		return text === undefined ? { status: 'done' } : { status: 'done', value: text };
	}

	private setUp(): { readonly show: QuickJSHandle; readonly describe: QuickJSHandle } {
		const { context } = this;
		const prelude = context.unwrapResult(context.evalCode(sandboxPrelude, 'sandbox.js', { type: 'global' }));
		const print = context.newFunction('print', (text) => this.print(crossed(context.getString(text))));
		const hash = context.newFunction('hash', (algorithm, text) =>
			this.hash(crossed(context.getString(algorithm)), crossed(context.getString(text))),
		);
		const load = context.newFunction('load', (name) => context.newString(this.readModule(context.getString(name))));
		// One more than is handed over: what is cut shows as cut.
		const most = context.newNumber(this.mostCharacters + 1);
		const tools = context.unwrapResult(context.callFunction(prelude, context.undefined, print, hash, load, most));
		return { show: context.getProp(tools, 'show'), describe: context.getProp(tools, 'describe') };
	}

	/** The script's completion value; a promise is awaited. Neither value nor error: it never settles. */
	private evaluate(code: string): Outcome {
		const result = this.context.evalCode(code, 'code.js', { type: 'global' });
		if (result.error) return { error: result.error };
		const jobs = this.context.runtime.executePendingJobs();
		if (jobs.error) return { error: jobs.error };
		const state = this.context.getPromiseState(result.value);
		if (state.type === 'pending') return {};
		return state.type === 'rejected' ? { error: state.error } : { value: state.value };
	}

	private failure(error: QuickJSHandle, describe: QuickJSHandle): Ended {
		this.spare.dispose();
		const described = this.call(describe, error);
		const text = described.value && this.textOf(described.value);
		// QuickJS throws null where not even the error fits into memory.
		const nothing = this.context.eq(error, this.context.null) && this.isFull();
		if (text?.startsWith('InternalError: out of memory') || nothing) {
			const most = Math.round(this.request.memoryBytes / 1024 / 1024);
			return { status: 'out-of-memory', error: `It needed more than ${most} MB.` };
		}
		return { status: 'thrown', error: text ?? 'Something was thrown that cannot be shown.' };
	}

	private call(callee: QuickJSHandle, argument: QuickJSHandle): Outcome {
		const result = this.context.callFunction(callee, this.context.undefined, argument);
		return result.error ? { error: result.error } : { value: result.value };
	}

	private textOf(handle: QuickJSHandle): string | undefined {
		if (this.context.typeof(handle) !== 'string') return undefined;
		return crossed(this.context.getString(handle)).slice(0, this.mostCharacters);
	}

	private print(line: string): void {
		const { output, mostCharacters } = this;
		if (output.length < mostCharacters) this.output = `${output}${line}\n`.slice(0, mostCharacters);
	}

	private hash(algorithm: string, text: string): QuickJSHandle {
		const name = algorithm.toLowerCase();
		if (!hashes.has(name))
			throw new RangeError(`There is no hash "${algorithm}" here, only ${[...hashes].join(', ')}.`);
		return this.context.newString(createHash(name).update(text, 'utf8').digest('hex'));
	}
}

/** Texts leave the sandbox as JSON: the engine's own strings end at a NUL. */
function crossed(json: string): string {
	const text: unknown = JSON.parse(json);
	return typeof text === 'string' ? text : '';
}

const hashes = new Set(['md5', 'sha1', 'sha256']);
