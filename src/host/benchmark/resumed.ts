/** A stopped benchmark as it was planned, read from its folder. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ConfigError } from '../../core/learning/runConfig.js';
import type { Split } from '../../core/tasks/task.js';
import type { BenchmarkPlan } from '../benchJob.js';
import type { FoundSet } from '../problemSets.js';
import type { Services } from '../services.js';

/** @throws {ConfigError} where the run is none that can go on here */
export async function resumedPlan(services: Services, set: FoundSet, id: string): Promise<BenchmarkPlan> {
	const [{ readConfigFile }, { storedConfig }, { armNames }] = await Promise.all([
		import('../../runs/runConfigFile.js'),
		import('../../runs/storedConfig.js'),
		import('../../core/evaluation/arms.js'),
	]);
	const { config, damage } = readConfigFile(join(set.folder.workspace.runs, id));
	if (config?.kind !== 'bench') {
		const reason = damage ?? vscode.l10n.t('It is no benchmark.');
		throw new ConfigError(vscode.l10n.t('This run can’t go on. {0} Run the benchmark anew.', reason));
	}
	const { split, arms = [], limit = 0 } = config;
	return {
		set,
		problemSet: await services.problemSets.load(set),
		split: splitOf(split),
		arms: armNames.filter((name) => arms.includes(name)).sort((a, b) => arms.indexOf(a) - arms.indexOf(b)),
		limit,
		chosen: storedConfig(config),
	};
}

/** Benchmarks without a word on it read dev. */
function splitOf(name: string | undefined): Split {
	return name === 'test' || name === 'train' ? name : 'dev';
}
