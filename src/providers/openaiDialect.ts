/** Which optional parameters an endpoint understands, found out by its refusals. */
import type { ChatRequest } from '../core/models/chatModel.js';
import { isContextLength, refusalOf } from './openaiErrors.js';

export interface Dialect {
	/** How a JSON form is asked for: by schema, as any JSON, or in the prompt alone. */
	readonly form: 'schema' | 'object' | 'prompt';
	/** Name of the parameter that holds the model to closed answers. */
	readonly choices: 'guided_choice' | 'structured_outputs' | undefined;
	readonly limit: 'max_tokens' | 'max_completion_tokens';
	readonly temperature: boolean;
	readonly seed: boolean;
	/** Whether token counts are asked for (`stream_options`). */
	readonly usage: boolean;
}

export const fullDialect: Dialect = {
	form: 'schema',
	choices: undefined,
	limit: 'max_tokens',
	temperature: true,
	seed: true,
	usage: true,
};

/** A parameter that may be refused: by which names, whether this request has it, and how to do with less. */
interface Concession {
	readonly names: RegExp;
	readonly sent: (dialect: Dialect, request: ChatRequest) => boolean;
	readonly without: (dialect: Dialect) => Dialect;
}

const concessions: readonly Concession[] = [
	{
		names: /response_format|json_schema|json_object/,
		sent: (dialect, request) => request.schema !== undefined && dialect.form !== 'prompt',
		without: (dialect) => ({ ...dialect, form: dialect.form === 'schema' ? 'object' : 'prompt' }),
	},
	{
		names: /guided_choice|structured_outputs/,
		sent: (dialect, request) => request.choices !== undefined && dialect.choices !== undefined,
		without: (dialect) => ({ ...dialect, choices: undefined }),
	},
	{
		names: /max_tokens|max_completion_tokens/,
		sent: (dialect, request) => request.maxTokens !== undefined && dialect.limit === 'max_tokens',
		without: (dialect) => ({ ...dialect, limit: 'max_completion_tokens' }),
	},
	{
		names: /temperature/,
		sent: (dialect) => dialect.temperature,
		without: (dialect) => ({ ...dialect, temperature: false }),
	},
	{
		names: /\bseed\b/,
		sent: (dialect, request) => request.seed !== undefined && dialect.seed,
		without: (dialect) => ({ ...dialect, seed: false }),
	},
	{
		names: /stream_options|include_usage/,
		sent: (dialect) => dialect.usage,
		without: (dialect) => ({ ...dialect, usage: false }),
	},
];

/**
 * What to try next after `error`; undefined where the request was refused for another reason. Servers name the
 * refused parameter in a field or only in their sentence; where they don't, the JSON form and the closed choices are
 * what many don't know.
 */
export function lesserDialect(dialect: Dialect, request: ChatRequest, error: unknown): Dialect | undefined {
	const refusal = refusalOf(error);
	if (!refusal || isContextLength(refusal)) return undefined;
	const sent = concessions.filter((concession) => concession.sent(dialect, request));
	const named = sent.find(({ names }) => names.test(refusal.param ?? refusal.message));
	const guessed =
		refusal.param === undefined ? sent.find((concession) => concessions.indexOf(concession) < 2) : undefined;
	return (named ?? guessed)?.without(dialect);
}
