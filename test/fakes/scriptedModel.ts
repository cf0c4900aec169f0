/** A chat model that answers by script, in the same process. */
import type { ChatAnswer, ChatModel, ChatRequest } from '../../src/core/models/chatModel.js';

/** What the model does with the `index`-th call. */
export type ModelScript = (
	request: ChatRequest,
	index: number,
	signal: AbortSignal,
) => string | ChatAnswer | Promise<string | ChatAnswer>;

export interface ScriptedModel extends ChatModel {
	readonly requests: readonly ChatRequest[];
}

/** @param script one answer after another, the last one again and again; or a function, which may throw */
export function scriptedModel(
	script: ModelScript | readonly (string | ChatAnswer)[],
	rest: Partial<Omit<ChatModel, 'supports'>> & { readonly supports?: Partial<ChatModel['supports']> } = {},
): ScriptedModel {
	const reply: ModelScript =
		typeof script === 'function' ? script : (_request, index) => script[Math.min(index, script.length - 1)] ?? '';
	const requests: ChatRequest[] = [];
	return {
		id: 'test:scripted',
		identity: 'scripted',
		contextTokens: 4096,
		concurrency: 4,
		async complete(request, signal) {
			const answer = await reply(request, requests.push(request) - 1, signal);
			return typeof answer === 'string' ? answerOf(answer) : answer;
		},
		async close() {},
		...rest,
		requests,
		supports: { tools: true, schema: true, choices: true, seed: true, system: true, ...rest.supports },
	};
}

/** An answer of 10 tokens to a prompt of 100. */
export function answerOf(text: string, rest: Partial<ChatAnswer> = {}): ChatAnswer {
	return { text, toolCalls: [], usage: { tokensIn: 100, tokensOut: 10 }, finish: 'stop', ...rest };
}
