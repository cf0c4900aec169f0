/** How a library grew: by zone in order of creation, and what each run added. */
import type { Experience, Zone } from '../core/experience/experience.js';

export interface GrowthMoment extends Readonly<Record<Zone, number>> {
	/** ISO 8601 UTC. */
	readonly at: string;
}

export interface RunGrowth {
	readonly run: string;
	readonly count: number;
	/** Its first and its last experience. */
	readonly from: string;
	readonly to: string;
}

export interface Growth {
	/** Cumulative, at most 120, the first and the last among them; retired experiences are not counted. */
	readonly points: readonly GrowthMoment[];
	/** The newest first. */
	readonly runs: readonly RunGrowth[];
}

const mostPoints = 120;

export function growthOf(experiences: readonly Pick<Experience, 'createdAt' | 'zone' | 'status' | 'origin'>[]): Growth {
	const kept = experiences
		.filter(({ status }) => status !== 'retired')
		.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
	const counts = { golden: 0, warning: 0, mixed: 0 };
	const all = kept.map(({ zone, createdAt }): GrowthMoment => {
		counts[zone]++;
		return { at: createdAt, ...counts };
	});
	return { points: evenly(all, mostPoints), runs: runsOf(kept) };
}

function runsOf(experiences: readonly Pick<Experience, 'createdAt' | 'origin'>[]): readonly RunGrowth[] {
	const runs = new Map<string, RunGrowth>();
	for (const { createdAt, origin } of experiences) {
		const known = runs.get(origin.run) ?? { run: origin.run, count: 0, from: createdAt, to: createdAt };
		runs.set(origin.run, { ...known, count: known.count + 1, to: createdAt });
	}
	return [...runs.values()].filter(({ run }) => run !== '').toSorted((a, b) => (a.to < b.to ? 1 : -1));
}

/** At most `most` of them, as evenly as can be, with both ends. */
function evenly<T>(items: readonly T[], most: number): readonly T[] {
	if (items.length <= most) return items;
	const step = (items.length - 1) / (most - 1);
	return Array.from({ length: most }, (_, index) => items[Math.round(index * step)]).filter(
		(item) => item !== undefined,
	);
}
