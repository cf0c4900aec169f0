/** What the process that runs llama.cpp and its parent say to each other, as checked JSON. */
import * as v from 'valibot';

/** How the process is started: its only argument, as JSON. */
export const startSchema = v.object({
	/** Its `node_modules` holds node-llama-cpp. */
	componentFolder: v.string(),
	file: v.string(),
	threads: v.number(),
	contextTokens: v.number(),
});
export type LlamaStart = v.InferOutput<typeof startSchema>;

const messageSchema = v.object({
	role: v.picklist(['system', 'user', 'assistant', 'tool']),
	content: v.string(),
});

const requestSchema = v.object({
	messages: v.array(messageSchema),
	choices: v.optional(v.array(v.string())),
	schema: v.optional(v.record(v.string(), v.unknown())),
	maxTokens: v.optional(v.number()),
	temperature: v.optional(v.number()),
	seed: v.optional(v.number()),
});
export type LlamaRequest = v.InferOutput<typeof requestSchema>;

export const toChildSchema = v.variant('type', [
	v.object({ type: v.literal('complete'), id: v.number(), request: requestSchema }),
	v.object({ type: v.literal('cancel'), id: v.number() }),
]);
export type ToChild = v.InferOutput<typeof toChildSchema>;

const completionSchema = v.object({
	text: v.string(),
	finish: v.picklist(['stop', 'length']),
	/** Of the whole prompt, cached or not. */
	tokensIn: v.number(),
	tokensOut: v.number(),
	/** Of the prompt, those that were not in the cache and had to be read. */
	tokensEvaluated: v.number(),
	/** Time for reading the prompt, and for writing the answer. */
	readMs: v.number(),
	writeMs: v.number(),
});
export type LlamaCompletion = v.InferOutput<typeof completionSchema>;

const reasonSchema = v.picklist(['context-length', 'bad-request', 'not-found', 'cancelled', 'server']);
export type LlamaFailure = v.InferOutput<typeof reasonSchema>;

export const fromChildSchema = v.variant('type', [
	v.object({ type: v.literal('ready'), contextTokens: v.number(), loadMs: v.number() }),
	v.object({ type: v.literal('unusable'), reason: reasonSchema, message: v.string() }),
	v.object({ type: v.literal('done'), id: v.number(), completion: completionSchema }),
	v.object({ type: v.literal('failed'), id: v.number(), reason: reasonSchema, message: v.string() }),
]);
export type FromChild = v.InferOutput<typeof fromChildSchema>;

/** A request that the process can't serve; `message` says what to do next. */
export class LlamaError extends Error {
	override readonly name = 'LlamaError';
	constructor(
		readonly reason: LlamaFailure,
		message: string,
		options: { readonly cause?: unknown } = {},
	) {
		super(message, options);
	}
}
