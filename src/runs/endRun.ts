/** How a run ends: done, cancelled, out of budget, or failed; said in its last event, whatever happened. */
import type { RunStatus } from '../core/learning/events.js';
import type { RunLog } from '../core/learning/runLog.js';
import type { RunStream } from '../core/learning/runStream.js';
import { ModelError } from '../core/models/chatModel.js';
import { BudgetError } from '../core/models/ledger.js';

/** Does the work, writes `run.finished`, closes the log. Rethrows only what nobody expected. */
export async function endRun(
	stream: RunStream,
	log: RunLog,
	signal: AbortSignal,
	work: () => Promise<void>,
): Promise<void> {
	try {
		await work();
		stream.emit({ type: 'run.finished', status: 'done' });
	} catch (error) {
		const status = statusOf(error, signal);
		if (error instanceof BudgetError) {
			stream.emit({ type: 'budget', unit: error.unit, calls: error.used ?? 0, limit: error.limit });
		}
		const message = error instanceof Error ? error.message : String(error);
		stream.emit({ type: 'run.finished', status, message });
		if (status === 'failed') throw error;
	} finally {
		await log.close();
	}
}

function statusOf(error: unknown, signal: AbortSignal): RunStatus {
	if (signal.aborted || (error instanceof ModelError && error.reason === 'cancelled')) return 'cancelled';
	return error instanceof BudgetError ? 'budget' : 'failed';
}
