/** Brings in the files of `.flex/experiences`, as a team shares them, and resolves what a git merge left there. */
import type { Experience } from '../core/experience/experience.js';
import type { ExperienceStore } from '../core/experience/store.js';
import { type FolderImport, writeExperienceFolder } from '../library/exchange/experienceFolder.js';
import { type ImportCounts, importExperiences } from '../library/exchange/importExperiences.js';

/**
 * @param read what `readExperienceFolder` found in `folder`
 * @param accept puts the experiences to use at once
 * @param adapted each experience as it is to be brought in
 * @throws {LibraryError}
 */
export async function importFolder(
	store: ExperienceStore,
	folder: string,
	{ experiences, overtaken, conflicts }: FolderImport,
	accept: boolean,
	adapted: (experience: Experience) => Experience = (experience) => experience,
): Promise<ImportCounts> {
	const options = { file: 'experiences', accept };
	// What does not count goes first: it ends in the history, below what does.
	for (const version of overtaken) await importExperiences(store, [adapted(version)], options);
	const counts = await importExperiences(store, experiences.map(adapted), options);
	if (conflicts.length > 0) writeExperienceFolder(folder, await store.list(), true);
	return counts;
}
