/** Puts a streamed chat completion together, and notices when it is not whole. */
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { type ChatAnswer, type ChatRequest, ModelError, type ToolCall, type Usage } from '../core/models/chatModel.js';
import { estimatePrompt, estimateTokens } from '../core/models/tokenEstimate.js';
import type { Endpoint } from './openaiErrors.js';

type FinishReason = ChatCompletionChunk.Choice['finish_reason'];

interface Collected {
	text: string;
	/** What a reasoning model thought; counted as tokens where the endpoint does not count. */
	thoughts: string;
	refusal: string;
	finish: FinishReason;
	usage: Usage | undefined;
	chunks: number;
	/** By the index that the endpoint gives them. */
	readonly tools: Map<number, ToolCall>;
}

/**
 * Reads the stream to its end; `onChunk` is called for each piece.
 * @throws {ModelError} `refused`, `network` where it broke off, `not-found` where the URL is none of chat completions
 */
export async function collectAnswer(
	stream: AsyncIterable<ChatCompletionChunk>,
	response: Response,
	request: ChatRequest,
	endpoint: Endpoint,
	onChunk: () => void,
): Promise<ChatAnswer> {
	const got: Collected = {
		text: '',
		thoughts: '',
		refusal: '',
		finish: null,
		usage: undefined,
		chunks: 0,
		tools: new Map(),
	};
	for await (const chunk of stream) {
		onChunk();
		addChunk(got, chunk);
	}
	checkWhole(got, response, endpoint);
	const toolCalls = [...got.tools.entries()].sort(([a], [b]) => a - b).map(([, call]) => call);
	return {
		text: got.text,
		toolCalls,
		usage: got.usage ?? estimatedUsage(request, got),
		finish: toolCalls.length > 0 ? 'tool' : got.finish === 'length' ? 'length' : 'stop',
	};
}

function addChunk(got: Collected, chunk: ChatCompletionChunk): void {
	got.chunks++;
	// Endpoints send the counts in a last chunk that has no choices.
	if (chunk.usage) got.usage = { tokensIn: chunk.usage.prompt_tokens, tokensOut: chunk.usage.completion_tokens };
	const choice = chunk.choices?.[0];
	if (!choice) return;
	got.finish = choice.finish_reason ?? got.finish;
	const delta = choice.delta ?? {};
	got.text += delta.content ?? '';
	got.refusal += delta.refusal ?? '';
	if ('reasoning_content' in delta && typeof delta.reasoning_content === 'string')
		got.thoughts += delta.reasoning_content;
	for (const piece of delta.tool_calls ?? []) {
		const known = got.tools.get(piece.index);
		got.tools.set(piece.index, {
			id: known?.id || piece.id || `call_${piece.index}`,
			name: (known?.name ?? '') + (piece.function?.name ?? ''),
			arguments: (known?.arguments ?? '') + (piece.function?.arguments ?? ''),
		});
	}
}

function checkWhole(got: Collected, response: Response, { name, url }: Endpoint): void {
	if (got.finish === 'content_filter') {
		throw new ModelError('refused', `${name} withheld its answer (content filter); leave this problem out.`);
	}
	if (got.refusal !== '' && got.text === '') {
		throw new ModelError('refused', `${name} refused to answer: ${got.refusal.slice(0, 200)}`);
	}
	if (got.finish !== null) return;
	const type = response.headers.get('content-type') ?? 'no content type';
	if (got.chunks === 0 && !type.includes('event-stream')) {
		throw new ModelError(
			'not-found',
			`${url} answered with ${type}, not with a chat completion; should it end in /v1?`,
		);
	}
	throw new ModelError('network', `The connection to ${name} (${url}) was lost in the middle of an answer; try again.`);
}

function estimatedUsage(request: ChatRequest, { text, thoughts, tools }: Collected): Usage {
	const calls = [...tools.values()].map((call) => `${call.name} ${call.arguments}`).join(' ');
	return {
		tokensIn: estimatePrompt(request.messages),
		tokensOut: estimateTokens(`${thoughts} ${text} ${calls}`),
		estimated: true,
	};
}
