/** The models that the editor can use: what there is, and pools that open them for a run. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunConfig } from '../../core/learning/runConfig.js';
import { ModelError } from '../../core/models/chatModel.js';
import type { ModelPool } from '../../runs/modelPool.js';
import { askConsent } from './consent.js';
import { type Objection, objectionTo } from './endpointTrust.js';
import { type KeyState, type KeyStore, Keys } from './keys.js';
import { describeModel, type ModelDescription } from './modelIds.js';
import { ownModels, wantedModels } from './modelSettings.js';

/** Something to choose. */
export type ModelChoice =
	| {
			readonly kind: 'vscode';
			readonly id: string;
			readonly name: string;
			readonly vendor: string;
			/** Of a prompt at most. */
			readonly contextTokens: number;
	  }
	| {
			/** A configured endpoint; which models it has is asked when the user wants to know. */
			readonly kind: 'endpoint';
			readonly name: string;
			readonly baseUrl: string;
			readonly key: KeyState;
			/** Ids of its models that roles have now. */
			readonly inUse: readonly string[];
	  }
	| {
			readonly kind: 'embedded';
			readonly id: string;
			readonly name: string;
			/** 10⁶ bytes of its file. */
			readonly megabytes: number;
			/** Whether it can be used at once; else what is missing is installed after a question. */
			readonly installed: boolean;
	  };

export interface ModelNeeds {
	readonly context: KeyStore;
	readonly log: Pick<vscode.LogOutputChannel, 'info'>;
}

export class Models {
	readonly keys: Keys;

	constructor(private readonly needs: ModelNeeds) {
		this.keys = new Keys(needs.context);
	}

	/**
	 * A pool for one run or action; whoever asked closes it. Only after a user's action: opening a model may ask for
	 * consent, and may fetch what is missing.
	 * @throws {ModelError} `refused` where an untrusted workspace names an endpoint or a file, `not-found` where an
	 * endpoint is not configured
	 */
	async pool(config: RunConfig, signal: AbortSignal, onProgress: (text: string) => void): Promise<ModelPool> {
		const wanted = wantedModels(config);
		const own = ownModels();
		const trusted = vscode.workspace.isTrusted;
		const objection = objectionTo(wanted, own, trusted);
		if (objection) throw asError(objection);
		this.needs.log.info(`Models: ${wanted.ids.join(', ')}`);
		const [{ ModelPool }, { openVscodeModel }] = await Promise.all([
			import('../../runs/modelPool.js'),
			import('./vscodeModel.js'),
		]);
		return new ModelPool({
			// Whatever is opened later than this check gets no other endpoints, either.
			config: trusted ? config : { ...config, models: { ...config.models, endpoints: { ...own.endpoints } } },
			bundleFolder: __dirname,
			environment: process.env,
			onProgress,
			signal,
			openers: { vscode: openVscodeModel },
			keyFor: (name, { baseUrl }) => this.keyFor(name, baseUrl),
			consent: askConsent,
		});
	}

	/** All that can be chosen, without any network. Only after a user's action: VS Code starts its providers for it. */
	async available(config: RunConfig): Promise<readonly ModelChoice[]> {
		const groups = await Promise.all([vscodeModels(), this.endpoints(config), this.embedded()]);
		return groups.flat();
	}

	/** What the id says by itself; nothing is looked up. */
	describe(id: string): ModelDescription {
		return describeModel(id);
	}

	/** A key that was given for another address is not sent to this one: settings may come from a workspace. */
	private async keyFor(name: string, baseUrl: string): Promise<string | undefined> {
		if ((await this.keys.state(name, baseUrl)) === 'for another address') {
			const message = vscode.l10n.t(
				'The key of {0} was given for another address than {1}, so it is not sent there. Give it again with "FLEX: Set API Key…" if it belongs there.',
				name,
				new URL(baseUrl).origin,
			);
			throw new ModelError('auth', message);
		}
		return this.keys.get(name, baseUrl);
	}

	private endpoints(config: RunConfig): Promise<readonly ModelChoice[]> {
		const { ids } = wantedModels(config);
		return Promise.all(
			Object.entries(config.models.endpoints).map(async ([name, { baseUrl }]) => ({
				kind: 'endpoint' as const,
				name,
				baseUrl,
				key: await this.keys.state(name, baseUrl),
				inUse: ids.filter((id) => id.startsWith(`openai:${name}/`)),
			})),
		);
	}

	private async embedded(): Promise<readonly ModelChoice[]> {
		const [{ componentStatus, flexHome }, { listModels }] = await Promise.all([
			import('../../providers/components.js'),
			import('../../providers/modelFetcher.js'),
		]);
		const home = flexHome(process.env);
		const [llama, models] = await Promise.all([
			componentStatus('llama', { home, componentsFolder: join(__dirname, '..', 'components') }),
			listModels({ home, environment: process.env }),
		]);
		if (!llama.supported) return [];
		return models.map(({ name, bytes, file }) => ({
			kind: 'embedded' as const,
			id: `embedded:${name}`,
			name,
			megabytes: Math.round(bytes / 1e6),
			installed: llama.installed && file !== undefined,
		}));
	}
}

async function vscodeModels(): Promise<readonly ModelChoice[]> {
	const models = await vscode.lm.selectChatModels();
	return models.map(({ vendor, id, name, maxInputTokens }) => ({
		kind: 'vscode' as const,
		id: `vscode:${vendor}/${id}`,
		name,
		vendor,
		contextTokens: maxInputTokens,
	}));
}

function asError(objection: Objection): ModelError {
	if (objection.kind === 'unknown-endpoint') {
		const message = vscode.l10n.t(
			'There is no endpoint "{0}". Add it with "FLEX: Choose Models…", or in the setting flex.models.endpoints with its baseUrl.',
			objection.name,
		);
		return new ModelError('not-found', message);
	}
	const message =
		objection.kind === 'untrusted-endpoint'
			? vscode.l10n.t(
					'This workspace is not trusted, so its endpoint "{0}" is not used. Trust the workspace, or choose a model of your own with "FLEX: Choose Models…".',
					objection.name,
				)
			: vscode.l10n.t(
					'This workspace is not trusted, so its model file {0} is not used. Trust the workspace, or choose a model of your own with "FLEX: Choose Models…".',
					objection.id,
				);
	return new ModelError('refused', message);
}
