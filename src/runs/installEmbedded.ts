/** Puts what an embedded model needs on this machine, llama.cpp and the model's file, after asking where that is wanted. */
import { join } from 'node:path';
import { ModelError } from '../core/models/chatModel.js';
import { type ComponentOptions, componentStatus, ensureComponent, flexHome } from '../providers/components.js';
import { ensureModel, type FoundModel, type ModelFetchOptions, modelToFetch } from '../providers/modelFetcher.js';

/** Something that would be put on this machine. */
export interface Installation {
	readonly kind: 'component' | 'model';
	/** For people. */
	readonly title: string;
	/** About what it takes, in 10⁶ bytes. */
	readonly megabytes: number;
}

export interface InstallOptions {
	/** Where the bundles lie: `llamaProcess.js`, and `../components`. */
	readonly bundleFolder: string;
	readonly environment: NodeJS.ProcessEnv;
	/** What is going on while a component or a model is fetched. */
	readonly onProgress: (text: string) => void;
	readonly signal: AbortSignal;
	/** Asked once for all that is missing, before anything is fetched; never where nothing is (default: no question). */
	readonly consent?: ((wanted: readonly Installation[]) => Promise<boolean>) | undefined;
}

export interface Installed {
	readonly componentFolder: string;
	readonly file: FoundModel;
}

/**
 * Finds llama.cpp and the model, and fetches what is missing.
 * @param nameOrFile as `ensureModel` takes it
 * @throws {ComponentError | ModelError} `refused` where consent was asked for and not given
 */
export async function installEmbedded(nameOrFile: string, options: InstallOptions): Promise<Installed> {
	const { bundleFolder, environment, onProgress, signal, consent } = options;
	const home = flexHome(environment);
	const component = { home, componentsFolder: join(bundleFolder, '..', 'components'), onProgress, signal };
	const model = { home, environment, onProgress, signal };
	if (consent) {
		const wanted = await missing(nameOrFile, component, model);
		if (wanted.length > 0 && !(await consent(wanted))) throw refused(wanted);
	}
	const componentFolder = await ensureComponent('llama', component);
	return { componentFolder, file: await ensureModel(nameOrFile, model) };
}

async function missing(
	nameOrFile: string,
	component: ComponentOptions,
	model: ModelFetchOptions,
): Promise<readonly Installation[]> {
	const [llama, pinned] = await Promise.all([componentStatus('llama', component), modelToFetch(nameOrFile, model)]);
	const { title, megabytes, installed, supported } = llama;
	return [
		// What can't be installed needs no consent: the installer says what to do instead.
		...(installed || !supported ? [] : [{ kind: 'component', title, megabytes } as const]),
		...(pinned ? [{ kind: 'model', title: pinned.title, megabytes: Math.round(pinned.bytes / 1e6) } as const] : []),
	];
}

function refused(wanted: readonly Installation[]): ModelError {
	const what = wanted.map(({ title }) => title).join(' and ');
	return new ModelError(
		'refused',
		`Not installed, as you wished: ${what}. Choose another model instead: a server such as Ollama or LM Studio can be used as an endpoint, openai:<endpoint>/<model>.`,
	);
}
