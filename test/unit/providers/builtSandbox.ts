/** A real sandbox for tests: its worker built into a folder of its own, with the engine beside it. */
import { copyFileSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../../..');

/** The folder of a built worker; remove it at the end. */
export async function builtSandbox(): Promise<{ readonly folder: string; readonly workerFile: string }> {
	const folder = mkdtempSync(join(tmpdir(), 'flex-sandbox-'));
	const workerFile = join(folder, 'sandboxWorker.js');
	await build({
		entryPoints: [join(root, 'src/providers/sandboxWorker.ts')],
		outfile: workerFile,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		logLevel: 'warning',
	});
	const wasm = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
	copyFileSync(wasm, join(folder, 'quickjs.wasm'));
	return { folder, workerFile };
}
