/** The library in the process or worker that owns it: the store's port over the durable library and the index. */
import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { basename } from 'node:path';
import type { BrowseAnswer, BrowseQuery } from '../core/experience/browse.js';
import { type Experience, statuses } from '../core/experience/experience.js';
import {
	type AppliedChange,
	type ChangeRequest,
	LibraryError,
	type LibraryNotice,
	type LibraryStats,
	type ListFilter,
	type Neighbour,
	type RetrievalLimits,
	type Revision,
	type SearchQuery,
	type SearchResult,
	type UseCount,
} from '../core/experience/store.js';
import { ExperienceError, parseChange } from '../core/experience/validation.js';
import { leadingOf } from '../core/retrieval/memoryStore.js';
import { StagedRetriever } from '../core/retrieval/retriever.js';
import { Browsing } from './browsing.js';
import type { OpenReport, RecentChange } from './calls.js';
import { DurableLibrary, type DurableOptions } from './durableLibrary.js';
import { renameDurably, writeDurably } from './files.js';
import { asLibraryError } from './ioErrors.js';
import type { Library } from './library.js';
import { filtered, statsOf } from './views.js';

export interface EngineOptions extends DurableOptions {
	/** Told what a person should know and no call reports. */
	readonly onMessage?: ((message: string) => void) | undefined;
	/** Changes in the journal after which a snapshot is written (default 500). */
	readonly checkpointAfter?: number | undefined;
}

/** How much is shown where no experience has all the words of a query. */
const nearbyLimits: RetrievalLimits = { experiences: 50, patterns: 0, cases: 0, minMatch: 0.05 };

export class LibraryEngine implements Library {
	private readonly listeners = new Set<(notices: readonly LibraryNotice[]) => void>();
	private readonly every: number;
	private checkpointDue: number;
	private watcher: FSWatcher | undefined;
	/** Built at the first search. */
	private index: StagedRetriever | undefined;
	/** The state of the library that `index.bin` is of, as far as this process knows. */
	private savedStamp: string | undefined;
	private background: Promise<void> = Promise.resolve();

	private constructor(
		private readonly library: DurableLibrary,
		readonly report: OpenReport,
		private readonly options: EngineOptions,
	) {
		this.every = options.checkpointAfter ?? 500;
		this.checkpointDue = this.every;
		library.listener = {
			changed: (notices) => this.announce(notices),
			reloaded: () => {
				this.index = undefined;
				this.browsing.forget();
			},
			message: (text) => options.onMessage?.(text),
		};
		this.watch();
	}

	/**
	 * Opens the library of a `.flex` folder, and makes it where there is none.
	 * @throws {LibraryError} `read-only`, `locked`, `disk-full`, `io`
	 */
	static async open(folder: string, options: EngineOptions): Promise<LibraryEngine> {
		const library = await DurableLibrary.open(folder, options);
		const { created, mended, messages } = library.recovered;
		const { readOnly } = library;
		const explained = options.readOnly || readOnly === undefined || messages.some((message) => message === readOnly);
		const report: OpenReport = {
			created,
			mended,
			readOnly: readOnly !== undefined,
			experiences: library.state.experiences.size,
			messages: explained ? messages : [...messages, `The library can only be read: ${readOnly}`],
		};
		return new LibraryEngine(library, report, options);
	}

	async get(ids: readonly string[]): Promise<readonly Experience[]> {
		const experiences = this.read();
		return ids.flatMap((id) => experiences.get(id) ?? []);
	}

	async list(filter?: ListFilter): Promise<readonly Experience[]> {
		return filtered(this.read().values(), filter);
	}

	async search(queries: readonly SearchQuery[]): Promise<readonly SearchResult[]> {
		const index = this.indexed();
		return queries.map((query) => index.search(query));
	}

	async leading(limit: number): Promise<readonly Experience[]> {
		return leadingOf([...this.read().values()], limit);
	}

	async neighbours(experience: Experience, limit: number): Promise<readonly Neighbour[]> {
		return this.indexed().neighbours(experience, limit);
	}

	async appliedBy(key: string): Promise<AppliedChange | undefined> {
		this.read();
		return this.library.state.appliedBy(key);
	}

	async history(id: string): Promise<readonly Revision[]> {
		this.read();
		return this.library.state.history(id);
	}

	async uses(ids: readonly string[]): Promise<ReadonlyMap<string, UseCount>> {
		const experiences = this.read();
		return new Map(ids.filter((id) => experiences.has(id)).map((id) => [id, this.library.state.uses(id)]));
	}

	async stats(): Promise<LibraryStats> {
		return statsOf(this.read().values(), this.library.state.counts());
	}

	/** @param at ISO 8601 time of the changes; default now */
	async apply(requests: readonly ChangeRequest[], at = now()): Promise<readonly AppliedChange[]> {
		const checked = requests.map(checkedRequest);
		if (checked.length === 0) return [];
		const applied = await this.library.apply(() => checked, at);
		this.checkpointIfDue();
		return applied;
	}

	async browse(query: BrowseQuery): Promise<BrowseAnswer> {
		this.read();
		return this.browsing.browse(this.library.state, query);
	}

	async recent(limit: number): Promise<readonly RecentChange[]> {
		const experiences = this.read();
		return this.library.state
			.recent(limit)
			.map((change) => ({ ...change, title: experiences.get(change.id)?.title ?? '' }));
	}

	async undoLast(by: string, at = now()): Promise<AppliedChange | undefined> {
		const [applied] = await this.library.apply(() => {
			const last = this.library.state.lastUndoable();
			return last ? [{ change: { op: 'undo', ...last }, by }] : [];
		}, at);
		return applied;
	}

	async checkpoint(): Promise<void> {
		await this.library.checkpoint();
	}

	onChange(listener: (notices: readonly LibraryNotice[]) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** Waits for what is under way, writes a snapshot where there is something to write, and lets go of the files. */
	async close(): Promise<void> {
		this.watcher?.close();
		this.watcher = undefined;
		this.browsing.forget();
		await this.background;
		if (this.library.readOnly === undefined) {
			if (this.library.pending > 0) await this.tryCheckpoint();
			this.saveIndex();
		}
		await this.library.close();
	}

	/** The experiences, with what other processes wrote. */
	private read(): ReadonlyMap<string, Experience> {
		this.library.catchUp();
		return this.library.state.experiences;
	}

	private indexed(): StagedRetriever {
		const experiences = this.read();
		this.index ??= this.loadIndex() ?? indexOf(experiences.values());
		return this.index;
	}

	/** Nothing in it is made before somebody browses. */
	private readonly browsing = new Browsing((text) => {
		const { hits } = this.indexed().search({ text, limits: nearbyLimits, statuses });
		return hits.map(({ experience }) => experience.id);
	});

	private loadIndex(): StagedRetriever | undefined {
		const { stamp, state, paths } = this.library;
		try {
			const index = StagedRetriever.load(readFileSync(paths.index), stamp, [...state.experiences.values()]);
			if (index) this.savedStamp = stamp;
			return index;
		} catch {
			// Missing or damaged: it is made from the library itself.
			return undefined;
		}
	}

	/** Keeps the index for the next start. It can always be made again, so a failure is no loss. */
	private saveIndex(): void {
		const { stamp, paths } = this.library;
		if (!this.index || stamp === this.savedStamp) return;
		try {
			const temporary = `${paths.index}.tmp-${process.pid}`;
			writeDurably(temporary, this.index.save(stamp));
			renameDurably(temporary, paths.index);
			this.savedStamp = stamp;
		} catch (error) {
			this.options.onMessage?.(`The index was not kept: ${asLibraryError(error, paths.folder).message}`);
		}
	}

	/** Brings the index up to date, and tells those who follow. */
	private announce(notices: readonly LibraryNotice[]): void {
		if (notices.length === 0) return;
		const changed = new Set(notices.filter(changesContent).map(({ id }) => id));
		for (const id of changed) {
			const experience = this.library.state.experiences.get(id);
			if (!experience) continue;
			this.index?.put(experience);
			this.browsing.put(experience);
		}
		for (const notice of notices) if (!changesContent(notice)) this.browsing.used(notice.id);
		for (const listener of [...this.listeners]) listener(notices);
	}

	private checkpointIfDue(): void {
		if (this.library.pending < this.checkpointDue) return;
		this.checkpointDue = Number.POSITIVE_INFINITY;
		this.background = this.tryCheckpoint();
	}

	/** A snapshot that fails loses nothing, for the journal holds it all. It is tried again after as many changes more. */
	private async tryCheckpoint(): Promise<void> {
		try {
			await this.library.checkpoint();
			this.checkpointDue = this.every;
		} catch (error) {
			this.checkpointDue = this.library.pending + this.every;
			const { message } = asLibraryError(error, this.library.paths.folder);
			this.options.onMessage?.(`The snapshot was not renewed; nothing is lost, the journal holds it all. ${message}`);
		}
	}

	private watch(): void {
		const { paths } = this.library;
		const name = basename(paths.journal);
		try {
			this.watcher = watch(paths.folder, (_event, file) => {
				if (this.watcher && (file === null || file === name)) this.catchUpQuietly();
			});
			this.watcher.on('error', () => this.watcher?.close());
			this.watcher.unref();
		} catch {
			// Some file systems can't be watched; every call looks for itself, too.
		}
	}

	private catchUpQuietly(): void {
		try {
			this.library.catchUp();
		} catch (error) {
			this.options.onMessage?.(asLibraryError(error, this.library.paths.folder).message);
		}
	}
}

function indexOf(experiences: Iterable<Experience>): StagedRetriever {
	const index = new StagedRetriever();
	for (const experience of experiences) index.put(experience);
	return index;
}

/** @throws {LibraryError} `invalid` */
function checkedRequest(request: ChangeRequest): ChangeRequest {
	try {
		return { ...request, change: parseChange(request.change) };
	} catch (cause) {
		if (!(cause instanceof ExperienceError)) throw cause;
		throw new LibraryError('invalid', `This change can't be kept. ${cause.message}`, { cause });
	}
}

function changesContent({ op }: LibraryNotice): boolean {
	return op !== 'use' && op !== 'feedback';
}

function now(): string {
	return new Date().toISOString();
}
