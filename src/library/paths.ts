/** Where the library's files lie in a `.flex` folder. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface LibraryPaths {
	readonly folder: string;
	readonly snapshot: string;
	readonly journal: string;
	readonly lock: string;
	readonly index: string;
	readonly gitignore: string;
	/** Lines of a journal that can't be read, one file each time. */
	readonly damaged: string;
	/** The snapshot before this one, and every journal since it: enough to rebuild the library without the newest snapshot. */
	readonly previous: string;
	readonly previousSnapshot: string;
	/** Where the journal of a generation lies once the next one has begun. */
	oldJournal(gen: number): string;
}

export function libraryPaths(folder: string): LibraryPaths {
	const previous = join(folder, 'previous');
	return {
		folder,
		snapshot: join(folder, 'library.sqlite'),
		journal: join(folder, 'library.journal'),
		lock: join(folder, 'library.lock'),
		index: join(folder, 'index.bin'),
		gitignore: join(folder, '.gitignore'),
		damaged: join(folder, 'damaged'),
		previous,
		previousSnapshot: join(previous, 'library.sqlite'),
		oldJournal: (gen) => join(previous, `library.${gen}.journal`),
	};
}

/** Whether a `.flex` folder has a library, or would get a new, empty one. */
export function holdsLibrary(folder: string): boolean {
	const { snapshot, journal } = libraryPaths(folder);
	return existsSync(snapshot) || existsSync(journal);
}

/** The generation of an old journal's file name; undefined for other files. */
export function generationOf(fileName: string): number | undefined {
	const digits = /^library\.(\d{1,15})\.journal$/.exec(fileName)?.[1];
	return digits === undefined ? undefined : Number(digits);
}
