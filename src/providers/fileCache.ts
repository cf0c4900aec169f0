/** The request cache on disk: append-only JSONL that several processes share, with a cap on its size. */
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ChatAnswer } from '../core/models/chatModel.js';
import { CacheError, type RequestCache } from '../core/models/requestCache.js';
import { cacheLine, keyOfLine, readCacheLine } from './cacheLine.js';
import { lineFeed, linesFrom } from './jsonLines.js';

export interface FileCacheOptions {
	/** Bytes; when the file is larger, its older half is let go (default 256 MB). */
	readonly maxBytes?: number;
}

interface Place {
	readonly offset: number;
	readonly length: number;
}

interface Pending {
	readonly line: string;
	readonly done: () => void;
	readonly failed: (error: unknown) => void;
}

/**
 * Memory holds an index from key to place, the answers stay on disk. Each line carries a checksum, so a torn or damaged
 * one is a miss and nothing else. Puts that come together are written and fsync'd together.
 */
export class FileRequestCache implements RequestCache {
	private readonly index = new Map<string, Place>();
	private readonly pending: Pending[] = [];
	/** How far the file has been read into the index. */
	private indexed = 0;
	/** Size above which the older half is let go; more than the cap after an attempt that failed. */
	private letGoAt: number;
	/** Everything that touches the file, one after another. */
	private work: Promise<unknown> = Promise.resolve();

	private constructor(
		private readonly file: string,
		private handle: FileHandle,
		private readonly maxBytes: number,
	) {
		this.letGoAt = maxBytes;
	}

	/**
	 * Opens the cache, and makes it where there is none.
	 * @throws {CacheError}
	 */
	static async open(file: string, options: FileCacheOptions = {}): Promise<FileRequestCache> {
		try {
			await mkdir(dirname(file), { recursive: true });
			const cache = new FileRequestCache(file, await open(file, 'a+'), options.maxBytes ?? 256 * 1024 * 1024);
			await cache.follow();
			return cache;
		} catch (error) {
			throw cacheError(file, error);
		}
	}

	get(key: string): Promise<ChatAnswer | undefined> {
		return this.inTurn(async () => {
			if (!this.index.has(key)) await this.follow();
			const place = this.index.get(key);
			if (!place) return undefined;
			const bytes = Buffer.alloc(place.length);
			await this.handle.read(bytes, 0, place.length, place.offset);
			const entry = readCacheLine(bytes.toString('utf8'));
			if (entry?.key === key) return entry.answer;
			this.index.delete(key);
			return undefined;
		});
	}

	put(key: string, answer: ChatAnswer): Promise<void> {
		return new Promise((done, failed) => {
			this.pending.push({ line: cacheLine(key, answer), done, failed });
			// Of several puts, the first turn writes all; the turns of the others find nothing to do.
			this.inTurn(() => this.writePending()).catch(failed);
		});
	}

	/** Ends once all that was put is on disk. */
	async close(): Promise<void> {
		await this.inTurn(() => this.handle.close());
	}

	private inTurn<T>(task: () => Promise<T>): Promise<T> {
		const turn = this.work.then(task).catch((error: unknown) => {
			throw cacheError(this.file, error);
		});
		this.work = turn.catch(() => {});
		return turn;
	}

	private async writePending(): Promise<void> {
		const batch = this.pending.splice(0);
		if (batch.length === 0) return;
		try {
			await this.append(batch.map(({ line }) => `${line}\n`).join(''));
		} catch (error) {
			for (const { failed } of batch) failed(cacheError(this.file, error));
			return;
		}
		for (const { done } of batch) done();
		// The answers are safe; that the file could not be made smaller is no reason to fail.
		if (this.indexed > this.letGoAt) await this.letGo().catch(() => this.postponeLetGo());
	}

	private async append(text: string): Promise<void> {
		await this.follow();
		// A line that a killed process left without an end must not swallow the next one.
		const torn = (await this.handle.stat()).size > this.indexed;
		const bytes = Buffer.from(torn ? `\n${text}` : text);
		// One write: what several processes append is then never mixed within a line.
		const { bytesWritten } = await this.handle.write(bytes);
		if (bytesWritten < bytes.length) throw diskFull(this.file, undefined);
		await this.handle.datasync();
		// Another process may have put a smaller file in this one's place while we wrote; then once more, into that.
		if (await this.replaced()) await this.append(text);
		else await this.follow();
	}

	/** Reads into the index what was appended, by this process or another. */
	private async follow(): Promise<void> {
		if (await this.replaced()) await this.reopen();
		for await (const { bytes, offset, length } of linesFrom(this.handle, this.indexed)) {
			const key = keyOfLine(bytes);
			if (key !== undefined) this.index.set(key, { offset, length });
			this.indexed = offset + length + lineFeed;
		}
	}

	/** Whether another file is in the place of the open one, or somebody cut it. */
	private async replaced(): Promise<boolean> {
		const [now, ours] = await Promise.all([stat(this.file).catch(() => undefined), this.handle.stat()]);
		return now?.ino !== ours.ino || ours.size < this.indexed;
	}

	private async reopen(): Promise<void> {
		const handle = await open(this.file, 'a+');
		await this.handle.close();
		this.handle = handle;
		this.index.clear();
		this.indexed = 0;
	}

	private postponeLetGo(): void {
		this.letGoAt = this.indexed + this.maxBytes / 4;
	}

	/** Puts a file with the newer half in the place of this one. Only one process does it at a time. */
	private async letGo(): Promise<void> {
		const lock = await takeLock(`${this.file}.lock`);
		if (!lock) return;
		const smaller = `${this.file}.new`;
		const old = this.handle;
		try {
			await this.follow();
			if (this.handle !== old || this.indexed <= this.maxBytes) return;
			await rm(smaller, { force: true });
			// Appending, for after the rename others append to it, too.
			const target = await open(smaller, 'ax');
			try {
				const copied = await copyRange(
					old,
					firstKept(this.index, this.indexed - this.maxBytes / 2, this.indexed),
					target,
				);
				await target.datasync();
				await rename(smaller, this.file);
				// Appended by others between our last look and the rename. Who appends later sees the new file.
				await copyRange(old, copied, target);
				await target.datasync();
			} finally {
				await target.close();
			}
			await this.reopen();
			await this.follow();
		} finally {
			await rm(smaller, { force: true });
			await lock.release();
		}
	}
}

/** The first line at or after `offset`; `end` where there is none. */
function firstKept(index: ReadonlyMap<string, Place>, offset: number, end: number): number {
	let first = end;
	for (const place of index.values()) if (place.offset >= offset) first = Math.min(first, place.offset);
	return first;
}

/** Copies what stands in `from` at `start` and after, to the end of `to`. Returns where it ended. */
async function copyRange(from: FileHandle, start: number, to: FileHandle): Promise<number> {
	const chunk = Buffer.alloc(1024 * 1024);
	let at = start;
	for (;;) {
		const { bytesRead } = await from.read(chunk, 0, chunk.length, at);
		if (bytesRead === 0) return at;
		await to.writeFile(chunk.subarray(0, bytesRead));
		at += bytesRead;
	}
}

/** A process that died while it held the lock lets go of it after this long. */
const staleLockMs = 60_000;

async function takeLock(file: string): Promise<{ release(): Promise<void> } | undefined> {
	const held = await stat(file).catch(() => undefined);
	if (held && Date.now() - held.mtimeMs > staleLockMs) await rm(file, { force: true });
	const handle = await open(file, 'wx').catch(() => undefined);
	if (!handle) return undefined;
	await handle.close();
	return { release: () => rm(file, { force: true }) };
}

function cacheError(file: string, error: unknown): CacheError {
	if (error instanceof CacheError) return error;
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	const options = { cause: error };
	if (code === 'ENOSPC' || code === 'EDQUOT') {
		return new CacheError(
			'disk-full',
			`No space left to keep model answers in ${file}; free some and resume.`,
			options,
		);
	}
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
		return new CacheError(
			'read-only',
			`Model answers can't be kept in ${file}: no permission to write there.`,
			options,
		);
	}
	const what = error instanceof Error ? error.message : String(error);
	return new CacheError(
		'io',
		`The cache of model answers ${file} can't be used (${what}); delete it to go on.`,
		options,
	);
}

function diskFull(file: string, cause: unknown): CacheError {
	return new CacheError('disk-full', `No space left to keep model answers in ${file}; free some and resume.`, {
		cause,
	});
}
