/** What the commands that run models begin and end with: their settings and models, their ports, and how to go on. */
import type { ExperienceStore } from '../core/experience/store.js';
import type { PartialRunConfig, RunConfig } from '../core/learning/runConfig.js';
import type { ProblemSet } from '../core/tasks/task.js';
import type { ModelPool, OpenedModel } from '../runs/modelPool.js';
import type { RunPorts } from '../runs/openRun.js';
import { profileLayer, readProfile } from '../runs/profiles.js';
import { setLayer } from '../runs/setDefaults.js';
import { exitCodeOfStatus } from './exitCodes.js';
import { resumeCommand, startedBy } from './program.js';
import type { RunOutcome } from './progress.js';
import type { Session } from './session.js';

export interface RunSettings {
	readonly config: RunConfig;
	readonly pool: ModelPool;
	/** The actor's model. */
	readonly opened: OpenedModel;
}

/**
 * Settings by the flags, over `.flex/config.json`, over what was tuned for this set and model, over the set's own.
 * @throws {ConfigError | ModelError}
 */
export async function settingsFor(
	session: Session,
	set: ProblemSet | undefined,
	flags: PartialRunConfig,
): Promise<RunSettings> {
	const layers = set ? [setLayer(set)] : [];
	const first = session.config(flags, layers);
	const pool = session.pool(first);
	const opened = await pool.describe(first.models.actor ?? first.models.default);
	const profile = set && readProfile(session.workspace.profiles, set.name, opened.model.identity);
	const config = session.config(flags, [...layers, ...(profile ? [profileLayer(profile)] : [])]);
	return { config, pool, opened };
}

export async function portsFor(session: Session, store: ExperienceStore, pool: ModelPool): Promise<RunPorts> {
	const cache = await session.cache();
	const [sandbox, chemistry] = [session.sandbox(), session.chemistry()];
	return { workspace: session.workspace, store, cache, pool, sandbox, chemistry, startedBy: startedBy() };
}

/** The exit code; where the run did not come to its end, it is said why, and how to go on. */
export function endOf(session: Session, run: string, { status, message }: RunOutcome): number {
	if (status !== 'done') {
		session.terminal.warn(message ?? status);
		session.terminal.say(`Resume with: ${resumeCommand(run)}`);
	}
	return exitCodeOfStatus(status);
}
