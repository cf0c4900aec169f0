/** The models of a run, one for each role, behind one ledger, one cache and the run's event stream. */

import type { RunConfig } from '../core/learning/runConfig.js';
import type { RunStream } from '../core/learning/runStream.js';
import type { ChatModel, ModelRole } from '../core/models/chatModel.js';
import { Ledger } from '../core/models/ledger.js';
import { Limiter } from '../core/models/limiter.js';
import { callable, type ModelCallReport, type ModelCalls } from '../core/models/modelCalls.js';
import type { PauseGate } from '../core/models/pause.js';
import type { RequestCache } from '../core/models/requestCache.js';
import { systemTime } from '../core/models/time.js';
import type { ModelPool } from './modelPool.js';

export const roles: readonly ModelRole[] = ['actor', 'critic', 'updater', 'judge'];

export interface RunRoles {
	readonly calls: Readonly<Record<ModelRole, ModelCalls>>;
	readonly models: Readonly<Record<ModelRole, ChatModel>>;
	readonly ledger: Ledger;
}

export interface SharedPorts {
	/** Holds new calls back while it is closed. */
	readonly pause?: PauseGate | undefined;
	/** That of a run which asks several models for one role, so that one cap holds for all of it. */
	readonly ledger?: Ledger | undefined;
}

/** Opens the model of each role; roles that share a model share its limiter. @throws {ModelError} */
export async function openRoles(
	config: RunConfig,
	pool: ModelPool,
	cache: RequestCache,
	stream: RunStream,
	{ pause, ledger = ledgerOf(config, pause) }: SharedPorts = {},
): Promise<RunRoles> {
	const limiters = new Map<string, Limiter>();
	const opened = await Promise.all(
		roles.map(async (role) => [role, await pool.open(config.models[role] ?? config.models.default)] as const),
	);
	const models = Object.fromEntries(opened) as Record<ModelRole, ChatModel>;
	const calls = Object.fromEntries(
		opened.map(([role, model]) => {
			const limiter = limiters.get(model.id) ?? new Limiter({ concurrency: model.concurrency });
			limiters.set(model.id, limiter);
			const onCall = (report: ModelCallReport): void => stream.emit({ type: 'model.call', ...report });
			return [role, callable({ model, role, cache, limiter, ledger, pause, onCall })] as const;
		}),
	) as Record<ModelRole, ModelCalls>;
	return { calls, models, ledger };
}

/** Its cap in minutes is one of working time. */
function ledgerOf({ prices, budget }: RunConfig, pause: PauseGate | undefined): Ledger {
	return new Ledger({ prices, budget, now: () => systemTime.now() - (pause?.pausedMs ?? 0) });
}
