/** Token counts without a tokenizer, good enough for budgets. */
import type { ChatMessage } from './chatModel.js';

const messageOverhead = 4;

/** Estimated tokens of `text`: words and numbers by length, every other mark one; within about 15 % for English. */
export function estimateTokens(text: string): number {
	let tokens = 0;
	for (const match of text.matchAll(/[\p{L}\p{M}]+|\p{N}+|[^\s\p{L}\p{M}\p{N}]/gu)) {
		const length = match[0].length;
		tokens += /^\p{N}/u.test(match[0]) ? Math.ceil(length / 2) : Math.max(1, Math.ceil(length / 6));
	}
	return tokens;
}

/** Estimated tokens of a prompt, the turns' own marks included. */
export function estimatePrompt(messages: readonly ChatMessage[]): number {
	return messages.reduce((sum, message) => sum + messageOverhead + estimateTokens(message.content), 0);
}
