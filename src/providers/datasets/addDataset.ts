/** Adds a public dataset to a workspace: a problem set with train, dev and test that says where its text comes from. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashSeed, seededRandom, shuffled } from '../../core/random.js';
import { splitDev } from '../../core/tasks/problemSet.js';
import type { DatasetOrigin, Problem, Split } from '../../core/tasks/task.js';
import type { Dataset, SplitNotes } from './dataset.js';
import type { Row, Rows } from './datasetForms.js';
import { DatasetError, type DownloadPorts, readMirror, readOfficial } from './datasetSources.js';

export type DatasetFrom = 'official' | 'mirror';

export interface AddOptions extends DownloadPorts {
	/** The folder above all datasets: `.flex/datasets`. */
	readonly into: string;
	/** The folder that `FLEX_DATASETS` names, if any; what it holds is taken from there. */
	readonly mirror: string | undefined;
	/** Insists on one source. */
	readonly from?: DatasetFrom | undefined;
	/** Writes over what is there. */
	readonly force?: boolean | undefined;
}

export interface AddedDataset {
	readonly name: string;
	readonly folder: string;
	readonly origin: DatasetOrigin;
	/** Problems of each split. */
	readonly counts: Readonly<Record<Split, number>>;
}

/** The same parts in every workspace. */
const splitSeed = 1;
const pooledTrainShare = 0.4;
const devOfTrain = 'our own seeded part of train';

/** @throws {DatasetError} nothing is left half-written */
export async function addDataset(dataset: Dataset, options: AddOptions): Promise<AddedDataset> {
	const folder = join(options.into, dataset.name);
	if (existsSync(folder) && options.force !== true) {
		throw new DatasetError('exists', `${folder} is there already; --force gets it again.`);
	}
	const got = await read(dataset, options);
	const splits = inSplits(got.rows);
	if (splits.train.length === 0 || splits.test.length === 0) {
		throw new DatasetError(
			'unusable',
			`${dataset.name}: its files hold no usable train or test problems; nothing was added.`,
		);
	}
	const texts = Object.fromEntries(
		Object.entries(splits).map(([split, rows]) => [
			`${split}.jsonl`,
			rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
		]),
	);
	const origin: DatasetOrigin = {
		name: dataset.name,
		...got.where,
		licence: dataset.licence,
		splits: { ...got.notes, dev: got.notes.dev ?? devOfTrain },
	};
	const files = { ...got.attachments, ...texts };
	await writeSet(folder, { ...manifestOf(dataset, splits), dataset: origin }, files);
	const counts = { train: splits.train.length, dev: splits.dev.length, test: splits.test.length };
	return { name: dataset.name, folder, origin, counts };
}

interface Got {
	readonly rows: Rows;
	readonly attachments: Readonly<Record<string, string>>;
	readonly notes: SplitNotes;
	readonly where: Pick<DatasetOrigin, 'from' | 'repository' | 'commit' | 'files'>;
}

async function read({ name, official, mirror }: Dataset, options: AddOptions): Promise<Got> {
	const there = options.mirror !== undefined && mirror && existsSync(join(options.mirror, mirror.source.folder));
	const useMirror = options.from ? options.from === 'mirror' : there;
	if (useMirror) {
		if (!mirror) throw new DatasetError('no-source', `No mirror folder is known for ${name}; use --from official.`);
		if (options.mirror === undefined) {
			throw new DatasetError('no-source', 'Set FLEX_DATASETS to the folder that holds the datasets.');
		}
		const files = await readMirror(options.mirror, mirror.source);
		const where = { from: 'mirror' as const, files: mirror.source.files };
		return { rows: mirror.read(files), attachments: mirror.attachments?.(files) ?? {}, notes: mirror.notes, where };
	}
	if (!official) {
		throw new DatasetError(
			'no-source',
			`${name} can be had from a mirror folder only (its official files must be prepared first); set FLEX_DATASETS.`,
		);
	}
	const files = await readOfficial(official.source, options);
	const { repository, commit } = official.source;
	const hashes = [...files].map(([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')] as const);
	const where = { from: 'official' as const, repository, commit, files: Object.fromEntries(hashes) };
	return { rows: official.read(files), attachments: official.attachments?.(files) ?? {}, notes: official.notes, where };
}

/** A pool is divided 40 : 60 first; dev comes from train where the source has none. Each question stands in one split only. */
function inSplits(rows: Rows): Readonly<Record<Split, readonly Row[]>> {
	const pool = shuffled(unique(rows.pool ?? []), seededRandom(hashSeed(splitSeed, 'pool')));
	const cut = Math.round(pool.length * pooledTrainShare);
	const test = unique([...(rows.test ?? []), ...pool.slice(cut)]);
	const tested = new Set(test.map(textOf));
	const learnt = unique([...(rows.train ?? []), ...pool.slice(0, cut)]).filter((row) => !tested.has(textOf(row)));
	if (rows.dev) return { train: learnt, dev: unique(rows.dev).filter((row) => !tested.has(textOf(row))), test };
	const { train, dev } = splitDev(learnt.map(problemOf), splitSeed);
	const byId = new Map(learnt.map((row) => [row.id, row]));
	const rowsOf = (problems: readonly Problem[]) => problems.flatMap(({ id }) => byId.get(id) ?? []);
	return { train: rowsOf(train), dev: rowsOf(dev), test };
}

function unique(rows: readonly Row[]): readonly Row[] {
	return [...new Map(rows.map((row) => [textOf(row), row])).values()];
}

function textOf(row: Row): string {
	return row.question.normalize('NFC').trim();
}

function problemOf({ id, question, answer }: Row): Problem {
	return { id, question, answer, extra: {} };
}

/** Labels come from what is learned from, and from the options that questions show: never from test answers. */
function manifestOf(dataset: Dataset, { train, dev, test }: Readonly<Record<Split, readonly Row[]>>) {
	const base = { name: dataset.name, ...dataset.manifest };
	if (dataset.closed !== true) return base;
	const options = [...train, ...dev, ...test].flatMap(({ question }) => question.match(/^\([A-Z]\)/gmu) ?? []);
	const labels = options.length > 0 ? options : train.map(({ answer }) => answer);
	return { ...base, answerSpace: [...new Set(labels)].sort(), answerFormat: answerFormat(options.length > 0) };
}

function answerFormat(options: boolean): string {
	return options ? 'the letter of the right option in brackets' : 'one of the allowed answers only';
}

/** Written beside its place and moved there whole. */
async function writeSet(folder: string, manifest: object, files: Readonly<Record<string, string>>): Promise<void> {
	const draft = `${folder}.part`;
	await rm(draft, { recursive: true, force: true });
	await mkdir(draft, { recursive: true });
	for (const [name, text] of Object.entries(files)) await writeFile(join(draft, name), text);
	await writeFile(join(draft, 'flex-task.json'), `${JSON.stringify(manifest, null, 2)}\n`);
	await rm(folder, { recursive: true, force: true });
	await rename(draft, folder);
}
