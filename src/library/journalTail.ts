/** Follows the journal as several processes write it: from generation to generation, never missing a line. */
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { LibraryError } from '../core/experience/store.js';
import { writeDurably } from './files.js';
import { isMissing } from './ioErrors.js';
import { type BadLine, type JournalPart, type JournalRecord, journalLine, parseJournal } from './journal.js';
import { inodeAt, JournalFile } from './journalFile.js';
import { generationOf, type LibraryPaths } from './paths.js';

/** Called with what was appended, in order. */
export type JournalSink = (part: JournalPart) => void;

export class JournalTail {
	private file: JournalFile | undefined;
	private writable = false;
	/** Lines of this generation read or written so far. */
	private count = 0;

	/** Begins at `offset` of the journal of generation `gen`. */
	constructor(
		private readonly paths: LibraryPaths,
		private generation: number,
		private offset: number,
		private readonly readOnly: boolean,
	) {}

	get gen(): number {
		return this.generation;
	}

	/** Changes that the newest snapshot does not hold yet, as far as this tail has seen them. */
	get records(): number {
		return this.count;
	}

	/** Generation and offset of what was read. */
	get position(): string {
		return `${this.generation}:${this.offset}`;
	}

	/** Whether the journal of this generation has a file. */
	get begun(): boolean {
		return this.file !== undefined;
	}

	/**
	 * Hands on what was appended since the last call.
	 * @returns false where lines are missing between what was read and what there is: then only a fresh open helps.
	 */
	follow(sink: JournalSink): boolean {
		// Each turn ends a generation; the limit ends a circle that a folder in disorder could make.
		for (let turn = 0; turn < 10_000; turn++) {
			const present = inodeAt(this.paths.journal);
			if (this.file) {
				if (this.file.size < this.offset) return false;
				this.readOn(this.file, sink);
				if (this.file.inode === present) return true;
				this.leave(this.generation + 1);
			}
			const found = this.find();
			if (found !== 'found') return found === 'not begun';
		}
		return false;
	}

	/**
	 * Sets aside what stands unfinished at the journal's end: nobody writes on while we hold the lock, so it was never
	 * acknowledged. Call after `follow`, under the lock.
	 */
	settle(): BadLine | undefined {
		const bytes = this.file?.read(this.offset);
		if (!this.file || !bytes || bytes.length === 0) return undefined;
		const why = 'was cut off while it was written; it had not been acknowledged';
		const torn: BadLine = { offset: this.offset, bytes, why };
		setAside(this.paths, this.generation, [torn]);
		this.toAppend().cut(this.offset);
		return torn;
	}

	/** Whether something unfinished stands at the journal's end. */
	get unfinished(): boolean {
		return this.file !== undefined && this.file.size > this.offset;
	}

	/** Appends the records as one group and waits until it is on disk. Call after `settle`, under the lock. */
	append(records: readonly Omit<JournalRecord, 'gen' | 'group'>[]): void {
		const size = records.length;
		const lines = records.map((record, index) =>
			journalLine({ ...record, gen: this.generation, group: size > 1 ? { index, size } : undefined }),
		);
		const text = lines.join('');
		const file = this.toAppend();
		file.append(text);
		this.offset = file.size;
		this.count += size;
	}

	/** Moves the journal's file away, so that the next change begins a new generation. Under the lock. */
	rotate(): void {
		if (!this.file) return;
		mkdirSync(this.paths.previous, { recursive: true });
		renameSync(this.paths.journal, this.paths.oldJournal(this.generation));
		this.leave(this.generation + 1);
	}

	/** Goes on at the beginning of a later generation, giving up what is missing before it. */
	skipTo(generation: number): void {
		this.leave(generation);
	}

	/** Says that a snapshot now holds all that was read. */
	folded(): void {
		this.count = 0;
	}

	close(): void {
		this.leave(this.generation);
	}

	private readOn(file: JournalFile, sink: JournalSink): void {
		const bytes = file.read(this.offset);
		if (bytes.length === 0) return;
		const part = parseJournal(bytes, this.offset);
		this.offset = part.settled;
		this.count += part.records.length;
		sink(part);
		if (part.bad.length > 0 && !this.readOnly) setAside(this.paths, this.generation, part.bad);
	}

	/** Opens the file that holds the wanted generation. */
	private find(): 'found' | 'not begun' | 'lost' {
		const old = JournalFile.open(this.paths.oldJournal(this.generation));
		if (old) return this.enter(old);
		const current = JournalFile.open(this.paths.journal);
		const generation = current?.firstGeneration();
		if (current && generation === this.generation) return this.enter(current);
		current?.close();
		if (generation !== undefined && generation < this.generation) return 'not begun';
		const newest = newestGeneration(this.paths);
		// Rotated just now, between our two looks.
		if (newest === this.generation) return 'found';
		return newest > this.generation || generation !== undefined ? 'lost' : 'not begun';
	}

	private enter(file: JournalFile): 'found' {
		this.file = file;
		this.writable = false;
		return 'found';
	}

	private leave(generation: number): void {
		this.file?.close();
		this.file = undefined;
		if (generation === this.generation) return;
		this.generation = generation;
		this.offset = 0;
	}

	/** The file of this generation, open for appending. */
	private toAppend(): JournalFile {
		if (this.file && this.writable) return this.file;
		if (!this.file) this.makeRoom();
		const file = JournalFile.openToAppend(this.paths.journal);
		if (this.file && this.file.inode !== file.inode) {
			file.close();
			throw new LibraryError('io', `${this.paths.journal} was replaced while it was in use; open the library again.`);
		}
		this.file?.close();
		this.file = file;
		this.writable = true;
		return file;
	}

	/** A file in the journal's place that does not belong to this generation is kept, but not written on. */
	private makeRoom(): void {
		const present = JournalFile.open(this.paths.journal);
		if (!present) return;
		const { size } = present;
		const generation = present.firstGeneration();
		present.close();
		if (size === 0 || generation === this.generation) return;
		mkdirSync(this.paths.damaged, { recursive: true });
		const name = `library.${generation ?? 'unknown'}.${Date.now()}.journal`;
		renameSync(this.paths.journal, join(this.paths.damaged, name));
	}
}

/** The highest generation among the old journals; 0 where there is none. */
export function newestGeneration(paths: LibraryPaths): number {
	return Math.max(0, ...oldGenerations(paths));
}

/** The generations of the old journals that are kept, ascending. */
export function oldGenerations(paths: LibraryPaths): readonly number[] {
	try {
		return readdirSync(paths.previous)
			.flatMap((name) => generationOf(name) ?? [])
			.sort((a, b) => a - b);
	} catch (error) {
		if (isMissing(error)) return [];
		throw error;
	}
}

/** Keeps lines that can't be used in a file of their own; best effort, for they are still in the journal as well. */
function setAside(paths: LibraryPaths, generation: number, lines: readonly BadLine[]): void {
	const [first] = lines;
	if (!first) return;
	try {
		mkdirSync(paths.damaged, { recursive: true });
		const file = join(paths.damaged, `journal-${generation}-${first.offset}.txt`);
		const bytes = lines.flatMap((line) => [line.bytes, Buffer.from('\n')]);
		writeDurably(file, Buffer.concat(bytes));
	} catch {
		// Read-only folders and full disks must not keep anybody from reading the rest.
	}
}
