/** Opens models by their id, each once, whatever stands behind it. */
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunConfig } from '../core/learning/runConfig.js';
import { type ChatModel, ModelError } from '../core/models/chatModel.js';
import { openEmbeddedModel } from '../providers/embeddedModel.js';
import { openOpenAiModel } from '../providers/openaiModel.js';
import { openReplayModel } from '../providers/replayModel.js';
import { type InstallOptions, installEmbedded } from './installEmbedded.js';

export type Endpoint = RunConfig['models']['endpoints'][string];

export interface ModelPoolOptions extends InstallOptions {
	readonly config: RunConfig;
	/** Opens models of further kinds, by what stands before the colon of their ids; each gets what stands after it. */
	readonly openers?: Readonly<Record<string, (rest: string) => Promise<OpenedModel>>> | undefined;
	/** The key of an endpoint (default: from the environment variable that it names). */
	readonly keyFor?: ((name: string, endpoint: Endpoint) => Promise<string | undefined>) | undefined;
}

/** What a model was, for reports. */
export interface OpenedModel {
	readonly model: ChatModel;
	/** File name and quantisation, or the endpoint. */
	readonly source: string;
	readonly sha256?: string | undefined;
}

export class ModelPool {
	private readonly opened = new Map<string, Promise<OpenedModel>>();
	/** Installations go one after another: two questions at once would ask for the same things. */
	private installing: Promise<unknown> = Promise.resolve();

	constructor(private readonly options: ModelPoolOptions) {}

	/** @throws {ModelError} where the id is of no known form, or the model can't be had */
	async open(id: string): Promise<ChatModel> {
		return (await this.describe(id)).model;
	}

	describe(id: string): Promise<OpenedModel> {
		const known = this.opened.get(id);
		if (known) return known;
		const opening = this.openNew(id);
		this.opened.set(id, opening);
		return opening;
	}

	async close(): Promise<void> {
		const models = await Promise.allSettled(this.opened.values());
		await Promise.all(models.map((entry) => (entry.status === 'fulfilled' ? entry.value.model.close() : undefined)));
		this.opened.clear();
	}

	private openNew(id: string): Promise<OpenedModel> {
		const { openers = {} } = this.options;
		const [prefix = ''] = id.split(':', 1);
		const opener = Object.hasOwn(openers, prefix) ? openers[prefix] : undefined;
		if (opener) return opener(id.slice(prefix.length + 1));
		if (id.startsWith('embedded:')) return this.openEmbedded(id.slice('embedded:'.length));
		if (id.endsWith('.gguf')) return this.openEmbedded(resolve(id));
		if (id.startsWith('openai:')) return this.openEndpoint(id.slice('openai:'.length));
		if (id.startsWith('replay:')) return this.openReplay(id.slice('replay:'.length));
		const forms = ['embedded:<name>', '<file>.gguf', 'openai:<endpoint>/<model>', 'replay:<file>'];
		const further = Object.keys(openers).map((name) => `${name}:<model>`);
		const known = [...forms, ...further].join(', ');
		throw new ModelError('not-found', `"${id}" is not a model id. Known forms: ${known}.`);
	}

	private async openEmbedded(nameOrFile: string): Promise<OpenedModel> {
		const { bundleFolder, config } = this.options;
		const installation = this.installing.then(() => installEmbedded(nameOrFile, this.options));
		this.installing = installation.catch(() => {});
		const { componentFolder, file } = await installation;
		const model = await openEmbeddedModel({
			file: file.file,
			name: file.name,
			sha256: file.sha256,
			threads: config.models.threads || Math.min(2, cpus().length),
			componentFolder,
			processFile: join(bundleFolder, 'llamaProcess.js'),
		});
		return { model, source: file.source, sha256: file.sha256 };
	}

	private async openEndpoint(path: string): Promise<OpenedModel> {
		const slash = path.indexOf('/');
		const name = path.slice(0, Math.max(0, slash));
		const endpoint = this.options.config.models.endpoints[name];
		if (!endpoint) {
			throw new ModelError(
				'not-found',
				`There is no endpoint "${name}"; name it in models.endpoints of .flex/config.json with its baseUrl.`,
			);
		}
		const { keyFor = this.keyOfEnvironment } = this.options;
		const model = await openOpenAiModel({
			endpoint: name,
			baseUrl: endpoint.baseUrl,
			model: path.slice(slash + 1),
			apiKey: await keyFor(name, endpoint),
			contextTokens: endpoint.contextTokens,
		});
		return { model, source: endpoint.baseUrl };
	}

	private readonly keyOfEnvironment = async (_name: string, endpoint: Endpoint): Promise<string | undefined> => {
		const variable = endpoint.keyVariable ?? defaultKeyVariable(endpoint.baseUrl);
		return variable === undefined ? undefined : this.options.environment[variable];
	};

	private async openReplay(file: string): Promise<OpenedModel> {
		return { model: await openReplayModel(file), source: file };
	}
}

/** A key goes only where it belongs: any other endpoint must name its own variable. */
export function defaultKeyVariable(baseUrl: string): string | undefined {
	return new URL(baseUrl).hostname === 'api.openai.com' ? 'OPENAI_API_KEY' : undefined;
}
