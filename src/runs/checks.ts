/** What `doctor` finds out, on the command line and in the editor: facts, which each of them puts in its own words. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../core/learning/runConfig.js';
import { openLibrary } from '../library/library.js';
import { type ComponentName, componentStatus, flexHome } from '../providers/components.js';
import { listModels } from '../providers/modelFetcher.js';

/** `failed`: the check itself could not be done, and `cause` says why. */
export type Finding =
	| { readonly check: 'node'; readonly state: 'ok' | 'too old'; readonly version: string; readonly platform: string }
	| {
			readonly check: 'workspace';
			readonly state: 'ok' | 'to be made' | 'not writable';
			readonly folder: string;
			readonly cause?: string;
	  }
	| { readonly check: 'library'; readonly state: 'none' }
	| {
			readonly check: 'library';
			readonly state: 'ok' | 'mended';
			readonly experiences: number;
			/** What opening it told. */
			readonly messages: readonly string[];
	  }
	| {
			readonly check: ComponentName;
			readonly state: 'ok' | 'missing' | 'unsupported';
			readonly folder: string;
			readonly megabytes: number;
			readonly platform: string;
	  }
	| { readonly check: 'model'; readonly state: 'file' | 'no file'; readonly file: string }
	| {
			readonly check: 'model';
			readonly state: 'embedded' | 'to fetch';
			readonly name: string;
			readonly file: string;
			readonly bytes: number;
	  }
	| { readonly check: 'model'; readonly state: 'unknown' | 'elsewhere'; readonly id: string }
	| {
			readonly check: 'endpoint';
			readonly state: 'no key' | 'not asked' | 'ok';
			readonly name: string;
			readonly baseUrl: string;
			/** Environment variable of its key, if it has one. */
			readonly keyVariable?: string | undefined;
			/** A role of the settings has one of its models. */
			readonly inUse: boolean;
	  }
	| {
			readonly check: 'endpoint';
			readonly state: 'refused';
			readonly name: string;
			readonly baseUrl: string;
			readonly status: number;
			readonly statusText: string;
	  }
	| {
			readonly check: 'endpoint';
			readonly state: 'unreachable';
			readonly name: string;
			readonly baseUrl: string;
			readonly cause: string;
	  };

export const leastNode = 20;

const platform = `${process.platform} ${process.arch}`;

/** How long an endpoint may take to answer, in milliseconds. */
const patience = 5000;

export function checkNode(): Finding {
	const state = Number.parseInt(process.versions.node, 10) >= leastNode ? 'ok' : 'too old';
	return { check: 'node', state, version: process.version, platform };
}

/** Tries to write where the library is, or will be. */
export function checkWorkspace(root: string, flex: string): Finding {
	const present = existsSync(flex);
	const folder = present ? flex : root;
	const probe = join(folder, `.flex-doctor-${process.pid}`);
	try {
		writeFileSync(probe, '');
		rmSync(probe);
		return { check: 'workspace', state: present ? 'ok' : 'to be made', folder: flex };
	} catch (error) {
		return { check: 'workspace', state: 'not writable', folder, cause: messageOf(error) };
	}
}

/** Reads the library without changing it. @throws {LibraryError} */
export async function checkLibrary(flex: string, workerFile: string): Promise<Finding> {
	const check = 'library';
	if (!existsSync(flex)) return { check, state: 'none' };
	const library = await openLibrary(flex, { workerFile, readOnly: true });
	try {
		const { created, mended, messages, experiences } = library.report;
		if (created) return { check, state: 'none' };
		return { check, state: mended ? 'mended' : 'ok', experiences, messages };
	} finally {
		await library.close();
	}
}

/** @param bundleFolder beside which the components' manifests lie. @throws {ComponentError} */
export async function checkComponent(
	name: ComponentName,
	bundleFolder: string,
	environment: NodeJS.ProcessEnv,
): Promise<Finding> {
	const options = { home: flexHome(environment), componentsFolder: join(bundleFolder, '..', 'components') };
	const { installed, supported, folder, megabytes } = await componentStatus(name, options);
	const state = installed ? 'ok' : supported ? 'missing' : 'unsupported';
	return { check: name, state, folder, megabytes, platform };
}

/** The actor's model, as far as this machine can tell. */
export async function checkModel({ models }: RunConfig, environment: NodeJS.ProcessEnv): Promise<Finding> {
	const check = 'model';
	const id = models.actor ?? models.default;
	if (id.endsWith('.gguf') || id.startsWith('replay:')) {
		const file = id.replace(/^replay:/u, '');
		return { check, state: existsSync(file) ? 'file' : 'no file', file };
	}
	if (!id.startsWith('embedded:')) return { check, state: 'elsewhere', id };
	const name = id.slice('embedded:'.length);
	const known = await listModels({ home: flexHome(environment), environment });
	const model = known.find((candidate) => candidate.name === name);
	if (!model) return { check, state: 'unknown', id };
	const { file = '', bytes } = model;
	return { check, state: file === '' ? 'to fetch' : 'embedded', name, file, bytes };
}

export interface EndpointCheck {
	readonly name: string;
	readonly baseUrl: string;
	/** Where its key is looked for, if it needs one. */
	readonly keyVariable?: string | undefined;
	readonly key: string | undefined;
	readonly inUse: boolean;
	/** Whether it may be asked; else nothing leaves this machine. */
	readonly online: boolean;
}

export async function checkEndpoint(endpoint: EndpointCheck): Promise<Finding> {
	const { name, baseUrl, keyVariable, key, inUse, online } = endpoint;
	const known = { check: 'endpoint', name, baseUrl } as const;
	if (keyVariable !== undefined && !key) return { ...known, state: 'no key', keyVariable, inUse };
	if (!online) return { ...known, state: 'not asked', keyVariable, inUse };
	try {
		// Every such server has a list of models, and it costs nothing.
		const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
		const url = `${baseUrl.replace(/\/+$/u, '')}/models`;
		const response = await fetch(url, { headers, signal: AbortSignal.timeout(patience) });
		await response.body?.cancel();
		if (response.ok) return { ...known, state: 'ok', keyVariable, inUse };
		return { ...known, state: 'refused', status: response.status, statusText: response.statusText };
	} catch (error) {
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		return { ...known, state: 'unreachable', cause: messageOf(cause) };
	}
}

/** Whether a role of the settings has a model of the endpoint. */
export function usesEndpoint({ models }: RunConfig, name: string): boolean {
	const ids = [models.default, models.actor, models.critic, models.updater, models.judge];
	return ids.some((id) => id?.startsWith(`openai:${name}/`));
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
