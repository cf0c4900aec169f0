/** A small GGUF model on this machine as a chat model, run by llama.cpp in a process of its own. */
import { basename } from 'node:path';
import { type ChatAnswer, type ChatModel, type ChatRequest, ModelError } from '../core/models/chatModel.js';
import { unlessAborted } from '../core/models/onAbort.js';
import { sha256OfFile } from './fileHash.js';
import { LlamaChild } from './llamaChild.js';
import type { LlamaCompletion, LlamaRequest, LlamaStart } from './llamaProtocol.js';
import { usableCores } from './usableCores.js';

export interface EmbeddedModelOptions {
	/** A GGUF file. */
	readonly file: string;
	/** Of `embedded:<name>` (default: the file's name). */
	readonly name?: string | undefined;
	/** Hash of the file where it is known; else the file is read and hashed. */
	readonly sha256?: string | undefined;
	/** Default: half of the cores, from 2 to 4. Never more than there are. */
	readonly threads?: number | undefined;
	/** Prompt and answer together (default 4096; never more than the model was trained for). */
	readonly contextTokens?: number | undefined;
	/** Where the component `llama` is installed. */
	readonly componentFolder: string;
	/** The bundle `llamaProcess.js`. */
	readonly processFile: string;
}

export interface EmbeddedModel extends ChatModel {
	/** Figures of the last answer, for tests and measurements. */
	readonly lastCall: CallFigures | undefined;
	/** Of the process that runs the model now; undefined where none does. */
	readonly processId: number | undefined;
}

export type CallFigures = Pick<LlamaCompletion, 'tokensIn' | 'tokensOut' | 'tokensEvaluated' | 'readMs' | 'writeMs'>;

/**
 * Loads the model.
 * @throws {ModelError} `not-found` where there is no such file, `bad-request` where llama.cpp can't load it, `crashed`
 * where its process ended
 */
export async function openEmbeddedModel(options: EmbeddedModelOptions): Promise<EmbeddedModel> {
	const { file, componentFolder, contextTokens = 4096, threads } = options;
	const identity = options.sha256 ?? (await hashOrComplain(file));
	const model = new LlamaChatModel(options, identity, {
		file,
		componentFolder,
		contextTokens,
		threads: threadsFor(threads),
	});
	await model.load();
	return model;
}

class LlamaChatModel implements EmbeddedModel {
	readonly id: string;
	readonly supports = { tools: false, schema: true, choices: true, seed: true, system: true };
	/** More at once brings nothing on a CPU: the cores are busy with one. */
	readonly concurrency = 1;
	contextTokens: number;
	lastCall: CallFigures | undefined;
	private child: LlamaChild | undefined;
	private closed = false;
	/** Calls go one after another; this is the end of the line. */
	private line: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly options: EmbeddedModelOptions,
		readonly identity: string,
		private readonly start: LlamaStart,
	) {
		this.id = `embedded:${options.name ?? basename(options.file)}`;
		this.contextTokens = start.contextTokens;
	}

	get processId(): number | undefined {
		return this.child?.alive ? this.child.processId : undefined;
	}

	/** The process with the model in it: a new one where the last has died. */
	async load(): Promise<LlamaChild> {
		if (this.closed) throw new ModelError('cancelled', 'The model was closed; open it again to go on.');
		if (!this.child?.alive) this.child = new LlamaChild(this.options.processFile, this.start);
		const { child } = this;
		this.contextTokens = (await child.ready).contextTokens;
		return child;
	}

	async complete(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
		const answer = this.line.then(() => this.ask(request, signal));
		this.line = answer.catch(() => {});
		// The caller is let go at once; the process needs a moment to stop, and the next call waits for that.
		return unlessAborted(answer, signal, cancelled);
	}

	async close(): Promise<void> {
		this.closed = true;
		await this.child?.stop();
	}

	private async ask(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
		if (signal.aborted) throw cancelled();
		const child = await this.load();
		if (signal.aborted) throw cancelled();
		const { text, finish, ...figures } = await child.ask(bodyOf(request), signal);
		this.lastCall = figures;
		const { tokensIn, tokensOut } = figures;
		return { text, toolCalls: [], usage: { tokensIn, tokensOut }, finish };
	}
}

function bodyOf({ messages, schema, choices, maxTokens, temperature, seed }: ChatRequest): LlamaRequest {
	return {
		messages: messages.map(({ role, content }) => ({ role, content })),
		choices: choices && [...choices],
		schema: schema?.schema,
		maxTokens,
		temperature,
		seed,
	};
}

function cancelled(): ModelError {
	return new ModelError('cancelled', 'The model call was cancelled.');
}

async function hashOrComplain(file: string): Promise<string> {
	try {
		return await sha256OfFile(file);
	} catch (cause) {
		throw new ModelError('not-found', `The model file ${file} can't be read; check its path.`, { cause });
	}
}

/** With more threads than cores llama.cpp all but stands still. */
function threadsFor(wanted: number | undefined): number {
	const cores = usableCores();
	const usual = Math.min(4, Math.max(2, Math.floor(cores / 2)));
	return Math.max(1, Math.min(wanted ?? usual, cores));
}
