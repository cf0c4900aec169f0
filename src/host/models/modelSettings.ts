/** The settings `flex.models.*`, read and written where they belong to the user and not to a workspace. */
import * as vscode from 'vscode';
import type { RunConfig } from '../../core/learning/runConfig.js';
import type { ModelRole } from '../../core/models/chatModel.js';
import type { Endpoints, ModelSettings } from './endpointTrust.js';

export type RoleChoice = ModelRole | 'all';

const roles: readonly ModelRole[] = ['actor', 'critic', 'updater', 'judge'];

/** What the config of a run wants. */
export function wantedModels({ models }: Pick<RunConfig, 'models'>): ModelSettings {
	const ids = [models.default, ...roles.map((role) => models[role])];
	return { endpoints: models.endpoints, ids: [...new Set(ids.filter(isText))] };
}

/** What the user's own settings say, without those of any workspace. */
export function ownModels(): ModelSettings {
	const configuration = vscode.workspace.getConfiguration('flex.models');
	const ids = ['default', ...roles].map((key) => {
		const found = configuration.inspect<unknown>(key);
		return found?.globalValue ?? found?.defaultValue;
	});
	return { endpoints: ownEndpoints(), ids: [...new Set(ids.filter(isText))] };
}

/** Endpoints of the user's own settings; an entry of another form is left out, and reported when a run reads it. */
export function ownEndpoints(): Endpoints {
	const found: unknown = vscode.workspace.getConfiguration('flex.models').inspect('endpoints')?.globalValue;
	return Object.fromEntries(
		Object.entries(typeof found === 'object' && found !== null ? found : {}).filter(
			(entry): entry is [string, Endpoints[string]] => isEndpoint(entry[1]),
		),
	);
}

/** Adds an endpoint to the user's settings, or gives it another address. */
export async function saveEndpoint(name: string, baseUrl: string): Promise<void> {
	const before = ownEndpoints();
	await update('endpoints', { ...before, [name]: { ...before[name], baseUrl } });
}

/**
 * Gives a role its model; "all" also takes back what single roles had.
 * @returns the settings of this workspace that go before the user's, and so still decide here
 */
export async function saveModel(role: RoleChoice, id: string): Promise<readonly string[]> {
	await update(role === 'all' ? 'default' : role, id);
	const configuration = vscode.workspace.getConfiguration('flex.models');
	if (role === 'all') {
		const set = roles.filter((key) => configuration.inspect(key)?.globalValue !== undefined);
		for (const key of set) await update(key, undefined);
	}
	return (role === 'all' ? ['default', ...roles] : [role])
		.filter((key) => isText(configuration.inspect(key)?.workspaceValue))
		.map((key) => `flex.models.${key}`);
}

/** The role's model by the settings in force; undefined where it has none of its own. */
export function modelOf(role: RoleChoice): string | undefined {
	const found: unknown = vscode.workspace.getConfiguration('flex.models').get(role === 'all' ? 'default' : role);
	return isText(found) ? found : undefined;
}

async function update(key: string, value: unknown): Promise<void> {
	const target = vscode.ConfigurationTarget.Global;
	await vscode.workspace.getConfiguration('flex.models').update(key, value, target);
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

function isEndpoint(value: unknown): value is { readonly baseUrl: string } {
	return typeof value === 'object' && value !== null && 'baseUrl' in value && isText(value.baseUrl);
}
