/** An OpenAI-compatible endpoint as a chat model: OpenAI, Azure, OpenRouter, vLLM, Ollama, LM Studio and the like. */
import type OpenAI from 'openai';
import { type ChatAnswer, type ChatModel, type ChatRequest, ModelError } from '../core/models/chatModel.js';
import { estimatePrompt } from '../core/models/tokenEstimate.js';
import { openClient } from './openaiClient.js';
import { type Dialect, fullDialect, lesserDialect } from './openaiDialect.js';
import { describeEndpoint, type Endpoint, endpointError } from './openaiErrors.js';
import { bodyOf } from './openaiRequest.js';
import { collectAnswer } from './openaiStream.js';
import { Silence } from './silence.js';

export interface OpenAiModelOptions {
	/** Name of the endpoint in `flex.models.endpoints`; part of the model's id. */
	readonly endpoint: string;
	/** Up to and with `/v1`. */
	readonly baseUrl: string;
	readonly model: string;
	/** Left out where the endpoint wants none. */
	readonly apiKey?: string | undefined;
	/** Prompt and answer together (default 8192, what a small local server has). */
	readonly contextTokens?: number | undefined;
	readonly headers?: Readonly<Record<string, string>> | undefined;
	/** Longest silence of the endpoint, before its first word and between any two (default 2 minutes). */
	readonly timeoutMs?: number | undefined;
	/** Calls at once at most (default 8). */
	readonly concurrency?: number | undefined;
	/** How the endpoint can be held to closed answers, where it can: vLLM by its name for the parameter. */
	readonly choices?: 'guided_choice' | 'structured_outputs' | undefined;
	readonly fetch?: typeof globalThis.fetch | undefined;
}

/** @throws {ModelError} `bad-request` where the base URL is none */
export function openOpenAiModel(options: OpenAiModelOptions): ChatModel {
	return new OpenAiModel(options);
}

class OpenAiModel implements ChatModel {
	readonly id: string;
	readonly identity: string;
	readonly contextTokens: number;
	readonly concurrency: number;
	readonly supports: ChatModel['supports'];
	private readonly endpoint: Endpoint;
	/** What the endpoint has been found to understand. */
	private dialect: Dialect;
	private client: Promise<OpenAI> | undefined;

	constructor(private readonly options: OpenAiModelOptions) {
		const { endpoint, baseUrl, model, apiKey, headers = {}, choices } = options;
		this.id = `openai:${endpoint}/${model}`;
		this.endpoint = describeEndpoint(endpoint, baseUrl, model, [apiKey, ...Object.values(headers)]);
		this.identity = this.endpoint.url;
		this.contextTokens = options.contextTokens ?? 8192;
		this.concurrency = options.concurrency ?? 8;
		this.supports = { tools: true, schema: true, choices: choices !== undefined, seed: true, system: true };
		this.dialect = { ...fullDialect, choices };
	}

	/** A parameter that the endpoint refuses is left out, and remembered once that helped. */
	async complete(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
		const start = this.dialect;
		let dialect = start;
		for (;;) {
			try {
				const answer = await this.ask(request, dialect, signal);
				if (dialect !== start) this.dialect = dialect;
				return answer;
			} catch (error) {
				const lesser = lesserDialect(dialect, request, error);
				if (!lesser) throw endpointError(this.endpoint, error, estimatePrompt(request.messages));
				dialect = lesser;
			}
		}
	}

	async close(): Promise<void> {}

	private async ask(request: ChatRequest, dialect: Dialect, signal: AbortSignal): Promise<ChatAnswer> {
		if (signal.aborted) throw new ModelError('cancelled', 'The model call was cancelled.');
		const client = await this.open();
		const { timeoutMs = 120_000 } = this.options;
		const silence = new Silence(timeoutMs, signal);
		try {
			const body = bodyOf(request, this.options.model, dialect);
			// The SDK's own timer is put out of reach: it would end at the headers, and ours begins anew with each chunk.
			const settings = { signal: silence.signal, maxRetries: 0, timeout: 2 ** 31 - 1 };
			const { data, response } = await client.chat.completions.create(body, settings).withResponse();
			return await collectAnswer(data, response, request, this.endpoint, () => silence.broken());
		} catch (error) {
			if (signal.aborted) throw new ModelError('cancelled', 'The model call was cancelled.');
			if (silence.tooLong) {
				const said = `${this.endpoint.name} said nothing for ${timeoutMs / 1000} s`;
				throw new ModelError('timeout', `${said}; is ${this.endpoint.url} overloaded, or still loading its model?`);
			}
			throw error;
		} finally {
			silence.end();
		}
	}

	private open(): Promise<OpenAI> {
		this.client ??= openClient({ ...this.options, baseUrl: this.endpoint.url });
		return this.client;
	}
}
