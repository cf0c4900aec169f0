/** Opens models by their id, each once, whatever stands behind it. */
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunConfig } from '../core/learning/runConfig.js';
import { type ChatModel, ModelError } from '../core/models/chatModel.js';
import { ensureComponent, flexHome } from '../providers/components.js';
import { openEmbeddedModel } from '../providers/embeddedModel.js';
import { ensureModel } from '../providers/modelFetcher.js';
import { openOpenAiModel } from '../providers/openaiModel.js';
import { openReplayModel } from '../providers/replayModel.js';

export interface ModelPoolOptions {
	readonly config: RunConfig;
	/** Where the bundles lie: `llamaProcess.js`, and `../components`. */
	readonly bundleFolder: string;
	readonly environment: NodeJS.ProcessEnv;
	/** What is going on while a component or a model is fetched. */
	readonly onProgress: (text: string) => void;
	readonly signal: AbortSignal;
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
		if (id.startsWith('embedded:')) return this.openEmbedded(id.slice('embedded:'.length));
		if (id.endsWith('.gguf')) return this.openEmbedded(resolve(id));
		if (id.startsWith('openai:')) return this.openEndpoint(id.slice('openai:'.length));
		if (id.startsWith('replay:')) return this.openReplay(id.slice('replay:'.length));
		throw new ModelError(
			'not-found',
			`"${id}" is not a model id. Known forms: embedded:<name>, <file>.gguf, openai:<endpoint>/<model>, replay:<file>.`,
		);
	}

	private async openEmbedded(nameOrFile: string): Promise<OpenedModel> {
		const { bundleFolder, environment, onProgress, signal, config } = this.options;
		const home = flexHome(environment);
		const componentFolder = await ensureComponent('llama', {
			home,
			componentsFolder: join(bundleFolder, '..', 'components'),
			onProgress,
			signal,
		});
		const file = await ensureModel(nameOrFile, { home, environment, onProgress, signal });
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
		const keyVariable = endpoint.keyVariable ?? defaultKeyVariable(endpoint.baseUrl);
		const model = await openOpenAiModel({
			endpoint: name,
			baseUrl: endpoint.baseUrl,
			model: path.slice(slash + 1),
			apiKey: keyVariable === undefined ? undefined : this.options.environment[keyVariable],
			contextTokens: endpoint.contextTokens,
		});
		return { model, source: endpoint.baseUrl };
	}

	private async openReplay(file: string): Promise<OpenedModel> {
		return { model: await openReplayModel(file), source: file };
	}
}

/** A key goes only where it belongs: any other endpoint must name its own variable. */
export function defaultKeyVariable(baseUrl: string): string | undefined {
	return new URL(baseUrl).hostname === 'api.openai.com' ? 'OPENAI_API_KEY' : undefined;
}
