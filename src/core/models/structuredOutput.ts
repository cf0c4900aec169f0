/** Structured output: asks a model for JSON, checks what comes, and asks once more with the fault told. */
import * as v from 'valibot';
import { type ChatMessage, type ChatRequest, type JsonSchema, ModelError } from './chatModel.js';
import { findJsonObject } from './jsonAnswer.js';
import { askForJson } from './jsonForm.js';
import type { CalledAnswer, ModelCalls } from './modelCalls.js';

export interface StructuredRequest {
	readonly request: ChatRequest;
	/** Of the schema, for endpoints that want one: letters, digits, `_` and `-`. */
	readonly name: string;
	/** Decides what is accepted. */
	readonly schema: v.GenericSchema;
	/**
	 * What the model is held to, or told. Bound every string (`maxLength`) and list (`maxItems`): a small model that
	 * repeats itself runs into its token limit otherwise.
	 */
	readonly jsonSchema: JsonSchema;
}

/** Why there is no value; a code for the run log. The last two are the model's refusal of this very request. */
export type StructuredFailure = 'not-json' | 'wrong-shape' | 'cut-off' | 'refused' | 'context-length';

export interface Failed {
	readonly failed: StructuredFailure;
	/** One sentence: what was wrong with the last answer. */
	readonly detail: string;
}

export type Structured<T> = { readonly value: T } | Failed;

/** Tokens of an answer where the request sets no limit. */
const defaultMaxTokens = 1024;
/** Characters of a faulty answer that the model is shown again. */
const mostRepeated = 2000;

/**
 * Asks for an object of `schema`, at most twice.
 * @throws {ModelError | BudgetError | CacheError} where the call fails for reasons that lie outside of this request
 */
export async function completeStructured<A extends StructuredRequest>(
	calls: ModelCalls,
	asked: A,
	signal: AbortSignal,
): Promise<Structured<v.InferOutput<A['schema']>>> {
	const request = requestFor(calls, asked);
	const schema: A['schema'] = asked.schema;
	try {
		const first = await calls.complete(request, signal);
		const result = read(first, schema);
		if ('value' in result) return result;
		const second = await calls.complete({ ...request, messages: again(request.messages, first, result) }, signal);
		return read(second, schema);
	} catch (error) {
		if (error instanceof ModelError && (error.reason === 'context-length' || error.reason === 'refused')) {
			return { failed: error.reason, detail: error.message };
		}
		throw error;
	}
}

function requestFor(calls: ModelCalls, asked: StructuredRequest): ChatRequest {
	const { request, name, jsonSchema } = asked;
	const bounded = { ...request, maxTokens: request.maxTokens ?? defaultMaxTokens };
	if (calls.model.supports.schema) return { ...bounded, schema: { name, schema: jsonSchema } };
	return { ...bounded, messages: askForJson(request.messages, jsonSchema) };
}

function read<S extends v.GenericSchema>(answer: CalledAnswer, schema: S): Structured<v.InferOutput<S>> {
	const found = findJsonObject(answer.text, answer.finish === 'length');
	if ('missing' in found) {
		const detail =
			found.missing === 'cut-off'
				? 'The answer ran into its token limit before the JSON object ended; be shorter.'
				: 'The answer holds no JSON object.';
		return { failed: found.missing, detail };
	}
	const checked = v.safeParse(schema, found.object);
	if (checked.success) return { value: checked.output };
	return { failed: 'wrong-shape', detail: describeIssues(checked.issues) };
}

function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
	return issues
		.slice(0, 5)
		.map((issue) => {
			const path = (issue.path ?? []).map((item) => String(item.key)).join('.');
			return `${path === '' ? 'The object' : `"${path}"`}: ${issue.message}`;
		})
		.join('; ');
}

/** The conversation with the faulty answer and what was wrong with it. */
function again(messages: readonly ChatMessage[], answer: CalledAnswer, fault: Failed): readonly ChatMessage[] {
	return [
		...messages,
		{ role: 'assistant', content: answer.text.slice(0, mostRepeated) },
		{
			role: 'user',
			content: `That can't be used. ${fault.detail} Answer again, with the JSON object alone.`,
		},
	];
}
