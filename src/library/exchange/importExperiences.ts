/** Brings experiences from outside into a library: what is new waits in quarantine, what conflicts stays in the history. */
import { type Experience, type Status, statuses } from '../../core/experience/experience.js';
import type { ChangeRequest, ExperienceStore } from '../../core/experience/store.js';
import { canonicalJson } from '../../core/models/canonicalJson.js';
import { contentForm } from '../../core/retrieval/contentForm.js';
import { content, isAhead } from './precedence.js';

export interface ImportOptions {
	/** Name of the file; the history says `import:<file>`. */
	readonly file: string;
	/** Puts them to use at once, as reviewed; else they wait in quarantine. */
	readonly accept?: boolean;
}

/** What an import does to each experience. */
export type ImportStep =
	| { readonly kind: 'new'; readonly id: string }
	/** It is new by its id, but says word for word what `of` says; it waits in quarantine, however it was imported. */
	| { readonly kind: 'repeat'; readonly id: string; readonly of: string }
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
	/** New by their ids, but the library says the same already. */
	readonly repeats: number;
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
	const said = here.size < experiences.length ? await saidBy(store, options) : new Map<string, string>();
	for (const theirs of experiences) {
		const ours = here.get(theirs.id);
		const earlier = ours ? (await store.history(ours.id)).map(({ experience }) => experience) : [];
		const { step, changes } = ours ? meet(ours, earlier, theirs, options) : arrive(theirs, options, said);
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
	return importCounts(steps);
}

export function importCounts(steps: readonly ImportStep[]): ImportCounts {
	const count = (kind: ImportStep['kind']): number => steps.filter((step) => step.kind === kind).length;
	const won = steps.filter((step) => step.kind === 'conflict' && step.current === 'theirs').length;
	return {
		experiences: steps.length,
		new: count('new'),
		repeats: count('repeat'),
		known: count('known'),
		marked: count('marked'),
		conflicts: { theirs: won, ours: count('conflict') - won },
	};
}

interface Outcome {
	readonly step: ImportStep;
	readonly changes: readonly ChangeRequest['change'][];
}

/** @param said what is said by whom; what arrives is added */
function arrive(theirs: Experience, { accept, file }: ImportOptions, said: Map<string, string>): Outcome {
	const origin = { ...theirs.origin, imported: theirs.origin.imported ?? file };
	const content = contentForm(theirs);
	const twin = theirs.status === 'retired' ? undefined : said.get(content);
	const accepted = accept === true && twin === undefined;
	const status = arrivingStatus(theirs.status, accepted);
	if (status !== 'retired' && twin === undefined) said.set(content, theirs.id);
	const reviewed = accepted && status === 'active';
	const experience: Experience = { ...theirs, status, reviewed, pinned: accepted && theirs.pinned, origin };
	const { id } = theirs;
	const step: ImportStep = twin === undefined ? { kind: 'new', id } : { kind: 'repeat', id, of: twin };
	return { step, changes: [{ op: 'insert', experience }] };
}

/** Who says what here already. What is to be put to use repeats only what is in use. */
async function saidBy(store: ExperienceStore, { accept }: ImportOptions): Promise<Map<string, string>> {
	const among = statuses.filter((status) => (accept ? status === 'active' : status !== 'retired'));
	const library = await store.list({ statuses: among });
	return new Map(library.map((experience) => [contentForm(experience), experience.id]));
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
