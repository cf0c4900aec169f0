/** The port to a language model: messages in, text or tool calls out. */

/** Who calls: each role can have a model of its own. */
export type ModelRole = 'actor' | 'critic' | 'updater' | 'judge';

export interface ChatMessage {
	readonly role: 'system' | 'user' | 'assistant' | 'tool';
	readonly content: string;
	readonly toolCalls?: readonly ToolCall[];
	/** Of a `tool` message: the call that it answers. */
	readonly toolCallId?: string;
}

export interface ToolDefinition {
	readonly name: string;
	readonly description: string;
	readonly parameters: JsonSchema;
}

export interface ToolCall {
	readonly id: string;
	readonly name: string;
	/** As the model wrote them: JSON, not yet validated. */
	readonly arguments: string;
}

export type JsonSchema = { readonly [key: string]: unknown };

export interface ChatRequest {
	readonly messages: readonly ChatMessage[];
	/** Closed answer: the model's text is exactly one of these, where the model can be held to it. */
	readonly choices?: readonly string[];
	readonly schema?: { readonly name: string; readonly schema: JsonSchema };
	readonly tools?: readonly ToolDefinition[];
	/** Tokens of the answer at most. */
	readonly maxTokens?: number;
	/** 0 (greedy) upwards; default 0. */
	readonly temperature?: number;
	readonly seed?: number;
	/** Which sample of this request it is (rollout, round, seed). Part of the cache key; never sent. */
	readonly sample?: string;
}

export interface Usage {
	readonly tokensIn: number;
	readonly tokensOut: number;
	/** True where the provider gave no count and the figures are estimates. */
	readonly estimated?: boolean;
}

export interface ChatAnswer {
	readonly text: string;
	readonly toolCalls: readonly ToolCall[];
	readonly usage: Usage;
	readonly finish: 'stop' | 'length' | 'tool';
}

export interface ChatModel {
	/** `embedded:<name>`, `openai:<endpoint>/<model>`, `vscode:<vendor>/<id>`, `replay:<file>`. */
	readonly id: string;
	/** What makes two models with one id differ: base URL, or hash of the model file. Part of the cache key. */
	readonly identity: string;
	readonly contextTokens: number;
	readonly supports: {
		readonly tools: boolean;
		readonly schema: boolean;
		readonly choices: boolean;
		readonly seed: boolean;
		readonly system: boolean;
	};
	/** How many calls at once make sense; 1 for an embedded model on a CPU. */
	readonly concurrency: number;
	/** @throws {ModelError} */
	complete(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer>;
	close(): Promise<void>;
}

export type ModelErrorReason =
	| 'rate-limit'
	| 'auth'
	| 'network'
	| 'timeout'
	| 'server'
	| 'context-length'
	| 'not-found'
	| 'refused'
	| 'bad-request'
	| 'cancelled'
	| 'crashed';

/** A failed model call; `message` says what to do next. */
export class ModelError extends Error {
	override readonly name = 'ModelError';
	constructor(
		readonly reason: ModelErrorReason,
		message: string,
		readonly options: { readonly retryAfterMs?: number; readonly cause?: unknown } = {},
	) {
		super(message, { cause: options.cause });
	}
	/** Whether the same call may succeed later. */
	get transient(): boolean {
		return ['rate-limit', 'network', 'timeout', 'server', 'crashed'].includes(this.reason);
	}
}
