/** What all runs of this window share: settings and ports for a set, opened when a run begins and closed at its end. */
import type { PartialRunConfig } from '../core/learning/runConfig.js';
import type { ProblemSet } from '../core/tasks/task.js';
import type { FoundSet } from './problemSets.js';
import { configFor, type OpenedPorts, openPorts } from './runPorts.js';
import type { LiveRun, OpenedJob, RunJob } from './runs.js';
import type { Services } from './services.js';

export interface JobPlan {
	readonly set: FoundSet;
	readonly problemSet: ProblemSet;
	/** Over the user's settings. */
	readonly chosen: PartialRunConfig;
}

/** Starts the work itself; what it was given to work with is closed for it. */
export type BeginJob = (opened: Omit<OpenedPorts, 'close'>, signal: AbortSignal) => Promise<Omit<OpenedJob, 'close'>>;

/** Starts `plan` as the run `id`; goes on with it where there is such a run. @throws {ConfigError} */
export async function startJob(
	services: Services,
	kind: RunJob['kind'],
	{ set: { folder }, problemSet, chosen }: JobPlan,
	id: string,
	begin: BeginJob,
): Promise<LiveRun> {
	const { models } = await configFor(services, folder, problemSet, chosen);
	return services.runs.start({
		id,
		kind,
		set: problemSet.name,
		model: models.actor ?? models.default,
		folder,
		open: async (signal, progress, pause) => {
			const { close, ...opened } = await openPorts(services, folder, problemSet, chosen, signal, progress);
			try {
				return { ...(await begin({ ...opened, ports: { ...opened.ports, pause } }, signal)), close };
			} catch (error) {
				await close();
				throw error;
			}
		},
	});
}
