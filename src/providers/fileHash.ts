/** The SHA-256 of a file, read piece by piece. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** In hex. */
export async function sha256OfFile(file: string, signal?: AbortSignal): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash, { signal });
	return hash.digest('hex');
}
