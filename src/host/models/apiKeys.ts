/** "Set API Key…" and "Clear API Key…". */
import * as vscode from 'vscode';
import { configFor } from '../runPorts.js';
import type { Services } from '../services.js';
import { back, type Choice, pickOne, steps } from '../steps.js';
import { askKey } from './endpointSteps.js';
import type { KeyState } from './keys.js';

interface Setting {
	readonly name?: string;
	readonly baseUrl?: string;
	readonly key?: string;
}

/** @param only the endpoint, where it is known already */
export async function setApiKey(services: Services, only?: string): Promise<void> {
	const endpoints = (await configFor(services, undefined, undefined)).models.endpoints;
	if (Object.keys(endpoints).length === 0) return sayNoEndpoint();
	const title = vscode.l10n.t('Set API key');
	const known = only !== undefined && Object.hasOwn(endpoints, only) ? endpoints[only] : undefined;
	const first: Setting = known ? { ...(only === undefined ? {} : { name: only }), baseUrl: known.baseUrl } : {};
	const answer = await steps<Setting>(first, [
		{
			when: () => !known,
			ask: async (state, place) => {
				const items = keyRows(services, endpoints);
				const name = await pickOne({ ...place, title, items, placeholder: vscode.l10n.t('Of which endpoint?') });
				if (name === back || name === undefined) return name;
				const baseUrl = endpoints[name]?.baseUrl;
				return { ...state, name, ...(baseUrl ? { baseUrl } : {}) };
			},
		},
		{
			ask: async (state, place) => {
				const { name = '', baseUrl = '' } = state;
				const key = await askKey({ ...place, title, name, baseUrl, needed: true });
				return key === back || key === undefined ? key : { ...state, key };
			},
		},
	]);
	if (!answer?.name || !answer.baseUrl || !answer.key) return;
	await services.models.keys.set(answer.name, answer.baseUrl, answer.key);
	void vscode.window.showInformationMessage(vscode.l10n.t('The key of {0} is set.', answer.name));
}

export async function clearApiKey({ models }: Services): Promise<void> {
	const names = models.keys.names();
	if (names.length === 0) {
		void vscode.window.showInformationMessage(vscode.l10n.t('No key is set, so there is none to clear.'));
		return;
	}
	const items = names.map((name): Choice<string> => ({ label: name, value: name }));
	const title = vscode.l10n.t('Clear API key');
	const name = await pickOne({ title, items, placeholder: vscode.l10n.t('Of which endpoint?') });
	if (name === back || name === undefined) return;
	await models.keys.clear(name);
	void vscode.window.showInformationMessage(vscode.l10n.t('The key of {0} is cleared.', name));
}

function keyRows(
	{ models }: Services,
	endpoints: Readonly<Record<string, { readonly baseUrl: string }>>,
): Promise<readonly Choice<string>[]> {
	const states: Readonly<Record<KeyState, string>> = {
		none: vscode.l10n.t('no key'),
		set: vscode.l10n.t('key set'),
		'for another address': vscode.l10n.t('key set for another address'),
	};
	return Promise.all(
		Object.entries(endpoints).map(async ([name, { baseUrl }]) => ({
			label: name,
			description: `${baseUrl} · ${states[await models.keys.state(name, baseUrl)]}`,
			value: name,
		})),
	);
}

async function sayNoEndpoint(): Promise<void> {
	const choose = vscode.l10n.t('Choose models');
	const message = vscode.l10n.t('Keys belong to endpoints, and there is none yet. Add one while you choose models.');
	if ((await vscode.window.showInformationMessage(message, choose)) === choose) {
		await vscode.commands.executeCommand('flex.chooseModels');
	}
}
