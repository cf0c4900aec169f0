/** Public repositories to measure on: named by commit and hash, never copied, read with git from where they are public. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** npm runs scripts in the project's folder. */
const root = process.cwd();

export interface PinnedRepository {
	/** `owner/name` on GitHub. */
	readonly name: string;
	readonly commit: string;
}

/** Clones of earlier runs; git ignores it. */
const cache = join(root, 'bench/node_modules/.repositories');

/**
 * A git folder that holds the commit: below `FLEX_REPOS` (as `owner/name`, `owner+name` or `owner+name/repo`), else
 * fetched, that commit alone, from its public address.
 * @returns undefined where neither has it
 */
export function gitFolder({ name, commit }: PinnedRepository): string | undefined {
	const mirror = process.env.FLEX_REPOS ?? '';
	const joined = name.replace('/', '+');
	const places = mirror === '' ? [] : [name, joined, `${joined}/repo`].map((place) => join(mirror, place));
	const own = join(cache, joined);
	const found = [...places, own].find((place) => existsSync(place) && holds(place, commit));
	if (found || mirror !== '') return found;
	try {
		mkdirSync(own, { recursive: true });
		git(own, ['init', '--bare', '--quiet']);
		git(own, ['fetch', '--quiet', '--depth', '1', `https://github.com/${name}`, commit]);
		return holds(own, commit) ? own : undefined;
	} catch {
		return undefined;
	}
}

export function listFiles(folder: string, commit: string): readonly string[] {
	return git(folder, ['ls-tree', '-r', '-z', '--name-only', commit])
		.toString('utf8')
		.split('\0')
		.filter((path) => path !== '');
}

export function readBlob(folder: string, commit: string, path: string): Buffer {
	return git(folder, ['show', `${commit}:${path}`]);
}

export function sha256Of(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** VS Code's ids of the languages that are measured, by the ends of file names. */
const languages: Readonly<Record<string, string>> = {
	ts: 'typescript',
	tsx: 'typescriptreact',
	js: 'javascript',
	cjs: 'javascript',
	mjs: 'javascript',
	jsx: 'javascriptreact',
	py: 'python',
	go: 'go',
	rs: 'rust',
	java: 'java',
	rb: 'ruby',
	php: 'php',
	cs: 'csharp',
	c: 'c',
	h: 'cpp',
	cc: 'cpp',
};

/** Undefined for what is no source file. */
export function languageOf(path: string): string | undefined {
	return languages[path.slice(path.lastIndexOf('.') + 1)];
}

/** Files that nobody wrote by hand, or not for this repository. */
export function isOrdinary(path: string): boolean {
	return (
		languageOf(path) !== undefined &&
		!/(?:^|\/)(?:node_modules|vendor|dist|third_party)\/|\.min\.|\.d\.ts$|lock/u.test(path)
	);
}

/** The order in which files are taken: by chance, and always the same. */
export function drawn(paths: readonly string[]): readonly string[] {
	const key = (path: string): string => sha256Of(Buffer.from(path));
	return [...paths].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function holds(folder: string, commit: string): boolean {
	try {
		git(folder, ['cat-file', '-e', `${commit}^{commit}`]);
		return true;
	} catch {
		return false;
	}
}

function git(folder: string, args: readonly string[]): Buffer {
	return execFileSync('git', ['-C', folder, ...args], { maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
}
