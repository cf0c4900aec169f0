/** What every script needs before it can work: the right Node, the dependencies, a fresh build, system packages. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserPackages, browserPath } from './browser.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const minimumNode = 20;

/** Status goes to standard error, so that the output of the started program stays its own. */
export function say(message) {
	process.stderr.write(`${message}\n`);
}

/** Ends the process with a clear message where Node is too old. */
export function requireNode(version = process.versions.node) {
	if (Number.parseInt(version, 10) >= minimumNode) return;
	say(`FLEX needs Node ${minimumNode} or newer; this is Node ${version}. Install a newer one and try again.`);
	process.exit(1);
}

/** Node checked, dependencies installed, bundles built: all that a fresh clone needs. Fast when nothing is to do. */
export async function setUp() {
	requireNode();
	await installDependencies();
	await build();
}

/** Runs `npm ci` where `node_modules` is not what the lockfile asks for. */
export async function installDependencies() {
	if (!dependenciesAreStale()) return;
	say('Installing dependencies (once, about half a minute)…');
	const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
	const { code } = await run(...npm(args), { stdio: ['ignore', 'ignore', 'inherit'] });
	if (code === 0) return;
	say('The dependencies could not be installed. Check the network or proxy settings of npm, then try again.');
	process.exit(1);
}

/** True where a package is missing or differs from the lockfile; packages for other platforms may be missing. */
function dependenciesAreStale() {
	const wanted = readLock('package-lock.json');
	const installed = readLock('node_modules/.package-lock.json');
	if (!wanted || !installed) return true;
	return Object.entries(wanted).some(([path, entry]) => {
		if (path === '') return false;
		const found = installed[path];
		return found ? found.version !== entry.version || found.integrity !== entry.integrity : !entry.optional;
	});
}

function readLock(path) {
	try {
		return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/** The command that runs npm, by the npm that started this script where there is one. */
function npm(args) {
	const own = process.env.npm_execpath;
	if (own?.endsWith('.js')) return [process.execPath, [own, ...args]];
	return process.platform === 'win32' ? ['npm.cmd', args, { shell: true }] : ['npm', args];
}

/** Builds the bundles where one is missing or older than the sources. */
export async function build() {
	if (!buildIsStale()) return;
	say('Building…');
	const { code } = await run(process.execPath, ['esbuild.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] });
	if (code === 0) return;
	say('The build failed; what is wrong stands above.');
	process.exit(1);
}

function buildIsStale() {
	const out = join(root, 'dist');
	if (!existsSync(join(out, 'cli.js'))) return true;
	const built = readdirSync(out).filter((name) => name.endsWith('.js'));
	const oldest = Math.min(...built.map((name) => statSync(join(out, name)).mtimeMs));
	return ['src', 'webview', 'esbuild.mjs', 'scripts/bundles.mjs', 'package-lock.json'].some(
		(path) => newestUnder(path) > oldest,
	);
}

/** Time of the last change of a file, or of anything in a folder; 0 where there is nothing. */
function newestUnder(path) {
	const full = join(root, path);
	if (!existsSync(full)) return 0;
	const stat = statSync(full);
	if (!stat.isDirectory()) return stat.mtimeMs;
	return Math.max(stat.mtimeMs, ...readdirSync(full).map((name) => newestUnder(join(path, name))));
}

/** System packages of Debian that a suite may need, the first of them that can be had, and how to see that it is there. */
const systemPackages = {
	chromium: { packages: browserPackages, present: () => browserPath() !== undefined },
};

/** Installs a system package where it is missing and the user is root or `CI` is set, and says so. */
export async function installSystemPackage(name) {
	const { packages, present } = systemPackages[name];
	const isRoot = process.getuid?.() === 0;
	if (present() || process.platform !== 'linux' || !(isRoot || process.env.CI)) return;
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const apt = async (...args) => {
		const [command, ...rest] = [...(isRoot ? [] : ['sudo', '-n']), 'apt-get', '-qq', ...args];
		await run(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env });
	};
	await apt('update');
	for (const one of packages) {
		say(`Installing ${one}…`);
		await apt('install', '--yes', '--no-install-recommends', one);
		if (present()) return;
	}
}

/** What the user would have to run for a system package that is missing. */
export function remedyFor(name) {
	const { packages, present } = systemPackages[name];
	return present() ? undefined : `sudo apt-get install ${packages[0]}`;
}

/** Runs a command in the project's folder to its end. Ctrl-C reaches the child too; this process waits for it. */
export function run(command, args, options = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
		const wait = () => {};
		const pass = (signal) => child.kill(signal);
		process.on('SIGINT', wait).on('SIGTERM', pass);
		const finish = (code) => {
			process.off('SIGINT', wait).off('SIGTERM', pass);
			resolve({ code });
		};
		child.on('error', (error) => {
			say(`${command} could not be started: ${error.message}`);
			finish(1);
		});
		child.on('close', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 1)));
	});
}

/**
 * The programs of a folder that the arguments name, all of them where none does; flags are handed on. Ends the process
 * where a name is unknown.
 * @param what one of them is called in messages
 */
export function programsAskedFor(folder, what, args = process.argv.slice(2)) {
	const names = readdirSync(join(root, folder))
		.filter((file) => file.endsWith('.ts'))
		.map((file) => file.slice(0, -'.ts'.length))
		.sort();
	const asked = args.filter((arg) => !arg.startsWith('-'));
	const unknown = asked.filter((name) => !names.includes(name));
	if (unknown.length > 0) {
		say(`There is no ${what} ${unknown.join(', ')}; there are ${names.join(', ')}.`);
		process.exit(2);
	}
	return { names: asked.length > 0 ? asked : names, flags: args.filter((arg) => arg.startsWith('-')) };
}
