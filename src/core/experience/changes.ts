/** The one rule book of how a change turns one revision into the next; pure, used by every store. */
import type { Experience } from './experience.js';
import { LibraryError, type LibraryOp, type Revision } from './store.js';

/** The id that a change is about. */
export function changedId(change: LibraryOp): string {
	return 'experience' in change ? change.experience.id : change.id;
}

/** True for changes of content or status, which make a revision; false for `use` and `feedback`. */
export function makesRevision(change: LibraryOp): boolean {
	return change.op !== 'use' && change.op !== 'feedback';
}

/**
 * The experience after `change`.
 * @param current what is stored under the id now, if anything
 * @param history its revisions so far, for `undo`
 * @param at ISO 8601 time of the change
 * @throws {LibraryError} `unknown-id`, `stale` or `invalid`
 */
export function nextRevision(
	current: Experience | undefined,
	change: LibraryOp,
	at: string,
	history: (rev: number) => Revision | undefined,
): Experience {
	if (change.op === 'insert') {
		if (current) throw new LibraryError('stale', `Experience ${current.id} exists already; edit or merge it instead.`);
		return { ...change.experience, rev: Math.max(1, change.experience.rev) };
	}
	const id = changedId(change);
	if (!current)
		throw new LibraryError('unknown-id', `There is no experience ${id}; list them with "flex-learn search".`);
	const stamped = (next: Experience): Experience => ({ ...next, id, rev: current.rev + 1, updatedAt: at });
	switch (change.op) {
		case 'merge':
		case 'edit':
			if (change.baseRev !== current.rev) {
				throw new LibraryError(
					'stale',
					`Experience ${id} changed meanwhile (revision ${current.rev}, expected ${change.baseRev}); read it again.`,
				);
			}
			return stamped({ ...change.experience, createdAt: current.createdAt });
		case 'retire':
			return stamped({ ...current, status: 'retired' });
		case 'reject':
			return stamped({ ...current, status: 'retired', reviewed: true });
		case 'accept':
			return stamped({ ...current, status: 'active', reviewed: true });
		case 'pin':
			return stamped({ ...current, pinned: change.on });
		case 'star':
			return stamped({ ...current, starred: change.on });
		case 'undo': {
			if (change.to === 0) return stamped({ ...current, status: 'retired' });
			const revision = history(change.to);
			if (!revision) throw new LibraryError('invalid', `Experience ${id} has no revision ${change.to}.`);
			return stamped(revision.experience);
		}
		case 'use':
		case 'feedback':
			return current;
	}
}
