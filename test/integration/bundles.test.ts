/** The bundles as they ship: complete, runnable by themselves, and free of what does not belong in a package. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const dist = path.join(import.meta.dirname, '../../dist');
const read = (name: string): string => readFileSync(path.join(dist, name), 'utf8');
const bundles = ['extension.js', 'cli.js', 'libraryWorker.js', 'llamaProcess.js', 'sandboxWorker.js'];

describe('dist (npm run build)', () => {
	it('holds the bundles and the wasm beside them, and nothing else', () => {
		const files = readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isFile());
		expect(files.map(({ name }) => name).sort()).toEqual([...bundles, 'quickjs.wasm', 'sql-wasm.wasm'].sort());
	});

	it.each(bundles)('%s stands alone and has no source map', (name) => {
		const text = read(name);
		const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, specifier]) => specifier ?? '');
		const foreign = required.filter((specifier) => !isBuiltIn(specifier));
		expect([...new Set(foreign)]).toEqual(name === 'extension.js' ? ['vscode'] : []);
		expect(text).not.toContain('sourceMappingURL=');
	});

	it('has an extension that is small to load', () => {
		expect(statSync(path.join(dist, 'extension.js')).size).toBeLessThan(200 * 1024);
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

function isBuiltIn(specifier: string): boolean {
	return specifier.startsWith('node:') || builtinModules.includes(specifier);
}
