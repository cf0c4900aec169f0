/** The bundles as they ship: complete, runnable by themselves, and free of what does not belong in a package. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
const read = (name: string): string => readFileSync(path.join(dist, name), 'utf8');
const bundles = [
	'extension.js',
	'cli.js',
	'libraryWorker.js',
	'llamaProcess.js',
	'sandboxWorker.js',
	'chemistryWorker.js',
];

describe('dist (npm run build)', () => {
	it('holds the bundles and what lies beside them, and nothing else', () => {
		const files = readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isFile());
		const beside = ['mathjs.cjs', 'quickjs.wasm', 'sql-wasm.wasm'];
		expect(files.map(({ name }) => name).sort()).toEqual([...bundles, ...beside].sort());
		expect(readdirSync(path.join(dist, 'webview')).sort()).toEqual(['main.css', 'main.js']);
	});

	it.each(bundles)('%s stands alone and has no source map', async (name) => {
		// What esbuild leaves outside is what the bundle needs; its text alone would tell of programs that it only quotes.
		const { metafile } = await build({
			absWorkingDir: root,
			entryPoints: [path.join('dist', name)],
			bundle: true,
			write: false,
			metafile: true,
			platform: 'node',
			packages: 'external',
			logLevel: 'silent',
		});
		const [output] = Object.values(metafile.outputs);
		const foreign = (output?.imports ?? []).filter(({ path: needed }) => !isBuiltIn(needed)).map((one) => one.path);
		expect([...new Set(foreign)]).toEqual(name === 'extension.js' ? ['vscode'] : []);
		expect(read(name)).not.toContain('sourceMappingURL=');
	});

	it('has an extension that evaluates little before it is asked: its own commands, and no package', async () => {
		const { metafile } = await build({
			absWorkingDir: root,
			entryPoints: ['src/extension.ts'],
			bundle: true,
			write: false,
			metafile: true,
			platform: 'node',
			external: ['vscode'],
		});
		const evaluated = staticallyReached(metafile, 'src/extension.ts');
		expect(evaluated.filter((file) => file.includes('node_modules'))).toEqual([]);
		expect(evaluated.filter((file) => /^src\/(library|providers|runs\/\w+Run\.ts)/.test(file))).toEqual([]);
		const bytes = evaluated.reduce((sum, file) => sum + (metafile.inputs[file]?.bytes ?? 0), 0);
		expect(bytes).toBeLessThan(400 * 1024);
	});

	it('has a command line that starts and explains itself', async () => {
		expect(read('cli.js')).toMatch(/^#!\/usr\/bin\/env node\n/);
		const { stdout } = await promisify(execFile)(process.execPath, [path.join(dist, 'cli.js'), '--help']);
		expect(stdout).toContain('flex-learn');
	});

	it('loads llama.cpp from a folder that is known only at run time', () => {
		expect(read('llamaProcess.js')).toMatch(/\bimport\((?!["'`])/);
	});
});

/** The sources that run when `entry` is loaded: what is imported on demand runs later. */
function staticallyReached({ inputs }: Metafile, entry: string): readonly string[] {
	const reached = new Set([entry]);
	// What is added while the set is gone through is gone through as well.
	for (const file of reached) {
		for (const { path: imported, kind, external } of inputs[file]?.imports ?? []) {
			if (kind !== 'dynamic-import' && !external) reached.add(imported);
		}
	}
	return [...reached];
}

function isBuiltIn(specifier: string): boolean {
	return specifier.startsWith('node:') || builtinModules.includes(specifier);
}
