/** Small file operations that must survive a crash: fsync'd writes, renames, folders. */
import {
	closeSync,
	copyFileSync,
	fsyncSync,
	linkSync,
	mkdirSync,
	openSync,
	renameSync,
	rmSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Makes renames in the folder durable; Windows has no such call, and needs none. */
export function syncFolder(folder: string): void {
	if (process.platform === 'win32') return;
	const descriptor = openSync(folder, 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** Writes a new file and waits until it is on disk. */
export function writeDurably(file: string, bytes: Uint8Array): void {
	const descriptor = openSync(file, 'w');
	try {
		for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** Renames, and waits until both folders know. */
export function renameDurably(from: string, to: string): void {
	mkdirSync(dirname(to), { recursive: true });
	renameSync(from, to);
	syncFolder(dirname(to));
	if (dirname(from) !== dirname(to)) syncFolder(dirname(from));
}

/** A second name for a file, or a copy where the file system has no links. */
export function linkOrCopy(from: string, to: string): void {
	mkdirSync(dirname(to), { recursive: true });
	rmSync(to, { force: true });
	try {
		linkSync(from, to);
	} catch {
		copyFileSync(from, to);
	}
}

/** Writes a file that is not there yet; leaves one that is. */
export function writeIfMissing(file: string, text: string): void {
	try {
		writeFileSync(file, text, { flag: 'wx' });
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
	}
}
