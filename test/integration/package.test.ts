/** The extension as it is installed: all that it needs, nothing else, and small. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZipEntries, unpackZipEntry } from '../../src/providers/zipReader.js';

const root = path.join(import.meta.dirname, '../..');
const packaging = 60_000;

/** Each file of the package matches one of these, and each of these some file. */
const allowed: readonly RegExp[] = [
	/^\[Content_Types\]\.xml$/,
	/^extension\.vsixmanifest$/,
	...[
		/^package\.json$/,
		/^package\.nls\.json$/,
		/^readme\.md$/,
		/^changelog\.md$/,
		/^LICENSE\.txt$/,
		/^THIRD_PARTY_NOTICES\.md$/,
		/^dist\/(extension|cli|libraryWorker|llamaProcess|sandboxWorker|chemistryWorker)\.js$/,
		/^dist\/mathjs\.cjs$/,
		/^dist\/webview\/main\.(js|css)$/,
		/^dist\/(quickjs|sql-wasm)\.wasm$/,
		/^components\/(llama|rdkit)\/(package|package-lock)\.json$/,
		/^examples\/company-conventions\/(README\.md|flex-task\.json|(train|dev|test)\.jsonl)$/,
		/^l10n\/bundle\.l10n\.json$/,
		/^media\/[\w/-]+\.(png|svg|md)$/,
		/^schemas\/flex-task\.schema\.json$/,
	].map((pattern) => new RegExp(pattern.source.replace('^', '^extension/'))),
];

let folder: string;
let vsix: string;
let files: readonly string[];

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'flex-package-'));
	vsix = path.join(folder, 'flex-learn.vsix');
	execFileSync(process.execPath, [path.join(root, 'scripts/package.mjs'), '--built', '--out', vsix]);
	files = (await readZipEntries(vsix)).map(({ name }) => name);
}, packaging);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packaged extension', () => {
	it('holds what is on the list, and nothing else', () => {
		expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
		expect(allowed.filter((pattern) => !files.some((file) => pattern.test(file)))).toEqual([]);
	});

	it('runs everywhere: its only binary code is the WebAssembly of SQLite and QuickJS', () => {
		const binary = files.filter((file) => /\.(node|wasm|so|dll|dylib|exe|gguf)$/.test(file));
		expect(binary.sort()).toEqual(['extension/dist/quickjs.wasm', 'extension/dist/sql-wasm.wasm']);
	});

	it('is smaller than 3 MB', () => {
		expect(statSync(vsix).size).toBeLessThan(3 * 1024 ** 2);
	});

	it('holds every file that its manifest names', () => {
		const named = pathsIn(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
		expect(named).toEqual(expect.arrayContaining(['dist/extension.js', 'media/icon.png', 'l10n']));
		const missing = named.filter((name) => !files.some((file) => `${file}/`.startsWith(`extension/${name}/`)));
		expect(missing).toEqual([]);
	});

	it('holds the bundles of the last build', async () => {
		for (const name of ['extension.js', 'sql-wasm.wasm']) {
			const entry = (await readZipEntries(vsix)).find((found) => found.name === `extension/dist/${name}`);
			if (!entry) throw new Error(`${name} is missing`);
			const unpacked = path.join(folder, name);
			await unpackZipEntry(vsix, entry, unpacked, new AbortController().signal);
			expect(readFileSync(unpacked).equals(readFileSync(path.join(root, 'dist', name))), name).toBe(true);
		}
	});
});

/** What stands in the manifest as a path below the extension's folder. */
function pathsIn(value: unknown): readonly string[] {
	if (typeof value === 'string') {
		const found = /^(?:\.\/|(?=(?:dist|media|schemas|examples|l10n|components)\/))([\w./-]+)$/.exec(value)?.[1];
		return found ? [found] : [];
	}
	return value !== null && typeof value === 'object' ? Object.values(value).flatMap(pathsIn) : [];
}
