/** What every run begins and ends with: its folder, its event stream, its models, and how it ended. */
import { join } from 'node:path';
import type { RenderingOptions } from '../core/experience/rendering.js';
import type { ExperienceStore } from '../core/experience/store.js';
import type { RunEvent, RunStatus } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { RunStream } from '../core/learning/runStream.js';
import { ModelError } from '../core/models/chatModel.js';
import { BudgetError } from '../core/models/ledger.js';
import type { PauseGate } from '../core/models/pause.js';
import type { RequestCache } from '../core/models/requestCache.js';
import type { Chemistry } from '../core/tasks/chemistry.js';
import { taskKind } from '../core/tasks/registry.js';
import type { Sandbox } from '../core/tasks/sandbox.js';
import {
	type GraderPorts,
	type Problem,
	type ProblemSet,
	type Split,
	TaskError,
	type TaskKind,
} from '../core/tasks/task.js';
import { openAssays } from '../providers/assays.js';
import { RunFolder } from '../providers/runFolder.js';
import { judgePort } from './judge.js';
import type { ModelPool } from './modelPool.js';
import { openRoles, type RunRoles } from './roles.js';
import type { Workspace } from './workspace.js';

export interface RunPorts {
	readonly workspace: Workspace;
	readonly store: ExperienceStore;
	/** Where `store` lies, for reports; default: the workspace's library. */
	readonly libraryId?: string | undefined;
	readonly cache: RequestCache;
	readonly pool: ModelPool;
	/** For problems whose answers are code; whoever opened it closes it. */
	readonly sandbox?: Sandbox | undefined;
	/** For problems whose answers are molecules; whoever opened it closes it. */
	readonly chemistry?: Chemistry | undefined;
	/** Whoever holds it can pause the run. */
	readonly pause?: PauseGate | undefined;
	/** The command line behind the run; its folder keeps it, to say how to go on. */
	readonly startedBy?: StartedBy | undefined;
}

export interface StartedBy {
	/** Without the program's name. */
	readonly args: readonly string[];
	/** The folder that relative paths in them start from. */
	readonly cwd: string;
}

export interface RunRequest {
	readonly kind: 'train' | 'bench' | 'tune' | 'curve' | 'matrix' | 'gate' | 'utility';
	readonly run: string;
	readonly set: ProblemSet;
	readonly config: RunConfig;
	readonly problems: number;
	readonly epochs: number;
	/** What else its `config.json` keeps. */
	readonly record?: Readonly<Record<string, unknown>>;
}

/** Runs that only measure: nothing is learned or chosen by what they find, so graders may use what is held back from others. */
const measures: ReadonlySet<RunRequest['kind']> = new Set(['bench', 'curve', 'matrix']);

export interface OpenedRun extends RunRoles {
	readonly log: RunFolder;
	readonly stream: RunStream;
	readonly kind: TaskKind;
	readonly graders: GraderPorts;
	/** How experience is rendered: as configured, and never more than half of what the actor's model takes. */
	readonly rendering: RenderingOptions;
	/** Problems at once: the config's wish, or as many as the actor's model takes. */
	readonly concurrency: number;
	readonly clock: () => string;
	/** Does the work and yields the run's events; the last one says how it ended. */
	follow(signal: AbortSignal, work: () => Promise<void>): AsyncGenerator<RunEvent, void>;
}

/** Opens or resumes a run. @throws {TaskError | ComponentError | ModelError | RunFolderError} */
export async function openRun(ports: RunPorts, request: RunRequest): Promise<OpenedRun> {
	const { run, set, config } = request;
	const { sandbox, chemistry } = ports;
	const kind = taskKind(set.kind);
	await kind.prepare?.({ sandbox, chemistry });
	const log = new RunFolder(join(ports.workspace.runs, run));
	const clock = (): string => new Date().toISOString();
	const resumed = log.nextSeq > 0;
	const stream = new RunStream({ run, clock, firstSeq: log.nextSeq, write: (event) => log.event(event) });
	try {
		const { startedBy, pause } = ports;
		log.writeJson('config.json', { kind: request.kind, run, set: set.source, ...request.record, config, startedBy });
		const roles = await openRoles(config, ports.pool, ports.cache, stream, { pause });
		const { problems, epochs } = request;
		return {
			...roles,
			log,
			stream,
			kind,
			graders: {
				judge: judgePort(roles.calls.judge),
				sandbox,
				chemistry,
				assays: openAssays({ reveal: measures.has(request.kind) }),
			},
			rendering: withinContext(config.retrieval, roles.models.actor.contextTokens),
			concurrency: config.training.concurrency || roles.models.actor.concurrency,
			clock,
			follow: (signal, work) =>
				stream.follow(async () => {
					stream.emit({ type: 'run.started', kind: request.kind, set: set.name, problems, epochs, resumed });
					await finish(stream, log, signal, () => tellingPauses(stream, pause, work));
				}),
		};
	} catch (error) {
		await log.close();
		throw error;
	}
}

/** As configured, and never more than half of what the model takes. */
export function withinContext(rendering: RenderingOptions, contextTokens: number): RenderingOptions {
	const most = Math.floor(contextTokens / 2);
	const { budgetTokens, prefixTokens } = rendering;
	return { ...rendering, budgetTokens: Math.min(budgetTokens, most), prefixTokens: Math.min(prefixTokens, most) };
}

/** Does the work, and says when it is paused and when it goes on. */
async function tellingPauses(
	stream: RunStream,
	pause: PauseGate | undefined,
	work: () => Promise<void>,
): Promise<void> {
	const tell = (paused: boolean): void => stream.emit({ type: paused ? 'run.paused' : 'run.resumed' });
	if (pause?.paused) tell(true);
	const forget = pause?.onChange(tell);
	try {
		await work();
	} finally {
		forget?.();
	}
}

/** Does the work, says in the last event how it ended, closes the log. Rethrows only what nobody expected. */
async function finish(
	stream: RunStream,
	log: RunFolder,
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

/** The first `limit` problems of a split (0: all). @throws {TaskError} `missing-split` */
export function splitProblems(set: ProblemSet, split: Split, limit: number): readonly Problem[] {
	const problems = set.splits[split] ?? [];
	if (problems.length === 0) {
		throw new TaskError('missing-split', `${set.name} has no ${split} problems; add ${split}.jsonl to ${set.source}.`);
	}
	return limit > 0 ? problems.slice(0, limit) : problems;
}
