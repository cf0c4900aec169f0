/**
 * `npm run perf`: measures our own speed. Every file of `bench/` is one benchmark; a name runs only that one, and other
 * arguments, such as `--json`, are handed on: `npm run perf -- search --json`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installDependencies, programsAskedFor, requireNode, root, run, say } from './setup.mjs';

const folder = join(root, 'bench');
const out = join(folder, 'node_modules', '.built');

const { names, flags } = programsAskedFor('bench', 'benchmark');
requireNode();
await installDependencies();
await installPeers();
for (const name of names) {
	if (!flags.includes('--json')) say(`— ${name}`);
	const bundle = await build(name);
	const { code } = await run(process.execPath, [bundle, ...flags]);
	if (code === 0) continue;
	say(`The benchmark ${name} failed; what is wrong stands above.`);
	process.exit(1);
}

/** Installs what we are measured against, with its own lockfile, so that nobody else has to compile it. */
async function installPeers() {
	const wanted = lockedVersions('package-lock.json');
	const found = lockedVersions('node_modules/.package-lock.json');
	if (Object.entries(wanted).every(([path, version]) => found[path] === version)) return;
	say('Installing the peers of the benchmarks (once; a minute or two where they must be compiled)…');
	const { code } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: folder,
		shell: process.platform === 'win32',
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if (code === 0) return;
	say('The peers could not be installed. They need the npm registry, and a C++ compiler where no binary is offered.');
	process.exit(1);
}

/** Version by path of every package in a lockfile; nothing where there is none. */
function lockedVersions(file) {
	if (!existsSync(join(folder, file))) return {};
	const { packages } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
	const entries = Object.entries(packages).filter(([path]) => path !== '');
	return Object.fromEntries(entries.map(([path, { version }]) => [path, version]));
}

/** Bundles one benchmark; packages stay outside and are found in `bench/node_modules`. */
async function build(name) {
	const { build: bundle } = await import('esbuild');
	await mkdir(out, { recursive: true });
	const outfile = join(out, `${name}.cjs`);
	const peers = Object.keys(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies);
	await bundle({
		absWorkingDir: root,
		entryPoints: [`bench/${name}.ts`],
		outfile,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: [...peers, 'esbuild', 'playwright-core'],
		// The panel's stage finds its files from there.
		define: { 'import.meta.dirname': JSON.stringify(join(root, 'test/webview')) },
		logLevel: 'error',
	});
	return outfile;
}
