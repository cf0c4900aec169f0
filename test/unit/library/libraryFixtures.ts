/** Real parts for the library's tests: folders, engines, and bundles for workers and processes of their own. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach } from 'vitest';
import { type EngineOptions, LibraryEngine } from '../../../src/library/engine.js';

export const wasmFile = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');

export const root = join(import.meta.dirname, '../../..');

const cleanUp: (() => Promise<void> | void)[] = [];

afterEach(async () => {
	for (const task of cleanUp.splice(0).reverse()) await task();
});

/** A `.flex` folder of its own, removed after the test. */
export function flexFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'flex-library-'));
	cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
	const flex = join(folder, '.flex');
	mkdirSync(flex);
	return flex;
}

/** The library of a folder in this process; closed after the test if it is not before. */
export async function openEngine(folder: string, options: Partial<EngineOptions> = {}): Promise<LibraryEngine> {
	const engine = await LibraryEngine.open(folder, { wasmFile, ...options });
	cleanUp.push(() => engine.close());
	return engine;
}

/** Ids of all experiences, sorted. */
export async function idsIn(library: Pick<LibraryEngine, 'list'>): Promise<readonly string[]> {
	return (await library.list()).map(({ id }) => id).sort();
}

/** Bundles scripts for a process or worker of their own into a new folder, with the wasm file beside them. */
export async function bundle(scripts: Readonly<Record<string, string>>): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'flex-bundle-'));
	await build({
		entryPoints: Object.entries(scripts).map(([out, file]) => ({ in: join(root, file), out })),
		outdir: folder,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		logLevel: 'warning',
	});
	copyFileSync(wasmFile, join(folder, 'sql-wasm.wasm'));
	return folder;
}
