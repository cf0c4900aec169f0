/** What the repository may hold: small files, no traces of one machine, and a manifest that npm and VS Code accept. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly main: string;
	readonly icon: string;
	readonly bin: Readonly<Record<string, string>>;
	readonly engines: { readonly vscode: string; readonly node: string };
	readonly devDependencies: Readonly<Record<string, string>>;
	readonly dependencies?: unknown;
	readonly files?: unknown;
}

interface LockedPackage {
	readonly version: string;
	readonly resolved?: string;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest: Manifest = JSON.parse(read('package.json'));
const lock: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(read('package-lock.json'));

/** What git tracks, and what it would with the next commit. */
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
	.toString()
	.split('\0')
	.filter((file) => file !== '' && existsSync(path.join(root, file)));

/** Paths and hosts that mean something on one machine only; the patterns do not match themselves. */
const traces = [
	{ what: 'a path of one machine', pattern: /(?<![\w.*~-])\/(?:work|root|home|Users)\/\w/ },
	{ what: 'a path of one machine', pattern: /\b[A-Z]:\\Users\\\w/ },
	{ what: 'a package registry', pattern: /\bregistry\.[a-z]+[.\w-]*\.[a-z]{2,}\b|\bartifactory\b|\bpypi\.org\b/i },
];

function tracesIn(text: string): readonly string[] {
	return traces.flatMap(({ what, pattern }) => {
		const found = pattern.exec(text);
		return found ? [`${what}: ${found[0]}`] : [];
	});
}

describe('the repository', () => {
	it('is really read', () => {
		expect(tracked).toContain('package.json');
	});

	it('holds no file over 1 MB', () => {
		const large = tracked.filter((file) => statSync(path.join(root, file)).size > 1024 ** 2);
		expect(large).toEqual([]);
	});

	it('holds no machine paths and no registry hosts', () => {
		const found = tracked
			.filter((file) => !/\.(png|jpg|wasm)$/.test(file))
			.flatMap((file) => tracesIn(read(file)).map((trace) => `${file}: ${trace}`));
		expect(found).toEqual([]);
	});

	it.each([
		['cd /ho', 'me/someone/project'],
		['"/Us', 'ers/someone"'],
		['C:\\Us', 'ers\\someone'],
		['https://regis', 'try.example.org/x'],
	])('would see %s%s', (start, end) => {
		expect(tracesIn(start + end)).toHaveLength(1);
	});

	it.each(['README.md', 'CHANGELOG.md', 'LICENSE', 'CONTRIBUTING.md'])('has a %s', (file) => {
		expect(read(file).length).toBeGreaterThan(500);
	});
});

describe('documents', () => {
	it('link only to files that exist', () => {
		const broken = tracked
			.filter((file) => file.endsWith('.md'))
			.flatMap((file) =>
				[...read(file).matchAll(/\]\(([^)#]+)|src="([^"]+)"/g)]
					.map(([, link, picture]) => link ?? picture ?? '')
					.filter((target) => !/^[a-z]+:/.test(target))
					.filter((target) => !existsSync(path.join(root, path.dirname(file), target)))
					.map((target) => `${file}: ${target}`),
			);
		expect(broken).toEqual([]);
	});
});

describe('the lockfile', () => {
	const packages = Object.entries(lock.packages);

	it('names no registry', () => {
		expect(packages.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
	});

	it('has the packages of every platform, without which "npm ci" refuses it', () => {
		const missing = packages.flatMap(([, { optionalDependencies = {} }]) =>
			Object.keys(optionalDependencies).filter((name) => !packages.some(([at]) => at.endsWith(`node_modules/${name}`))),
		);
		expect(missing).toEqual([]);
	});
});

describe('the manifest', () => {
	it('takes its types from the oldest VS Code that it supports', () => {
		expect(`^${manifest.devDependencies['@types/vscode']}`).toBe(manifest.engines.vscode);
	});

	it('takes its types from the oldest Node that it supports', () => {
		const supported = manifest.engines.node.replace('>=', '');
		expect(manifest.devDependencies['@types/node']?.split('.')[0]).toBe(supported);
	});

	it('pins every dependency, and bundles them all', () => {
		const loose = Object.entries(manifest.devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
		expect(loose).toEqual([]);
		expect(manifest.dependencies).toBeUndefined();
	});

	it('has no "files", which vsce refuses beside .vscodeignore', () => {
		expect(manifest.files).toBeUndefined();
		expect(existsSync(path.join(root, '.vscodeignore'))).toBe(true);
	});

	it('points to bundles that the build makes', () => {
		const build = read('scripts/bundles.mjs');
		for (const bundle of [manifest.main, ...Object.values(manifest.bin)]) {
			expect(build).toContain(`name: '${path.basename(bundle, '.js')}'`);
		}
	});

	it('has a PNG icon of 256 × 256', () => {
		const icon = readFileSync(path.join(root, manifest.icon));
		expect(icon.toString('latin1', 1, 4)).toBe('PNG');
		expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([256, 256]);
	});

	it('has a section of the changelog for its version', () => {
		expect(read('CHANGELOG.md')).toContain(`## [${manifest.version}]`);
	});
});
