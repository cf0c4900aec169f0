/** A library as if only some of its problems had been learned: parts that others taught are taken out of a copy. */
import {
	type Case,
	type Experience,
	type Pattern,
	type Source,
	type SourcedText,
	sourceKey,
	sourcesOf,
} from '../experience/experience.js';

/** An experience and what it was before, oldest first; its last version is the one that counts today. */
export type Versions = readonly Experience[];

/** The size of a slice. */
export interface SliceSize {
	readonly experiences: number;
	readonly patterns: number;
	readonly cases: number;
}

const titleLength = 80;

/**
 * What each experience would hold had only `learned` been trained on: the parts whose sources all lie within. Where a
 * later problem was merged into a part, the part is taken as it was before. A part without any source was taught by
 * nobody known, so it is in no slice. Slices nest: a larger `learned` keeps every part that a smaller one keeps.
 */
export function sliceLibrary(library: readonly Versions[], learned: readonly Source[]): readonly Experience[] {
	const keys = new Set(learned.map(sourceKey));
	return library.flatMap((versions) => sliceOf(versions, keys) ?? []);
}

export function sizeOf(experiences: readonly Experience[]): SliceSize {
	return {
		experiences: experiences.length,
		patterns: experiences.reduce((sum, { patterns }) => sum + patterns.length, 0),
		cases: experiences.reduce((sum, { cases }) => sum + cases.length, 0),
	};
}

function sliceOf(versions: Versions, learned: ReadonlySet<string>): Experience | undefined {
	const newestFirst = versions.toReversed();
	const current = newestFirst[0];
	if (!current) return undefined;
	const within = (sources: readonly Source[]): boolean =>
		sources.length > 0 && sources.every((source) => learned.has(sourceKey(source)));
	const said = ({ text, sources }: SourcedText): boolean => text === '' || within(sources);
	// A condition is shown with its strategy, so both come from one version.
	const told = newestFirst.find(({ when, strategy }) => said(when) && said(strategy));
	const patterns = current.patterns.flatMap(
		(part) => newestOf(newestFirst, (version) => version.patterns, part, within) ?? [],
	);
	const cases = current.cases.flatMap((part) => newestOf(newestFirst, (version) => version.cases, part, within) ?? []);
	const strategy = told?.strategy ?? silent;
	if (strategy.text === '' && patterns.length === 0 && cases.length === 0) return undefined;
	const whole = newestFirst.find((version) => within(sourcesOf(version)));
	const title = whole?.title ?? shortened(told?.when.text || cases[0]?.question || patterns[0]?.rule || strategy.text);
	return { ...current, title, when: told?.when ?? silent, strategy, patterns, cases };
}

/** The newest version of a part that `within` lets pass. */
function newestOf<T extends Pattern | Case>(
	newestFirst: Versions,
	partsOf: (version: Experience) => readonly T[],
	part: T,
	within: (sources: readonly Source[]) => boolean,
): T | undefined {
	for (const version of newestFirst) {
		const found = partsOf(version).find(({ id, sources }) => id === part.id && within(sources));
		if (found) return found;
	}
	return undefined;
}

const silent: SourcedText = { text: '', sources: [] };

function shortened(text: string): string {
	return text.length <= titleLength ? text : `${text.slice(0, titleLength - 1)}…`;
}
