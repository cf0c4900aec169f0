/** Moves experiences between a workspace's library and the user's own: copied whole, retired where they were, undoable. */
import type { Experience, Status } from '../core/experience/experience.js';
import { type ChangeRequest, type ExperienceStore, LibraryError } from '../core/experience/store.js';
import { canonicalJson } from '../core/models/canonicalJson.js';

/** An experience that was moved; hand it to `undoMove` to take it back. */
export interface Moved {
	readonly id: string;
	/** Revisions in the library that it came from: before it was retired there, and after. */
	readonly from: { readonly before: number; readonly after: number };
	/** Revisions in the library that it is in now; before is 0 where it was not there. */
	readonly to: { readonly before: number; readonly after: number };
}

const mover = 'user';

/** What the history of the library that it left says. */
const reasons = {
	promoted: 'Moved to your own library',
	demoted: 'Moved from your own library to the workspace',
} as const;

/**
 * Moves an active experience of a workspace to the user's own library.
 * @throws {LibraryError} `unknown-id`; `invalid` where it is not active; what writing throws
 */
export function promote(id: string, workspace: ExperienceStore, own: ExperienceStore): Promise<Moved> {
	return move(id, workspace, own, reasons.promoted);
}

/**
 * Moves an active experience of the user's own library to the workspace.
 * @throws {LibraryError} `unknown-id`; `invalid` where it is not active; what writing throws
 */
export function demote(id: string, own: ExperienceStore, workspace: ExperienceStore): Promise<Moved> {
	return move(id, own, workspace, reasons.demoted);
}

/**
 * Takes a move back: both libraries have the content and status again that they had before; what was new is retired.
 * @throws {LibraryError} `stale` where the experience was changed in one of them since, and then changes nothing
 */
export async function undoMove(moved: Moved, from: ExperienceStore, to: ExperienceStore): Promise<void> {
	const { id } = moved;
	const [left, arrived] = [await one(from, id), await one(to, id)];
	if (left.rev !== moved.from.after || arrived.rev !== moved.to.after) {
		throw new LibraryError(
			'stale',
			`Experience ${id} was changed after it was moved; move it back instead, or undo step by step in its history.`,
		);
	}
	// First what comes back, so that a failure in between leaves it in both and not in neither.
	await from.apply([byUser({ op: 'undo', id, to: moved.from.before })]);
	if (moved.to.after !== moved.to.before) await to.apply([byUser({ op: 'undo', id, to: moved.to.before })]);
}

/**
 * Written first where it goes, then retired where it was: a failure in between leaves it in both, a search shows it
 * once, and moving it again finishes the move.
 */
async function move(id: string, from: ExperienceStore, to: ExperienceStore, reason: string): Promise<Moved> {
	const experience = await one(from, id);
	if (experience.status !== 'active') throw new LibraryError('invalid', refusals[experience.status](id));
	const [there] = await to.get([id]);
	const arriving: Experience = { ...experience, status: 'active', reviewed: true };
	const after = there && same(there, arriving) ? there.rev : await write(to, there, arriving);
	const [retired] = await from.apply([byUser({ op: 'retire', id, reason })]);
	return {
		id,
		from: { before: experience.rev, after: retired?.rev ?? experience.rev },
		to: { before: there?.rev ?? 0, after },
	};
}

/** A new experience is inserted; one that was there before gets the moved content as its next revision. */
async function write(to: ExperienceStore, there: Experience | undefined, arriving: Experience): Promise<number> {
	const [applied] = await to.apply([
		byUser(there ? { op: 'edit', experience: arriving, baseRev: there.rev } : { op: 'insert', experience: arriving }),
	]);
	return applied?.rev ?? arriving.rev;
}

const refusals: Readonly<Record<Exclude<Status, 'active'>, (id: string) => string>> = {
	proposed: (id) => `Experience ${id} is only proposed; accept it before you move it.`,
	quarantined: (id) => `Experience ${id} came from outside and is quarantined; read and accept it before you move it.`,
	retired: (id) => `Experience ${id} is retired; accept it again before you move it.`,
};

async function one(library: ExperienceStore, id: string): Promise<Experience> {
	const [experience] = await library.get([id]);
	if (experience) return experience;
	throw new LibraryError('unknown-id', `There is no experience ${id} in this library any more; refresh the list.`);
}

/** Whether `there` is what arrives already: nothing need be written. */
function same(there: Experience, arriving: Experience): boolean {
	const told = ({ rev: _, createdAt: __, updatedAt: ___, ...rest }: Experience): string => canonicalJson(rest);
	return told(there) === told(arriving);
}

function byUser(change: ChangeRequest['change']): ChangeRequest {
	return { change, by: mover };
}
