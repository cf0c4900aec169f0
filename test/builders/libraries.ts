/** Libraries on disk for tests, through the worker as it ships. */
import { join } from 'node:path';
import type { Experience } from '../../src/core/experience/experience.js';
import { type Library, openLibrary } from '../../src/library/library.js';

const workerFile = join(import.meta.dirname, '../../dist/libraryWorker.js');

/** The library of a workspace's folder; whoever opened it closes it. */
export function libraryOf(workspace: string): Promise<Library> {
	return openLibrary(join(workspace, '.flex'), { workerFile });
}

/** Opens the library of a workspace's folder for one use. */
export async function withLibrary<T>(workspace: string, use: (library: Library) => Promise<T>): Promise<T> {
	const library = await libraryOf(workspace);
	try {
		return await use(library);
	} finally {
		await library.close();
	}
}

/** Puts experiences into the library of a workspace's folder. */
export async function fillLibrary(workspace: string, experiences: readonly Experience[], by = 'user'): Promise<void> {
	await withLibrary(workspace, (library) =>
		library.apply(experiences.map((experience) => ({ change: { op: 'insert', experience }, by }))),
	);
}
