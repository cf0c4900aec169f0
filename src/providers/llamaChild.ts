/** The parent's end of a llama.cpp process: starts it, asks it, and knows when it has died. */
import { type ChildProcess, fork } from 'node:child_process';
import { Socket } from 'node:net';
import * as v from 'valibot';
import { ModelError } from '../core/models/chatModel.js';
import { onAbort } from '../core/models/onAbort.js';
import {
	type FromChild,
	fromChildSchema,
	type LlamaCompletion,
	type LlamaRequest,
	type LlamaStart,
	type ToChild,
} from './llamaProtocol.js';

export type LlamaReady = Extract<FromChild, { type: 'ready' }>;

interface Waiting<T> {
	readonly done: (value: T) => void;
	readonly failed: (error: ModelError) => void;
}

/** Characters of the process's last words that go into an error message. */
const lastWordsLength = 400;

export class LlamaChild {
	/**
	 * Resolves once the model is loaded.
	 * @throws {ModelError} `crashed`, or `bad-request` where the file is no model that llama.cpp can load
	 */
	readonly ready: Promise<LlamaReady>;
	private readonly child: ChildProcess;
	private readonly closed: Promise<void>;
	private readonly waiting = new Map<number, Waiting<LlamaCompletion>>();
	private loading: Waiting<LlamaReady> | undefined;
	private requests = 0;
	private lastWords = '';
	/** Why it can't be asked any more. */
	private ending: ModelError | undefined;
	private stopping = false;

	constructor(processFile: string, start: LlamaStart) {
		this.child = fork(processFile, [JSON.stringify(start)], {
			// The debugger's flags of an extension host would make the child wait for the same port.
			execArgv: [],
			// Set to nothing, a variable that should be a number or a yes stops llama.cpp's binding; absent, it does not.
			env: Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')),
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
		});
		this.ready = new Promise((done, failed) => {
			this.loading = { done, failed };
		});
		// Who waits for it sees the error; that nobody does is no unhandled rejection.
		this.ready.catch(() => {});
		this.child.on('message', (message) => this.receive(v.parse(fromChildSchema, message)));
		this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			this.lastWords = (this.lastWords + text).slice(-lastWordsLength);
		});
		this.closed = new Promise((closed) => {
			this.child.on('close', (code, signal) => {
				this.end(new ModelError('crashed', crashMessage(code, signal, this.lastWords)));
				closed();
			});
			this.child.on('error', (cause) => {
				this.end(new ModelError('crashed', `The llama.cpp process can't be run (${cause.message}).`, { cause }));
				closed();
			});
		});
	}

	get alive(): boolean {
		return this.ending === undefined;
	}

	get processId(): number | undefined {
		return this.child.pid;
	}

	/**
	 * Asks, and resolves when the process has answered; when `signal` fires it answers soon that it was cancelled.
	 * @throws {ModelError}
	 */
	async ask(request: LlamaRequest, signal: AbortSignal): Promise<LlamaCompletion> {
		if (this.ending) throw this.ending;
		const id = ++this.requests;
		const forget = onAbort(signal, () => this.send({ type: 'cancel', id }));
		try {
			return await new Promise<LlamaCompletion>((done, failed) => {
				this.waiting.set(id, { done, failed });
				this.holdParent();
				this.send({ type: 'complete', id, request });
			});
		} finally {
			forget();
			this.waiting.delete(id);
			this.holdParent();
		}
	}

	/** Ends the process, whatever it is doing. */
	async stop(): Promise<void> {
		this.stopping = true;
		this.holdParent();
		this.end(new ModelError('cancelled', 'The model was closed; open it again to go on.'));
		this.child.kill('SIGKILL');
		await this.closed;
	}

	private receive(message: FromChild): void {
		if (message.type === 'ready') {
			this.loading?.done(message);
			this.loading = undefined;
			this.holdParent();
		} else if (message.type === 'unusable') {
			this.end(new ModelError(message.reason, message.message));
		} else if (message.type === 'done') {
			this.waiting.get(message.id)?.done(message.completion);
		} else {
			this.waiting.get(message.id)?.failed(new ModelError(message.reason, message.message));
		}
	}

	/** Everybody who waits is told the first reason, and so is who asks later. */
	private end(reason: ModelError): void {
		this.ending ??= reason;
		this.loading?.failed(this.ending);
		this.loading = undefined;
		for (const { failed } of this.waiting.values()) failed(this.ending);
	}

	private send(message: ToChild): void {
		// A failed send means that the process is going; `close` then tells everybody who waits.
		if (this.child.connected) this.child.send(message, () => {});
	}

	/** An idle model must not keep a finished program from ending; a program that waits for its end goes on after it. */
	private holdParent(): void {
		const { child } = this;
		const busy = this.waiting.size > 0 || this.stopping;
		for (const handle of [child, child.channel, child.stderr instanceof Socket ? child.stderr : undefined]) {
			if (busy) handle?.ref();
			else handle?.unref();
		}
	}
}

function crashMessage(code: number | null, signal: string | null, lastWords: string): string {
	const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
	const said = lastWords.trim() === '' ? '' : ` Its last words: ${lastWords.trim()}`;
	const hint = signal === 'SIGKILL' ? ' The system may be short of memory: try a smaller model or context.' : '';
	return `The llama.cpp process ${how}; the next call starts a new one.${hint}${said}`;
}
