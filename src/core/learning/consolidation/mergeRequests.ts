/** The changes by which one experience takes in another. */
import type { Experience } from '../../experience/experience.js';
import type { ChangeRequest } from '../../experience/store.js';

/** `merged` takes the place of `keep`; `drop` is retired, with a link to it. @param why half a sentence for the history */
export function mergeRequests(
	keep: Experience,
	merged: Experience,
	drop: Experience,
	why: string,
	by: string,
): readonly ChangeRequest[] {
	return [grown(keep, merged, by), retiredInto(drop, keep.id, why, by)];
}

/** An experience that takes in what repeats it. */
export function grown(before: Experience, after: Experience, by: string): ChangeRequest {
	return { change: { op: 'merge', experience: after, baseRev: before.rev, reason: 'took in what repeats it' }, by };
}

/** Retires `drop`, which `into` has taken in. */
export function retiredInto(drop: Experience, into: string, why: string, by: string): ChangeRequest {
	const links = [...drop.links, { kind: 'mergedInto' as const, id: into }];
	const experience: Experience = { ...drop, status: 'retired', links };
	const reason = `merged into ${into}: ${why}`.slice(0, longestReason);
	return { change: { op: 'merge', experience, baseRev: drop.rev, reason }, by };
}

const longestReason = 500;
