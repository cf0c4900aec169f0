/**
 * Opens a real VS Code in the browser, with the extension installed from its package, on a copy of the example:
 * `npm run vscode [-- --fresh]`. What was learned and set stays for the next time, unless it is to be fresh.
 */
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installVsCode } from './install.js';
import { packageExtension } from './packageExtension.js';
import { installExtension, startServer, workbenchUrl } from './server.js';

const root = process.cwd();
/** Below the place where VS Code is installed, which git ignores. */
const home = join(root, '.vscode-server/try');
const dataFolder = join(home, 'server');
const workspace = join(home, 'workspace');

/** What a person wants otherwise than a test. */
const settings = {
	'git.enabled': true,
	// The project itself lies above.
	'git.openRepositoryInParentFolders': 'never',
	'workbench.welcomePage.walkthroughs.openOnInstall': true,
};

const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });
await main();

async function main(): Promise<void> {
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		say(
			'This VS Code comes for Linux on x64 only. Elsewhere: npm run package, then "code --install-extension <file>".',
		);
		process.exitCode = 1;
		return;
	}
	say('Preparing VS Code (the first time it is downloaded: about a minute, 0.5 GB)…');
	const vscode = installVsCode(root);
	if (values.fresh) rmSync(home, { recursive: true, force: true });
	mkdirSync(dataFolder, { recursive: true });
	copyExample();
	const vsix = packageExtension(root, home);
	installExtension(vscode, dataFolder, vsix);
	const connectionToken = randomBytes(16).toString('hex');
	// Listened for from here on, so that a server that is just starting is ended, too.
	const signalled = Promise.race([ended('SIGINT'), ended('SIGTERM'), ended('SIGHUP')]);
	const server = await startServer({
		vscode,
		dataFolder,
		connectionToken,
		settings: { ...settings, ...earlierSettings() },
	});
	process.stdout.write(`\n${workbenchUrl(server, { folder: workspace, connectionToken })}\n\n`);
	say('Open this address in a browser on this machine. Whoever has it can use this VS Code: keep it to yourself.');
	say('Ctrl-C ends it.');
	const signal = await Promise.race([signalled, died(server.process)]);
	await server.stop();
	if (signal !== undefined) return;
	say(`VS Code has ended by itself; its log is ${server.logFile}.`);
	process.exitCode = 1;
}

/** An example that is there already may hold a library: it stays. */
function copyExample(): void {
	if (existsSync(workspace)) return;
	cpSync(join(root, 'examples/company-conventions'), join(workspace, 'company-conventions'), { recursive: true });
}

/** The settings of the last time, which the user may have changed. */
function earlierSettings(): Readonly<Record<string, unknown>> {
	const file = join(dataFolder, 'data/User/settings.json');
	if (!existsSync(file)) return {};
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		say(`${file} can't be read, so this VS Code begins with its default settings.`);
		return {};
	}
}

function ended(signal: NodeJS.Signals): Promise<NodeJS.Signals> {
	return new Promise((resolve) => process.once(signal, () => resolve(signal)));
}

function died(child: { once(event: 'exit', listener: () => void): unknown }): Promise<undefined> {
	return new Promise((resolve) => child.once('exit', () => resolve(undefined)));
}

function say(line: string): void {
	process.stderr.write(`${line}\n`);
}
