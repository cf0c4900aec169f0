/** Reads the lines of a file piece by piece, so that a large one never lies in memory as a whole. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

export interface FileLine {
	/** Without the line end. */
	readonly bytes: Buffer;
	/** Bytes from the file's start, and of the line without its end. */
	readonly offset: number;
	readonly length: number;
}

/** Bytes of a line's end. */
export const lineFeed = 1;

const chunkBytes = 256 * 1024;

/** The whole lines at `start` and after; what has no line end yet is left out. */
export async function* linesFrom(handle: FileHandle, start: number): AsyncGenerator<FileLine, void> {
	let rest = Buffer.alloc(0);
	let offset = start;
	for (;;) {
		const chunk = Buffer.allocUnsafe(chunkBytes);
		const { bytesRead } = await handle.read(chunk, 0, chunkBytes, offset + rest.length);
		if (bytesRead === 0) return;
		const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
		let from = 0;
		for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
			yield { bytes: bytes.subarray(from, end), offset: offset + from, length: end - from };
			from = end + lineFeed;
		}
		rest = bytes.subarray(from);
		offset += from;
	}
}

/** The whole lines of a file, for those who can't wait; none where there is no such file. */
export function* linesOf(file: string): Generator<Buffer, void> {
	const descriptor = openedOrNone(file);
	if (descriptor === undefined) return;
	try {
		let rest = Buffer.alloc(0);
		for (;;) {
			const chunk = Buffer.allocUnsafe(chunkBytes);
			const read = readSync(descriptor, chunk, 0, chunkBytes, null);
			if (read === 0) return;
			const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
			let from = 0;
			for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
				yield bytes.subarray(from, end);
				from = end + lineFeed;
			}
			rest = bytes.subarray(from);
		}
	} finally {
		closeSync(descriptor);
	}
}

function openedOrNone(file: string): number | undefined {
	try {
		return openSync(file, 'r');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}
