/** The experience library of a `.flex` folder as everybody uses it: the store's port, answered by a worker thread. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BrowseAnswer, BrowseQuery } from '../core/experience/browse.js';
import type { Experience } from '../core/experience/experience.js';
import {
	type AppliedChange,
	type ChangeRequest,
	type ExperienceStore,
	LibraryError,
	type LibraryNotice,
	type LibraryStats,
	type ListFilter,
	type Neighbour,
	type Revision,
	type SearchQuery,
	type SearchResult,
	type UseCount,
} from '../core/experience/store.js';
import type {
	CallName,
	CrossedError,
	LibraryCalls,
	OpenReport,
	RecentChange,
	WorkerData,
	WorkerMessage,
} from './calls.js';
import type { LockOptions } from './lock.js';

export type { OpenReport, RecentChange } from './calls.js';

/** An experience store that keeps what it is given in a folder. */
export interface Library extends ExperienceStore {
	/** How opening went. */
	readonly report: OpenReport;
	/** Writes a snapshot now; else one is written every 500 changes and on closing. @throws {LibraryError} */
	checkpoint(): Promise<void>;
	/** One page of what passes a query, with the counts of all facets, fast enough for every keystroke. */
	browse(query: BrowseQuery): Promise<BrowseAnswer>;
	/** The newest changes of content or status, newest first. */
	recent(limit: number): Promise<readonly RecentChange[]>;
	/**
	 * Takes back the newest change of content or status that was not taken back yet.
	 * @param by who, as in `ChangeRequest`
	 * @returns undefined where there is nothing to take back
	 * @throws {LibraryError}
	 */
	undoLast(by: string): Promise<AppliedChange | undefined>;
}

export interface LibraryOptions {
	/** The worker's bundle (default: `libraryWorker.js` beside this file's bundle). */
	readonly workerFile?: string;
	/** Opens without writing anything. */
	readonly readOnly?: boolean;
	/** The time of changes, ISO 8601 UTC (default: the system's). */
	readonly clock?: () => string;
	/** Told what a person should know and no call reports. */
	readonly onMessage?: (message: string) => void;
	readonly lock?: LockOptions;
	/** Changes in the journal after which a snapshot is written (default 500). */
	readonly checkpointAfter?: number;
}

/**
 * Opens the library of a `.flex` folder, and makes it where there is none. Show `report.messages` to the user.
 * @throws {LibraryError} `read-only`, `locked`, `disk-full`, `io`
 */
export async function openLibrary(folder: string, options: LibraryOptions = {}): Promise<Library> {
	const data: WorkerData = {
		folder,
		readOnly: options.readOnly ?? false,
		lock: options.lock,
		checkpointAfter: options.checkpointAfter,
	};
	const worker = new Worker(options.workerFile ?? join(__dirname, 'libraryWorker.js'), { workerData: data });
	const report = await opened(worker);
	return new WorkerLibrary(worker, report, options);
}

function opened(worker: Worker): Promise<OpenReport> {
	return new Promise((resolve, reject) => {
		const onMessage = (message: WorkerMessage): void => {
			settle();
			if (message.kind === 'opened') resolve(message.report);
			else reject(message.kind === 'failed' ? received(message.error) : stopped('it answered out of turn'));
		};
		const onError = (error: Error): void => {
			settle();
			reject(stopped(error.message));
		};
		const onExit = (code: number): void => {
			settle();
			reject(stopped(`exit code ${code}`));
		};
		const settle = (): void => {
			worker.off('message', onMessage).off('error', onError).off('exit', onExit);
		};
		worker.on('message', onMessage).on('error', onError).on('exit', onExit);
	});
}

interface Waiting {
	readonly resolve: (answer: unknown) => void;
	readonly reject: (error: LibraryError) => void;
}

class WorkerLibrary implements Library {
	private readonly waiting = new Map<number, Waiting>();
	private readonly listeners = new Set<(notices: readonly LibraryNotice[]) => void>();
	private nextNumber = 0;
	/** Why nothing can be asked any more. */
	private ended: LibraryError | undefined;
	private closing: Promise<void> | undefined;

	constructor(
		private readonly worker: Worker,
		readonly report: OpenReport,
		private readonly options: LibraryOptions,
	) {
		worker.on('message', (message: WorkerMessage) => this.receive(message));
		worker.on('error', (error) => this.end(stopped(error.message)));
		worker.on('exit', (code) => this.end(stopped(`exit code ${code}`)));
		// Only a call that waits keeps the process alive.
		worker.unref();
	}

	get(ids: readonly string[]): Promise<readonly Experience[]> {
		return this.call('get', { ids });
	}

	list(filter?: ListFilter): Promise<readonly Experience[]> {
		return this.call('list', { filter });
	}

	search(queries: readonly SearchQuery[]): Promise<readonly SearchResult[]> {
		return this.call('search', { queries });
	}

	leading(limit: number): Promise<readonly Experience[]> {
		return this.call('leading', { limit });
	}

	neighbours(experience: Experience, limit: number): Promise<readonly Neighbour[]> {
		return this.call('neighbours', { experience, limit });
	}

	apply(requests: readonly ChangeRequest[]): Promise<readonly AppliedChange[]> {
		return this.call('apply', { requests, at: this.options.clock?.() });
	}

	appliedBy(key: string): Promise<AppliedChange | undefined> {
		return this.call('appliedBy', { key });
	}

	history(id: string): Promise<readonly Revision[]> {
		return this.call('history', { id });
	}

	uses(ids: readonly string[]): Promise<ReadonlyMap<string, UseCount>> {
		return this.call('uses', { ids });
	}

	stats(): Promise<LibraryStats> {
		return this.call('stats', {});
	}

	browse(query: BrowseQuery): Promise<BrowseAnswer> {
		return this.call('browse', { query });
	}

	recent(limit: number): Promise<readonly RecentChange[]> {
		return this.call('recent', { limit });
	}

	undoLast(by: string): Promise<AppliedChange | undefined> {
		return this.call('undoLast', { by, at: this.options.clock?.() });
	}

	async checkpoint(): Promise<void> {
		await this.call('checkpoint', {});
	}

	onChange(listener: (notices: readonly LibraryNotice[]) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	close(): Promise<void> {
		this.closing ??= this.ended ? Promise.resolve() : this.closeWorker();
		return this.closing;
	}

	private async closeWorker(): Promise<void> {
		await this.call('close', {});
		this.ended = new LibraryError('io', 'The library was closed; open it again.');
		this.listeners.clear();
		await this.worker.terminate();
	}

	private call<Name extends CallName>(
		name: Name,
		params: LibraryCalls[Name]['params'],
	): Promise<LibraryCalls[Name]['answer']> {
		if (this.ended) return Promise.reject(this.ended);
		const number = this.nextNumber++;
		this.worker.ref();
		return new Promise((resolve, reject) => {
			// The worker answers call `name` with what `LibraryCalls` says; its handlers are checked against the same table.
			const resolveAny = resolve as (answer: unknown) => void;
			this.worker.postMessage({ number, name, params });
			this.waiting.set(number, { resolve: resolveAny, reject });
		});
	}

	private receive(message: WorkerMessage): void {
		if (message.kind === 'answer') this.take(message.number)?.resolve(message.answer);
		if (message.kind === 'error') this.take(message.number)?.reject(received(message.error));
		if (message.kind === 'message') this.options.onMessage?.(message.message);
		if (message.kind === 'changed') for (const listener of [...this.listeners]) listener(message.notices);
	}

	private take(number: number): Waiting | undefined {
		const waiting = this.waiting.get(number);
		this.waiting.delete(number);
		if (this.waiting.size === 0) this.worker.unref();
		return waiting;
	}

	private end(error: LibraryError): void {
		this.ended ??= error;
		for (const { reject } of this.waiting.values()) reject(this.ended);
		this.waiting.clear();
	}
}

function received({ reason, message }: CrossedError): LibraryError {
	return new LibraryError(reason, message);
}

function stopped(why: string): LibraryError {
	return new LibraryError('io', `The library's worker stopped (${why}). What was acknowledged is kept; open it again.`);
}
