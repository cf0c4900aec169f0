/** The SDK's client for an endpoint, with nothing in it that the endpoint should not get. */
import type OpenAI from 'openai';

export interface ClientOptions {
	readonly baseUrl: string;
	/** Left out where the endpoint wants none. */
	readonly apiKey?: string | undefined;
	readonly headers?: Readonly<Record<string, string>> | undefined;
	readonly fetch?: typeof globalThis.fetch | undefined;
}

/** The SDK is loaded here, at the first call: most commands never need it. */
export async function openClient({ baseUrl, apiKey, headers, fetch }: ClientOptions): Promise<OpenAI> {
	const { OpenAI: Client } = await import('openai');
	return new Client({
		baseURL: baseUrl,
		apiKey: apiKey ?? 'none',
		// Not from the environment: these belong to another endpoint, perhaps, and must not be sent to this one.
		organization: null,
		project: null,
		webhookSecret: null,
		defaultHeaders: { ...(apiKey === undefined ? { Authorization: null } : {}), ...headers },
		maxRetries: 0,
		logLevel: 'off',
		...(fetch ? { fetch } : {}),
	});
}
