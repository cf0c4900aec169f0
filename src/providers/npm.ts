/** Runs npm to install what a lockfile says. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ComponentError, type ComponentErrorReason } from './componentError.js';

/** No package gets to run its own scripts. */
const ciArguments = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/** npm names the kind of failure by a code. */
const reasonOfCode: Readonly<Record<string, ComponentErrorReason>> = {
	ENOTFOUND: 'network',
	EAI_AGAIN: 'network',
	ECONNREFUSED: 'network',
	ECONNRESET: 'network',
	ETIMEDOUT: 'network',
	ERR_SOCKET_TIMEOUT: 'network',
	E401: 'network',
	E403: 'network',
	E404: 'network',
	ENOSPC: 'disk',
	EACCES: 'disk',
	EPERM: 'disk',
	EROFS: 'disk',
};

const remedies: Partial<Record<ComponentErrorReason, string>> = {
	network: 'Check the network and npm\'s registry settings ("npm ping" tests both), then try again.',
	disk: 'Make room, or set FLEX_HOME to a folder that can be written.',
};

export interface NpmOptions {
	readonly signal?: AbortSignal | undefined;
	/** The npm to call, with its first arguments (default `npm`). */
	readonly npm?: readonly string[] | undefined;
	/** What somebody without npm can do, after "or". */
	readonly instead?: string | undefined;
}

/**
 * `npm ci` in `folder`.
 * @throws {ComponentError}
 */
export async function npmCi(
	title: string,
	folder: string,
	{ signal, npm = ['npm'], instead }: NpmOptions,
): Promise<void> {
	const { code, said } = await runNpm([...npm, ...ciArguments], folder, signal, instead);
	if (code === 0) return;
	const npmCode = /^npm (?:error|ERR!) code (\w+)/m.exec(said)?.[1];
	const reason = reasonOfCode[npmCode ?? ''] ?? 'install-failed';
	const remedy = remedies[reason] ?? 'Try again; if it fails again, what npm said tells why.';
	throw new ComponentError(reason, `npm could not install ${title}. ${remedy}\n${reasonIn(said)}`);
}

/** What npm says without its name before every line, and without the places in its code. */
function reasonIn(said: string): string {
	const lines = said
		.split('\n')
		.map((line) => line.replace(/^npm (?:error|ERR!) ?/u, '').trim())
		.filter((line) => line !== '' && !/^(?:at |[{}]|(?:code|errno|syscall|address|port|type):? )/u.test(line));
	return lines.slice(0, mostLines).join('\n');
}

/** Of what npm says, so many lines are told. */
const mostLines = 4;

/** Of what npm says, the end is kept. */
const lastWordsLength = 2000;

/** Whether an npm is where programs are looked for. */
export function npmOnPath(environment: NodeJS.ProcessEnv): boolean {
	const file = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	const folders = (environment.PATH ?? environment.Path ?? '').split(delimiter);
	return folders.some((folder) => folder !== '' && existsSync(join(folder, file)));
}

function runNpm(
	[program = 'npm', ...args]: readonly string[],
	folder: string,
	signal: AbortSignal | undefined,
	instead: string | undefined,
): Promise<{ readonly code: number | null; readonly said: string }> {
	return new Promise((done, failed) => {
		const child = spawn(program, args, {
			cwd: folder,
			// Started by an npm script, we would hand on the outer project's settings.
			env: { ...process.env, npm_config_local_prefix: folder, npm_config_prefix: undefined, INIT_CWD: folder },
			stdio: ['ignore', 'ignore', 'pipe'],
			// npm is a batch file there, and only a shell runs those.
			shell: process.platform === 'win32',
			...(signal ? { signal } : {}),
		});
		let said = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			said = (said + text).slice(-lastWordsLength);
		});
		child.on('error', (cause) => failed(startError(cause, instead)));
		child.on('close', (code) => done({ code, said }));
	});
}

function startError(cause: Error, instead: string | undefined): ComponentError {
	if (cause.name === 'AbortError') return new ComponentError('cancelled', 'The installation was cancelled.', { cause });
	const way = instead === undefined ? '' : `, or ${instead} instead`;
	const message = `npm can't be started; install Node.js with npm and try again${way}.`;
	return new ComponentError('npm-missing', message, { cause });
}
