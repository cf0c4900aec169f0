/** The snapshot file: how it is read and checked, and the steps of a checkpoint, safe to be stopped between any two. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { LibraryError } from '../core/experience/store.js';
import { linkOrCopy, renameDurably, writeDurably } from './files.js';
import { isMissing } from './ioErrors.js';
import { type JournalTail, oldGenerations } from './journalTail.js';
import { migrate } from './migrations.js';
import type { LibraryPaths } from './paths.js';
import { applicationId, headerOfFile, readHeader, schemaVersion } from './schema.js';
import { SqliteDatabase, SqliteError } from './sqlite.js';
import { LibraryState } from './state.js';

export interface SoundSnapshot {
	readonly kind: 'sound';
	readonly state: LibraryState;
	/** Where the journal goes on. */
	readonly gen: number;
	readonly offset: number;
	/** The schema it was written with. */
	readonly version: number;
}

export type ReadSnapshot =
	| SoundSnapshot
	| { readonly kind: 'absent' }
	| { readonly kind: 'damaged'; readonly why: string };

/**
 * Reads a snapshot whole and checks it.
 * @throws {LibraryError} `read-only` where a newer program wrote tables that this one can't read
 */
export function readSnapshot(engine: SqlJsStatic, file: string): ReadSnapshot {
	let bytes: Buffer;
	try {
		bytes = readFileSync(file);
	} catch (error) {
		if (isMissing(error)) return { kind: 'absent' };
		throw error;
	}
	const header = readHeader(bytes);
	if (!header) return { kind: 'damaged', why: 'it is not a SQLite database' };
	if (header.application !== applicationId) return { kind: 'damaged', why: 'it is not a library of experiences' };
	try {
		return { ...openSnapshot(engine, bytes), version: header.version };
	} catch (cause) {
		if (header.version > schemaVersion) throw newerThanThis(file, cause);
		return { kind: 'damaged', why: cause instanceof Error ? cause.message : String(cause) };
	}
}

function openSnapshot(engine: SqlJsStatic, bytes: Uint8Array): Omit<SoundSnapshot, 'version'> {
	const database = new SqliteDatabase(engine, bytes);
	try {
		const verdict = database.first('PRAGMA quick_check')?.text(0);
		if (verdict !== 'ok') throw new SqliteError(verdict ?? 'it can not be checked');
		migrate(database);
		const state = new LibraryState(database);
		return { kind: 'sound', state, gen: position(database, 'gen'), offset: position(database, 'offset') };
	} catch (error) {
		database.close();
		throw error;
	}
}

function position(database: SqliteDatabase, name: 'gen' | 'offset'): number {
	const value = Number(database.first('SELECT value FROM meta WHERE name = ?', [name])?.text(0));
	if (!Number.isSafeInteger(value)) throw new SqliteError(`It does not say at which ${name} the journal goes on.`);
	return value;
}

function newerThanThis(file: string, cause: unknown): LibraryError {
	const message = `${file} was written by a newer version of this program, and this one can't read it; update it.`;
	return new LibraryError('read-only', message, { cause });
}

/** An empty library in memory. */
export function emptyState(engine: SqlJsStatic): LibraryState {
	const database = new SqliteDatabase(engine);
	database.script(`PRAGMA application_id = ${applicationId}`);
	migrate(database);
	return new LibraryState(database);
}

/** The snapshot that is now in place, as far as this process knows it. */
export interface KnownSnapshot {
	readonly inode: number;
	readonly gen: number;
}

export type CheckpointStep = 'written' | 'rotated' | 'linked' | 'published' | 'kept' | 'pruned';

/**
 * A checkpoint, step by step. Run it under the lock, with all of the journal read. A stop between any two steps leaves a
 * folder that opens to the same library:
 *
 * - written: the new snapshot lies in a file of its own, fsync'd and read back. It stands at the next generation.
 * - rotated: the journal lies with the old ones; old snapshot + old journal is still all there is to know.
 * - linked: the old snapshot has a second name in `previous/`.
 * - published: the new snapshot is in place.
 * - kept: the old one is the previous snapshot now, in the place of the one before it.
 * - pruned: journals older than the previous snapshot are deleted.
 *
 * @param known which generation the snapshot in place stands at; undefined where there is none worth keeping
 * @returns the new snapshot
 */
export function* checkpointSteps(
	paths: LibraryPaths,
	state: LibraryState,
	tail: JournalTail,
	known: KnownSnapshot | undefined,
): Generator<CheckpointStep, KnownSnapshot> {
	const gen = tail.begun ? tail.gen + 1 : tail.gen;
	const temporary = join(paths.folder, `library.sqlite.tmp-${process.pid}`);
	removeTemporary(paths);
	try {
		const bytes = state.snapshot(gen, 0);
		writeDurably(temporary, bytes);
		if (!readFileSync(temporary).equals(bytes)) {
			throw new LibraryError('io', `${temporary} does not hold what was written to it; check the disk.`);
		}
	} catch (error) {
		rmSync(temporary, { force: true });
		throw error;
	}
	yield 'written';
	tail.rotate();
	yield 'rotated';
	const next = `${paths.previousSnapshot}.next`;
	if (known) linkOrCopy(paths.snapshot, next);
	yield 'linked';
	renameDurably(temporary, paths.snapshot);
	tail.folded();
	yield 'published';
	if (known) {
		renameDurably(next, paths.previousSnapshot);
		yield 'kept';
		for (const old of oldGenerations(paths)) if (old < known.gen) rmSync(paths.oldJournal(old), { force: true });
		yield 'pruned';
	}
	return { inode: statSync(paths.snapshot).ino, gen };
}

/** What a checkpoint that was stopped left behind. Under the lock nobody else writes one. */
function removeTemporary(paths: LibraryPaths): void {
	for (const name of readdirSync(paths.folder)) {
		if (name.startsWith('library.sqlite.tmp-')) rmSync(join(paths.folder, name), { force: true });
	}
}

/** Which generation the snapshot in place stands at; undefined where it is missing or can't be read. */
export function knownSnapshot(
	engine: SqlJsStatic,
	paths: LibraryPaths,
	known: KnownSnapshot | undefined,
): KnownSnapshot | undefined {
	const inode = statSync(paths.snapshot, { throwIfNoEntry: false })?.ino;
	if (inode === undefined) return undefined;
	if (known?.inode === inode) return known;
	const read = readSnapshot(engine, paths.snapshot);
	if (read.kind !== 'sound') return undefined;
	read.state.close();
	return { inode, gen: read.gen };
}

/** True where a newer program has written the snapshot meanwhile: then this one must not write another. */
export function isNewerSnapshot(paths: LibraryPaths): boolean {
	return (headerOfFile(paths.snapshot)?.version ?? 0) > schemaVersion;
}
