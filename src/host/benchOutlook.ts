/** What a benchmark would take, before anything is opened or installed for it. */
import type { ExperienceStore } from '../core/experience/store.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { Estimate } from '../runs/estimate.js';
import type { BenchmarkPlan } from './benchJob.js';
import { configFor } from './runPorts.js';
import type { Services } from './services.js';

/** What it would take, and with what. */
export interface Outlook {
	readonly estimate: Estimate;
	readonly config: RunConfig;
	/** In use. */
	readonly experiences: number;
}

/** What the models' ids and past runs tell is enough for ranges. @throws {ConfigError | LibraryError} */
export async function outlookOf(services: Services, plan: BenchmarkPlan): Promise<Outlook> {
	const { set, problemSet, split, arms, limit, chosen, library } = plan;
	const { folder } = set;
	const [{ asLearned }, { estimateBenchmark }, { modelIdOf }, { readPastCalls }, { roles }] = await Promise.all([
		import('../runs/learnedLimit.js'),
		import('../runs/estimateBenchmark.js'),
		import('../runs/estimate.js'),
		import('../runs/pastCalls.js'),
		import('../runs/roles.js'),
	]);
	const store = library?.store ?? (await services.libraries.existing(folder)) ?? (await emptyStore());
	const settings = await configFor(services, folder, problemSet, chosen);
	const config = await asLearned(settings, folder.workspace.flex, problemSet, store);
	const ids = new Set(roles.map((role) => modelIdOf(role, { config, models: undefined })));
	const past = await readPastCalls(folder.workspace.runs, ids, problemSet.name);
	const request = { set: problemSet, split, arms, limit, libraries: [{ seed: 1, store }] };
	const { experiences } = (await store.stats()).byStatus.active;
	return { estimate: await estimateBenchmark({ request, config, past }), config, experiences };
}

/** Before anything was learned; asking must not make a library. */
async function emptyStore(): Promise<ExperienceStore> {
	const { MemoryStore } = await import('../core/retrieval/memoryStore.js');
	return new MemoryStore({ clock: () => new Date().toISOString() });
}
