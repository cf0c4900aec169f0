/** The library on disk, shared with other processes: every change under the lock, in the journal first, then in memory. */
import { mkdirSync } from 'node:fs';
import type { SqlJsStatic } from 'sql.js';
import { changedId } from '../core/experience/changes.js';
import { type AppliedChange, type ChangeRequest, LibraryError, type LibraryNotice } from '../core/experience/store.js';
import { writeIfMissing } from './files.js';
import { asLibraryError, errorCode } from './ioErrors.js';
import type { JournalPart, JournalRecord } from './journal.js';
import { type LockOptions, WriterLock } from './lock.js';
import { type LibraryPaths, libraryPaths } from './paths.js';
import { type Recovered, recover } from './recovery.js';
import { checkpointSteps, isNewerSnapshot, knownSnapshot } from './snapshot.js';
import { loadSqlite } from './sqlite.js';
import type { LibraryState } from './state.js';

export interface DurableOptions {
	readonly wasmFile: string;
	/** Opens without writing anything, not even a lock. */
	readonly readOnly?: boolean | undefined;
	readonly lock?: LockOptions | undefined;
}

/** Who is told of what this library finds out by itself. */
export interface DurableListener {
	changed(notices: readonly LibraryNotice[]): void;
	/** Everything was read anew; `changed` follows with what is different. */
	reloaded(): void;
	message(text: string): void;
}

const gitignore = `# Written by FLEX. Only what a team shares goes to git; the library itself stays on this machine.
*
!experiences/
!experiences/**
!config.json
`;

export class DurableLibrary {
	/** Everything that takes the lock, one after another. */
	private work: Promise<unknown> = Promise.resolve();
	private closed = false;
	/** Set while something fails half-way, so that memory may not be as the disk is; then everything is read anew. */
	private inDoubt = false;
	listener: DurableListener = { changed: () => {}, reloaded: () => {}, message: () => {} };

	private constructor(
		private readonly engine: SqlJsStatic,
		readonly paths: LibraryPaths,
		private readonly options: DurableOptions,
		private opened: Recovered,
		private whyReadOnly: string | undefined,
	) {}

	/** @throws {LibraryError} `read-only`, `locked`, `disk-full`, `io` */
	static async open(folder: string, options: DurableOptions): Promise<DurableLibrary> {
		const paths = libraryPaths(folder);
		try {
			const engine = await loadSqlite(options.wasmFile);
			const refused = options.readOnly ? 'it was opened for reading only.' : prepare(paths);
			const opened = recover(engine, paths, false);
			const library = new DurableLibrary(engine, paths, options, opened, refused ?? opened.newer);
			if (library.whyReadOnly === undefined) await library.mend();
			return library;
		} catch (error) {
			throw asLibraryError(error, folder);
		}
	}

	get state(): LibraryState {
		return this.opened.state;
	}

	/** How opening went. */
	get recovered(): Pick<Recovered, 'created' | 'mended' | 'messages'> {
		return this.opened;
	}

	/** Why nothing can be changed here; undefined where it can. */
	get readOnly(): string | undefined {
		return this.whyReadOnly;
	}

	/** Changes that stand in the journal only. */
	get pending(): number {
		return this.opened.tail.records;
	}

	/** Names the state that was read: equal stamps of one folder, equal library. */
	get stamp(): string {
		return this.opened.tail.position;
	}

	/** Reads what other processes wrote. @throws {LibraryError} */
	catchUp(): void {
		if (this.closed) throw closedError();
		try {
			const parts: JournalPart[] = [];
			const readAnew = this.inDoubt;
			this.inDoubt = true;
			if (readAnew || !this.opened.tail.follow((part) => parts.push(part))) this.reload();
			else if (parts.length > 0) this.takeOver(parts);
			this.inDoubt = false;
		} catch (error) {
			throw asLibraryError(error, this.paths.folder);
		}
	}

	/** Applies what `requests` gives as one group: on disk when it resolves, or not at all. @throws {LibraryError} */
	apply(requests: () => readonly ChangeRequest[], at: string): Promise<readonly AppliedChange[]> {
		return this.locked((lock) => this.commit(lock, requests(), at));
	}

	/** Writes a snapshot, so that the journal begins anew. @throws {LibraryError} */
	checkpoint(): Promise<void> {
		return this.locked((lock) => this.writeSnapshot(lock));
	}

	/** Waits for what is under way, and lets go of the files. */
	async close(): Promise<void> {
		await this.work;
		if (this.closed) return;
		this.closed = true;
		this.opened.tail.close();
		this.opened.state.close();
	}

	/** Runs `task` under the writer's lock, with all that others wrote read and the journal's end in order. */
	private locked<Result>(task: (lock: WriterLock) => Result): Promise<Result> {
		const turn = this.work.then(async () => {
			this.refuseIfReadOnly();
			try {
				const lock = await WriterLock.acquire(this.paths.lock, this.options.lock);
				try {
					this.catchUp();
					this.refuseIfReadOnly();
					if (this.opened.tail.settle()) this.listener.message(unfinishedEnd(this.paths));
					return task(lock);
				} finally {
					lock.release();
				}
			} catch (error) {
				throw asLibraryError(error, this.paths.folder);
			}
		});
		this.work = turn.catch(() => {});
		return turn;
	}

	private commit(lock: WriterLock, requests: readonly ChangeRequest[], at: string): readonly AppliedChange[] {
		const { state, tail } = this.opened;
		const applied = state.transaction(() => {
			const results = requests.map((request) => state.apply(request, at));
			const fresh = requests.filter((_, index) => results[index]?.fresh);
			if (fresh.length === 0) return results;
			if (!lock.held) throw takenOver();
			this.inDoubt = true;
			tail.append(fresh.map(({ change, by, key }) => ({ change, by, key, at })));
			return results;
		});
		this.inDoubt = false;
		const notices = applied.filter(({ fresh }) => fresh).map(({ id, op, rev }) => ({ id, op, rev }));
		if (notices.length > 0) this.listener.changed(notices);
		return applied;
	}

	private takeOver(parts: readonly JournalPart[]): void {
		const { state } = this.opened;
		const records = parts.flatMap((part) => part.records);
		const refused = state.transaction(() => records.filter((record) => state.replay(record) !== undefined)).length;
		const bad = parts.flatMap((part) => part.bad).length;
		if (bad > 0) {
			const kept = `They were kept in ${this.paths.damaged}.`;
			this.listener.message(`${bad} lines of the journal could not be read. ${kept}`);
		}
		if (refused > 0) {
			this.listener.message(`${refused} changes of the journal had lost what they change, and were left out.`);
		}
		if (parts.some((part) => part.newer !== undefined)) this.stopWriting();
		if (records.length > 0) this.listener.changed(records.map((record) => this.noticeOf(record)));
	}

	/** Opens anew where other processes went on further than this one can follow. */
	private reload(): void {
		const before = this.opened;
		this.opened = recover(this.engine, this.paths, false);
		const old = before.state.experiences;
		const notices: readonly LibraryNotice[] = [...this.state.experiences.values()]
			.filter(({ id, rev }) => old.get(id)?.rev !== rev)
			.map(({ id, rev }) => ({ id, rev, op: old.has(id) ? 'edit' : 'insert' }));
		before.tail.close();
		before.state.close();
		if (this.opened.newer) this.stopWriting();
		for (const message of this.opened.messages) this.listener.message(message);
		this.listener.reloaded();
		this.listener.changed(notices);
	}

	private noticeOf({ change }: JournalRecord): LibraryNotice {
		const id = changedId(change);
		return { id, op: change.op, rev: this.state.experiences.get(id)?.rev ?? 0 };
	}

	/** Where opening found damage, an older schema or an unfinished line: sets it in order under the lock. */
	private async mend(): Promise<void> {
		if (!this.opened.mended && !this.opened.tail.unfinished) return;
		const lock = await WriterLock.acquire(this.paths.lock, this.options.lock);
		try {
			this.opened.tail.close();
			this.opened.state.close();
			this.opened = recover(this.engine, this.paths, true);
			this.whyReadOnly = this.opened.newer;
			if (this.whyReadOnly !== undefined) return;
			if (this.opened.tail.settle()) {
				this.opened = { ...this.opened, messages: [...this.opened.messages, unfinishedEnd(this.paths)] };
			}
			if (this.opened.mended) this.writeSnapshot(lock);
		} finally {
			lock.release();
		}
	}

	private writeSnapshot(lock: WriterLock): void {
		if (isNewerSnapshot(this.paths)) {
			this.stopWriting();
			this.refuseIfReadOnly();
		}
		const { state, tail } = this.opened;
		const inPlace = knownSnapshot(this.engine, this.paths, this.opened.known);
		lock.touch();
		const steps = checkpointSteps(this.paths, state, tail, inPlace);
		for (;;) {
			const step = steps.next();
			if (step.done) {
				this.opened = { ...this.opened, known: step.value };
				return;
			}
			lock.touch();
		}
	}

	private stopWriting(): void {
		if (this.whyReadOnly !== undefined) return;
		this.whyReadOnly = 'a newer version of this program is writing to it; update this one.';
		this.listener.message(`The library can only be read from here: ${this.whyReadOnly}`);
	}

	private refuseIfReadOnly(): void {
		if (this.closed) throw closedError();
		if (this.whyReadOnly !== undefined) {
			throw new LibraryError('read-only', `The library can't be changed: ${this.whyReadOnly}`);
		}
	}
}

/** Makes the folder. @returns why it can't be written to */
function prepare(paths: LibraryPaths): string | undefined {
	try {
		mkdirSync(paths.folder, { recursive: true });
		writeIfMissing(paths.gitignore, gitignore);
		return undefined;
	} catch (error) {
		if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '')) throw error;
		return `there is no permission to write in ${paths.folder}.`;
	}
}

function takenOver(): LibraryError {
	const message = 'This process stood still for so long that another one took the lock of the library over; try again.';
	return new LibraryError('locked', message);
}

function closedError(): LibraryError {
	return new LibraryError('io', 'The library was closed; open it again.');
}

function unfinishedEnd({ damaged }: LibraryPaths): string {
	return `The journal ended in an unfinished line, as after a crash; it had not been acknowledged. It was kept in ${damaged}.`;
}
