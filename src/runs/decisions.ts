/** What a person decides about experiences, whoever asks: the change that each decision makes, and taking it back. */
import type { Experience } from '../core/experience/experience.js';
import { type ExperienceStore, LibraryError, type LibraryOp } from '../core/experience/store.js';

export type Decision = 'accept' | 'reject' | 'retire' | 'pin' | 'unpin' | 'star' | 'unstar';

/** An experience about which something was decided; hand it to `undoDecisions` to take that back. */
export interface Decided {
	readonly before: Experience;
	/** Its revision afterwards. */
	readonly rev: number;
}

export interface Decisions {
	readonly changed: readonly Decided[];
	/** Those that were as wanted already. */
	readonly unchanged: readonly Experience[];
}

interface Rule {
	readonly change: (id: string) => LibraryOp;
	/** The experience is as wanted already, so that nothing needs to change. */
	readonly holds: (experience: Experience) => boolean;
}

const rules: Readonly<Record<Decision, Rule>> = {
	accept: {
		change: (id) => ({ op: 'accept', id }),
		holds: ({ status, reviewed }) => status === 'active' && reviewed,
	},
	reject: {
		change: (id) => ({ op: 'reject', id }),
		holds: ({ status, reviewed }) => status === 'retired' && reviewed,
	},
	retire: { change: (id) => ({ op: 'retire', id }), holds: ({ status }) => status === 'retired' },
	pin: { change: (id) => ({ op: 'pin', id, on: true }), holds: ({ pinned }) => pinned },
	unpin: { change: (id) => ({ op: 'pin', id, on: false }), holds: ({ pinned }) => !pinned },
	star: { change: (id) => ({ op: 'star', id, on: true }), holds: ({ starred }) => starred },
	unstar: { change: (id) => ({ op: 'star', id, on: false }), holds: ({ starred }) => !starred },
};

/** Decides about all of `experiences` in one group. @throws {LibraryError} as `apply` does */
export async function decide(
	store: ExperienceStore,
	decision: Decision,
	experiences: readonly Experience[],
): Promise<Decisions> {
	const { change, holds } = rules[decision];
	const open = experiences.filter((experience) => !holds(experience));
	const applied = await store.apply(open.map(({ id }) => ({ change: change(id), by: 'user' })));
	return {
		changed: open.map((before, at) => ({ before, rev: applied[at]?.rev ?? before.rev + 1 })),
		unchanged: experiences.filter(holds),
	};
}

/**
 * Gives each experience the content and status back that it had before.
 * @throws {LibraryError} `stale` where one was changed since, and then changes nothing
 */
export async function undoDecisions(store: ExperienceStore, changed: readonly Decided[]): Promise<void> {
	const now = new Map((await store.get(changed.map(({ before }) => before.id))).map(({ id, rev }) => [id, rev]));
	const other = changed.find(({ before, rev }) => now.get(before.id) !== rev);
	if (other) {
		const { id } = other.before;
		throw new LibraryError('stale', `Experience ${id} was changed since; undo it step by step in its history.`);
	}
	await store.apply(changed.map(({ before: { id, rev } }) => ({ change: { op: 'undo', id, to: rev }, by: 'user' })));
}
