/** Puts the shipped example into a folder: whole or not at all, and never over what is there. */
import { existsSync } from 'node:fs';
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Its folder, here and there. */
export const exampleName = 'company-conventions';

/** Something of that name is there that is no problem set. */
export class ExampleInTheWay extends Error {
	override readonly name = 'ExampleInTheWay';
}

/**
 * @param shipped the example's folder in the extension
 * @returns its folder in `parent`; one that is there already stays as it is
 * @throws {ExampleInTheWay} and what the file system throws
 */
export async function copyExample(shipped: string, parent: string): Promise<string> {
	const folder = join(parent, exampleName);
	const manifest = 'flex-task.json';
	if (existsSync(join(folder, manifest))) return folder;
	if (existsSync(folder)) throw new ExampleInTheWay(folder);
	const draft = `${folder}.part`;
	await rm(draft, { recursive: true, force: true });
	try {
		await cp(shipped, draft, { recursive: true });
		const text = await readFile(join(draft, manifest), 'utf8');
		await writeFile(join(draft, manifest), withoutSchema(text));
		await rename(draft, folder);
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
	return folder;
}

/** The path of the schema leads nowhere from here; the extension knows it anyway. */
function withoutSchema(json: string): string {
	return json.replace(/^\s*"\$schema":.*,?\r?\n/mu, '');
}
