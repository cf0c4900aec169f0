/**
 * Writes the lockfile of `components/llama`: what npm resolves, less the programs for graphics cards (half a gigabyte),
 * so that `npm ci` installs the one CPU program of the platform it runs on. Run it after a change of the version there.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup.mjs';

const component = join(root, 'components/llama');
const { flex, dependencies } = JSON.parse(readFileSync(join(component, 'package.json'), 'utf8'));
const library = 'node_modules/node-llama-cpp';

const resolved = resolve();
const packages = Object.fromEntries(Object.entries(resolved.packages).filter(([, { optional }]) => !optional));
for (const entry of Object.values(packages)) delete entry.optionalDependencies;
packages[library].optionalDependencies = {};
for (const [platform, name] of Object.entries(flex.platforms)) {
	const version = dependencies['node-llama-cpp'];
	packages[library].optionalDependencies[name] = version;
	packages[`node_modules/${name}`] = programEntry(platform, version, resolved.packages[`node_modules/${name}`]);
}
const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
const text = JSON.stringify({ ...resolved, packages: sorted }, undefined, 2);
writeFileSync(join(component, 'package-lock.json'), `${text}\n`);

/** npm's own lockfile for the component, made in a folder where nothing is installed. */
function resolve() {
	const folder = mkdtempSync(join(tmpdir(), 'flex-lock-'));
	try {
		cpSync(join(component, 'package.json'), join(folder, 'package.json'));
		const args = ['install', '--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved'];
		execFileSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
		return JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Some registries do not carry every platform: then the version is pinned, and its hash can't be. */
function programEntry(platform, version, found) {
	const [os, cpu] = platform.split('-');
	if (!found?.integrity) console.warn(`No hash for ${platform}: this registry does not carry it.`);
	return {
		version,
		...(found?.integrity ? { integrity: found.integrity } : {}),
		cpu: [cpu],
		license: 'MIT',
		optional: true,
		os: [os],
		engines: { node: '>=20.0.0' },
	};
}
