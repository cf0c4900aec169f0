/** The short lock that lets one process at a time write to the library; left behind by a dead one, it is taken over. */
import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import * as v from 'valibot';
import { LibraryError } from '../core/experience/store.js';
import { errorCode } from './ioErrors.js';

export interface LockOptions {
	/** A lock that nobody touched for so long is taken over (default 20 s; it is held for milliseconds). */
	readonly staleMs?: number;
	/** How long to wait for a lock (default 30 s, more than `staleMs`, so that a stuck holder stops nobody). */
	readonly waitMs?: number;
}

const ownerSchema = v.object({ pid: v.number(), host: v.string(), at: v.string(), token: v.string() });
type Owner = v.InferOutput<typeof ownerSchema>;

let lastToken = 0;

export class WriterLock {
	private constructor(
		private readonly file: string,
		private readonly token: string,
	) {}

	/** Waits until the lock is free. @throws {LibraryError} `locked` */
	static async acquire(file: string, options: LockOptions = {}): Promise<WriterLock> {
		const { staleMs = 20_000, waitMs = 30_000 } = options;
		const giveUpAt = Date.now() + waitMs;
		for (let pauseMs = 1; ; pauseMs = Math.min(20, pauseMs * 2)) {
			const lock = WriterLock.tryAcquire(file, staleMs);
			if (lock) return lock;
			if (Date.now() > giveUpAt) throw lockedBy(file);
			// Uneven, so that those who wait do not all come back at once.
			await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())));
		}
	}

	/** The lock, where it is free now or its owner is gone. */
	static tryAcquire(file: string, staleMs: number): WriterLock | undefined {
		const token = `${process.pid}-${Date.now().toString(36)}-${lastToken++}`;
		if (!create(file, token)) {
			if (!isStale(file, staleMs)) return undefined;
			takeAway(file, staleMs);
			if (!create(file, token)) return undefined;
		}
		return new WriterLock(file, token);
	}

	/** Shows that the owner still works, during what takes longer. */
	touch(): void {
		const now = new Date();
		utimesSync(this.file, now, now);
	}

	/** False where another process took the lock over, because this one stood still for too long. */
	get held(): boolean {
		return ownerOf(this.file)?.token === this.token;
	}

	release(): void {
		if (this.held) rmSync(this.file, { force: true });
	}
}

/** Makes the lock file with its owner in it; false where it exists. */
function create(file: string, token: string): boolean {
	let descriptor: number;
	try {
		descriptor = openSync(file, 'wx');
	} catch (error) {
		// Windows says EPERM while another process is deleting it.
		if (errorCode(error) === 'EEXIST' || (process.platform === 'win32' && errorCode(error) === 'EPERM')) return false;
		throw error;
	}
	try {
		const owner: Owner = { pid: process.pid, host: hostname(), at: new Date().toISOString(), token };
		writeSync(descriptor, JSON.stringify(owner));
	} catch (error) {
		rmSync(file, { force: true });
		throw error;
	} finally {
		closeSync(descriptor);
	}
	return true;
}

function ownerOf(file: string): Owner | undefined {
	try {
		const owner = v.safeParse(ownerSchema, JSON.parse(readFileSync(file, 'utf8')));
		return owner.success ? owner.output : undefined;
	} catch {
		return undefined;
	}
}

/** An owner writes its name at once; a lock without one is that of a process which was killed in between. */
const namelessStaleMs = 2_000;

/** True where the owner's process is gone, or has shown no life for too long (on another machine, that is all to see). */
function isStale(file: string, staleMs: number): boolean {
	const owner = ownerOf(file);
	if (owner && owner.host === hostname() && !isAlive(owner.pid)) return true;
	const status = statSync(file, { throwIfNoEntry: false });
	const limitMs = owner ? staleMs : Math.min(staleMs, namelessStaleMs);
	return status !== undefined && Date.now() - status.mtimeMs > limitMs;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return errorCode(error) !== 'ESRCH';
	}
}

/** Removes a stale lock. Only who holds the guard may, so that nobody removes the fresh lock of a faster one. */
function takeAway(file: string, staleMs: number): void {
	const guard = `${file}.takeover`;
	const left = statSync(guard, { throwIfNoEntry: false });
	if (left && Date.now() - left.mtimeMs > staleMs) rmSync(guard, { force: true });
	if (!create(guard, 'takeover')) return;
	try {
		if (isStale(file, staleMs)) rmSync(file, { force: true });
	} finally {
		rmSync(guard, { force: true });
	}
}

function lockedBy(file: string): LibraryError {
	const owner = ownerOf(file);
	const who = owner ? `process ${owner.pid} on ${owner.host}, since ${owner.at}` : 'another process';
	const message = `The library is being written by ${who}. Try again; if that process hangs, end it.`;
	return new LibraryError('locked', message);
}
