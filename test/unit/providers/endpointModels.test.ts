/** Which models an endpoint says that it has. */
import { afterEach, expect, it } from 'vitest';
import { listEndpointModels } from '../../../src/providers/endpointModels.js';
import { servePaths } from '../../fakes/pathServer.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closers.splice(0)) await close();
});

const never = new AbortController().signal;

async function endpoint(list: string | undefined): Promise<string> {
	const { url, close } = await servePaths(list === undefined ? {} : { '/v1/models': list });
	closers.push(close);
	return `${url}/v1`;
}

it('lists the ids, sorted', async () => {
	const baseUrl = await endpoint('{"object":"list","data":[{"id":"zeta"},{"id":"alpha"},{"name":"without id"}]}');
	expect(await listEndpointModels({ endpoint: 'mine', baseUrl, signal: never })).toEqual(['alpha', 'zeta']);
});

it('takes a server without models as one with an empty list', async () => {
	const baseUrl = await endpoint('{"object":"list","data":null}');
	expect(await listEndpointModels({ endpoint: 'mine', baseUrl, signal: never })).toEqual([]);
});

it.each(['<html></html>', '{"models":[]}'])('says that %s is no list of models', async (list) => {
	const baseUrl = await endpoint(list);
	await expect(listEndpointModels({ endpoint: 'mine', baseUrl, signal: never })).rejects.toMatchObject({
		reason: 'server',
		message: expect.stringContaining('OpenAI-compatible'),
	});
});

it('says where there is no list, no server, or no address', async () => {
	const baseUrl = await endpoint(undefined);
	await expect(listEndpointModels({ endpoint: 'mine', baseUrl, signal: never })).rejects.toMatchObject({
		reason: 'not-found',
		message: `mine has no list of models at ${baseUrl}/models.`,
	});
	const nobody = { endpoint: 'mine', baseUrl: 'http://127.0.0.1:1/v1', signal: never };
	await expect(listEndpointModels(nobody)).rejects.toMatchObject({ reason: 'network' });
	await expect(listEndpointModels({ ...nobody, baseUrl: 'no' })).rejects.toMatchObject({ reason: 'bad-request' });
});

it('stops when it is told to', async () => {
	const signal = AbortSignal.abort();
	const baseUrl = await endpoint('{"data":[]}');
	await expect(listEndpointModels({ endpoint: 'mine', baseUrl, signal })).rejects.toMatchObject({
		reason: 'cancelled',
	});
});
