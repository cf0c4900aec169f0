/** Writes a new problem set: a folder that was not there before, or nothing. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SetFiles } from './setTemplate.js';

/** The folder is there already, and stays as it is. */
export class FolderTaken extends Error {
	override readonly name = 'FolderTaken';
}

/** @throws {FolderTaken} and what the file system throws; what was begun is then taken away */
export async function writeNewSet(folder: string, files: SetFiles): Promise<void> {
	await mkdir(dirname(folder), { recursive: true });
	await mkdir(folder).catch((cause: NodeJS.ErrnoException) => {
		throw cause.code === 'EEXIST' ? new FolderTaken(folder, { cause }) : cause;
	});
	try {
		for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { flag: 'wx' });
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
}
