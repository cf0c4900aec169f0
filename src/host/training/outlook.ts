/** What a planned training would take, before anything is opened, installed or asked. */
import type { RunConfig } from '../../core/learning/runConfig.js';
import type { Estimate } from '../../runs/estimate.js';
import { estimateWords } from '../estimateWords.js';
import { configFor } from '../runPorts.js';
import type { Services } from '../services.js';
import type { TrainingPlan } from './trainingPlan.js';

export interface Outlook {
	readonly estimate: Estimate;
	readonly config: RunConfig;
	/** A sentence for each of calls, tokens, time, money and the cap. */
	readonly words: readonly string[];
	/** Calls and time, in one line. */
	readonly summary: string;
}

/** The outlook of `plan` for each number of problems (0: all of them); the past is looked up once. */
export async function outlooks(
	services: Services,
	{ set, problemSet, chosen }: TrainingPlan,
	limits: readonly number[],
): Promise<readonly Outlook[]> {
	const { folder } = set;
	const [{ estimateTraining }, { modelIdOf }, { readPastCalls }, { roles }, { splitProblems }] = await Promise.all([
		import('../../runs/estimateTraining.js'),
		import('../../runs/estimate.js'),
		import('../../runs/pastCalls.js'),
		import('../../runs/roles.js'),
		import('../../runs/openRun.js'),
	]);
	const config = await configFor(services, folder, problemSet, chosen);
	const ids = new Set(roles.map((role) => modelIdOf(role, { config, models: undefined })));
	const past = await readPastCalls(folder.workspace.runs, ids, problemSet.name);
	const library = (await (await services.libraries.existing(folder))?.list({ statuses: ['active'] })) ?? [];
	return Promise.all(
		limits.map(async (limit) => {
			const problems = splitProblems(problemSet, 'train', limit);
			const estimate = estimateTraining({ set: problemSet, problems, config, past, library });
			const words = await estimateWords(estimate);
			const [calls = '', , time = ''] = words;
			return { estimate, config, words, summary: estimate.likely?.seconds ? `${calls} · ${time}` : calls };
		}),
	);
}
