/** Joins two experiences because a person says so: the one that stays takes in the other, which is retired. */
import type { Experience } from '../core/experience/experience.js';
import { type ChangeRequest, type ExperienceStore, LibraryError } from '../core/experience/store.js';
import { mergeRequests } from '../core/learning/consolidation/mergeRequests.js';
import { union } from '../core/learning/consolidation/union.js';

/** What becomes of the one that stays, or in half a sentence why the two can't be joined. @throws {LibraryError} `unknown-id` */
export async function mergePreview(
	store: ExperienceStore,
	keep: string,
	drop: string,
): Promise<{ readonly merged: Experience } | { readonly refused: string }> {
	const [a, b] = await both(store, keep, drop);
	if (keep === drop) return { refused: 'it is the same experience' };
	if (b.status === 'retired') return { refused: 'the other one is retired' };
	return union(a, b);
}

/** The revision that a person saw. */
export interface SeenExperience {
	readonly id: string;
	readonly rev: number;
}

/**
 * The two changes of one group.
 * @throws {LibraryError} `unknown-id`; `stale` where one was changed since; `invalid` where they can't be joined
 */
export async function mergeChanges(
	store: ExperienceStore,
	keep: SeenExperience,
	drop: SeenExperience,
): Promise<{ readonly requests: readonly ChangeRequest[]; readonly before: readonly Experience[] }> {
	const [a, b] = await both(store, keep.id, drop.id);
	const changed = [a.rev !== keep.rev ? keep.id : '', b.rev !== drop.rev ? drop.id : ''].find((id) => id !== '');
	if (changed) throw new LibraryError('stale', `Experience ${changed} was changed meanwhile; look at both again.`);
	const result = await mergePreview(store, keep.id, drop.id);
	if ('refused' in result) throw new LibraryError('invalid', `They can't be joined: ${result.refused}.`);
	return { requests: mergeRequests(a, result.merged, b, 'joined by a person', 'user'), before: [a, b] };
}

async function both(store: ExperienceStore, keep: string, drop: string): Promise<readonly [Experience, Experience]> {
	const found = new Map((await store.get([keep, drop])).map((experience) => [experience.id, experience]));
	const [a, b] = [found.get(keep), found.get(drop)];
	if (a && b) return [a, b];
	throw new LibraryError('unknown-id', `There is no experience ${a ? drop : keep} any more.`);
}
