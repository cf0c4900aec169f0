/** Follows a run that another process makes: the events that it has so far, then each one as it is written. */
import { type FSWatcher, watch } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../core/learning/events.js';
import { lineFeed, linesFrom } from './jsonLines.js';
import { heartbeatMs, RunFolderError, runOwner } from './runFolder.js';

/** Why there are no more events: the run ended, its process is gone without having ended it, or the reader left. */
export type FollowEnd = 'finished' | 'abandoned' | 'left';

/** A living owner touches its lock more often; after so much silence it is looked at whether it still lives. */
const silenceMs = 3 * heartbeatMs;

/** While another process takes a run over, nobody has it for a moment; milliseconds after which nobody will. */
const takeoverMs = 500;

/**
 * The events of the run in `folder`, from its first one to the last one of its owner. Whoever aborts `signal` ends the
 * reading only.
 * @throws {RunFolderError} `missing` where there is no such folder, `unwatchable` where the system can't watch it
 */
export async function* followRun(folder: string, signal: AbortSignal): AsyncGenerator<RunEvent, FollowEnd, void> {
	// Before the first reading, so that nothing falls between the two.
	const changes = new FolderChanges(folder, signal);
	const log = new EventLog(join(folder, 'events.jsonl'));
	let last: RunEvent['type'] | undefined;
	let goneSince: number | undefined;
	try {
		for (;;) {
			// Before the reading: what an owner wrote before it went is read, too.
			const owned = runOwner(folder)?.alive === true;
			for await (const event of log.fresh()) {
				if (signal.aborted) return 'left';
				last = event.type;
				yield event;
			}
			if (signal.aborted) return 'left';
			if (!owned && last === 'run.finished') return 'finished';
			goneSince = owned ? undefined : (goneSince ?? performance.now());
			const left = goneSince === undefined ? silenceMs : goneSince + takeoverMs - performance.now();
			if (left <= 0) return 'abandoned';
			await changes.next(left);
		}
	} finally {
		changes.close();
	}
}

/** Says that something in a folder has changed since it was last asked. */
class FolderChanges {
	private changed = false;
	private wake = (): void => {};
	private readonly watcher: FSWatcher;

	constructor(
		folder: string,
		private readonly signal: AbortSignal,
	) {
		try {
			this.watcher = watch(folder, this.mark);
		} catch (cause) {
			throw unwatchable(folder, cause);
		}
		// A folder that is removed while it is watched: the next reading finds out.
		this.watcher.on('error', this.mark);
		signal.addEventListener('abort', this.mark);
	}

	/** Resolves at the next change, at once if there was one meanwhile, and after `atMost` milliseconds in any case. */
	async next(atMost: number): Promise<void> {
		if (!this.changed && !this.signal.aborted) {
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, atMost);
				this.wake = (): void => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
		this.changed = false;
	}

	close(): void {
		this.watcher.close();
		this.signal.removeEventListener('abort', this.mark);
	}

	private readonly mark = (): void => {
		this.changed = true;
		this.wake();
	};
}

function unwatchable(folder: string, cause: unknown): RunFolderError {
	const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
	if (code === 'ENOENT') return new RunFolderError('missing', `There is no run in ${folder}.`);
	return new RunFolderError(
		'unwatchable',
		`${folder} can't be watched (${code}): the system may watch too many files already. Look at the run without --follow.`,
	);
}

/** An event log that grows: hands out each whole line once, also where the file is cut or replaced meanwhile. */
class EventLog {
	private offset = 0;
	/** Which file it is; another one may come under the same name. */
	private identity = '';
	/** When the first event of the log was: a log with another first event is another run under the same id. */
	private firstAt = '';
	private lastSeq = -1;
	/** Where a line began that could not be read. */
	private unreadable = -1;

	constructor(private readonly file: string) {}

	/** What was added since; a line without its end is left for later. */
	async *fresh(): AsyncGenerator<RunEvent, void, void> {
		const handle = await openIfThere(this.file);
		if (!handle) return;
		try {
			const { ino, birthtimeMs, size } = await handle.stat();
			const identity = `${ino}/${birthtimeMs}`;
			if (identity !== this.identity || size < this.offset) this.offset = 0;
			this.identity = identity;
			while (yield* this.lines(handle));
		} finally {
			await handle.close();
		}
	}

	/** @returns whether a line is to be read once more */
	private async *lines(handle: FileHandle): AsyncGenerator<RunEvent, boolean, void> {
		for await (const { bytes, offset, length } of linesFrom(handle, this.offset)) {
			const event = eventIn(bytes);
			if (!event && this.unreadable !== offset) {
				// Its beginning may have been read before a new owner cut a torn line off there, its end afterwards.
				this.unreadable = offset;
				return true;
			}
			this.offset = offset + length + lineFeed;
			if (event && this.isNew(event, offset === 0)) yield event;
		}
		return false;
	}

	private isNew({ seq, at }: RunEvent, first: boolean): boolean {
		if (first && at !== this.firstAt) {
			this.firstAt = at;
			this.lastSeq = -1;
		}
		if (seq <= this.lastSeq) return false;
		this.lastSeq = seq;
		return true;
	}
}

/** All whole lines of an event log that are events. */
export async function* readEvents(folder: string): AsyncGenerator<RunEvent, void, void> {
	yield* new EventLog(join(folder, 'events.jsonl')).fresh();
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
	return open(file, 'r').catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	});
}

/** Undefined for a line that a crash of the machine left half-written. */
function eventIn(bytes: Buffer): RunEvent | undefined {
	try {
		const value: unknown = JSON.parse(bytes.toString('utf8'));
		return isEvent(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isEvent(value: unknown): value is RunEvent {
	if (typeof value !== 'object' || value === null) return false;
	return 'type' in value && 'at' in value && 'seq' in value && typeof value.seq === 'number';
}
