/** The settings of a run that differ from those that FLEX has by itself. */
import { ConfigError, resolveConfig } from '../../core/learning/runConfig.js';
import type { RunConfigFile } from '../../runs/runConfigFile.js';
import { storedConfig } from '../../runs/storedConfig.js';

export interface ChangedSetting {
	/** As in the settings, without `flex.`. */
	readonly name: string;
	readonly value: string;
	readonly usual: string;
}

/** Undefined where another version wrote them. */
export function changedSettings(config: Pick<RunConfigFile, 'config'>): readonly ChangedSetting[] | undefined {
	const stored = storedOf(config);
	if (!stored) return undefined;
	const usual = new Map(leaves('', resolveConfig([])));
	return leaves('', stored)
		.filter(([name, value]) => value !== usual.get(name))
		.map(([name, value]) => ({ name, value, usual: usual.get(name) ?? '–' }));
}

function storedOf(config: Pick<RunConfigFile, 'config'>): unknown {
	try {
		return storedConfig(config);
	} catch (error) {
		if (error instanceof ConfigError) return undefined;
		throw error;
	}
}

/** Every value that is no record, with its path. */
function leaves(path: string, value: unknown): readonly (readonly [path: string, value: string])[] {
	if (value === undefined) return [];
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
	}
	return Object.entries(value).flatMap(([key, part]) => leaves(path === '' ? key : `${path}.${key}`, part));
}
