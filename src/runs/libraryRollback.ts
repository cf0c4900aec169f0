/** Brings a library back to a state that it had: every experience gets its revision of then, as one change that can be taken back. */
import type { Experience } from '../core/experience/experience.js';
import type { ChangeRequest, ExperienceStore, Revision } from '../core/experience/store.js';
import { canonicalJson } from '../core/models/canonicalJson.js';
import type { UndoRecord } from './curation.js';

/** A state of a library: the revision of each of its experiences. */
export type LibraryMark = readonly (readonly [id: string, rev: number])[];

export async function markLibrary(store: ExperienceStore): Promise<LibraryMark> {
	return (await store.list()).map(({ id, rev }) => [id, rev]);
}

export interface RolledBack {
	/** How they were before and are now; `Curation.undo` takes it back as a whole. */
	readonly undo: UndoRecord;
	/** Experiences that a person changed last: those stay as they are. */
	readonly kept: readonly string[];
}

/**
 * What came after the mark is retired, what was changed says again what it said. Nothing is deleted: the later revisions
 * stay in the history.
 * @param by who, as in `ChangeRequest`
 * @throws {LibraryError}
 */
export async function rollBack(store: ExperienceStore, mark: LibraryMark, by: string): Promise<RolledBack> {
	const then = new Map(mark);
	const candidates = (await store.list()).filter(({ id, rev }) => then.get(id) !== rev);
	const histories = await Promise.all(candidates.map(({ id }) => store.history(id)));
	const changed = candidates
		.map((experience, at) => ({ experience, history: histories[at] ?? [] }))
		.filter(({ experience, history }) => differs(experience, history, then.get(experience.id)));
	const isPersons = ({ history }: (typeof changed)[number]): boolean => history.at(-1)?.by === 'user';
	const byPerson = changed.filter(isPersons).map(({ experience }) => experience);
	const back = changed.filter((item) => !isPersons(item)).map(({ experience }) => experience);
	const requests = back.map(({ id }): ChangeRequest => ({ change: { op: 'undo', id, to: then.get(id) ?? 0 }, by }));
	const applied = requests.length > 0 ? await store.apply(requests) : [];
	return {
		undo: back.map(({ id, rev }, at) => ({ id, to: rev, rev: applied[at]?.rev ?? rev + 1 })),
		kept: byPerson.map(({ id }) => id),
	};
}

/** One that was brought back before has a later revision with the same content. */
function differs(now: Experience, history: readonly Revision[], then: number | undefined): boolean {
	if (then === undefined) return now.status !== 'retired';
	const before = history.find(({ rev }) => rev === then)?.experience;
	return before === undefined || contentOf(before) !== contentOf(now);
}

function contentOf({ rev: _, updatedAt: __, ...content }: Experience): string {
	return canonicalJson(content);
}
