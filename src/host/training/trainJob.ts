/** A planned training as a run of this window. */
import type { PauseGate } from '../../core/models/pause.js';
import { configFor, openPorts } from '../runPorts.js';
import type { LiveRun, OpenedJob } from '../runs.js';
import type { Services } from '../services.js';
import type { TrainingPlan } from './trainingPlan.js';

/** Starts `plan` as the run `id`; goes on with it where there is such a run. @throws {ConfigError} */
export async function startTrain(services: Services, plan: TrainingPlan, id: string): Promise<LiveRun> {
	const { set, problemSet, chosen } = plan;
	const { models } = await configFor(services, set.folder, problemSet, chosen);
	return services.runs.start({
		id,
		kind: 'train',
		set: problemSet.name,
		model: models.actor ?? models.default,
		folder: set.folder,
		open: (signal, progress, pause) => open(services, plan, id, signal, progress, pause),
	});
}

async function open(
	services: Services,
	{ set, problemSet, chosen }: TrainingPlan,
	id: string,
	signal: AbortSignal,
	progress: (text: string) => void,
	pause: PauseGate,
): Promise<OpenedJob> {
	const [{ startTraining }, { splitProblems }] = await Promise.all([
		import('../../runs/trainRun.js'),
		import('../../runs/openRun.js'),
	]);
	const { ports, config, close } = await openPorts(services, set.folder, problemSet, chosen, signal, progress);
	try {
		const { events, ledger } = await startTraining({ ...ports, pause }, problemSet, config, id, signal);
		const { limit, epochs } = config.training;
		return { events, ledger, total: splitProblems(problemSet, 'train', limit).length * epochs, close };
	} catch (error) {
		await close();
		throw error;
	}
}
