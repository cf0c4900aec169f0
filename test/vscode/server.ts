/** Starts a VS Code server on loopback, with a folder of its own for settings, extensions and logs. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { InstalledVsCode } from './install.js';

export interface ServerOptions {
	readonly vscode: InstalledVsCode;
	/** A fresh folder for this server alone. */
	readonly dataFolder: string;
	/** The user's settings, over those that keep a test quiet. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Reaches the extension host. */
	readonly environment?: NodeJS.ProcessEnv;
	/** Asks whether workspaces are trusted, as a fresh VS Code does; else they all are. */
	readonly workspaceTrust?: boolean;
	/** Wanted in every address, where a person uses it; tests on loopback need none. */
	readonly connectionToken?: string;
}

export interface VsCodeServer {
	/** `http://127.0.0.1:<port>` */
	readonly url: string;
	/** `127.0.0.1:<port>`, as in `vscode-remote://` addresses. */
	readonly authority: string;
	readonly process: ChildProcess;
	readonly dataFolder: string;
	readonly logFile: string;
	stop(): Promise<void>;
}

const quietSettings = {
	'workbench.startupEditor': 'none',
	'workbench.welcomePage.walkthroughs.openOnInstall': false,
	'workbench.tips.enabled': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'telemetry.telemetryLevel': 'off',
	'update.mode': 'none',
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': false,
	'extensions.ignoreRecommendations': true,
	'workbench.enableExperiments': false,
	'git.enabled': false,
};

/** No gallery of extensions on the network. */
const noGallery = '{}';

/** Milliseconds after which a server that doesn't answer never will. */
const startLimit = 60_000;
/** Milliseconds that a server has to end by itself. */
const stopLimit = 5_000;

export async function startServer(options: ServerOptions): Promise<VsCodeServer> {
	const { vscode, dataFolder, settings = {}, environment = {}, workspaceTrust = false, connectionToken } = options;
	mkdirSync(join(dataFolder, 'data/User'), { recursive: true });
	writeFileSync(
		join(dataFolder, 'data/User/settings.json'),
		JSON.stringify({ ...quietSettings, 'security.workspace.trust.enabled': workspaceTrust, ...settings }, null, 2),
	);
	const port = await freePort();
	const logFile = join(dataFolder, 'server.log');
	const log = openSync(logFile, 'w');
	const token = connectionToken ? ['--connection-token', connectionToken] : ['--without-connection-token'];
	const args = [
		join(vscode.folder, 'out/server-main.js'),
		...['--host', '127.0.0.1', '--port', String(port), ...token],
		...['--accept-server-license-terms', '--telemetry-level', 'off', '--server-data-dir', dataFolder],
		...(workspaceTrust ? [] : ['--disable-workspace-trust']),
	];
	const child = spawn(vscode.node, args, {
		stdio: ['ignore', log, log],
		// Its sockets lie in the data folder, and go with it.
		env: {
			...process.env,
			NODE_OPTIONS: '',
			EXTENSIONS_GALLERY: noGallery,
			XDG_RUNTIME_DIR: dataFolder,
			...environment,
		},
	});
	closeSync(log);
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const authority = `127.0.0.1:${port}`;
	await answering(`http://${authority}/version`, child, logFile);
	return {
		url: `http://${authority}`,
		authority,
		process: child,
		dataFolder,
		logFile,
		stop: async () => {
			child.kill('SIGTERM');
			const timer = setTimeout(() => child.kill('SIGKILL'), stopLimit);
			await ended;
			clearTimeout(timer);
		},
	};
}

/** Installs a `.vsix` for servers with this data folder; none has to run. */
export function installExtension({ folder, node }: InstalledVsCode, dataFolder: string, vsix: string): void {
	const args = [
		'--server-data-dir',
		dataFolder,
		'--accept-server-license-terms',
		'--install-extension',
		vsix,
		'--force',
	];
	execFileSync(node, [join(folder, 'out/server-main.js'), ...args], {
		stdio: ['ignore', 'ignore', 'pipe'],
		env: { ...process.env, EXTENSIONS_GALLERY: noGallery },
	});
}

export interface WorkbenchAddress {
	/** The workspace folder; none: an empty window. */
	readonly folder?: string;
	/** Folder of an extension under development. */
	readonly extension?: string;
	/** Module that exports `run()`, without its ending. */
	readonly tests?: string;
	readonly connectionToken?: string;
}

/** The address of a workbench in the browser. */
export function workbenchUrl({ url, authority }: VsCodeServer, address: WorkbenchAddress): string {
	const remote = (path: string): string => `vscode-remote://${authority}${path}`;
	const payload = [
		...(address.extension ? [['extensionDevelopmentPath', remote(address.extension)]] : []),
		...(address.tests ? [['extensionTestsPath', remote(address.tests)]] : []),
		['skipWelcome', 'true'],
	];
	const query = new URLSearchParams({
		...(address.folder ? { folder: address.folder } : { ew: 'true' }),
		...(address.connectionToken ? { tkn: address.connectionToken } : {}),
		payload: JSON.stringify(payload),
	});
	return `${url}/?${query}`;
}

async function answering(url: string, child: ChildProcess, logFile: string): Promise<void> {
	const started = Date.now();
	for (;;) {
		const answer = await fetch(url).catch(() => undefined);
		if (answer) return;
		if (child.exitCode !== null || Date.now() - started > startLimit) {
			child.kill('SIGKILL');
			throw new Error(`The VS Code server did not start:\n${readFileSync(logFile, 'utf8').slice(-3000)}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() =>
				typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
			);
		});
	});
}
