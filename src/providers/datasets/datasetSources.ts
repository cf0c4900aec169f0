/** Gets the files of a dataset: from a mirror folder on this machine, or from the official repository; each checked by hash. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DownloadError, download } from '../resumableDownload.js';
import type { MirrorSource, OfficialSource } from './datasetFiles.js';
import type { SourceFiles } from './sourceText.js';

export type DatasetErrorReason = 'unknown' | 'no-source' | 'changed' | 'unreachable' | 'exists' | 'unusable';

/** A dataset can't be added; `message` says what to do. */
export class DatasetError extends Error {
	override readonly name = 'DatasetError';
	constructor(
		readonly reason: DatasetErrorReason,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/** Where repositories' files are had by path and commit. */
export const repositoryFiles = 'https://raw.githubusercontent.com';

/** @param root the folder that `FLEX_DATASETS` names. @throws {DatasetError} `no-source`, `changed` */
export async function readMirror(root: string, source: MirrorSource): Promise<SourceFiles> {
	const files = new Map<string, Buffer>();
	for (const [name, sha256] of Object.entries(source.files)) {
		const file = join(root, source.folder, name);
		if (!existsSync(file)) {
			throw new DatasetError(
				'no-source',
				`${file} does not exist; FLEX_DATASETS must name the folder above "${source.folder}".`,
			);
		}
		const bytes = await readFile(file);
		const found = createHash('sha256').update(bytes).digest('hex');
		if (found !== sha256) {
			throw new DatasetError(
				'changed',
				`${file} is not the known file (sha256 ${found.slice(0, 12)}…, expected ${sha256.slice(0, 12)}…); get it again, or use --from official.`,
			);
		}
		files.set(name, bytes);
	}
	return files;
}

export interface DownloadPorts {
	/** `repositoryFiles`, or a server with the same paths. */
	readonly base: string;
	readonly signal: AbortSignal;
	readonly onProgress?: (text: string) => void;
}

/** @throws {DatasetError} `unreachable`, `changed` */
export async function readOfficial(source: OfficialSource, ports: DownloadPorts): Promise<SourceFiles> {
	const folder = await mkdtemp(join(tmpdir(), 'flex-dataset-'));
	try {
		const files = new Map<string, Buffer>();
		for (const [path, { bytes, blob }] of Object.entries(source.files)) {
			const url = `${ports.base}/${source.repository}/${source.commit}/${path}`;
			ports.onProgress?.(`Getting ${path} of ${source.repository}`);
			const part = join(folder, String(files.size));
			await download(url, part, bytes, { signal: ports.signal }).catch((cause: unknown) =>
				unreachable(url, cause, ports),
			);
			const content = await readFile(part);
			if (gitBlob(content) !== blob) {
				throw new DatasetError(
					'changed',
					`${url} is not the file that stands in the repository at that commit; nothing was added.`,
				);
			}
			files.set(path, content);
		}
		return files;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** The id that git gives a content. */
export function gitBlob(content: Buffer): string {
	return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

function unreachable(url: string, cause: unknown, { signal }: DownloadPorts): never {
	signal.throwIfAborted();
	if (!(cause instanceof DownloadError)) throw cause;
	throw new DatasetError(
		'unreachable',
		`${url} can't be had (${cause.message}). Check the network, or set FLEX_DATASETS to a folder that holds the dataset.`,
		{ cause },
	);
}
