/** What an import would do, counted before anything is changed. */
import type { Lint, LintFinding } from '../../core/evaluation/contamination.js';
import type { ExperienceStore } from '../../core/experience/store.js';
import type { ProblemSet } from '../../core/tasks/task.js';
import type { ImportCounts } from '../../library/exchange/importExperiences.js';
import type { ImportSource } from './importSource.js';

export interface ImportPreview {
	readonly source: ImportSource;
	readonly counts: ImportCounts;
	/** Ids of what the library does not have in any form. */
	readonly fresh: readonly string[];
	/** Titles of experiences that speak of the test itself. */
	readonly harnessWords: readonly string[];
	/** Titles of experiences that hold the answer of a train problem of this workspace together with its question. */
	readonly leaks: readonly string[];
}

/** @param sets the workspace's, whose answers are looked for */
export async function previewImport(
	store: ExperienceStore,
	source: ImportSource,
	sets: readonly ProblemSet[],
): Promise<ImportPreview> {
	const [{ importCounts, planImport }, { lintLibrary }, { tracesOf }] = await Promise.all([
		import('../../library/exchange/importExperiences.js'),
		import('../../core/evaluation/contamination.js'),
		import('../../core/tasks/registry.js'),
	]);
	const { experiences, file } = source;
	const { steps } = await planImport(store, experiences, { file });
	const words = lintLibrary(experiences, []);
	const leaks = sets.map(({ kind, splits, answerSpace }) =>
		lintLibrary(experiences, splits.train ?? [], { answerSpace, traces: tracesOf(kind) }),
	);
	const titles = new Map(experiences.map(({ id, title }) => [id, title === '' ? id : title]));
	const titlesOf = (lints: readonly Lint[], code: LintFinding['code']): readonly string[] => {
		const found = lints.flatMap(({ findings }) => findings.filter((finding) => finding.code === code));
		return [...new Set(found.map(({ experience }) => experience))].map((id) => titles.get(id) ?? id);
	};
	return {
		source,
		counts: importCounts(steps),
		fresh: steps.flatMap((step) => (step.kind === 'new' ? [step.id] : [])),
		harnessWords: titlesOf([words], 'harness-words'),
		leaks: titlesOf(leaks, 'answer-leak'),
	};
}

/** Whether the import would change anything at all. */
export function changesAnything({ counts }: ImportPreview): boolean {
	return counts.known < counts.experiences;
}
