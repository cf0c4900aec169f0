/** The user's `flex.*` settings as a layer of a run's config: only what somebody has set, so that defaults stay below. */
import * as vscode from 'vscode';
import type { ConfigLayer } from '../core/learning/runConfig.js';
import type { FlexFolder } from './folders.js';

/** Sections of the run config that settings speak of; each setting is `flex.<section>.<key>`. */
export const configSections = ['training', 'evaluation', 'retrieval', 'updater', 'models', 'budget'] as const;

/** Settings of the editor alone, which no run reads. */
const editorOnly = new Set(['retrieval.ownLibrary']);

/** What is set for `folder`. VS Code leaves out what an untrusted workspace may not set. */
export function settingsLayer(extension: vscode.Extension<unknown>, folder: FlexFolder | undefined): ConfigLayer {
	const configuration = vscode.workspace.getConfiguration('flex', folder?.uri);
	const values: Record<string, Record<string, unknown>> = {};
	for (const key of settingKeys(extension)) {
		const [section, name] = key.split('.');
		if (!section || !name || editorOnly.has(key)) continue;
		if (!configSections.some((known) => known === section) || !isSet(configuration.inspect(key))) continue;
		const value: unknown = configuration.get(key);
		// A role without a model of its own: a text setting can't be absent, only empty.
		if (value !== '') values[section] = { ...values[section], [name]: value };
	}
	const prices = isSet(configuration.inspect('prices')) ? { prices: configuration.get('prices') } : {};
	return { name: vscode.l10n.t('the settings of VS Code'), values: { ...values, ...prices } };
}

/** The keys of all contributed settings, without `flex.`. */
function settingKeys(extension: vscode.Extension<unknown>): readonly string[] {
	const contributed: unknown = extension.packageJSON?.contributes?.configuration;
	const groups: readonly unknown[] = Array.isArray(contributed) ? contributed : [contributed];
	return groups.flatMap((group) => {
		if (typeof group !== 'object' || group === null || !('properties' in group)) return [];
		return Object.keys(group.properties ?? {}).map((key) => key.replace(/^flex\./, ''));
	});
}

function isSet(found: ReturnType<vscode.WorkspaceConfiguration['inspect']>): boolean {
	return [
		found?.globalValue,
		found?.workspaceValue,
		found?.workspaceFolderValue,
		found?.globalLanguageValue,
		found?.workspaceLanguageValue,
	].some((value) => value !== undefined);
}
