/** Components are too big to bundle: installed on first use, for this platform only, and shared by CLI and editor. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { ComponentError } from './componentError.js';
import { npmCi } from './npm.js';

export const componentNames = ['llama', 'rdkit'] as const;
export type ComponentName = (typeof componentNames)[number];

export interface ComponentOptions {
	/** `FLEX_HOME`: where components and models lie. */
	readonly home: string;
	/** Folder with one manifest and lockfile for each component. */
	readonly componentsFolder: string;
	/** What is going on, for people. */
	readonly onProgress?: ((text: string) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
	/** The npm to call, with its first arguments (default `npm`). */
	readonly npm?: readonly string[] | undefined;
}

export interface ComponentStatus {
	readonly name: ComponentName;
	/** For people. */
	readonly title: string;
	/** About what it takes, in 10⁶ bytes. */
	readonly megabytes: number;
	/** Where this version lies, or will. */
	readonly folder: string;
	readonly installed: boolean;
	/** Folders of other versions, which nothing here uses. */
	readonly otherVersions: readonly string[];
	/** False where there is nothing to install for this platform. */
	readonly supported: boolean;
}

/** `FLEX_HOME`, or `flex-learn` in the platform's folder for user data. */
export function flexHome(environment: NodeJS.ProcessEnv): string {
	if (environment.FLEX_HOME) return environment.FLEX_HOME;
	const user = homedir();
	if (process.platform === 'win32') {
		return join(environment.LOCALAPPDATA ?? join(user, 'AppData', 'Local'), 'flex-learn');
	}
	if (process.platform === 'darwin') return join(user, 'Library', 'Application Support', 'flex-learn');
	return join(environment.XDG_DATA_HOME || join(user, '.local', 'share'), 'flex-learn');
}

/** @throws {ComponentError} `damaged` where the manifest that ships is missing */
export async function componentStatus(name: ComponentName, options: ComponentOptions): Promise<ComponentStatus> {
	const { title, megabytes, program, folder } = await describe(name, options);
	const versions = await readdir(versionsFolder(name, options.home)).catch(() => []);
	return {
		name,
		title,
		megabytes,
		folder,
		installed: existsSync(folder),
		otherVersions: versions
			.filter((version) => !version.startsWith(unfinished))
			.map((version) => join(versionsFolder(name, options.home), version))
			.filter((other) => other !== folder),
		supported: program !== undefined,
	};
}

/**
 * Installs the component where it is missing: whole or not at all, also when several processes do it at once.
 * @returns its folder, with `node_modules` in it
 * @throws {ComponentError}
 */
export async function ensureComponent(name: ComponentName, options: ComponentOptions): Promise<string> {
	const { title, megabytes, program, folder } = await describe(name, options);
	if (existsSync(folder)) return folder;
	const instead = alternatives[name];
	if (program === undefined) throw unsupported(title, instead);
	const parent = versionsFolder(name, options.home);
	await mkdir(parent, { recursive: true });
	await removeAbandoned(parent);
	const building = await mkdtemp(join(parent, unfinished));
	try {
		for (const file of ['package.json', 'package-lock.json']) {
			await cp(join(options.componentsFolder, name, file), join(building, file));
		}
		options.onProgress?.(`Installing ${title} (about ${megabytes} MB, once)…`);
		await npmCi(title, building, { ...options, instead });
		// npm passes over an optional package that it can't get, and says nothing.
		if (!existsSync(join(building, 'node_modules', program))) throw incomplete(title, program);
		await moveInPlace(building, folder);
		return folder;
	} finally {
		await rm(building, { recursive: true, force: true });
	}
}

/** Removes every installed version; true where there was one. */
export async function removeComponent(name: ComponentName, { home }: Pick<ComponentOptions, 'home'>): Promise<boolean> {
	const folder = versionsFolder(name, home);
	const present = existsSync(folder);
	await rm(folder, { recursive: true, force: true });
	return present;
}

const manifestSchema = v.object({
	flex: v.object({
		title: v.string(),
		megabytes: v.number(),
		/** By `<platform>-<architecture>` as Node calls them, or `any`: the package without which nothing works there. */
		platforms: v.record(v.string(), v.string()),
	}),
});

const platform = `${process.platform}-${process.arch}`;

/** Begins the name of a folder in which an installation is under way. */
const unfinished = '.installing-';

/** An installation that was killed leaves its folder; no living one takes this long. */
const abandonedAfterMs = 24 * 3600 * 1000;

/** The manifest's facts, and a folder that is named after it: a new version is installed beside the old one. */
async function describe(name: ComponentName, options: ComponentOptions) {
	const source = join(options.componentsFolder, name);
	try {
		const manifest = await readFile(join(source, 'package.json'), 'utf8');
		const lock = await readFile(join(source, 'package-lock.json'), 'utf8');
		const key = createHash('sha256').update(`${platform}\n${manifest}\n${lock}`).digest('hex').slice(0, 12);
		const { flex } = v.parse(manifestSchema, JSON.parse(manifest));
		const program = flex.platforms[platform] ?? flex.platforms.any;
		return { ...flex, program, folder: join(versionsFolder(name, options.home), key) };
	} catch (cause) {
		const message = `The manifest of the component ${name} can't be read in ${source}; install flex-learn again.`;
		throw new ComponentError('damaged', message, { cause });
	}
}

function versionsFolder(name: ComponentName, home: string): string {
	return join(home, 'components', name);
}

async function removeAbandoned(parent: string): Promise<void> {
	const names = (await readdir(parent)).filter((entry) => entry.startsWith(unfinished));
	for (const path of names.map((entry) => join(parent, entry))) {
		const found = await stat(path).catch(() => undefined);
		if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(path, { recursive: true, force: true });
	}
}

/** Where another process was first, its folder is as good. */
async function moveInPlace(building: string, folder: string): Promise<void> {
	try {
		await rename(building, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	}
}

/** What does the same work without the component, where something does. */
const alternatives: Readonly<Partial<Record<ComponentName, string>>> = {
	llama: 'use a model server (Ollama, LM Studio) as openai:<endpoint>/<model>',
};

function unsupported(title: string, instead: string | undefined): ComponentError {
	const way = instead === undefined ? '' : `; ${instead} instead`;
	return new ComponentError('unsupported', `There is no ${title} for ${platform}${way}.`);
}

function incomplete(title: string, program: string): ComponentError {
	return new ComponentError(
		'incomplete',
		`npm could not get ${program}, which ${title} needs; check that your package registry carries it (npm view ${program}), then try again.`,
	);
}
