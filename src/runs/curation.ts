/** What a person changes in a library, one way for all of it: each change comes with what takes it back. */
import { formatEditForm } from '../core/experience/editForm.js';
import type { Experience } from '../core/experience/experience.js';
import {
	type AppliedChange,
	type ChangeRequest,
	type ExperienceStore,
	LibraryError,
} from '../core/experience/store.js';
import { ExperienceError, parseExperience } from '../core/experience/validation.js';
import { type Decision, decide } from './decisions.js';
import { mergeChanges, type SeenExperience } from './mergeExperiences.js';

/** How experiences were before a change and are after it, by their revisions. */
export type UndoRecord = readonly { readonly id: string; readonly to: number; readonly rev: number }[];

export interface Undoable {
	/** Experiences that were changed. */
	readonly changed: number;
	readonly undo: UndoRecord;
}

/** What is wrong with a field of an edit. */
export interface FieldFault {
	/** `title`, `when`, `strategy`, `patterns.0.rule`, `domains`, …; empty where no field alone is at fault. */
	readonly field: string;
	readonly message: string;
}

const by = 'user';

export class Curation {
	constructor(private readonly store: ExperienceStore) {}

	/** Leaves those as they are that are so already. @throws {LibraryError} */
	async decide(decision: Decision, ids: readonly string[]): Promise<Undoable> {
		const { changed } = await decide(this.store, decision, await this.store.get(ids));
		return undoable(changed.map(({ before, rev }) => ({ id: before.id, to: before.rev, rev })));
	}

	/**
	 * Keeps what a person made of `basis`; nothing is written where both say the same.
	 * @throws {LibraryError} `stale` where the experience was changed since
	 */
	async save(basis: Experience, after: Experience): Promise<Undoable | { readonly faults: readonly FieldFault[] }> {
		const faults = faultsOf(after);
		if (faults.length > 0) return { faults };
		if (formatEditForm(after) === formatEditForm(basis)) return undoable([]);
		return this.apply([basis], [{ change: { op: 'edit', experience: after, baseRev: basis.rev }, by }]);
	}

	/** `keep` takes in `drop`, which is retired. @throws {LibraryError} `stale`, `invalid`, `unknown-id` */
	async merge(keep: SeenExperience, drop: SeenExperience): Promise<Undoable> {
		const { requests, before } = await mergeChanges(this.store, keep, drop);
		return this.apply(before, requests);
	}

	/** Adds domains and takes others away. @throws {LibraryError} */
	async retag(ids: readonly string[], add: readonly string[], remove: readonly string[]): Promise<Undoable> {
		const gone = new Set(remove);
		const changes = (await this.store.get(ids)).flatMap((experience) => {
			const domains = [...new Set([...experience.domains, ...add])].filter((domain) => !gone.has(domain));
			const same = domains.join('\u0000') === experience.domains.join('\u0000');
			return same ? [] : [{ before: experience, after: { ...experience, domains } }];
		});
		const requests = changes.map(({ before, after }): ChangeRequest => {
			return { change: { op: 'edit', experience: after, baseRev: before.rev }, by };
		});
		return this.apply(
			changes.map(({ before }) => before),
			requests,
		);
	}

	/** Gives an experience the content and status that it had at a revision. @throws {LibraryError} `unknown-id` */
	async restore(id: string, rev: number): Promise<Undoable> {
		const [before] = await this.store.get([id]);
		if (!before || !(await this.store.history(id)).some((revision) => revision.rev === rev)) {
			throw new LibraryError('unknown-id', `There is no revision ${rev} of experience ${id}; its history lists them.`);
		}
		return this.apply([before], [{ change: { op: 'undo', id, to: rev }, by }]);
	}

	/** Takes a change back as a whole. @throws {LibraryError} `stale` where one was changed since; then nothing changes */
	async undo(record: UndoRecord): Promise<void> {
		const now = new Map((await this.store.get(record.map(({ id }) => id))).map(({ id, rev }) => [id, rev]));
		const other = record.find(({ id, rev }) => now.get(id) !== rev);
		if (other) {
			const message = `Experience ${other.id} was changed since; undo it step by step in its history.`;
			throw new LibraryError('stale', message);
		}
		await this.store.apply(record.map(({ id, to }) => ({ change: { op: 'undo', id, to }, by })));
	}

	private async apply(before: readonly Experience[], requests: readonly ChangeRequest[]): Promise<Undoable> {
		if (requests.length === 0) return undoable([]);
		const applied: readonly AppliedChange[] = await this.store.apply(requests);
		return undoable(before.map(({ id, rev }, at) => ({ id, to: rev, rev: applied[at]?.rev ?? rev + 1 })));
	}
}

function undoable(undo: UndoRecord): Undoable {
	return { changed: undo.length, undo };
}

function faultsOf(experience: Experience): readonly FieldFault[] {
	const empty = experience.title.trim() === '' && experience.strategy.text.trim() === '';
	if (empty) return [{ field: 'title', message: 'It needs a title or a strategy: nothing else tells what it is.' }];
	try {
		parseExperience(experience);
		return [];
	} catch (error) {
		if (!(error instanceof ExperienceError)) throw error;
		return [{ field: fieldOf(error.path), message: error.message }];
	}
}

/** `when.text` is the field `when`. */
function fieldOf(path: string): string {
	return path.replace(/\.text$/u, '').replace(/^(patterns\.\d+\.examples)\.\d+$/u, '$1');
}
