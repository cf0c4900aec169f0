/** The conversation of a tool loop: what was asked, called and observed, and what of it fits into a model's context. */
import type { ChatMessage, ToolCall } from '../../models/chatModel.js';
import { estimatePrompt, estimateTokens } from '../../models/tokenEstimate.js';
import { callBlock, cutMark, resultText } from '../prompts/agent.js';

export interface CallResult {
	readonly call: ToolCall;
	readonly observation: string;
}

/** One step: what the model said, and what its calls brought back. */
export interface Exchange {
	/** False: a written call stands in `text`, and its result comes as a user message. */
	readonly native: boolean;
	readonly text: string;
	/** Empty where the model said something that is neither a call nor an answer. */
	readonly results: readonly CallResult[];
}

/** Prompt and exchanges as messages. */
export function messagesOf(prompt: readonly ChatMessage[], exchanges: readonly Exchange[]): readonly ChatMessage[] {
	return [...prompt, ...exchanges.flatMap(exchangeMessages)];
}

function exchangeMessages({ native, text, results }: Exchange): readonly ChatMessage[] {
	if (!native) {
		const result = results.map(({ call, observation }) => resultText(call.name, observation)).join('\n\n');
		const assistant: ChatMessage = { role: 'assistant', content: text };
		return results.length === 0 ? [assistant] : [assistant, { role: 'user', content: result }];
	}
	return [
		{ role: 'assistant', content: text, toolCalls: results.map(({ call }) => call) },
		...results.map(
			({ call, observation }): ChatMessage => ({ role: 'tool', content: observation, toolCallId: call.id }),
		),
	];
}

/** The exchange with its calls in writing: many endpoints refuse native calls where the tools are no longer offered. */
export function asText(exchange: Exchange): Exchange {
	if (!exchange.native) return exchange;
	const blocks = exchange.results.map(({ call }) => callBlock(call.name, call.arguments));
	return { ...exchange, native: false, text: [exchange.text, ...blocks].filter((part) => part !== '').join('\n') };
}

/** Tokens that are left of an observation that had to make room. */
const leastObservation = 24;

/**
 * The exchanges so that they take `room` tokens at most: the oldest observations are shortened first; where that is not
 * enough, the oldest exchanges are left out.
 */
export function fitExchanges(exchanges: readonly Exchange[], room: number): readonly Exchange[] {
	let excess = exchangeTokens(exchanges) - room;
	const fitted = exchanges.map((exchange) => ({
		...exchange,
		results: exchange.results.map((result) => {
			if (excess <= 0) return result;
			const tokens = estimateTokens(result.observation);
			const observation = cutToTokens(result.observation, Math.max(leastObservation, tokens - excess));
			excess -= tokens - estimateTokens(observation);
			return { ...result, observation };
		}),
	}));
	while (fitted.length > 0 && exchangeTokens(fitted) > room) fitted.shift();
	return fitted;
}

/** Estimated tokens of the exchanges in a prompt. */
export function exchangeTokens(exchanges: readonly Exchange[]): number {
	const calls = exchanges.flatMap(({ native, results }) => (native ? results : []));
	return (
		estimatePrompt(messagesOf([], exchanges)) +
		calls.reduce((sum, { call }) => sum + estimateTokens(`${call.name}${call.arguments}`), 0)
	);
}

/** The beginning of `text`, of `tokens` tokens at most, marked where it was cut. */
export function cutToTokens(text: string, tokens: number): string {
	const total = estimateTokens(text);
	if (total <= tokens) return text;
	const room = Math.max(0, tokens - estimateTokens(cutMark));
	// By its share first; a beginning that is denser than the rest is then cut further.
	let kept = text.slice(0, Math.ceil((text.length * room) / total));
	while (kept !== '' && estimateTokens(kept) > room) kept = kept.slice(0, Math.floor(kept.length * 0.9));
	return `${kept.replace(/\p{Cs}$/u, '').trimEnd()}${cutMark}`;
}
