/** Problem sets on disk, for tests with a workspace. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines of JSON, as splits and variants files hold them. */
export function jsonLines(rows: readonly unknown[]): string {
	return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Writes the folder of a set: its manifest, and a file of lines for each name. */
export function writeSet(
	folder: string,
	manifest: Readonly<Record<string, unknown>>,
	files: Readonly<Record<string, readonly unknown[]>>,
): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'flex-task.json'), JSON.stringify(manifest, null, '\t'));
	for (const [name, rows] of Object.entries(files)) writeFileSync(join(folder, `${name}.jsonl`), jsonLines(rows));
}
