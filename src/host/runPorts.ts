/** What every action that asks a model works with: settings, models, library, cache, sandbox and chemistry of a folder. */
import { join } from 'node:path';
import type { PartialRunConfig, RunConfig } from '../core/learning/runConfig.js';
import type { ProblemSet } from '../core/tasks/task.js';
import type { OpenedModel } from '../runs/modelPool.js';
import type { RunPorts } from '../runs/openRun.js';
import type { FlexFolder } from './folders.js';
import type { Services } from './services.js';
import { settingsLayer } from './settings.js';

export interface OpenedPorts {
	readonly ports: RunPorts;
	readonly config: RunConfig;
	/** The actor's model. */
	readonly opened: OpenedModel;
	close(): Promise<void>;
}

/**
 * A run's settings: what is chosen for it, over the user's settings, over the set's own, over the defaults.
 * @throws {ConfigError}
 */
export async function configFor(
	services: Pick<Services, 'context' | 'models'>,
	folder: FlexFolder | undefined,
	set: ProblemSet | undefined,
	chosen: PartialRunConfig = {},
): Promise<RunConfig> {
	return (await layersFor(services, folder, set)).resolve(chosen);
}

/**
 * Opens models and library for one action or run; whoever asked closes it.
 * @throws {ConfigError | ModelError | LibraryError}
 */
export async function openPorts(
	services: Services,
	folder: FlexFolder,
	set: ProblemSet | undefined,
	chosen: PartialRunConfig,
	signal: AbortSignal,
	progress: (text: string) => void,
): Promise<OpenedPorts> {
	const [layers, { profileLayer, readProfile }] = await Promise.all([
		layersFor(services, folder, set),
		import('../runs/profiles.js'),
	]);
	const first = layers.resolve(chosen);
	const pool = await services.models.pool(first, signal, progress);
	const closers = [() => pool.close()];
	const close = async (): Promise<void> => {
		for (const step of closers.reverse()) await step();
	};
	try {
		const opened = await pool.describe(first.models.actor ?? first.models.default);
		const profile = set && readProfile(folder.workspace.profiles, set.name, opened.model.identity);
		const config = layers.resolve(chosen, profile && profileLayer(profile));
		const [{ FileRequestCache }, { openSandbox }, { chemistryFor }, { askChemistryConsent }] = await Promise.all([
			import('../providers/fileCache.js'),
			import('../providers/sandbox.js'),
			import('../runs/installChemistry.js'),
			import('./models/consent.js'),
		]);
		const store = await storeFor(services, folder);
		const cache = await FileRequestCache.open(join(folder.workspace.cache, 'requests.jsonl'));
		closers.push(() => cache.close());
		const sandbox = openSandbox({ workerFile: join(__dirname, 'sandboxWorker.js') });
		closers.push(() => sandbox.close());
		const chemistry = chemistryFor({
			bundleFolder: __dirname,
			environment: process.env,
			onProgress: progress,
			signal,
			consent: askChemistryConsent,
		});
		closers.push(() => chemistry.close());
		return { ports: { workspace: folder.workspace, store, cache, pool, sandbox, chemistry }, config, opened, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** The folder's library, with the user's own behind it where that is wanted. */
async function storeFor({ libraries }: Services, folder: FlexFolder): Promise<RunPorts['store']> {
	const [library, own] = await Promise.all([libraries.open(folder), libraries.own()]);
	if (!own) return library;
	const { layeredStore } = await import('../runs/layeredStore.js');
	return layeredStore(library, own);
}

/** A store of two libraries knows which one an experience came from. */
export function ownCheck(store: RunPorts['store']): (id: string) => boolean {
	return (id) => 'isOwn' in store && typeof store.isOwn === 'function' && store.isOwn(id) === true;
}

interface Layers {
	resolve(chosen: PartialRunConfig, profile?: { readonly name: string; readonly values: unknown }): RunConfig;
}

async function layersFor(
	{ context, models }: Pick<Services, 'context' | 'models'>,
	folder: FlexFolder | undefined,
	set: ProblemSet | undefined,
): Promise<Layers> {
	const [{ resolveConfig }, { setLayer }] = await Promise.all([
		import('../core/learning/runConfig.js'),
		import('../runs/setDefaults.js'),
	]);
	const settings = settingsLayer(context.extension, folder);
	return {
		resolve: (values, profile) => {
			const below = [...(set ? [setLayer(set)] : []), ...(profile ? [profile] : [])];
			const above = [settings, { name: 'this run', values }];
			const config = resolveConfig([...below, ...above]);
			const { countedIn } = models.describe(config.models.actor ?? config.models.default);
			return countedIn === 'requests' ? resolveConfig([...below, fewRequests, ...above]) : config;
		},
	};
}

/** Requests of an editor's models are rationed: one rollout a problem, unless somebody wants more. */
const fewRequests = { name: 'models that are counted in requests', values: { training: { rollouts: 1 } } };
