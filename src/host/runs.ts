/** The runs of this window: started, followed, paused, stopped. Status bar, views and notifications read from here. */
import * as vscode from 'vscode';
import type { RunEvent, RunStatus } from '../core/learning/events.js';
import type { Ledger } from '../core/models/ledger.js';
import { PauseGate } from '../core/models/pause.js';
import type { RunSummary } from '../runs/runSummary.js';
import { RunTally } from '../runs/runTally.js';
import type { FlexFolder, Folders } from './folders.js';

export type LiveRunKind = 'train' | 'bench' | 'gate';

/** What a run's opening gives; `close` frees what it took. */
export interface OpenedJob {
	readonly events: AsyncGenerator<RunEvent, void>;
	readonly ledger: Ledger;
	/** How much there is to do, as its tally counts what is done. */
	readonly total: number;
	/** Called when the run has come to its end with status `done`. */
	readonly finish?: () => Promise<void>;
	readonly close: () => Promise<void>;
}

export interface RunJob {
	readonly id: string;
	readonly kind: LiveRunKind;
	/** The problem set's name, for people. */
	readonly set: string;
	/** The model that answers, by its id. */
	readonly model: string;
	readonly folder: FlexFolder;
	/**
	 * @param signal aborts when a person stops the run
	 * @param progress what is going on before the first event
	 * @param pause closed while a person pauses the run
	 */
	open(signal: AbortSignal, progress: (text: string) => void, pause: PauseGate): Promise<OpenedJob>;
}

export type RunOutcome =
	| { readonly status: RunStatus; readonly message: string | undefined }
	/** It could not begin, or failed in a way that nobody expected. */
	| { readonly status: 'failed'; readonly message: string; readonly error: unknown };

/** A run that goes on in this window. */
export class LiveRun {
	readonly tally = new RunTally();
	readonly startedAt = Date.now();
	/** What is going on before the first event: a download, an installation. */
	preparing = '';
	/** There once the run is opened. */
	ledger: Ledger | undefined;
	total: number | undefined;
	stopping = false;
	readonly gate = new PauseGate();
	private readonly controller = new AbortController();

	/** Resolves when all of it is over; never rejects. */
	ended: Promise<RunOutcome> = Promise.resolve({ status: 'cancelled', message: undefined });

	constructor(readonly job: RunJob) {}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Whether a person paused it, and it neither goes on nor stops. */
	get paused(): boolean {
		return this.gate.paused && !this.stopping;
	}

	/** No new model call begins; those under way end, and the run stays in this window. */
	pause(): void {
		if (!this.stopping) this.gate.pause();
	}

	/** Goes on after a pause. */
	resume(): void {
		this.gate.resume();
	}

	/** Stops at once, also in a pause; what is finished is kept, and the run can go on later. */
	stop(): void {
		this.stopping = true;
		this.controller.abort();
	}
}

/** Views are told of changes this often at most, in milliseconds. */
const pace = 200;

export class Runs implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly ended = new vscode.EventEmitter<{ readonly run: LiveRun; readonly outcome: RunOutcome }>();
	private readonly events = new vscode.EventEmitter<{ readonly run: LiveRun; readonly event: RunEvent }>();
	private readonly current = new Map<string, LiveRun>();
	private readonly watcher: vscode.FileSystemWatcher;
	private readonly folderChange: vscode.Disposable;
	private pending: NodeJS.Timeout | undefined;
	private isClosing = false;

	constructor(
		private readonly log: vscode.LogOutputChannel,
		folders: Folders,
	) {
		// Runs of other windows and of the command line come and go as files. Of a folder that is filled as soon as it is
		// made, a watcher may see no more than the folder.
		const watched = ['runs', 'runs/*', 'runs/*/config.json', 'runs/*/report.json', 'runs/*/owner.lock'];
		this.watcher = vscode.workspace.createFileSystemWatcher(`**/.flex/{${watched.join()}}`);
		this.watcher.onDidCreate(() => this.mark());
		this.watcher.onDidChange(() => this.mark());
		this.watcher.onDidDelete(() => this.mark());
		this.folderChange = folders.onDidChange(() => this.mark());
	}

	/** Something about the runs changed; at most five times a second. */
	readonly onDidChange = this.changed.event;
	/** A run of this window is over. */
	readonly onDidEnd = this.ended.event;
	/** Each event of each run of this window, as it comes. */
	readonly onEvent = this.events.event;

	/** Those that go on in this window, the oldest first. */
	get live(): readonly LiveRun[] {
		return [...this.current.values()];
	}

	/** Whether the window closes, and its runs with it. */
	get closing(): boolean {
		return this.isClosing;
	}

	/** Starts a run, which goes on by itself. */
	start(job: RunJob): LiveRun {
		const run = new LiveRun(job);
		this.current.set(job.id, run);
		// Before its first event, nothing else would tell.
		run.gate.onChange(() => this.mark());
		run.ended = this.follow(run).then((outcome) => this.conclude(run, outcome));
		this.mark();
		return run;
	}

	/** All runs that the folder holds, those of other processes among them, the newest first. */
	async list({ workspace }: FlexFolder): Promise<readonly RunSummary[]> {
		const { listRuns } = await import('../runs/runSummary.js');
		return listRuns(workspace.runs);
	}

	/** Tells everyone to look again: a folder that is deleted as a whole is not always seen. */
	lookAgain(): void {
		this.mark();
	}

	/** Stops all runs with the window and waits until they are over; nobody is told of changes any more. */
	async stopAll(): Promise<void> {
		this.isClosing = true;
		clearTimeout(this.pending);
		const live = this.live;
		for (const run of live) run.stop();
		await Promise.all(live.map(({ ended }) => ended));
	}

	dispose(): void {
		clearTimeout(this.pending);
		this.watcher.dispose();
		this.folderChange.dispose();
		for (const emitter of [this.changed, this.ended, this.events]) emitter.dispose();
	}

	private async follow(run: LiveRun): Promise<RunOutcome> {
		let opened: OpenedJob | undefined;
		try {
			const progress = (text: string): void => {
				run.preparing = text;
				this.mark();
			};
			opened = await run.job.open(run.signal, progress, run.gate);
			({ ledger: run.ledger, total: run.total } = opened);
			for await (const event of opened.events) this.take(run, event);
			const end = run.tally.end;
			if (end?.status === 'done') await opened.finish?.();
			return { status: end?.status ?? 'failed', message: end?.message };
		} catch (error) {
			if (run.signal.aborted) return { status: 'cancelled', message: undefined };
			this.log.error(error instanceof Error ? error : String(error));
			return { status: 'failed', message: error instanceof Error ? error.message : String(error), error };
		} finally {
			await opened?.close().catch((error: unknown) => this.log.error(String(error)));
		}
	}

	private conclude(run: LiveRun, outcome: RunOutcome): RunOutcome {
		const { id, kind, set } = run.job;
		this.current.delete(id);
		this.log.info(`Run ${id} (${kind} on ${set}) ended: ${outcome.status}. ${outcome.message ?? ''}`);
		this.ended.fire({ run, outcome });
		this.mark();
		return outcome;
	}

	private take(run: LiveRun, event: RunEvent): void {
		run.preparing = '';
		run.tally.add(event);
		this.events.fire({ run, event });
		this.mark();
	}

	private mark(): void {
		if (this.isClosing) return;
		this.pending ??= setTimeout(() => {
			this.pending = undefined;
			this.changed.fire();
		}, pace);
	}
}
