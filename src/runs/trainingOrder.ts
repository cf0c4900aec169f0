/** In which order a library learned its problems: what its training runs recorded, or else chance with a seed. */
import { join } from 'node:path';
import { sourcesOf } from '../core/experience/experience.js';
import type { Revision } from '../core/experience/store.js';
import { hashSeed, seededRandom, shuffled } from '../core/random.js';
import type { ProblemSet } from '../core/tasks/task.js';
import { readRecords } from '../providers/runFolder.js';

export interface LearnedOrder {
	/** Ids of train problems, the first learned first. */
	readonly problems: readonly string[];
	/** `training`: as the runs recorded it. */
	readonly order: 'training' | 'seeded';
	readonly seed: number;
}

/** How a change says that a run made it; what follows is the run's ULID. */
const byRun = 'run:';

/**
 * The train problems that a library has learned, those that taught nothing new included.
 * @param flex the library's `.flex` folder, with the records of its runs
 * @param history every revision of every experience that counts
 * @param seed takes them in a random order instead; also where no run recorded any
 */
export function learnedOrder(
	flex: string,
	set: ProblemSet,
	history: readonly Revision[],
	seed: number | undefined,
): LearnedOrder {
	const known = new Set((set.splits.train ?? []).map(({ id }) => id));
	const ofSet = history.filter(({ experience }) => sourcesOf(experience).some((source) => source.set === set.name));
	const runs = [...new Set(ofSet.map(({ by }) => by))].filter((by) => by.startsWith(byRun)).sort();
	const updates = runs.flatMap((run) => readRecords(join(flex, 'runs', run.slice(byRun.length))).allUpdates());
	const recorded = [...new Set(updates.map(({ problem }) => problem))].filter((id) => known.has(id));
	const taught = ofSet.flatMap(({ experience }) => sourcesOf(experience).filter((source) => source.set === set.name));
	const all = [...new Set([...recorded, ...taught.map(({ problem }) => problem)])].filter((id) => known.has(id));
	if (seed === undefined && recorded.length === all.length) return { problems: recorded, order: 'training', seed: 0 };
	const given = seed ?? 1;
	// Sorted first, so that the order depends on the seed alone.
	const random = seededRandom(hashSeed(given, 'curve'));
	return { problems: shuffled(all.toSorted(), random), order: 'seeded', seed: given };
}
