/** `--estimate` of train and bench: what the run would take, shown instead of running it. */
import type { Experience } from '../core/experience/experience.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { holdsLibrary } from '../library/paths.js';
import { type Estimate, modelIdOf, type RoleFacts, roleFacts } from '../runs/estimate.js';
import { estimateText } from '../runs/estimateText.js';
import type { ModelPool } from '../runs/modelPool.js';
import { type PastCalls, readPastCalls } from '../runs/pastCalls.js';
import { roles } from '../runs/roles.js';
import type { Session } from './session.js';

export interface EstimateBasis {
	readonly models: RoleFacts;
	readonly past: PastCalls | undefined;
}

/** What the models and the workspace's past runs tell. @throws {ModelError} */
export async function estimateBasis(
	session: Session,
	config: RunConfig,
	pool: ModelPool,
	set: string,
): Promise<EstimateBasis> {
	const models = await roleFacts(config, (id) => pool.open(id));
	const ids = new Set(roles.map((role) => modelIdOf(role, { config, models })));
	return { models, past: await readPastCalls(session.workspace.runs, ids, set) };
}

/** What the workspace's library holds active; nothing where there is none, and none is made. @throws {LibraryError} */
export async function storedExperiences(session: Session): Promise<readonly Experience[]> {
	const { flex } = session.workspace;
	if (!holdsLibrary(flex)) return [];
	return (await session.library(flex, true)).list({ statuses: ['active'] });
}

/** @returns the exit code */
export function showEstimate(session: Session, estimate: Estimate): number {
	const { terminal } = session;
	terminal.say(estimateText(estimate));
	if (estimate.likely && estimate.pastRuns > 0)
		terminal.note(`"Likely" goes by past runs here (${estimate.pastRuns}).`);
	terminal.note('Nothing was run. Answers that are in the cache already are not paid again.');
	terminal.data({ estimate });
	return 0;
}
