/** "Choose Models…": a role, then a model for it, with the way to a new endpoint in between. */
import * as vscode from 'vscode';
import { configFor } from '../runPorts.js';
import type { Services } from '../services.js';
import { type Answer, askText, back, type Choice, type Place, pickOne, type Step, steps } from '../steps.js';
import { type EndpointPreset, endpointPresets, otherEndpoint } from './endpointPresets.js';
import { askEndpointKey, askEndpointName, askEndpointUrl, lookForServers } from './endpointSteps.js';
import { describeModel } from './modelIds.js';
import { type ModelSource, modelItems } from './modelItems.js';
import { modelOf, type RoleChoice, saveEndpoint, saveModel } from './modelSettings.js';

/** What has been answered so far; nothing is saved before the end. */
export interface Choosing {
	readonly role: RoleChoice;
	readonly source?: ModelSource;
	/** Of an endpoint that is added. */
	readonly preset?: EndpointPreset;
	readonly name?: string;
	readonly baseUrl?: string;
	/** Undefined where the stored one, or none, is used. */
	readonly key?: string;
	readonly id?: string;
}

/** Lets the user choose, and writes the choice to the user's own settings. @returns the model's id */
export async function chooseModels(services: Services): Promise<string | undefined> {
	const chosen = await steps<Choosing>({ role: 'all' }, flow(services));
	if (chosen?.id === undefined) return undefined;
	const { name, baseUrl, key } = chosen;
	if (isNew(chosen) && name !== undefined && baseUrl !== undefined) {
		await saveEndpoint(name, baseUrl);
		if (key) await services.models.keys.set(name, baseUrl, key);
	}
	const stronger = await saveModel(chosen.role, chosen.id);
	void report(chosen.role, chosen.id, stronger);
	return chosen.id;
}

function flow(services: Services): readonly Step<Choosing>[] {
	const endpoint = (state: Choosing): boolean => state.source?.kind === 'endpoint' || isNew(state);
	return [
		{ ask: askRole },
		{ ask: (state, place) => askSource(services, state, place) },
		{ when: ({ source }) => source?.kind === 'add', ask: askPreset },
		{ when: ({ source }) => source?.kind === 'look', ask: lookForServers },
		{ when: ({ source }) => source?.kind === 'add', ask: askEndpointName },
		{ when: ({ source, preset }) => source?.kind === 'add' && !preset?.baseUrl, ask: askEndpointUrl },
		{ when: (state) => isNew(state) && state.preset?.key !== 'none', ask: askEndpointKey },
		{ when: endpoint, ask: (state, place) => askEndpointModel(services, state, place) },
		{ when: (state) => endpoint(state) && state.id === '', ask: askModelName },
	];
}

function isNew({ source }: Choosing): boolean {
	return source?.kind === 'add' || source?.kind === 'look';
}

function roleNames(): Readonly<Record<RoleChoice, { readonly label: string; readonly detail: string }>> {
	return {
		all: {
			label: vscode.l10n.t('All roles'),
			detail: vscode.l10n.t('One model for everything; single roles lose theirs.'),
		},
		actor: { label: vscode.l10n.t('Actor'), detail: vscode.l10n.t('Solves the problems. The model that gets better.') },
		critic: {
			label: vscode.l10n.t('Critic'),
			detail: vscode.l10n.t('Says what went wrong, and writes down what was learned.'),
		},
		updater: {
			label: vscode.l10n.t('Updater'),
			detail: vscode.l10n.t('Decides whether two experiences say the same.'),
		},
		judge: { label: vscode.l10n.t('Judge'), detail: vscode.l10n.t('Judges answers that nothing else can check.') },
	};
}

async function askRole(state: Choosing, place: Place): Promise<Answer<Choosing>> {
	const names = roleNames();
	const roles: readonly RoleChoice[] = ['all', 'actor', 'critic', 'updater', 'judge'];
	const items = roles.map((role): Choice<RoleChoice> => {
		const id = modelOf(role);
		const now = id ?? vscode.l10n.t('as all');
		return { ...names[role], description: now, value: role };
	});
	const role = await pickOne({ ...titled(place), items, placeholder: vscode.l10n.t('For which role?') });
	return role === back || role === undefined ? role : { ...state, role };
}

async function askSource(services: Services, state: Choosing, place: Place): Promise<Answer<Choosing>> {
	const rows = async (): Promise<readonly Choice<ModelSource>[]> => {
		const [config, { npmOnPath }] = await Promise.all([
			configFor(services, undefined, undefined),
			import('../../providers/npm.js'),
		]);
		return modelItems(await services.models.available(config), npmOnPath(process.env));
	};
	const now = modelOf(state.role);
	const source = await pickOne({
		...titled(place),
		items: rows(),
		placeholder: vscode.l10n.t('Which model?'),
		active: (value) => value.kind === 'model' && value.id === now,
	});
	if (source === back || source === undefined) return source;
	const { role } = state;
	if (source.kind === 'model') return { role, source, id: source.id };
	if (source.kind === 'endpoint') return { role, source, name: source.name, baseUrl: source.baseUrl };
	return { role, source };
}

async function askPreset(state: Choosing, place: Place): Promise<Answer<Choosing>> {
	const items: readonly Choice<EndpointPreset>[] = [
		...endpointPresets.map((preset) => ({
			label: preset.title,
			description: preset.baseUrl ?? preset.example ?? '',
			value: preset,
		})),
		{ label: vscode.l10n.t('Other…'), detail: vscode.l10n.t('Any OpenAI-compatible server.'), value: otherEndpoint },
	];
	const placeholder = vscode.l10n.t('Which kind of endpoint?');
	const preset = await pickOne({ ...titled(place), items, placeholder });
	if (preset === back || preset === undefined) return preset;
	return { ...state, preset, ...(preset.baseUrl ? { baseUrl: preset.baseUrl } : {}) };
}

/** The endpoint is asked now, since the user wants its models; where it does not say, the name can be typed. */
async function askEndpointModel(services: Services, state: Choosing, place: Place): Promise<Answer<Choosing>> {
	const { name = '', baseUrl = '' } = state;
	const controller = new AbortController();
	const typed: Choice<string> = {
		label: vscode.l10n.t('$(edit) Type the name of a model…'),
		alwaysShow: true,
		value: '',
	};
	const rows = async (): Promise<readonly Choice<string>[]> => {
		const { listEndpointModels } = await import('../../providers/endpointModels.js');
		try {
			const apiKey = state.key || (isNew(state) ? undefined : await services.models.keys.get(name, baseUrl));
			const models = await listEndpointModels({ endpoint: name, baseUrl, apiKey, signal: controller.signal });
			const none = { label: vscode.l10n.t('$(info) {0} has no models yet; load one there first.', name) };
			return [...(models.length > 0 ? models.map((model) => ({ label: model, value: model })) : [none]), typed];
		} catch (error) {
			const detail = error instanceof Error ? error.message : String(error);
			return [{ label: vscode.l10n.t('$(warning) The models could not be listed'), detail, alwaysShow: true }, typed];
		}
	};
	try {
		const placeholder = vscode.l10n.t('Which model of {0}?', name);
		const model = await pickOne({ ...titled(place), items: rows(), placeholder });
		if (model === back || model === undefined) return model;
		return { ...state, id: model === '' ? '' : `openai:${name}/${model}` };
	} finally {
		controller.abort();
	}
}

async function askModelName(state: Choosing, place: Place): Promise<Answer<Choosing>> {
	const model = await askText({
		...titled(place),
		prompt: vscode.l10n.t('The name of the model, as {0} calls it.', state.name ?? ''),
		validate: (text) => (text.trim() === '' ? vscode.l10n.t('Type the name of a model.') : undefined),
	});
	return model === back || model === undefined ? model : { ...state, id: `openai:${state.name}/${model.trim()}` };
}

async function report(role: RoleChoice, id: string, stronger: readonly string[]): Promise<void> {
	if (stronger.length > 0) {
		const settings = stronger.join(', ');
		const message = vscode.l10n.t('Saved. But this workspace has its own {0}, which goes first here.', settings);
		await vscode.window.showWarningMessage(message);
		return;
	}
	const { name } = describeModel(id);
	const test = vscode.l10n.t('Test model');
	const message =
		role === 'all'
			? vscode.l10n.t('All roles use {0} now.', name)
			: vscode.l10n.t('{0} uses {1} now.', roleNames()[role].label, name);
	if ((await vscode.window.showInformationMessage(message, test)) === test) {
		await vscode.commands.executeCommand('flex.testModel', id);
	}
}

function titled(place: Place): Place & { readonly title: string } {
	return { ...place, title: vscode.l10n.t('Choose models') };
}
