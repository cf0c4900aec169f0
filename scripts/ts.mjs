/**
 * Runs a TypeScript program of the project: `node scripts/ts.mjs <file.ts> [arguments]`. Bundled first, with packages left
 * outside, because the oldest Node that is supported reads no TypeScript.
 */
import { basename, join } from 'node:path';
import { requireNode, root, run, setUp } from './setup.mjs';

requireNode();
await setUp();
// Not before: a fresh clone has no packages yet.
const esbuild = await import('esbuild');
const [entry, ...args] = process.argv.slice(2);
const outfile = join(root, 'out/programs', `${basename(entry, '.ts')}.mjs`);
await esbuild.build({
	absWorkingDir: root,
	entryPoints: [entry],
	outfile,
	bundle: true,
	packages: 'external',
	platform: 'node',
	target: 'node20',
	format: 'esm',
	logLevel: 'warning',
	// Files that lie beside a source are found from there.
	define: { 'import.meta.dirname': JSON.stringify(join(root, 'test/vscode')) },
});
const { code } = await run(process.execPath, [outfile, ...args]);
process.exitCode = code;
