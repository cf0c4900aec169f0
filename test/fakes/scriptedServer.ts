/** An OpenAI-compatible server on loopback that answers by script: for every way in which a real one can answer. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The body of a chat completion request, as far as tests look at it. */
export interface ChatBody {
	readonly model: string;
	readonly messages: readonly {
		readonly role: string;
		readonly content: string;
		readonly tool_calls?: readonly unknown[];
		readonly tool_call_id?: string;
	}[];
	readonly stream?: boolean;
	readonly stream_options?: { readonly include_usage?: boolean };
	readonly response_format?: { readonly type: string; readonly json_schema?: { readonly name: string } };
	readonly tools?: readonly unknown[];
	readonly [parameter: string]: unknown;
}

export interface ReceivedRequest {
	readonly path: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: ChatBody;
	/** Resolves when the connection closes; true where that was before the answer's end. */
	readonly closedEarly: Promise<boolean>;
}

/** How the server answers one request; by default with `text`, streamed. */
export interface Reply {
	readonly text?: string;
	readonly toolCalls?: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
	/** Of the last chunk; by default `stop`, or `tool_calls`. Null: none is sent. */
	readonly finish?: string | null;
	/** Sent only where the request asks for it; null: not even then. */
	readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number } | null;
	/** An HTTP status other than 200, with `error` as its body. */
	readonly status?: number;
	readonly error?: Readonly<Record<string, unknown>>;
	readonly headers?: Readonly<Record<string, string>>;
	/** Before the first byte. */
	readonly delayMs?: number;
	/** Sends this many chunks, then breaks the connection (`torn`) or says nothing more (`silent`). */
	readonly cutAfter?: number;
	readonly cutBy?: 'torn' | 'silent' | 'clean';
	/** Sent as it is, in the place of all of the above. */
	readonly raw?: { readonly contentType: string; readonly body: string };
}

export type Handler = (body: ChatBody, index: number) => Reply | Promise<Reply>;

export interface ScriptedServer {
	/** With `/v1` at its end. */
	readonly baseUrl: string;
	readonly requests: readonly ReceivedRequest[];
	/** The `index`-th request, when it has come. */
	request(index: number): Promise<ReceivedRequest>;
	/** Most requests under way at once. */
	readonly mostAtOnce: number;
	close(): Promise<void>;
}

/** @param script what to answer: by a function, or one reply after another, the last one again and again */
export async function startScriptedServer(script: Handler | readonly Reply[]): Promise<ScriptedServer> {
	const handler: Handler =
		typeof script === 'function' ? script : (_body, index) => script[Math.min(index, script.length - 1)] ?? {};
	const requests: ReceivedRequest[] = [];
	const waiting: (() => void)[] = [];
	let underWay = 0;
	let mostAtOnce = 0;

	const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const body: ChatBody = JSON.parse(await textOf(request));
		const closedEarly = new Promise<boolean>((resolve) => {
			response.on('close', () => resolve(!response.writableFinished));
		});
		mostAtOnce = Math.max(mostAtOnce, ++underWay);
		void closedEarly.then(() => underWay--);
		const index = requests.push({ path: request.url ?? '', headers: request.headers, body, closedEarly }) - 1;
		for (const wake of waiting.splice(0)) wake();
		await send(response, body, await handler(body, index));
	};
	const server = createServer((request, response) => {
		serve(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}/v1`,
		requests,
		async request(index) {
			for (;;) {
				const received = requests[index];
				if (received) return received;
				await new Promise<void>((resolve) => waiting.push(resolve));
			}
		},
		get mostAtOnce() {
			return mostAtOnce;
		},
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}

/** Too many requests, with any of the headers that say how long to wait. */
export function tooMany(headers: Readonly<Record<string, string>> = {}): Reply {
	return { status: 429, error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' }, headers };
}

/** A refusal of one parameter; `named`: in the field that is made for it, else only in the sentence. */
export function refuses(param: string, named = true): Reply {
	const message = `Unsupported parameter: ${param}`;
	return { status: 400, error: named ? { message, param, code: 'unsupported_parameter' } : { message } };
}

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}

async function send(response: ServerResponse, body: ChatBody, reply: Reply): Promise<void> {
	if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
	if (reply.raw) {
		response.writeHead(reply.status ?? 200, { 'content-type': reply.raw.contentType, ...reply.headers });
		response.end(reply.raw.body);
	} else if (reply.status && reply.status !== 200) {
		response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
		response.end(JSON.stringify({ error: reply.error ?? { message: `status ${reply.status}` } }));
	} else if (body.stream) {
		await stream(response, body, reply);
	} else {
		throw new Error('Only streamed answers are scripted.');
	}
}

async function stream(response: ServerResponse, body: ChatBody, reply: Reply): Promise<void> {
	response.writeHead(200, { 'content-type': 'text/event-stream', ...reply.headers });
	const all = chunksOf(body, reply);
	const sent = reply.cutAfter === undefined ? all : all.slice(0, reply.cutAfter);
	for (const chunk of sent) await write(response, `data: ${JSON.stringify(chunk)}\n\n`);
	if (reply.cutAfter === undefined) response.end('data: [DONE]\n\n');
	else if (reply.cutBy === 'clean') response.end();
	else if (reply.cutBy !== 'silent') response.destroy();
}

/** Waits until the text has left, so that a connection broken afterwards loses none of it. */
function write(response: ServerResponse, text: string): Promise<void> {
	return new Promise((resolve) => response.write(text, () => resolve()));
}

/** Text in pieces of a few letters, tool calls with their arguments in two, then the reason of the end, then usage. */
function chunksOf(body: ChatBody, reply: Reply): readonly unknown[] {
	const { text = '', toolCalls = [], finish = toolCalls.length > 0 ? 'tool_calls' : 'stop' } = reply;
	const deltas: unknown[] = [{ role: 'assistant', content: '' }];
	for (const piece of text.match(/[\s\S]{1,4}/g) ?? []) deltas.push({ content: piece });
	for (const [index, call] of toolCalls.entries()) {
		const half = Math.floor(call.arguments.length / 2);
		deltas.push({
			tool_calls: [
				{
					index,
					id: call.id,
					type: 'function',
					function: { name: call.name, arguments: call.arguments.slice(0, half) },
				},
			],
		});
		deltas.push({ tool_calls: [{ index, function: { arguments: call.arguments.slice(half) } }] });
	}
	const chunk = (choices: readonly unknown[], usage?: unknown) => ({
		id: 'chatcmpl-1',
		object: 'chat.completion.chunk',
		created: 0,
		model: body.model,
		choices,
		...(usage ? { usage } : {}),
	});
	const chunks = deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }]));
	if (finish !== null) chunks.push(chunk([{ index: 0, delta: {}, finish_reason: finish }]));
	const { usage = { prompt_tokens: 11, completion_tokens: 7 } } = reply;
	if (usage && body.stream_options?.include_usage) {
		chunks.push(chunk([], { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens }));
	}
	return chunks;
}
