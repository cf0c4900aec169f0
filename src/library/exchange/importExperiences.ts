/** Brings experiences from outside into a library: what is new waits in quarantine, what conflicts stays in the history. */
import type { Experience, Status } from '../../core/experience/experience.js';
import type { ChangeRequest, ExperienceStore } from '../../core/experience/store.js';
import { canonicalJson } from '../../core/models/canonicalJson.js';

export interface ImportOptions {
	/** Name of the file; the history says `import:<file>`. */
	readonly file: string;
	/** Puts them to use at once, as reviewed; else they wait in quarantine. */
	readonly accept?: boolean;
}

/** What an import does to each experience. */
export type ImportStep =
	| { readonly kind: 'new'; readonly id: string }
	/** It is there already, or was in an earlier revision. */
	| { readonly kind: 'known'; readonly id: string }
	/** It says the same, and is put to use or marked otherwise. */
	| { readonly kind: 'marked'; readonly id: string }
	/** Both sides changed it: the one with the higher revision is current, the other stands in the history. */
	| { readonly kind: 'conflict'; readonly id: string; readonly current: 'theirs' | 'ours' };

export interface ImportPlan {
	readonly steps: readonly ImportStep[];
	readonly requests: readonly ChangeRequest[];
}

export interface ImportCounts {
	readonly experiences: number;
	readonly new: number;
	readonly known: number;
	readonly marked: number;
	readonly conflicts: { readonly theirs: number; readonly ours: number };
}

/** What an import would do; nothing is changed. */
export async function planImport(
	store: ExperienceStore,
	experiences: readonly Experience[],
	options: ImportOptions,
): Promise<ImportPlan> {
	const steps: ImportStep[] = [];
	const requests: ChangeRequest[] = [];
	const here = new Map((await store.get(experiences.map(({ id }) => id))).map((found) => [found.id, found]));
	for (const theirs of experiences) {
		const ours = here.get(theirs.id);
		const earlier = ours ? (await store.history(ours.id)).map(({ experience }) => experience) : [];
		const { step, changes } = ours ? meet(ours, earlier, theirs, options) : arrive(theirs, options);
		steps.push(step);
		requests.push(...changes.map((change) => ({ change, by: `import:${options.file}` })));
	}
	return { steps, requests };
}

/**
 * Plans and applies, all in one group.
 * @throws {LibraryError} `stale` where the library changed between the two; then import again
 */
export async function importExperiences(
	store: ExperienceStore,
	experiences: readonly Experience[],
	options: ImportOptions,
): Promise<ImportCounts> {
	const { steps, requests } = await planImport(store, experiences, options);
	if (requests.length > 0) await store.apply(requests);
	const count = (kind: ImportStep['kind']): number => steps.filter((step) => step.kind === kind).length;
	const won = steps.filter((step) => step.kind === 'conflict' && step.current === 'theirs').length;
	return {
		experiences: steps.length,
		new: count('new'),
		known: count('known'),
		marked: count('marked'),
		conflicts: { theirs: won, ours: count('conflict') - won },
	};
}

interface Outcome {
	readonly step: ImportStep;
	readonly changes: readonly ChangeRequest['change'][];
}

function arrive(theirs: Experience, { accept, file }: ImportOptions): Outcome {
	const origin = { ...theirs.origin, imported: theirs.origin.imported ?? file };
	const status = arrivingStatus(theirs.status, accept);
	const reviewed = accept === true && status === 'active';
	const experience: Experience = { ...theirs, status, reviewed, pinned: accept === true && theirs.pinned, origin };
	return { step: { kind: 'new', id: theirs.id }, changes: [{ op: 'insert', experience }] };
}

/** What was retired or only proposed elsewhere does not come into use by an import, not even by an accepted one. */
function arrivingStatus(status: Status, accept: boolean | undefined): Status {
	if (status === 'retired' || status === 'proposed') return status;
	return accept ? 'active' : 'quarantined';
}

/** The experience is known by its id. */
function meet(ours: Experience, earlier: readonly Experience[], theirs: Experience, options: ImportOptions): Outcome {
	const { id } = ours;
	const known: Outcome = { step: { kind: 'known', id }, changes: [] };
	if (content(ours) === content(theirs)) {
		const marked = withMarks(ours, theirs, options);
		if (!marked) return known;
		const edit = { op: 'edit', experience: marked, baseRev: ours.rev } as const;
		return { step: { kind: 'marked', id }, changes: [edit] };
	}
	if (earlier.some((revision) => content(revision) === content(theirs))) return known;
	const merged: Experience = { ...theirs, ...marksAfterConflict(ours, theirs, options), origin: ours.origin };
	const edit = { op: 'edit', experience: merged, baseRev: ours.rev } as const;
	if (isAhead(theirs, ours)) return { step: { kind: 'conflict', id, current: 'theirs' }, changes: [edit] };
	// Theirs becomes a revision that is taken back at once, so that it can be found and restored.
	const back = { op: 'undo', id, to: ours.rev } as const;
	return { step: { kind: 'conflict', id, current: 'ours' }, changes: [edit, back] };
}

/** The higher revision; of equal ones the later, then the greater text, so that both sides of a team decide alike. */
function isAhead(theirs: Experience, ours: Experience): boolean {
	if (theirs.rev !== ours.rev) return theirs.rev > ours.rev;
	if (theirs.updatedAt !== ours.updatedAt) return theirs.updatedAt > ours.updatedAt;
	return content(theirs) > content(ours);
}

/** Ours with the status and marks of a later revision that says the same; undefined where nothing changes. */
function withMarks(ours: Experience, theirs: Experience, { accept }: ImportOptions): Experience | undefined {
	const later = theirs.rev > ours.rev;
	const asked = accept === true && ours.status === 'quarantined' && theirs.status !== 'retired';
	const status = asked ? 'active' : later ? statusAfter(ours.status, theirs.status) : ours.status;
	const marked: Experience = {
		...ours,
		status,
		reviewed: asked || ours.reviewed,
		starred: later ? theirs.starred : ours.starred,
		pinned: later && status === 'active' ? theirs.pinned : ours.pinned,
		priority: later ? theirs.priority : ours.priority,
	};
	return canonicalJson(marked) === canonicalJson(ours) ? undefined : marked;
}

/** Words from outside keep the place that this workspace gave the experience, and are marked as not yet reviewed. */
function marksAfterConflict(ours: Experience, theirs: Experience, { accept }: ImportOptions): Partial<Experience> {
	const asked = accept === true && theirs.status !== 'retired';
	const status = asked && ours.status === 'quarantined' ? 'active' : statusAfter(ours.status, theirs.status);
	return { status, reviewed: asked, pinned: ours.pinned, starred: ours.starred };
}

/** An import may take an experience out of use, never put it to use. */
function statusAfter(ours: Status, theirs: Status): Status {
	return theirs === 'retired' ? 'retired' : ours;
}

/** What an experience says, without its place in a library. */
function content(experience: Experience): string {
	const { title, zone, when, strategy, patterns, cases, domains, scope, links } = experience;
	return canonicalJson({ title, zone, when, strategy, patterns, cases, domains, scope, links });
}
