/** Names the kind of a problem in a few general words: the lesson of a labelled case, and what similar ones are found by. */

import type { ModelCalls } from '../models/modelCalls.js';
import { completeStructured } from '../models/structuredOutput.js';
import { draftForms } from './draft.js';
import { kindPrompt } from './prompts/kind.js';

/** Tokens that a kind takes at most, JSON included. */
const kindTokens = 64;

export type NamedKind = { readonly kind: string } | { readonly failed: string };

/**
 * The kind of the problem, "a company, about a late invoice". The model is told neither the answer nor the allowed
 * answers, so the same words come out for a new problem as for one that taught a lesson; the call is cached between both.
 * @throws {ModelError | BudgetError | CacheError}
 */
export async function nameKind(calls: ModelCalls, question: string, signal: AbortSignal): Promise<NamedKind> {
	const request = { messages: kindPrompt(question), maxTokens: kindTokens, temperature: 0, sample: 'kind' };
	const result = await completeStructured(calls, { request, ...draftForms.kind }, signal);
	if ('failed' in result) return result;
	const { who, about } = result.value;
	return { kind: `${who}, about ${about}`.replace(/[\s:]+/gu, ' ') };
}

/** The same for a problem that is about to be solved: undefined where the model could not name its kind. */
export async function kindOf(calls: ModelCalls, question: string, signal: AbortSignal): Promise<string | undefined> {
	const named = await nameKind(calls, question, signal);
	return 'kind' in named ? named.kind : undefined;
}

/** What is searched for: the question, and what the actor made of it so far. */
export function queryText(question: string, kind: string | undefined): string {
	return kind === undefined ? question : `${kind}\n${question}`;
}
