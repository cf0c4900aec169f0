/** The experience library's in-memory twin: the whole port without a file, for tests and for libraries of one run. */
import { changedId, makesRevision, nextRevision } from '../experience/changes.js';
import { type Experience, type Status, sourcesOf, type Zone } from '../experience/experience.js';
import type {
	AppliedChange,
	ChangeRequest,
	ExperienceStore,
	LibraryNotice,
	LibraryStats,
	ListFilter,
	Neighbour,
	Revision,
	SearchQuery,
	SearchResult,
	UseCount,
} from '../experience/store.js';
import { StagedRetriever } from './retriever.js';

export interface MemoryStoreOptions {
	/** The time of a change, ISO 8601 UTC. */
	readonly clock: () => string;
}

/** All that the library knows about one experience. */
interface Shelf {
	readonly experience: Experience;
	readonly revisions: readonly Revision[];
	readonly uses: UseCount;
}

const unused: UseCount = { used: 0, solved: 0, helpful: 0, unhelpful: 0 };

export class MemoryStore implements ExperienceStore {
	/** In order of creation. */
	private readonly shelves = new Map<string, Shelf>();
	private readonly appliedKeys = new Map<string, AppliedChange>();
	private readonly retriever = new StagedRetriever();
	private readonly listeners = new Set<(notices: readonly LibraryNotice[]) => void>();

	constructor(private readonly options: MemoryStoreOptions) {}

	async get(ids: readonly string[]): Promise<readonly Experience[]> {
		return ids.flatMap((id) => this.shelves.get(id)?.experience ?? []);
	}

	async list(filter: ListFilter = {}): Promise<readonly Experience[]> {
		return this.all().filter(
			({ status, zone, origin, domains, scope }) =>
				(filter.statuses?.includes(status) ?? true) &&
				(filter.zones?.includes(zone) ?? true) &&
				(filter.set === undefined || filter.set === origin.set) &&
				(filter.domain === undefined || domains.includes(filter.domain)) &&
				(!filter.scoped || scope !== undefined),
		);
	}

	async search(queries: readonly SearchQuery[]): Promise<readonly SearchResult[]> {
		return queries.map((query) => this.retriever.search(query));
	}

	async leading(limit: number): Promise<readonly Experience[]> {
		return leadingOf(this.all(), limit);
	}

	async neighbours(experience: Experience, limit: number): Promise<readonly Neighbour[]> {
		return this.retriever.neighbours(experience, limit);
	}

	/** A group is applied whole or not at all. */
	async apply(requests: readonly ChangeRequest[]): Promise<readonly AppliedChange[]> {
		const group = new Group(this.shelves, this.appliedKeys, this.options.clock());
		const applied = requests.map((request) => group.apply(request));
		for (const [id, shelf] of group.shelves) {
			if (this.shelves.get(id)?.experience !== shelf.experience) this.retriever.put(shelf.experience);
			this.shelves.set(id, shelf);
		}
		for (const [key, change] of group.keys) this.appliedKeys.set(key, change);
		const notices = applied.filter(({ fresh }) => fresh).map(({ id, op, rev }) => ({ id, op, rev }));
		if (notices.length > 0) for (const listener of [...this.listeners]) listener(notices);
		return applied;
	}

	async appliedBy(key: string): Promise<AppliedChange | undefined> {
		return this.appliedKeys.get(key);
	}

	async history(id: string): Promise<readonly Revision[]> {
		return this.shelves.get(id)?.revisions ?? [];
	}

	async uses(ids: readonly string[]): Promise<ReadonlyMap<string, UseCount>> {
		return new Map(
			ids.flatMap((id) => {
				const shelf = this.shelves.get(id);
				return shelf ? [[id, shelf.uses] as const] : [];
			}),
		);
	}

	async stats(): Promise<LibraryStats> {
		const shelves = [...this.shelves.values()];
		const experiences = shelves.map(({ experience }) => experience);
		return {
			experiences: experiences.length,
			patterns: total(experiences, ({ patterns }) => patterns.length),
			cases: total(experiences, ({ cases }) => cases.length),
			byStatus: byStatus(experiences),
			byZone: byZone(experiences),
			revisions: total(shelves, ({ revisions }) => revisions.length),
			uses: total(shelves, ({ uses }) => uses.used),
		};
	}

	onChange(listener: (notices: readonly LibraryNotice[]) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	async close(): Promise<void> {
		this.listeners.clear();
	}

	private all(): readonly Experience[] {
		return [...this.shelves.values()].map(({ experience }) => experience);
	}
}

/** Changes on trial: they see each other, and the library sees none of them until all have passed. */
class Group {
	readonly shelves = new Map<string, Shelf>();
	readonly keys = new Map<string, AppliedChange>();

	constructor(
		private readonly stored: ReadonlyMap<string, Shelf>,
		private readonly storedKeys: ReadonlyMap<string, AppliedChange>,
		private readonly at: string,
	) {}

	/** @throws {LibraryError} `stale`, `unknown-id` or `invalid` */
	apply({ change, by, key }: ChangeRequest): AppliedChange {
		const before = key === undefined ? undefined : (this.keys.get(key) ?? this.storedKeys.get(key));
		if (before) return { ...before, fresh: false };
		const id = changedId(change);
		const shelf = this.shelves.get(id) ?? this.stored.get(id);
		const revisionAt = (rev: number): Revision | undefined => shelf?.revisions.find((revision) => revision.rev === rev);
		const experience = nextRevision(shelf?.experience, change, this.at, revisionAt);
		const { rev } = experience;
		const reason = 'reason' in change ? change.reason : undefined;
		const revision: Revision = {
			rev,
			op: change.op,
			by,
			at: this.at,
			...(reason === undefined ? {} : { reason }),
			experience,
		};
		const revisions = shelf?.revisions ?? [];
		this.shelves.set(id, {
			experience,
			revisions: makesRevision(change) ? [...revisions, revision] : revisions,
			uses: counted(shelf?.uses ?? unused, change),
		});
		const applied: AppliedChange = { id, op: change.op, rev, fresh: true };
		if (key !== undefined) this.keys.set(key, applied);
		return applied;
	}
}

/**
 * The active experiences that hold for the most problems: pinned first, then by number of sources, priority, and order
 * of `experiences`.
 */
export function leadingOf(experiences: readonly Experience[], limit: number): readonly Experience[] {
	return experiences
		.filter(({ status }) => status === 'active')
		.map((experience) => ({ experience, sources: sourcesOf(experience).length }))
		.sort(
			(a, b) =>
				Number(b.experience.pinned) - Number(a.experience.pinned) ||
				b.sources - a.sources ||
				b.experience.priority - a.experience.priority,
		)
		.slice(0, limit)
		.map(({ experience }) => experience);
}

/** What was withheld was in no prompt, so it counts as no use. */
function counted(uses: UseCount, change: ChangeRequest['change']): UseCount {
	if (change.op === 'use' && !change.use.withheld) {
		return { ...uses, used: uses.used + 1, solved: uses.solved + (change.use.solved ? 1 : 0) };
	}
	if (change.op !== 'feedback') return uses;
	return change.helpful ? { ...uses, helpful: uses.helpful + 1 } : { ...uses, unhelpful: uses.unhelpful + 1 };
}

function byStatus(experiences: readonly Experience[]): LibraryStats['byStatus'] {
	const count = (status: Status): LibraryStats['byStatus'][Status] => {
		const found = experiences.filter((experience) => experience.status === status);
		return { experiences: found.length, patterns: total(found, ({ patterns }) => patterns.length) };
	};
	const [active, proposed, quarantined, retired] = [
		count('active'),
		count('proposed'),
		count('quarantined'),
		count('retired'),
	];
	return { active, proposed, quarantined, retired };
}

function byZone(experiences: readonly Experience[]): LibraryStats['byZone'] {
	const count = (zone: Zone): number => experiences.filter((experience) => experience.zone === zone).length;
	return { golden: count('golden'), warning: count('warning'), mixed: count('mixed') };
}

function total<T>(items: readonly T[], numberOf: (item: T) => number): number {
	return items.reduce((sum, item) => sum + numberOf(item), 0);
}
