/** A chat request in the words of the chat completions API. */
import type {
	ChatCompletionCreateParamsStreaming,
	ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { ChatMessage, ChatRequest } from '../core/models/chatModel.js';
import { askAtEnd, askForJson } from '../core/models/jsonForm.js';
import type { Dialect } from './openaiDialect.js';

type Body = ChatCompletionCreateParamsStreaming;

/** The body of the call. What the dialect lacks is asked for in the prompt, where words can do it. */
export function bodyOf(request: ChatRequest, model: string, dialect: Dialect): Body {
	const { maxTokens, temperature = 0, seed, tools = [] } = request;
	return {
		model,
		messages: messagesOf(request, dialect).map(messageOf),
		stream: true,
		...(dialect.usage ? { stream_options: { include_usage: true } } : {}),
		...(dialect.temperature ? { temperature } : {}),
		...(maxTokens === undefined ? {} : { [dialect.limit]: maxTokens }),
		...(seed === undefined || !dialect.seed ? {} : { seed }),
		...(tools.length === 0 ? {} : { tools: tools.map((tool) => ({ type: 'function', function: { ...tool } })) }),
		...formOf(request, dialect),
		...choicesOf(request, dialect),
	};
}

function messagesOf({ messages, schema, choices }: ChatRequest, dialect: Dialect): readonly ChatMessage[] {
	if (schema && dialect.form !== 'schema') return askForJson(messages, schema.schema);
	if (choices && !dialect.choices) {
		return askAtEnd(messages, `Answer with exactly one of these and nothing else: ${choices.join(', ')}.`);
	}
	return messages;
}

function messageOf({ role, content, toolCalls = [], toolCallId }: ChatMessage): ChatCompletionMessageParam {
	if (role === 'tool') return { role, content, tool_call_id: toolCallId ?? '' };
	if (role !== 'assistant' || toolCalls.length === 0) return { role, content };
	return {
		role,
		content,
		tool_calls: toolCalls.map(({ id, name, arguments: given }) => ({
			id,
			type: 'function',
			function: { name, arguments: given },
		})),
	};
}

function formOf({ schema }: ChatRequest, { form }: Dialect): Pick<Body, 'response_format'> {
	if (!schema || form === 'prompt') return {};
	if (form === 'object') return { response_format: { type: 'json_object' } };
	const { name, schema: shape } = schema;
	return { response_format: { type: 'json_schema', json_schema: { name, schema: { ...shape } } } };
}

/** vLLM's own parameters, which the SDK passes on unseen. */
function choicesOf({ choices }: ChatRequest, dialect: Dialect): Readonly<Record<string, unknown>> {
	if (!choices || !dialect.choices) return {};
	return dialect.choices === 'guided_choice' ? { guided_choice: choices } : { structured_outputs: { choice: choices } };
}
