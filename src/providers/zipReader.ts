/** Takes single files out of a ZIP archive (PKWARE's APPNOTE 6.3: stored and deflated entries, no ZIP64, no encryption). */
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

export interface ZipEntry {
	readonly name: string;
	readonly method: 'stored' | 'deflated';
	/** Bytes in the archive. */
	readonly packed: number;
	/** Bytes when unpacked. */
	readonly size: number;
	/** Where its local header begins. */
	readonly offset: number;
}

/** An archive that can't be read; `message` says why. */
export class ZipError extends Error {
	override readonly name = 'ZipError';
}

const endSignature = 0x06054b50;
const endLength = 22;
const longestComment = 0xffff;
const centralSignature = 0x02014b50;
const centralLength = 46;
const localSignature = 0x04034b50;
const localLength = 30;
/** Stands where the real number is in a ZIP64 record. */
const elsewhere = 0xffffffff;

/** @throws {ZipError} */
export async function readZipEntries(archive: string): Promise<readonly ZipEntry[]> {
	const handle = await open(archive);
	try {
		const directory = await readDirectory(handle);
		const entries: ZipEntry[] = [];
		for (let at = 0; at + centralLength <= directory.length; ) {
			if (directory.readUInt32LE(at) !== centralSignature)
				throw new ZipError('the directory of the archive is damaged');
			const nameLength = directory.readUInt16LE(at + 28);
			entries.push(entryAt(directory, at, nameLength));
			at += centralLength + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
		}
		return entries;
	} finally {
		await handle.close();
	}
}

/**
 * Unpacks one entry to `target`. Its checksum is not looked at: the caller knows the file's hash.
 * @throws {ZipError}
 */
export async function unpackZipEntry(
	archive: string,
	entry: ZipEntry,
	target: string,
	signal: AbortSignal,
): Promise<void> {
	const handle = await open(archive);
	try {
		const header = await readAt(handle, entry.offset, localLength);
		if (header.readUInt32LE(0) !== localSignature) throw new ZipError(`${entry.name} is not where the archive says`);
		const start = entry.offset + localLength + header.readUInt16LE(26) + header.readUInt16LE(28);
		const packed = handle.createReadStream({ start, end: start + entry.packed - 1, autoClose: false });
		const unpack = entry.method === 'deflated' ? createInflateRaw() : new PassThrough();
		await pipeline(packed, unpack, createWriteStream(target), { signal });
	} finally {
		await handle.close();
	}
}

async function readDirectory(handle: FileHandle): Promise<Buffer> {
	const { size } = await handle.stat();
	const tailLength = Math.min(size, endLength + longestComment);
	const tail = await readAt(handle, size - tailLength, tailLength);
	for (let at = tail.length - endLength; at >= 0; at--) {
		if (tail.readUInt32LE(at) !== endSignature) continue;
		const length = tail.readUInt32LE(at + 12);
		const offset = tail.readUInt32LE(at + 16);
		if (offset === elsewhere || offset + length > size) throw new ZipError('the archive is too large or damaged');
		return readAt(handle, offset, length);
	}
	throw new ZipError('this is no ZIP archive');
}

function entryAt(directory: Buffer, at: number, nameLength: number): ZipEntry {
	const name = directory.toString('utf8', at + centralLength, at + centralLength + nameLength);
	const method = directory.readUInt16LE(at + 10);
	if (method !== 0 && method !== 8) throw new ZipError(`${name} is packed by method ${method}, which is not supported`);
	const entry: ZipEntry = {
		name,
		method: method === 0 ? 'stored' : 'deflated',
		packed: directory.readUInt32LE(at + 20),
		size: directory.readUInt32LE(at + 24),
		offset: directory.readUInt32LE(at + 42),
	};
	const encrypted = (directory.readUInt16LE(at + 8) & 1) === 1;
	if (encrypted) throw new ZipError(`${name} is encrypted`);
	if ([entry.packed, entry.size, entry.offset].includes(elsewhere)) throw new ZipError(`${name} needs ZIP64`);
	return entry;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
	const buffer = Buffer.alloc(length);
	const { bytesRead } = await handle.read(buffer, 0, length, position);
	if (bytesRead < length) throw new ZipError('the archive ends too early');
	return buffer;
}
