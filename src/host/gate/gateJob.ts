/** A regression check as a run of this window. */
import type { FoundSet } from '../problemSets.js';
import type { LiveRun } from '../runs.js';
import type { Services } from '../services.js';
import { startJob } from '../startJob.js';

/** Starts the check `id` of all dev problems. @throws {ConfigError | TaskError} */
export async function startCheck(services: Services, found: FoundSet, id: string): Promise<LiveRun> {
	const set = await services.problemSets.load(found);
	const plan = { set: found, problemSet: set, chosen: {} };
	return startJob(services, 'gate', plan, id, async ({ ports, config }, signal) => {
		const { startGate } = await import('../../runs/gateRun.js');
		const rules = { allowed: config.training.gateAllows, rollback: false, accept: false };
		const { events, ledger } = await startGate(ports, { set, limit: 0, ...rules }, config, id, signal);
		return { events, ledger, total: set.splits.dev?.length ?? 0 };
	});
}
