/** The tables of a snapshot, their version, and how a file's version is read without opening it. */
import { closeSync, openSync, readSync } from 'node:fs';
import { migrations } from './migrations.js';

/** The version that this program writes; it stands in the file as `PRAGMA user_version`. */
export const schemaVersion = migrations.length;

/** "FLEX", in the file's header as `PRAGMA application_id`, so that a foreign database is not taken for a library. */
export const applicationId = 0x464c4558;

const headerBytes = 100;
const userVersionAt = 60;
const applicationIdAt = 68;

export interface SnapshotHeader {
	readonly version: number;
	readonly application: number;
}

/** Version and application of a SQLite file (https://www.sqlite.org/fileformat.html, 1.3); undefined for other files. */
export function readHeader(bytes: Buffer): SnapshotHeader | undefined {
	if (bytes.length < headerBytes || bytes.toString('latin1', 0, 15) !== 'SQLite format 3') return undefined;
	return { version: bytes.readUInt32BE(userVersionAt), application: bytes.readUInt32BE(applicationIdAt) };
}

/** As `readHeader`, of a file; undefined where there is none. */
export function headerOfFile(file: string): SnapshotHeader | undefined {
	let descriptor: number;
	try {
		descriptor = openSync(file, 'r');
	} catch {
		return undefined;
	}
	try {
		const bytes = Buffer.alloc(headerBytes);
		return readSync(descriptor, bytes, 0, headerBytes, 0) < headerBytes ? undefined : readHeader(bytes);
	} finally {
		closeSync(descriptor);
	}
}
