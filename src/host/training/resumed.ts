/** A stopped training as it was planned, read from its folder. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ConfigError } from '../../core/learning/runConfig.js';
import type { FoundSet } from '../problemSets.js';
import type { Services } from '../services.js';
import type { TrainingPlan } from './trainingPlan.js';

/** @throws {ConfigError} where the run is none that can go on here */
export async function resumedPlan(services: Services, set: FoundSet, id: string): Promise<TrainingPlan> {
	const [{ readConfigFile }, { storedConfig }] = await Promise.all([
		import('../../runs/runConfigFile.js'),
		import('../../runs/storedConfig.js'),
	]);
	const { config, damage } = readConfigFile(join(set.folder.workspace.runs, id));
	if (config?.kind !== 'train') {
		const reason = damage ?? vscode.l10n.t('It is no training.');
		throw new ConfigError(vscode.l10n.t('This run can’t go on. {0} Start the training anew.', reason));
	}
	return { set, problemSet: await services.problemSets.load(set), chosen: storedConfig(config) };
}
