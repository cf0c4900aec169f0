/** What a workspace's `.flex` folder holds that can be deleted, and its deletion; nothing outside of it is touched. */
import { existsSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runOwner } from '../providers/runFolder.js';
import { bytesOf } from './diskUse.js';
import { runIds } from './runSummary.js';

export type ForgetPart = 'library' | 'runs' | 'cache' | 'profiles' | 'datasets';

export interface Forgettable {
	readonly part: ForgetPart;
	/** Entries of the `.flex` folder. */
	readonly names: readonly string[];
	readonly bytes: number;
}

export type ForgetErrorReason = 'link' | 'running';

/** Nothing was deleted; `message` says why and what to do. */
export class ForgetError extends Error {
	override readonly name = 'ForgetError';
	constructor(
		readonly reason: ForgetErrorReason,
		message: string,
	) {
		super(message);
	}
}

/** Whose entry it is; what nobody owns stays: settings, what a team shares in Git, and files of others. */
function partOf(name: string): ForgetPart | undefined {
	if (/^library\.(sqlite|journal|lock)(\..*)?$/u.test(name)) return 'library';
	return owners[name];
}

const owners: Readonly<Record<string, ForgetPart>> = {
	'index.bin': 'library',
	damaged: 'library',
	previous: 'library',
	runs: 'runs',
	'test-uses.jsonl': 'runs',
	cache: 'cache',
	failures: 'cache',
	'profiles.json': 'profiles',
	datasets: 'datasets',
};

/** What there is to delete, part by part; parts that are not there are left out. */
export function forgettable(flex: string): readonly Forgettable[] {
	if (!existsSync(flex)) return [];
	const parts = new Map<ForgetPart, string[]>();
	for (const name of readdirSync(flex)) {
		const part = partOf(name);
		if (part) parts.set(part, [...(parts.get(part) ?? []), name]);
	}
	const order: readonly ForgetPart[] = ['library', 'runs', 'cache', 'profiles', 'datasets'];
	return order.flatMap((part) => {
		const names = parts.get(part);
		return names ? [{ part, names, bytes: sizeOf(flex, names) }] : [];
	});
}

/** Ids of runs in the folder `runs` that some living process goes on with. */
export function runsGoingOn(runs: string): readonly string[] {
	return runIds(runs).filter((id) => runOwner(join(runs, id))?.alive === true);
}

/**
 * Deletes the parts. Whoever has the library open closes it first. A folder that is empty then goes, too.
 * @throws {ForgetError} before anything is deleted: where a run goes on, or `.flex` lies elsewhere
 */
export async function forget(flex: string, parts: readonly ForgetPart[]): Promise<void> {
	if (!existsSync(flex)) return;
	if (lstatSync(flex).isSymbolicLink()) {
		throw new ForgetError(
			'link',
			`${flex} is a link to another place, where nothing is deleted. Delete it there yourself.`,
		);
	}
	const [running] = runsGoingOn(join(flex, 'runs'));
	if (running !== undefined) {
		throw new ForgetError('running', `The run ${running} goes on. Stop it, or wait for its end.`);
	}
	const names = forgettable(flex).flatMap((entry) => (parts.includes(entry.part) ? entry.names : []));
	// Of a link, the link goes, and what it leads to stays.
	for (const name of names) await rm(join(flex, name), { recursive: true, force: true });
	removeIfBare(flex);
}

/** Only what FLEX writes there by itself is left. */
function removeIfBare(flex: string): void {
	if (readdirSync(flex).some((name) => name !== '.gitignore')) return;
	rmSync(flex, { recursive: true });
}

function sizeOf(flex: string, names: readonly string[]): number {
	return names.reduce((sum, name) => {
		const path = join(flex, name);
		const found = statSync(path, { throwIfNoEntry: false });
		if (!found || lstatSync(path).isSymbolicLink()) return sum;
		return sum + (found.isDirectory() ? bytesOf(path) : found.size);
	}, 0);
}
