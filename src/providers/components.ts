/** Components are too big to bundle: they are installed on demand, for this platform only, and shared by CLI and editor. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type ComponentName = 'llama';

export type ComponentErrorReason = 'npm-missing' | 'install-failed' | 'unsupported' | 'cancelled';

/** A component can't be installed; `message` says what to do. */
export class ComponentError extends Error {
	override readonly name = 'ComponentError';
	constructor(
		readonly reason: ComponentErrorReason,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

export interface ComponentOptions {
	/** `FLEX_HOME`: where components and models lie. */
	readonly home: string;
	/** Folder with one manifest and lockfile for each component. */
	readonly componentsFolder: string;
	readonly onProgress?: (text: string) => void;
	readonly signal?: AbortSignal;
	/** The npm to call; for tests. */
	readonly npm?: string;
}

/** `FLEX_HOME`, or `flex-learn` in the platform's folder for user data. */
export function flexHome(environment: NodeJS.ProcessEnv): string {
	if (environment['FLEX_HOME']) return environment['FLEX_HOME'];
	const home = homedir();
	const data: Partial<Record<NodeJS.Platform, string>> = {
		darwin: join(home, 'Library', 'Application Support'),
		win32: environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'),
	};
	return join(data[process.platform] ?? environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'flex-learn');
}

/** The folder of an installed component, or undefined. */
export async function installedComponent(name: ComponentName, options: ComponentOptions): Promise<string | undefined> {
	const folder = await targetFolder(name, options);
	return existsSync(join(folder, 'node_modules')) ? folder : undefined;
}

/**
 * Installs the component where it is missing; whole or not at all, also when two processes do it at once.
 * @returns its folder, with `node_modules` in it
 * @throws {ComponentError}
 */
export async function ensureComponent(name: ComponentName, options: ComponentOptions): Promise<string> {
	const present = await installedComponent(name, options);
	if (present) return present;
	const target = await targetFolder(name, options);
	const parent = join(options.home, 'components', name);
	await mkdir(parent, { recursive: true });
	const temporary = await mkdtemp(join(parent, '.install-'));
	try {
		await cp(join(options.componentsFolder, name), temporary, { recursive: true });
		options.onProgress?.(`Installing the component ${name} (once, about ${sizes[name]})…`);
		await npm(options, temporary, ['ci', ...quiet]);
		for (const extra of await platformPackages[name](temporary)) {
			await npm(options, temporary, ['install', '--no-save', '--no-package-lock', ...quiet, extra]);
		}
		await rename(temporary, target).catch((cause) => {
			// Another process was first: its folder is as good as ours.
			if (!existsSync(join(target, 'node_modules'))) throw cause;
		});
		return target;
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}

/** Removes every installed version of the component. */
export async function removeComponent(name: ComponentName, options: Pick<ComponentOptions, 'home'>): Promise<void> {
	await rm(join(options.home, 'components', name), { recursive: true, force: true });
}

const quiet = ['--ignore-scripts', '--omit=optional', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];

const sizes: Readonly<Record<ComponentName, string>> = { llama: '90 MB' };

/**
 * Binaries for this platform alone, pinned to the version of the library: npm itself would fetch those for every graphics
 * card, too.
 */
const platformPackages: Readonly<Record<ComponentName, (folder: string) => Promise<readonly string[]>>> = {
	async llama(folder) {
		const manifest: unknown = JSON.parse(
			await readFile(join(folder, 'node_modules', 'node-llama-cpp', 'package.json'), 'utf8'),
		);
		const binaries = optionalDependencies(manifest);
		const wanted = `@node-llama-cpp/${llamaPlatform()}`;
		const version = binaries[wanted];
		if (version === undefined) {
			throw new ComponentError(
				'unsupported',
				`There is no prebuilt llama.cpp for ${process.platform} ${process.arch}; use a model server such as Ollama or LM Studio instead.`,
			);
		}
		return [`${wanted}@${version}`];
	},
};

function llamaPlatform(): string {
	const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: 'mac', win32: 'win' };
	const system = systems[process.platform] ?? process.platform;
	return system === 'mac' && process.arch === 'arm64' ? 'mac-arm64-metal' : `${system}-${process.arch}`;
}

function optionalDependencies(manifest: unknown): Readonly<Record<string, string>> {
	if (typeof manifest !== 'object' || manifest === null || !('optionalDependencies' in manifest)) return {};
	const { optionalDependencies: found } = manifest;
	return typeof found === 'object' && found !== null
		? Object.fromEntries(Object.entries(found).map(([k, v]) => [k, String(v)]))
		: {};
}

/** Keyed by the lockfile, so that a new version installs beside the old one. */
async function targetFolder(name: ComponentName, options: ComponentOptions): Promise<string> {
	const lock = await readFile(join(options.componentsFolder, name, 'package-lock.json'));
	const key = createHash('sha256')
		.update(lock)
		.update(process.platform)
		.update(process.arch)
		.digest('hex')
		.slice(0, 12);
	return join(options.home, 'components', name, key);
}

function npm(options: ComponentOptions, folder: string, args: readonly string[]): Promise<void> {
	return new Promise((done, fail) => {
		const child = spawn(options.npm ?? 'npm', args, {
			cwd: folder,
			stdio: ['ignore', 'ignore', 'pipe'],
			shell: process.platform === 'win32',
			...(options.signal ? { signal: options.signal } : {}),
		});
		let errors = '';
		child.stderr.on('data', (chunk: Buffer) => {
			errors = (errors + chunk.toString('utf8')).slice(-4000);
		});
		child.on('error', (cause: NodeJS.ErrnoException) => {
			if (cause.name === 'AbortError') return fail(new ComponentError('cancelled', 'The installation was cancelled.'));
			fail(
				new ComponentError(
					'npm-missing',
					'npm could not be started; install Node.js with npm, or use a model server such as Ollama.',
					{ cause },
				),
			);
		});
		child.on('close', (code) => {
			if (code === 0) return done();
			fail(
				new ComponentError(
					'install-failed',
					`npm ${args[0]} ended with code ${code}: ${errors.trim().split('\n').slice(0, 6).join(' | ')}. Check the network and the registry settings of npm, then try again.`,
				),
			);
		});
	});
}
