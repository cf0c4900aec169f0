/** A regression check as a run of this window. */
import type { PauseGate } from '../../core/models/pause.js';
import type { FoundSet } from '../problemSets.js';
import { configFor, openPorts } from '../runPorts.js';
import type { LiveRun, OpenedJob } from '../runs.js';
import type { Services } from '../services.js';

/** Starts the check `id` of all dev problems. @throws {ConfigError | TaskError} */
export async function startCheck(services: Services, set: FoundSet, id: string): Promise<LiveRun> {
	const problemSet = await services.problemSets.load(set);
	const { models } = await configFor(services, set.folder, problemSet);
	return services.runs.start({
		id,
		kind: 'gate',
		set: problemSet.name,
		model: models.actor ?? models.default,
		folder: set.folder,
		open: (signal, progress, pause) => open(services, set, id, signal, progress, pause),
	});
}

async function open(
	services: Services,
	found: FoundSet,
	id: string,
	signal: AbortSignal,
	progress: (text: string) => void,
	pause: PauseGate,
): Promise<OpenedJob> {
	const { startGate } = await import('../../runs/gateRun.js');
	const { folder } = found;
	const set = await services.problemSets.load(found);
	const { ports, config, close } = await openPorts(services, folder, set, {}, signal, progress);
	try {
		const rules = { allowed: config.training.gateAllows, rollback: false, accept: false };
		const check = await startGate({ ...ports, pause }, { set, limit: 0, ...rules }, config, id, signal);
		return { events: check.events, ledger: check.ledger, total: set.splits.dev?.length ?? 0, close };
	} catch (error) {
		await close();
		throw error;
	}
}
