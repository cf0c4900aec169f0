/** A regression check by hand: `dev` with the library as it is, against the last state that passed. */
import { join } from 'node:path';
import type { ExperienceStore } from '../core/experience/store.js';
import type { RunEvent } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { Ledger } from '../core/models/ledger.js';
import type { ProblemSet } from '../core/tasks/task.js';
import { Gate, type GateRules, type GateVerdict } from './gate.js';
import { lastPassing, readGate, writeGate } from './gateFile.js';
import { type RolledBack, rollBack } from './libraryRollback.js';
import { openRun, type RunPorts, splitProblems } from './openRun.js';

export interface GateRequest extends GateRules {
	readonly set: ProblemSet;
	/** The first so many dev problems (0: all). */
	readonly limit: number;
	/** Takes this state as the one that later checks are compared with, whatever it lost. */
	readonly accept: boolean;
}

export interface GateRun {
	readonly events: AsyncGenerator<RunEvent, void>;
	readonly ledger: Ledger;
	/** Once the events have ended with status `done`. */
	verdict(): GateVerdict | undefined;
}

/** Starts or resumes the check `run`. @throws {TaskError | ModelError | RunFolderError} before the first event */
export async function startGate(
	ports: RunPorts,
	request: GateRequest,
	config: RunConfig,
	run: string,
	signal: AbortSignal,
): Promise<GateRun> {
	const { set, limit, allowed, rollback, accept } = request;
	const problems = splitProblems(set, 'dev', limit);
	const record = { split: 'dev', limit, arms: ['gate@0'] };
	const opened = await openRun(ports, { kind: 'gate', run, set, config, problems: problems.length, epochs: 0, record });
	const gate = new Gate(ports, opened, set, problems, config, run);
	let verdict: GateVerdict | undefined;
	const events = opened.follow(signal, async () => {
		await gate.ask(0, signal);
		const earlier = lastPassing(ports.workspace.runs, gate.subject, run);
		verdict = await gate.judge(earlier, { allowed: accept ? problems.length : allowed, rollback });
	});
	return { events, ledger: opened.ledger, verdict: () => verdict };
}

/**
 * Brings the library back to the last state that passed before the check `run`, which has ended; asks no model.
 * @returns undefined where no state has passed
 * @throws {LibraryError}
 */
export async function rollBackAfter(
	store: ExperienceStore,
	runs: string,
	run: string,
): Promise<RolledBack | undefined> {
	const gate = readGate(join(runs, run));
	const state = gate && lastPassing(runs, gate, run);
	if (!gate || !state) return undefined;
	const rolledBack = await rollBack(store, state.library, `gate:${run}`);
	writeGate(join(runs, run), { ...gate, undo: rolledBack.undo.map((one) => ({ ...one })) });
	return rolledBack;
}
