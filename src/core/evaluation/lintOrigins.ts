/** Lint findings by where experiences come from: each published entry once, however many parts import cut it into. */
import type { Experience } from '../experience/experience.js';
import type { LintCode, LintFinding } from './lintFindings.js';

/** How often a code was found in what came from one place. */
export interface OriginCount {
	/** Name of the imported file; null for what this workspace learned. */
	readonly imported: string | null;
	readonly experiences: number;
	/** Entries as they were published: the parts of one that was cut on import count once. */
	readonly entries: number;
	readonly experiencesWith: Readonly<Record<LintCode, number>>;
	readonly entriesWith: Readonly<Record<LintCode, number>>;
}

export function originsOf(
	experiences: readonly Experience[],
	findings: readonly LintFinding[],
): readonly OriginCount[] {
	const files = [...new Set(experiences.map(({ origin }) => origin.imported ?? null))];
	const byId = new Map(experiences.map((experience) => [experience.id, experience]));
	return files.map((imported) => {
		const own = experiences.filter(({ origin }) => (origin.imported ?? null) === imported);
		const entryOf = new Map(own.map((experience) => [experience.id, entryOfPart(experience, byId)]));
		const holders = (code: LintCode): readonly string[] => [
			...new Set(
				findings.flatMap((found) => (found.code === code && entryOf.has(found.experience) ? [found.experience] : [])),
			),
		];
		const entries = (ids: readonly string[]): number => new Set(ids.map((id) => entryOf.get(id))).size;
		const [leaks, words] = [holders('answer-leak'), holders('harness-words')];
		return {
			imported,
			experiences: own.length,
			entries: entries([...entryOf.keys()]),
			experiencesWith: { 'answer-leak': leaks.length, 'harness-words': words.length },
			entriesWith: { 'answer-leak': entries(leaks), 'harness-words': entries(words) },
		};
	});
}

/** Id of the first part of the entry: it names all others, and each of them names it. Of two parts, the lower id. */
function entryOfPart(experience: Experience, byId: ReadonlyMap<string, Experience>): string {
	const parts = partsOf(experience);
	const [other] = parts;
	if (other === undefined || parts.length > 1) return experience.id;
	const others = partsOf(byId.get(other)).length;
	return others > 1 || experience.id > other ? other : experience.id;
}

function partsOf(experience: Experience | undefined): readonly string[] {
	return (experience?.links ?? []).flatMap((link) => (link.kind === 'part' ? [link.id] : []));
}
