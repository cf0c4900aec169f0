/** Downloads a file over HTTP, goes on where a cut connection left off, and gives up soon where nobody answers. */
import { open, stat } from 'node:fs/promises';
import { onAbort } from '../core/models/onAbort.js';
import { Silence } from './silence.js';

export interface DownloadOptions {
	readonly signal: AbortSignal;
	/** Bytes there so far. */
	readonly onBytes?: ((bytes: number) => void) | undefined;
	/** Wait for the first answer at most (default 5 s). */
	readonly connectMs?: number | undefined;
	/** Longest silence in the middle (default 20 s). */
	readonly silenceMs?: number | undefined;
}

/** A download that failed; `message` says how, in a few words. */
export class DownloadError extends Error {
	override readonly name = 'DownloadError';
	constructor(
		message: string,
		/** Whether the same request may do better. */
		readonly transient: boolean,
		options: { readonly cause?: unknown } = {},
	) {
		super(message, options);
	}
}

/** Attempts without a single new byte after which a download is given up. */
const fruitlessAttempts = 2;

/**
 * Downloads `url` to `part`, which may hold the beginning already.
 * @param bytes what the file must have in the end; a longer answer is refused
 * @throws {DownloadError}; what was received stays in `part`
 */
export async function download(url: string, part: string, bytes: number, options: DownloadOptions): Promise<void> {
	let fruitless = 0;
	for (;;) {
		const before = await sizeOf(part);
		if (before === bytes) return;
		try {
			await receive(url, part, before > bytes ? 0 : before, bytes, options);
			return;
		} catch (error) {
			if (options.signal.aborted || !(error instanceof DownloadError) || !error.transient) throw error;
			const after = await sizeOf(part);
			fruitless = after > before ? 0 : fruitless + 1;
			// Where nothing at all came, nobody is there: the next source is the better bet.
			if (after === 0 || fruitless >= fruitlessAttempts) throw error;
		}
	}
}

async function receive(
	url: string,
	part: string,
	from: number,
	bytes: number,
	options: DownloadOptions,
): Promise<void> {
	const { signal, onBytes, connectMs = 5000, silenceMs = 20_000 } = options;
	if (signal.aborted) throw new DownloadError('cancelled', false);
	const connecting = new Silence(connectMs, signal);
	const receiving = new AbortController();
	const forget = onAbort(connecting.signal, () => receiving.abort());
	let silence: Silence | undefined;
	try {
		const response = await fetch(url, {
			signal: receiving.signal,
			headers: { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) },
		});
		connecting.end();
		silence = new Silence(silenceMs, signal);
		onAbort(silence.signal, () => receiving.abort());
		await store(response, part, from, bytes, (at) => {
			silence?.broken();
			onBytes?.(at);
		});
	} catch (error) {
		if (error instanceof DownloadError) throw error;
		if (signal.aborted) throw new DownloadError('cancelled', false, { cause: error });
		if (connecting.tooLong) throw new DownloadError(`no answer within ${connectMs / 1000} s`, true, { cause: error });
		if (silence?.tooLong) throw new DownloadError(`silent for ${silenceMs / 1000} s`, true, { cause: error });
		throw new DownloadError(reasonOf(error), true, { cause: error });
	} finally {
		forget();
		connecting.end();
		silence?.end();
		receiving.abort();
	}
}

async function store(
	response: Response,
	part: string,
	from: number,
	bytes: number,
	onBytes: (at: number) => void,
): Promise<void> {
	if (!response.ok || !response.body) {
		const transient = response.status >= 500 || response.status === 429;
		throw new DownloadError(`answered ${response.status}`, transient);
	}
	// A server that knows no ranges sends the whole file again.
	let at = response.status === 206 ? from : 0;
	const handle = await open(part, at === 0 ? 'w' : 'r+');
	try {
		for await (const chunk of response.body) {
			if (at + chunk.length > bytes) throw new DownloadError(`sends more than the ${bytes} bytes expected`, false);
			await handle.write(chunk, 0, chunk.length, at);
			at += chunk.length;
			onBytes(at);
		}
		if (at < bytes) throw new DownloadError(`ended after ${at} of ${bytes} bytes`, true);
		await handle.sync();
	} finally {
		await handle.close();
	}
}

async function sizeOf(file: string): Promise<number> {
	return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** `fetch` says only "fetch failed"; what happened stands in the cause. */
function reasonOf(error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
	return cause instanceof Error ? cause.message : String(cause);
}
