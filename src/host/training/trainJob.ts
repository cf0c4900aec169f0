/** A planned training as a run of this window. */
import type { LiveRun } from '../runs.js';
import type { Services } from '../services.js';
import { startJob } from '../startJob.js';
import type { TrainingPlan } from './trainingPlan.js';

/** Starts `plan` as the run `id`; goes on with it where there is such a run. @throws {ConfigError} */
export function startTrain(services: Services, plan: TrainingPlan, id: string): Promise<LiveRun> {
	const { problemSet } = plan;
	return startJob(services, 'train', plan, id, async ({ ports, config }, signal) => {
		const [{ startTraining }, { splitProblems }] = await Promise.all([
			import('../../runs/trainRun.js'),
			import('../../runs/openRun.js'),
		]);
		const { events, ledger } = await startTraining(ports, problemSet, config, id, signal);
		const { limit, epochs } = config.training;
		return { events, ledger, total: splitProblems(problemSet, 'train', limit).length * epochs };
	});
}
