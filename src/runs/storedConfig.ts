/** The settings of a stopped run, so that it goes on as it was begun. */
import * as v from 'valibot';
import { ConfigError, type PartialRunConfig, runConfigSchema } from '../core/learning/runConfig.js';
import type { RunConfigFile } from './runConfigFile.js';

/**
 * What the run was asked for. Budget and prices are not among it, since a run that stopped at its cap goes on under the
 * one of today; nor are addresses of endpoints, which only the user's own settings may name.
 * @throws {ConfigError} where another version wrote it
 */
export function storedConfig({ config }: Pick<RunConfigFile, 'config'>): PartialRunConfig {
	const { training, retrieval, updater, models } = config;
	const { endpoints: _, ...roles } = models;
	const checked = v.safeParse(runConfigSchema, { training, retrieval, updater, models: roles });
	if (!checked.success) {
		throw new ConfigError('Another version of FLEX began this run, so it can’t go on here; start it anew.');
	}
	const { endpoints: __, ...known } = checked.output.models;
	return {
		training: checked.output.training,
		retrieval: checked.output.retrieval,
		updater: checked.output.updater,
		models: known,
	};
}
