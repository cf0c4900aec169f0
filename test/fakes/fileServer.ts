/** An HTTP server on loopback that serves one file, with ranges, and can cut connections. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FileServer {
	readonly url: string;
	/** The `range` header of each request, in order. */
	readonly ranges: (string | undefined)[];
	/** Of the next answers: bytes after which the connection is cut; whole answers when there is none left. */
	readonly cutAfter: number[];
	/** Answers with this status and no file. */
	status: number | undefined;
	/** Where it is there: called with each request, which is never answered. */
	mute: (() => void) | undefined;
	close(): Promise<void>;
}

export async function serveFile(content: Buffer): Promise<FileServer> {
	const server = createServer((request, response) => answer(request, response));
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const files: FileServer = {
		url: `http://127.0.0.1:${portOf(server)}/model.gguf`,
		ranges: [],
		cutAfter: [],
		status: undefined,
		mute: undefined,
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
	function answer(request: IncomingMessage, response: ServerResponse): void {
		files.ranges.push(request.headers.range);
		if (files.mute) {
			files.mute();
			return;
		}
		if (files.status !== undefined) {
			response.writeHead(files.status).end();
			return;
		}
		const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
		const rest = content.subarray(from);
		response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length });
		const cut = files.cutAfter.shift();
		if (cut === undefined) response.end(rest);
		else response.write(rest.subarray(0, cut), () => response.destroy());
	}
	return files;
}

function portOf(server: Server): number {
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server has no port');
	return address.port;
}
