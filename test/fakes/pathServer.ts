/** An HTTP server on loopback that serves texts by their path, and nothing else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PathServer {
	readonly url: string;
	close(): Promise<void>;
}

export async function servePaths(texts: Readonly<Record<string, string>>): Promise<PathServer> {
	const server = createServer((request, response) => {
		const text = texts[request.url ?? ''];
		if (text === undefined) response.writeHead(404).end();
		else response.writeHead(200, { 'content-length': Buffer.byteLength(text) }).end(text);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
