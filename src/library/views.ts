/** What a library shows of itself: filtered lists and figures. */
import type { Experience, Status, Zone } from '../core/experience/experience.js';
import type { LibraryStats, ListFilter } from '../core/experience/store.js';

/** Those that pass every filter that is given. */
export function filtered(experiences: Iterable<Experience>, filter: ListFilter = {}): readonly Experience[] {
	const { statuses, zones, set, domain, scoped = false } = filter;
	return [...experiences].filter(
		(experience) =>
			(statuses?.includes(experience.status) ?? true) &&
			(zones?.includes(experience.zone) ?? true) &&
			(set === undefined || experience.origin.set === set) &&
			(domain === undefined || experience.domains.includes(domain)) &&
			(!scoped || experience.scope !== undefined),
	);
}

export function statsOf(
	experiences: Iterable<Experience>,
	counts: Pick<LibraryStats, 'revisions' | 'uses'>,
): LibraryStats {
	const byStatus: Record<Status, { experiences: number; patterns: number }> = {
		active: { experiences: 0, patterns: 0 },
		proposed: { experiences: 0, patterns: 0 },
		quarantined: { experiences: 0, patterns: 0 },
		retired: { experiences: 0, patterns: 0 },
	};
	const byZone: Record<Zone, number> = { golden: 0, warning: 0, mixed: 0 };
	const total = { experiences: 0, patterns: 0, cases: 0 };
	for (const { status, zone, patterns, cases } of experiences) {
		total.experiences += 1;
		total.patterns += patterns.length;
		total.cases += cases.length;
		byStatus[status].experiences += 1;
		byStatus[status].patterns += patterns.length;
		byZone[zone] += 1;
	}
	return { ...total, byStatus, byZone, ...counts };
}
