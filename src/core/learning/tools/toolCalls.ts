/** Finds the tool calls in a model's answer: those its endpoint reports, or the one that it wrote as text. */
import type { ChatAnswer, ToolCall } from '../../models/chatModel.js';
import { findJsonObject, withoutThoughts } from '../../models/jsonAnswer.js';
import { callBlock, callFaults, callTag } from '../prompts/agent.js';

/** One call as it can be carried out, or why it can't. */
export interface FoundCall {
	/** With arguments that are valid JSON, whatever the model wrote: endpoints parse them when they get them back. */
	readonly call: ToolCall;
	readonly args: Readonly<Record<string, unknown>>;
	/** Told to the model in the place of a result. */
	readonly fault?: string;
}

export interface FoundCalls {
	/** False: written as text, so its result comes as text. */
	readonly native: boolean;
	/** What the model said, with a written call in its proper form and nothing after it. */
	readonly text: string;
	readonly calls: readonly FoundCall[];
}

/** @param known names of the tools: JSON without the tag is a call only where it names one of them */
export function findCalls(answer: ChatAnswer, known: readonly string[]): FoundCalls {
	const { text, toolCalls, finish } = answer;
	if (toolCalls.length > 0) return { native: true, text, calls: toolCalls.map(readNative) };
	const written = findWritten(withoutThoughts(text), finish === 'length', known);
	return written ?? { native: false, text, calls: [] };
}

/** Characters of unreadable text that the model is shown again. */
const mostRepeated = 500;

function readNative(call: ToolCall): FoundCall {
	const text = call.arguments.trim();
	// An endpoint does not say that a call was cut off; its arguments then lack their end.
	const cutOff = text.startsWith('{') && !text.endsWith('}');
	const found = text === '' ? { object: {} } : findJsonObject(text, cutOff);
	if ('object' in found) return { call: { ...call, arguments: JSON.stringify(found.object) }, args: found.object };
	const shown = JSON.stringify({ unreadable: text.slice(0, mostRepeated) });
	const fault = found.missing === 'cut-off' ? callFaults.cutOff : callFaults.notJson;
	return { call: { ...call, arguments: shown }, args: {}, fault };
}

/** The tag that the prompt asks for, or the one that many open models were trained to write. */
const marked = new RegExp(`\`\`\`[ \\t]*${callTag}\\w*|<tool_call>`, 'u');
/** Where JSON may begin that is a call in all but its tag. */
const unmarked = /(?:^|```(?:json)?)\s*(?=\{)/u;

/** The first written call: models make up the result of a call and go on, but nothing after it counts. */
function findWritten(text: string, stoppedAtLimit: boolean, known: readonly string[]): FoundCalls | undefined {
	const mark = marked.exec(text);
	const start = mark ?? unmarked.exec(text);
	if (!start) return undefined;
	const before = text.slice(0, start.index).trimEnd();
	const rest = text.slice(start.index + start[0].length);
	const found = findJsonObject(rest, stoppedAtLimit);
	const call = 'object' in found ? readWritten(found.object) : undefined;
	if (call && (mark || known.includes(call.call.name))) {
		const block = callBlock(call.call.name, call.call.arguments);
		return { native: false, text: joined(before, block), calls: [call] };
	}
	if (!mark) return undefined;
	const fault = 'missing' in found && found.missing === 'cut-off' ? callFaults.cutOff : callFaults.noCall;
	const shown = text.slice(start.index, start.index + mostRepeated);
	const unread = { id: '', name: 'the tool call', arguments: JSON.stringify({ unreadable: shown }) };
	return { native: false, text: joined(before, shown), calls: [{ call: unread, args: {}, fault }] };
}

function readWritten(object: Readonly<Record<string, unknown>>): FoundCall | undefined {
	// Some models were trained to say "parameters".
	const { name, parameters, arguments: given = parameters } = object;
	if (typeof name !== 'string' || name === '') return undefined;
	if (typeof given === 'string') return readNative({ id: '', name, arguments: given });
	return readNative({ id: '', name, arguments: JSON.stringify(given ?? {}) });
}

function joined(before: string, block: string): string {
	return before === '' ? block : `${before}\n${block}`;
}
