/** What an endpoint's failure means, and what to do about it. */
import { ModelError, type ModelErrorReason } from '../core/models/chatModel.js';
import { redactKnown } from '../core/redaction.js';
import { retryAfterMs } from './retryAfter.js';

/** An endpoint as messages speak of it. */
export interface Endpoint {
	readonly name: string;
	/** Without credentials, query, and slash at its end. */
	readonly url: string;
	readonly model: string;
	/** Keys, and header values that may be keys: never shown. */
	readonly secrets: readonly string[];
}

/** An endpoint's refusal, as far as it said why. */
export interface Refusal {
	readonly status: number;
	readonly code: string | undefined;
	readonly param: string | undefined;
	readonly message: string;
}

/** @throws {ModelError} `bad-request` where `baseUrl` is no URL */
export function describeEndpoint(
	name: string,
	baseUrl: string,
	model: string,
	secrets: readonly (string | undefined)[],
): Endpoint {
	if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
		const example = 'http://localhost:11434/v1';
		throw new ModelError('bad-request', `The endpoint ${name} has no usable base URL; give one such as ${example}.`);
	}
	const url = new URL(baseUrl);
	const bare = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
	// Shorter ones are words like "Bearer", and hiding them would only garble messages.
	return {
		name,
		url: bare,
		model,
		secrets: secrets.flatMap((secret) => (secret && secret.length >= 8 ? [secret] : [])),
	};
}

/** What the server answered, where `error` is an answer that refuses the request itself (400, 422). */
export function refusalOf(error: unknown): Refusal | undefined {
	const answer = httpAnswer(error);
	return answer && (answer.status === 400 || answer.status === 422) ? answer : undefined;
}

/** Some servers have a code for it, others only a sentence (vLLM: "maximum context length is …"). */
export function isContextLength({ code, message }: Pick<Refusal, 'code' | 'message'>): boolean {
	if (code === 'context_length_exceeded' || code === 'exceed_context_size_error') return true;
	return /context (length|size|window)|prompt is too long|too many (input )?tokens/i.test(message);
}

/** `error` as a ModelError; what was a ModelError stays. @param promptTokens estimated, for a prompt that is too long */
export function endpointError(endpoint: Endpoint, error: unknown, promptTokens: number): ModelError {
	if (error instanceof ModelError) return error;
	const answer = httpAnswer(error);
	if (answer) return answerError(endpoint, answer, headersOf(error), promptTokens);
	if (error instanceof SyntaxError) {
		const sent = `${endpoint.name} (${endpoint.url}) sent something that is not JSON`;
		return new ModelError('server', `${sent}; is it an OpenAI-compatible endpoint?`);
	}
	return connectionError(endpoint, error);
}

/** By status; `does` is what to do, and the server's own words come after it. */
function answerError(
	endpoint: Endpoint,
	answer: Refusal,
	headers: Headers | undefined,
	promptTokens: number,
): ModelError {
	const { name, url, model } = endpoint;
	const { reason, does } = meaningOf(answer, name, url, model, promptTokens);
	const wait =
		headers && (reason === 'rate-limit' || reason === 'server') ? retryAfterMs(headers, Date.now()) : undefined;
	const said = redactKnown(answer.message, endpoint.secrets).slice(0, 300);
	const message = `${does} (${name}: ${answer.status > 0 ? `HTTP ${answer.status}, ` : ''}${said || 'no explanation'})`;
	return new ModelError(reason, message, wait === undefined ? {} : { retryAfterMs: wait });
}

function meaningOf(
	answer: Refusal,
	name: string,
	url: string,
	model: string,
	promptTokens: number,
): { readonly reason: ModelErrorReason; readonly does: string } {
	const { status, code } = answer;
	if (code === 'insufficient_quota')
		return { reason: 'auth', does: `The account at ${name} has no credit left; add some.` };
	if (status === 401 || status === 403)
		return { reason: 'auth', does: `${name} did not accept the key; set another one.` };
	if (status === 404) {
		return { reason: 'not-found', does: `${url} has no model ${model}; check its name and the base URL.` };
	}
	if (status === 408) return { reason: 'timeout', does: `${name} took too long; try again.` };
	if (status === 429)
		return { reason: 'rate-limit', does: `${name} wants fewer requests; wait, or lower the concurrency.` };
	if (status === 413 || isContextLength(answer)) {
		const size = `The prompt of about ${promptTokens} tokens is too long for ${model}`;
		return { reason: 'context-length', does: `${size}; lower the retrieval budget or set contextTokens.` };
	}
	// An error in the middle of a stream has no status of its own.
	if (status >= 500 || status === 0) return { reason: 'server', does: `${name} failed; try again later.` };
	if (code === 'content_filter') return { reason: 'refused', does: `${name} withheld its answer (content filter).` };
	return { reason: 'bad-request', does: `${name} did not accept the request; check the model's settings.` };
}

function connectionError(endpoint: Endpoint, error: unknown): ModelError {
	const { name, url, secrets } = endpoint;
	const codes = causes(error).map((cause) => ('code' in cause && typeof cause.code === 'string' ? cause.code : ''));
	if (codes.includes('ECONNREFUSED')) {
		return new ModelError('network', `Nobody answers for ${name}: is the server running at ${url}?`);
	}
	if (codes.includes('ENOTFOUND') || codes.includes('EAI_AGAIN')) {
		return new ModelError('network', `The host of ${name} (${url}) is not known; check the URL and the network.`);
	}
	if (codes.some((code) => /TIMEOUT|ETIMEDOUT/.test(code))) {
		return new ModelError('timeout', `${name} (${url}) took too long to answer; try again.`);
	}
	const why = causes(error).at(-1)?.message ?? String(error);
	const lost = `The connection to ${name} (${url}) was lost`;
	return new ModelError('network', `${lost} (${redactKnown(why, secrets).slice(0, 200)}); try again.`);
}

/** The error and what caused it, outermost first; of several connection attempts, each. */
function causes(error: unknown): readonly Error[] {
	if (!(error instanceof Error)) return [];
	const inner = error instanceof AggregateError ? error.errors : [error.cause];
	return [error, ...inner.flatMap(causes)];
}

/** The parts of the SDK's APIError; told by its fields, for the SDK is loaded only when it is used. */
function httpAnswer(error: unknown): Refusal | undefined {
	if (!(error instanceof Error) || !('status' in error) || !('error' in error)) return undefined;
	const { status, error: body } = error;
	if (typeof status !== 'number' && body === undefined) return undefined;
	return {
		status: typeof status === 'number' ? status : 0,
		code: field(error, 'code') ?? field(error, 'type'),
		param: field(error, 'param'),
		message: field(body, 'message') ?? error.message,
	};
}

function headersOf(error: unknown): Headers | undefined {
	if (!(error instanceof Error) || !('headers' in error)) return undefined;
	return error.headers instanceof Headers ? error.headers : undefined;
}

function field(value: unknown, name: string): string | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const found = Object.entries(value).find(([key]) => key === name)?.[1];
	return typeof found === 'string' ? found : undefined;
}
