/** Opens a library folder: snapshot, then journals; what is damaged is set aside and rebuilt from what is sound. */
import { renameSync, statSync } from 'node:fs';
import type { SqlJsStatic } from 'sql.js';
import type { JournalPart } from './journal.js';
import { JournalFile } from './journalFile.js';
import { JournalTail, oldGenerations } from './journalTail.js';
import type { LibraryPaths } from './paths.js';
import { schemaVersion } from './schema.js';
import { emptyState, type KnownSnapshot, readSnapshot, type SoundSnapshot } from './snapshot.js';
import type { LibraryState } from './state.js';

export interface Recovered {
	readonly state: LibraryState;
	readonly tail: JournalTail;
	/** The snapshot in place, where it is the one that was read. */
	readonly known: KnownSnapshot | undefined;
	/** What a person should know, one sentence or two each. */
	readonly messages: readonly string[];
	/** True where there was nothing. */
	readonly created: boolean;
	/** True where something was damaged, so that a fresh snapshot should be written soon. */
	readonly mended: boolean;
	/** Why this program may not write here, where a newer one does. */
	readonly newer: string | undefined;
}

/**
 * @param mayWrite whether damaged files may be set aside; then only under the lock
 * @throws {LibraryError} `read-only` where a newer program's snapshot can't be read at all
 */
export function recover(engine: SqlJsStatic, paths: LibraryPaths, mayWrite: boolean): Recovered {
	// What an attempt sets aside, the next one no longer sees; so all of them report to one list.
	const damage: string[] = [];
	// Between reading the snapshot and the journal another process may end a generation; a second look is then enough.
	for (let attempt = 0; attempt < 5; attempt++) {
		const opening = new Opening(engine, paths, mayWrite, damage);
		if (opening.replay()) return opening.result();
		opening.close();
	}
	const opening = new Opening(engine, paths, mayWrite, damage);
	opening.replayAcrossGaps();
	return opening.result();
}

/** One attempt to open. */
class Opening {
	private readonly messages: string[] = [];
	private readonly state: LibraryState;
	private readonly tail: JournalTail;
	private readonly known: KnownSnapshot | undefined;
	private readonly created: boolean;
	private mended = false;
	private newer: string | undefined;
	private broken = 0;
	private refused = 0;

	constructor(
		engine: SqlJsStatic,
		private readonly paths: LibraryPaths,
		private readonly mayWrite: boolean,
		private readonly damage: string[],
	) {
		const inode = statSync(paths.snapshot, { throwIfNoEntry: false })?.ino;
		const primary = this.read(engine, paths.snapshot, 'snapshot');
		const previous = primary ? undefined : this.read(engine, paths.previousSnapshot, 'previous snapshot');
		const found = primary ?? previous;
		const firstGen = found?.gen ?? this.firstGeneration();
		this.state = found?.state ?? emptyState(engine);
		this.tail = new JournalTail(paths, firstGen ?? 1, found?.offset ?? 0, !mayWrite);
		this.known = primary && inode !== undefined ? { inode, gen: primary.gen } : undefined;
		this.created = !found && firstGen === undefined && damage.length === 0;
		this.mended = damage.length > 0 || (!primary && previous !== undefined);
		if (previous && damage.length === 0) this.messages.push(`${paths.snapshot} was missing.`);
		if (!found && (firstGen ?? 1) > 1) this.messages.push(beginsLate(paths));
		if (found && found.version > schemaVersion) this.newer = newerSchema(found.version);
		if (primary && primary.version < schemaVersion) this.mended = true;
	}

	/** @returns false where a generation is missing */
	replay(): boolean {
		return this.state.transaction(() => this.tail.follow((part) => this.take(part)));
	}

	/** Takes what there is, and says what is not. */
	replayAcrossGaps(): void {
		for (;;) {
			if (this.replay()) return;
			const next = this.nextGeneration(this.tail.gen);
			if (next === undefined) return;
			this.messages.push(
				`The journal between generation ${this.tail.gen} and ${next} is missing: changes that only it held are lost. Restore ${this.paths.folder} from a backup if you have one.`,
			);
			this.mended = true;
			this.tail.skipTo(next);
		}
	}

	result(): Recovered {
		const { state, tail, known, created } = this;
		this.messages.unshift(...new Set(this.damage));
		if (this.broken > 0) this.reportBroken();
		if (this.refused > 0) {
			this.messages.push(`${this.refused} changes of the journal had lost what they change, and were left out.`);
		}
		if (this.mended && this.messages.length > 0) {
			const { size } = state.experiences;
			this.messages.push(`Rebuilt from what is sound: ${size} experience${size === 1 ? '' : 's'}.`);
		}
		if (this.newer) this.messages.push(this.newer);
		return { state, tail, known, created, mended: this.mended, newer: this.newer, messages: this.messages };
	}

	close(): void {
		this.tail.close();
		this.state.close();
	}

	private take(part: JournalPart): void {
		this.broken += part.bad.length;
		if (part.bad.length > 0) this.mended = true;
		if (part.newer !== undefined) this.newer = newerJournal(part.newer);
		for (const record of part.records) if (this.state.replay(record) !== undefined) this.refused++;
	}

	private reportBroken(): void {
		const lines = this.broken === 1 ? '1 line' : `${this.broken} lines`;
		const where = this.mayWrite ? ` They were kept in ${this.paths.damaged}.` : '';
		this.messages.push(`${lines} of the journal could not be read.${where}`);
	}

	private read(engine: SqlJsStatic, file: string, name: string): SoundSnapshot | undefined {
		const snapshot = readSnapshot(engine, file);
		if (snapshot.kind === 'sound') return snapshot;
		if (snapshot.kind === 'absent') return undefined;
		const aside = this.mayWrite ? setAside(file) : undefined;
		const kept = aside ? ` It was kept as ${aside}.` : '';
		this.damage.push(`The ${name} of the library was damaged (${snapshot.why}).${kept}`);
		return undefined;
	}

	/** The oldest generation that a journal tells of; undefined where there is no journal. */
	private firstGeneration(): number | undefined {
		return this.nextGeneration(0);
	}

	private nextGeneration(after: number): number | undefined {
		const old = oldGenerations(this.paths).find((gen) => gen > after);
		if (old !== undefined) return old;
		const file = JournalFile.open(this.paths.journal);
		const gen = file?.firstGeneration();
		file?.close();
		return gen !== undefined && gen > after ? gen : undefined;
	}
}

function setAside(file: string): string {
	const time = new Date().toISOString().replaceAll(':', '-');
	const aside = `${file}.damaged-${time}`;
	renameSync(file, aside);
	return aside;
}

function beginsLate({ folder }: LibraryPaths): string {
	return `No snapshot could be read, and the journal begins later than the library: what is older than the journal is missing. Restore ${folder} from a backup if you have one.`;
}

function newerSchema(version: number): string {
	return `This library was written by a newer version of this program (schema ${version}, this one knows ${schemaVersion}); it can be read here, not changed. Update this program to change it.`;
}

function newerJournal(version: number): string {
	return `A newer version of this program is writing to this library (journal format ${version}); its latest changes are not shown here, and it can't be changed from here. Update this program.`;
}
