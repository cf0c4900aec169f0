/** Asks an OpenAI-compatible endpoint which models it has. */
import { ModelError } from '../core/models/chatModel.js';
import { type ClientOptions, openClient } from './openaiClient.js';
import { describeEndpoint, type Endpoint, endpointError } from './openaiErrors.js';

export interface ListOptions extends Omit<ClientOptions, 'headers'> {
	/** The endpoint's name, for messages. */
	readonly endpoint: string;
	readonly signal: AbortSignal;
	/** Default: 15 seconds. */
	readonly timeoutMs?: number | undefined;
}

/**
 * The ids of its models, sorted (`GET <baseUrl>/models`).
 * @throws {ModelError} `not-found` also where the endpoint keeps no such list
 */
export async function listEndpointModels(options: ListOptions): Promise<readonly string[]> {
	const { endpoint, baseUrl, apiKey, signal, timeoutMs = 15_000 } = options;
	const described = describeEndpoint(endpoint, baseUrl, '', [apiKey]);
	const silence = AbortSignal.timeout(timeoutMs);
	try {
		const client = await openClient({ ...options, baseUrl: described.url });
		const body: unknown = await client.get('/models', { signal: AbortSignal.any([signal, silence]) });
		return idsOf(described, typeof body === 'string' ? JSON.parse(body) : body);
	} catch (error) {
		if (signal.aborted) throw new ModelError('cancelled', 'The question was cancelled.', { cause: error });
		if (silence.aborted) {
			const said = `${endpoint} (${described.url}) did not answer within ${timeoutMs / 1000} s`;
			throw new ModelError('timeout', `${said}; is it running?`, { cause: error });
		}
		const failed = endpointError(described, error, 0);
		if (failed.reason !== 'not-found') throw failed;
		throw new ModelError('not-found', `${endpoint} has no list of models at ${described.url}/models.`, {
			cause: error,
		});
	}
}

/** Some servers send null where they have no models. */
function idsOf({ name, url }: Endpoint, body: unknown): readonly string[] {
	const data: unknown = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
	if (data === null) return [];
	if (Array.isArray(data)) return data.flatMap(idOf).sort();
	throw new ModelError('server', `${name} (${url}) sent no list of models; is it an OpenAI-compatible endpoint?`);
}

function idOf(entry: unknown): readonly string[] {
	if (typeof entry !== 'object' || entry === null || !('id' in entry)) return [];
	return typeof entry.id === 'string' && entry.id !== '' ? [entry.id] : [];
}
