/** A real sandbox for tests: its worker built into a folder of its own, with the engine beside it. */
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { assets } from '../../../scripts/bundles.mjs';

const root = join(import.meta.dirname, '../../..');

/** What the worker looks for beside itself. */
const sandboxAssets = new Set(['quickjs.wasm', 'mathjs.cjs']);

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
	for (const { from, to } of assets.filter(({ to }) => sandboxAssets.has(to))) {
		copyFileSync(join(root, from), join(folder, to));
	}
	return { folder, workerFile };
}
