/** How many train problems a library was given to learn from, so that raw examples are compared on the same ones. */
import { join } from 'node:path';
import type { Experience } from '../core/experience/experience.js';
import type { ExperienceStore } from '../core/experience/store.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { ProblemSet } from '../core/tasks/task.js';
import { readConfigFile } from './runConfigFile.js';

/**
 * The most that any of the training runs behind the experiences was given; 0 (all) where one was given all, or where no
 * run left its settings in `flex`, as behind an imported library.
 */
export function learnedLimit(flex: string, set: ProblemSet, experiences: readonly Experience[]): number {
	const own = experiences.filter(({ origin }) => origin.set === set.name && origin.imported === undefined);
	const runs = [...new Set(own.map(({ origin }) => origin.run))];
	const limits = runs.flatMap((run) => readConfigFile(join(flex, 'runs', run)).config?.config.training.limit ?? []);
	return limits.includes(0) ? 0 : Math.max(0, ...limits);
}

/** Arms with raw examples get the problems that the library was given, no more, unless `config` says how many. */
export async function asLearned(
	config: RunConfig,
	flex: string,
	set: ProblemSet,
	store: Pick<ExperienceStore, 'list'>,
): Promise<RunConfig> {
	if (config.training.limit > 0) return config;
	const limit = learnedLimit(flex, set, await store.list());
	return limit === 0 ? config : { ...config, training: { ...config.training, limit } };
}
