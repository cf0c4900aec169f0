/** Which files the splits of a problem set are, and where in them its problems stand: for whoever shows them. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Manifest, parseManifest, parseProblems, splitFile } from '../core/tasks/problemSet.js';
import type { Split } from '../core/tasks/task.js';

export interface SplitFile {
	readonly split: Split;
	/** Absolute; it need not exist. */
	readonly file: string;
}

export interface SplitFiles {
	/** Undefined where `flex-task.json` can't be used; the files then have their usual names. */
	readonly manifest: Manifest | undefined;
	readonly files: readonly SplitFile[];
}

const splits: readonly Split[] = ['train', 'dev', 'test'];

/** The files of all splits of the set in `folder`. */
export async function readSplitFiles(folder: string): Promise<SplitFiles> {
	const manifest = await manifestIn(folder);
	const files = splits.map((split) => ({ split, file: resolve(folder, splitFile(manifest ?? { splits: {} }, split)) }));
	return { manifest, files };
}

/** The file that holds the problems of a split; those of a set without dev problems of its own stand among train. */
export function fileOfSplit({ files }: SplitFiles, split: Split): string | undefined {
	const fileOf = (wanted: Split) => files.find((known) => known.split === wanted)?.file;
	const own = fileOf(split);
	return split === 'dev' && own !== undefined && !existsSync(own) ? fileOf('train') : own;
}

/** The line of each problem of a split's file, from 1, by the problem's id; empty where there is no such file. */
export async function problemLines(file: string): Promise<ReadonlyMap<string, number>> {
	if (!existsSync(file)) return new Map();
	const { problems, lines } = parseProblems(await readFile(file, 'utf8'));
	return new Map(problems.map(({ id }, index) => [id, lines[index] ?? 1]));
}

async function manifestIn(folder: string): Promise<Manifest | undefined> {
	const file = join(folder, 'flex-task.json');
	try {
		return parseManifest(await readFile(file, 'utf8'), file);
	} catch {
		// Whoever opens that file is told what is wrong with it.
		return undefined;
	}
}
