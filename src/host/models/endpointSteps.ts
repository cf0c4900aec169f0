/** The questions about a new endpoint: its name, its address, its key, or which one answers on this machine. */
import * as vscode from 'vscode';
import { type Answer, askText, back, type Choice, type Place, pickOne } from '../steps.js';
import { type EndpointPreset, endpointPresets, leaksKey, nameTrouble, urlTrouble } from './endpointPresets.js';
import { ownEndpoints } from './modelSettings.js';

/** The part of a flow's state that these questions fill in. */
export interface NewEndpoint {
	readonly preset?: EndpointPreset;
	readonly name?: string;
	readonly baseUrl?: string;
	readonly key?: string;
}

export async function askEndpointName<S extends NewEndpoint>(state: S, place: Place): Promise<Answer<S>> {
	const known = ownEndpoints();
	const { preset } = state;
	const name = await askText({
		...titled(place),
		prompt: vscode.l10n.t('A name for the endpoint. It becomes part of the ids of its models.'),
		value: state.name ?? preset?.name ?? '',
		validate: (text) => {
			if (nameTrouble(text)) {
				return vscode.l10n.t('Letters, digits, ".", "-" and "_" can be used, and it begins with a letter or digit.');
			}
			const before = Object.hasOwn(known, text) ? known[text]?.baseUrl : undefined;
			if (before === undefined || before === preset?.baseUrl) return undefined;
			return vscode.l10n.t('There is already an endpoint of this name, at {0}. Choose another name.', before);
		},
	});
	return name === back || name === undefined ? name : { ...state, name };
}

export async function askEndpointUrl<S extends NewEndpoint>(state: S, place: Place): Promise<Answer<S>> {
	const example = state.preset?.example ?? '';
	const baseUrl = await askText({
		...titled(place),
		prompt: vscode.l10n.t('The address of the endpoint, for example {0}', example),
		placeholder: example,
		value: state.baseUrl ?? '',
		validate: (text) => urlObjection(text.trim()),
	});
	return baseUrl === back || baseUrl === undefined ? baseUrl : { ...state, baseUrl: baseUrl.trim() };
}

function urlObjection(text: string): string | undefined {
	switch (urlTrouble(text)) {
		case 'no-url':
			return vscode.l10n.t('Type an address that begins with http:// or https://.');
		case 'placeholder':
			return vscode.l10n.t('Put your own name in the place of <…>.');
		case 'credentials':
			return vscode.l10n.t('Leave out user, password and everything after "?"; the key is asked for next.');
		case undefined:
			return undefined;
	}
}

export async function askEndpointKey<S extends NewEndpoint>(state: S, place: Place): Promise<Answer<S>> {
	const { name = '', baseUrl = '', preset } = state;
	const key = await askKey({ ...titled(place), name, baseUrl, needed: preset?.key === 'needed' });
	return key === back || key === undefined ? key : { ...state, key };
}

export interface KeyQuestion extends Place {
	readonly title: string;
	/** Of the endpoint. */
	readonly name: string;
	readonly baseUrl: string;
	/** False: an empty answer means that there is none. */
	readonly needed: boolean;
}

/** The key, hidden while it is typed; empty where the endpoint wants none. */
export async function askKey({ name, baseUrl, needed, ...place }: KeyQuestion): Promise<Answer<string>> {
	const where = vscode.l10n.t('The key of {0}. It is kept in the secret storage of VS Code, never in settings.', name);
	const bare = vscode.l10n.t('Careful: {0} is not encrypted (http), so others can read the key on its way.', baseUrl);
	const none = vscode.l10n.t('Leave it empty if there is none.');
	const key = await askText({
		...place,
		prompt: [where, ...(needed ? [] : [none]), ...(leaksKey(baseUrl) ? [bare] : [])].join(' '),
		password: true,
		validate: (text) => (needed && text.trim() === '' ? vscode.l10n.t('Type or paste the key.') : undefined),
	});
	return typeof key === 'string' ? key.trim() : key;
}

/** Asks the usual addresses of this machine, and lets one of those that answer be picked. */
export async function lookForServers<S extends NewEndpoint>(state: S, place: Place): Promise<Answer<S>> {
	const controller = new AbortController();
	try {
		const preset = await pickOne({
			...titled(place),
			items: localServers(controller.signal),
			placeholder: vscode.l10n.t('Which server?'),
		});
		if (preset === back || preset === undefined) return preset;
		const { name, baseUrl } = preset;
		const before = ownEndpoints()[name]?.baseUrl;
		// An endpoint of this name that the user has pointed elsewhere stays as it is.
		const free = before === undefined || before === baseUrl ? name : `${name}-local`;
		return { ...state, preset, name: free, ...(baseUrl ? { baseUrl } : {}) };
	} finally {
		controller.abort();
	}
}

/** A server on this machine that takes longer is not there. */
const lookMs = 2000;

async function localServers(signal: AbortSignal): Promise<readonly Choice<EndpointPreset>[]> {
	const { listEndpointModels } = await import('../../providers/endpointModels.js');
	const found = await Promise.all(
		endpointPresets.map(async (preset): Promise<readonly Choice<EndpointPreset>[]> => {
			const { local, name, title, baseUrl } = preset;
			if (!local || !baseUrl) return [];
			try {
				const models = await listEndpointModels({ endpoint: name, baseUrl, signal, timeoutMs: lookMs });
				const detail = models.length > 0 ? models.join(', ') : vscode.l10n.t('It runs, and has no models yet.');
				return [{ label: title, description: baseUrl, detail, value: preset }];
			} catch {
				return [];
			}
		}),
	);
	const servers = found.flat();
	if (servers.length > 0) return servers;
	const detail = vscode.l10n.t(
		'Neither Ollama (port 11434) nor LM Studio (port 1234) answers. Start one of them, or go back and add an endpoint by its address.',
	);
	return [{ label: vscode.l10n.t('$(info) No server answers on this machine'), detail, alwaysShow: true }];
}

function titled(place: Place): Place & { readonly title: string } {
	return { ...place, title: vscode.l10n.t('Add an endpoint') };
}
