/** One journal file: appended to and fsync'd as a whole, read from any offset. */
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './files.js';
import { diskFull, isMissing } from './ioErrors.js';

const lineFeed = 0x0a;

export class JournalFile {
	private constructor(
		readonly path: string,
		private readonly descriptor: number,
		/** Tells this file from another under the same name. */
		readonly inode: number,
	) {}

	/** The file, or undefined where there is none. */
	static open(path: string): JournalFile | undefined {
		try {
			return JournalFile.of(path, openSync(path, 'r'));
		} catch (error) {
			if (isMissing(error)) return undefined;
			throw error;
		}
	}

	/** The file, made where there is none, for appending. */
	static openToAppend(path: string): JournalFile {
		const isNew = inodeAt(path) === undefined;
		const file = JournalFile.of(path, openSync(path, 'a+'));
		if (isNew) syncFolder(dirname(path));
		return file;
	}

	private static of(path: string, descriptor: number): JournalFile {
		return new JournalFile(path, descriptor, fstatSync(descriptor).ino);
	}

	get size(): number {
		return fstatSync(this.descriptor).size;
	}

	/** All that stands at `offset` and after. */
	read(offset: number): Buffer {
		const bytes = Buffer.allocUnsafe(Math.max(0, this.size - offset));
		let filled = 0;
		while (filled < bytes.length) {
			const read = readSync(this.descriptor, bytes, filled, bytes.length - filled, offset + filled);
			if (read === 0) break;
			filled += read;
		}
		return bytes.subarray(0, filled);
	}

	/**
	 * Appends the lines with one write and waits until they are on disk. After a failure the file is as it was before.
	 * Only under the writer's lock.
	 */
	append(lines: string): void {
		const before = this.size;
		const bytes = Buffer.from(before > 0 && !this.endsInLine(before) ? `\n${lines}` : lines);
		try {
			// One write: what several processes append is then never mixed.
			if (writeSync(this.descriptor, bytes) < bytes.length) throw diskFull(dirname(this.path));
			fdatasyncSync(this.descriptor);
		} catch (error) {
			this.cutBack(before);
			throw error;
		}
	}

	/** Cuts the file at `size` bytes. Only under the writer's lock. */
	cut(size: number): void {
		ftruncateSync(this.descriptor, size);
		fdatasyncSync(this.descriptor);
	}

	/** The generation of the first line that names one. */
	firstGeneration(): number | undefined {
		const bytes = this.read(0);
		for (let from = 0; from < bytes.length; ) {
			const head = bytes.toString('latin1', from, from + 64);
			const digits = /^\{"v":\d+,"gen":(\d{1,15}),/.exec(head)?.[1];
			if (digits !== undefined) return Number(digits);
			const end = bytes.indexOf(lineFeed, from);
			if (end < 0) return undefined;
			from = end + 1;
		}
		return undefined;
	}

	close(): void {
		closeSync(this.descriptor);
	}

	private endsInLine(size: number): boolean {
		const last = Buffer.alloc(1);
		readSync(this.descriptor, last, 0, 1, size - 1);
		return last[0] === lineFeed;
	}

	/** Takes back what a failed append left. Where that fails, too, the next writer finds an unfinished tail and settles it. */
	private cutBack(size: number): void {
		try {
			this.cut(size);
		} catch {
			// The error that led here says more.
		}
	}
}

/** Which file is at the path now; undefined where there is none. */
export function inodeAt(path: string): number | undefined {
	return statSync(path, { throwIfNoEntry: false })?.ino;
}
