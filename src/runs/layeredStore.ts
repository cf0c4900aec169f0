/** Two libraries read as one: the workspace's first, then what the user's own library adds in the room that is left. */
import type { Experience } from '../core/experience/experience.js';
import type {
	AppliedChange,
	ChangeRequest,
	ExperienceStore,
	RetrievalLimits,
	SearchHit,
	SearchQuery,
	SearchResult,
} from '../core/experience/store.js';
import { allot } from '../core/retrieval/allot.js';
import { contentForm } from '../core/retrieval/contentForm.js';

/** A workspace's library with the user's own behind it. */
export interface LayeredStore extends ExperienceStore {
	/**
	 * Whether the experience with this id came from the user's own library when it was last searched for, read, or put
	 * among the leading ones.
	 */
	isOwn(id: string): boolean;
}

/**
 * `workspace` with `own` behind it, for solving, benchmarks and training (docs/decisions/0014). What is found in the
 * workspace comes first and whole; `own` fills the places that the limits leave free, and never repeats an id or the
 * same content. Changes, history, neighbours and counts are the workspace's, apart from `use` and `feedback` of what
 * only `own` holds active. It is a view: `close` leaves both libraries open.
 */
export function layeredStore(workspace: ExperienceStore, own: ExperienceStore): LayeredStore {
	return new Layers(workspace, own);
}

class Layers implements LayeredStore {
	private readonly ownIds = new Set<string>();

	constructor(
		private readonly workspace: ExperienceStore,
		private readonly own: ExperienceStore,
	) {}

	isOwn(id: string): boolean {
		return this.ownIds.has(id);
	}

	/** Those of the workspace; an id that it does not know is looked up in the own library. */
	async get(ids: readonly string[]): Promise<readonly Experience[]> {
		const known = new Map((await this.workspace.get(ids)).map((experience) => [experience.id, experience]));
		const added = await this.own.get(ids.filter((id) => !known.has(id)));
		for (const experience of added) known.set(experience.id, experience);
		this.remember([], added);
		return ids.flatMap((id) => known.get(id) ?? []);
	}

	async search(queries: readonly SearchQuery[]): Promise<readonly SearchResult[]> {
		const [first, second] = await Promise.all([
			this.workspace.search(queries),
			this.own.search(queries.map(withEveryPart)),
		]);
		return queries.map((query, index) => {
			const found = first[index]?.hits ?? [];
			const added = additions(found, second[index]?.hits ?? [], query.limits);
			this.remember(
				found.map(({ experience }) => experience),
				added.map(({ experience }) => experience),
			);
			const hits = [...found, ...added];
			return { hits, abstained: hits.length === 0 };
		});
	}

	/**
	 * Of the own library only what is pinned: the rest of it holds for other workspaces' problems, and would stand in
	 * every prompt of this one, whatever the question.
	 */
	async leading(limit: number): Promise<readonly Experience[]> {
		const first = await this.workspace.leading(limit);
		const seen = new Seen(first);
		const pinned = (await this.own.leading(limit)).filter((experience) => experience.pinned && seen.isNew(experience));
		const added = pinned.slice(0, Math.max(0, limit - first.length));
		this.remember(first, added);
		return [...first, ...added];
	}

	/**
	 * Applies all to the workspace's library, in one group, but for the evidence about experiences of the own one, which
	 * is written there afterwards: with their keys, so that a repetition after a failure between the two counts nothing
	 * twice.
	 */
	async apply(requests: readonly ChangeRequest[]): Promise<readonly AppliedChange[]> {
		const inOwn = await this.livingInOwn(requests.flatMap(({ change }) => (isEvidence(change) ? [change.id] : [])));
		const belongs = ({ change }: ChangeRequest): boolean => isEvidence(change) && inOwn.has(change.id);
		const rest = requests.filter((request) => !belongs(request));
		const evidence = requests.filter(belongs);
		const changed = rest.length > 0 ? await this.workspace.apply(rest) : [];
		const counted = evidence.length > 0 ? await this.own.apply(evidence) : [];
		const [next, nextOwn] = [changed.values(), counted.values()];
		return requests.flatMap((request) => (belongs(request) ? nextOwn : next).next().value ?? []);
	}

	list: ExperienceStore['list'] = (filter) => this.workspace.list(filter);
	neighbours: ExperienceStore['neighbours'] = (experience, limit) => this.workspace.neighbours(experience, limit);
	appliedBy: ExperienceStore['appliedBy'] = (key) => this.workspace.appliedBy(key);
	history: ExperienceStore['history'] = (id) => this.workspace.history(id);
	uses: ExperienceStore['uses'] = (ids) => this.workspace.uses(ids);
	stats: ExperienceStore['stats'] = () => this.workspace.stats();
	onChange: ExperienceStore['onChange'] = (listener) => this.workspace.onChange(listener);

	/** Whoever opened the two libraries closes them. */
	async close(): Promise<void> {}

	/**
	 * Which of these experiences live in the own library: by what both hold now, not by what was shown, so that a resumed
	 * run writes to the same place. A promoted experience is retired in the workspace and active in the own library.
	 */
	private async livingInOwn(ids: readonly string[]): Promise<ReadonlySet<string>> {
		if (ids.length === 0) return new Set();
		const unique = [...new Set(ids)];
		const [here, there] = await Promise.all([this.workspace.get(unique), this.own.get(unique)]);
		const status = new Map(here.map((experience) => [experience.id, experience.status]));
		const living = there.filter((experience) => {
			const inWorkspace = status.get(experience.id);
			return inWorkspace === undefined || (inWorkspace !== 'active' && experience.status === 'active');
		});
		return new Set(living.map(({ id }) => id));
	}

	private remember(ofWorkspace: readonly Experience[], ofOwn: readonly Experience[]): void {
		for (const { id } of ofWorkspace) this.ownIds.delete(id);
		for (const { id } of ofOwn) this.ownIds.add(id);
	}
}

/** Experiences that stand in a result already, by id and by content. */
class Seen {
	private readonly ids = new Set<string>();
	private readonly contents = new Set<string>();

	constructor(experiences: readonly Experience[]) {
		for (const experience of experiences) this.isNew(experience);
	}

	/** True once for each; the experience is then seen. */
	isNew(experience: Experience): boolean {
		const content = contentForm(experience);
		if (this.ids.has(experience.id) || this.contents.has(content)) return false;
		this.ids.add(experience.id);
		this.contents.add(content);
		return true;
	}
}

function isEvidence(
	change: ChangeRequest['change'],
): change is Extract<ChangeRequest['change'], { readonly op: 'use' | 'feedback' }> {
	return change.op === 'use' || change.op === 'feedback';
}

/**
 * Asked of the own library: as many experiences again as the workspace may have found, since all of those may be
 * repeated here, with all of their parts; which of them fit is decided when it is known what is free.
 */
function withEveryPart(query: SearchQuery): SearchQuery {
	const { experiences } = query.limits;
	const all = Number.MAX_SAFE_INTEGER;
	return { ...query, limits: { ...query.limits, experiences: experiences * 2, patterns: all, cases: all } };
}

/** What `candidates` add to `found` within what the limits leave free; an experience that could show nothing is left out. */
function additions(
	found: readonly SearchHit[],
	candidates: readonly SearchHit[],
	limits: RetrievalLimits,
): readonly SearchHit[] {
	const count = (partsOf: (hit: SearchHit) => readonly string[]): number =>
		found.reduce((sum, hit) => sum + partsOf(hit).length, 0);
	const seen = new Seen(found.map(({ experience }) => experience));
	const places = Math.max(0, limits.experiences - found.length);
	const added = candidates.filter(({ experience }) => seen.isNew(experience)).slice(0, places);
	const patterns = allot(
		added.map(({ patterns }) => byRank(patterns)),
		limits.patterns - count((hit) => hit.patterns),
	);
	const cases = allot(
		added.map(({ cases }) => byRank(cases)),
		limits.cases - count((hit) => hit.cases),
	);
	return added
		.map((hit, at) => ({ ...hit, patterns: chosen(hit.patterns, patterns[at]), cases: chosen(hit.cases, cases[at]) }))
		.filter(showsSomething);
}

/** Scores that fall with the place: the parts of a hit come best first. */
function byRank(parts: readonly string[]): ReadonlyMap<number, number> {
	return new Map(parts.map((_, place) => [place, -place]));
}

function chosen(parts: readonly string[], places: readonly number[] = []): readonly string[] {
	return places.flatMap((place) => parts[place] ?? []);
}

function showsSomething({ experience, strategy, patterns, cases }: SearchHit): boolean {
	return patterns.length + cases.length > 0 || (strategy && experience.strategy.text !== '');
}
