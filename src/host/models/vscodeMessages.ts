/** A chat request in the form that VS Code's models take: two roles, no system text, tool results from the user. */
import type { ChatMessage, ChatRequest, ToolCall } from '../../core/models/chatModel.js';
import { askAtEnd, askForJson } from '../../core/models/jsonForm.js';

export type PlainPart =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'call'; readonly id: string; readonly name: string; readonly input: object }
	| { readonly kind: 'result'; readonly callId: string; readonly text: string };

export interface PlainMessage {
	readonly role: 'user' | 'assistant';
	/** Never empty. */
	readonly parts: readonly PlainPart[];
}

/** The request's messages. A form that the model can't be held to is asked for in words. */
export function plainMessages({ messages, schema, choices }: ChatRequest): readonly PlainMessage[] {
	if (schema) return converted(askForJson(messages, schema.schema));
	if (!choices) return converted(messages);
	const demand = `Answer with exactly one of these and nothing else: ${choices.join(', ')}.`;
	return converted(askAtEnd(messages, demand));
}

/** All that is said in the messages, for counting tokens. */
export function textOf(messages: readonly PlainMessage[]): string {
	return messages.flatMap(({ parts }) => parts.map(wordsOf)).join('\n');
}

function wordsOf(part: PlainPart): string {
	return part.kind === 'call' ? `${part.name} ${JSON.stringify(part.input)}` : part.text;
}

function converted(messages: readonly ChatMessage[]): readonly PlainMessage[] {
	const done: PlainMessage[] = [];
	for (const message of withoutSystem(messages)) {
		const parts = partsOf(message);
		const before = done.at(-1);
		if (message.role === 'tool' && before?.parts.every(({ kind }) => kind === 'result')) {
			// Models want the results of calls that they made at once in one message.
			done[done.length - 1] = { role: 'user', parts: [...before.parts, ...parts] };
		} else if (parts.length > 0) {
			done.push({ role: message.role === 'assistant' ? 'assistant' : 'user', parts });
		}
	}
	return done;
}

/** System text leads the first question; where there is none, it is the first question. */
function withoutSystem(messages: readonly ChatMessage[]): readonly ChatMessage[] {
	const others = messages.filter(({ role }) => role !== 'system');
	const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
	if (system.length === 0) return others;
	const first = others.findIndex(({ role }) => role === 'user');
	if (first < 0) return [{ role: 'user', content: system.join('\n\n') }, ...others];
	return others.map((message, index) =>
		index === first ? { ...message, content: [...system, message.content].join('\n\n') } : message,
	);
}

function partsOf({ role, content, toolCalls = [], toolCallId = '' }: ChatMessage): readonly PlainPart[] {
	if (role === 'tool') return [{ kind: 'result', callId: toolCallId, text: content }];
	const text: readonly PlainPart[] = content === '' ? [] : [{ kind: 'text', text: content }];
	return [...text, ...toolCalls.map(callOf)];
}

function callOf({ id, name, arguments: given }: ToolCall): PlainPart {
	return { kind: 'call', id, name, input: inputOf(given) };
}

/** Arguments that are no JSON object were the model's own mistake, and are shown to it as it made it. */
function inputOf(given: string): object {
	try {
		const input: unknown = JSON.parse(given);
		if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
	} catch {
		// Not JSON.
	}
	return { unreadable: given };
}
