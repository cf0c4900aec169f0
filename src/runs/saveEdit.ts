/** Saves what a person made of an experience, as its next revision. */
import { formatEditForm } from '../core/experience/editForm.js';
import type { Experience } from '../core/experience/experience.js';
import type { AppliedChange, ExperienceStore } from '../core/experience/store.js';

/**
 * @param basis what the person began with
 * @returns undefined where both say the same: then nothing is written
 * @throws {LibraryError} `stale` where the experience was changed since `basis`
 */
export async function saveEdit(
	store: ExperienceStore,
	basis: Experience,
	after: Experience,
): Promise<AppliedChange | undefined> {
	if (formatEditForm(after) === formatEditForm(basis)) return undefined;
	const change = { op: 'edit', experience: after, baseRev: basis.rev } as const;
	const [applied] = await store.apply([{ change, by: 'user' }]);
	return applied;
}
