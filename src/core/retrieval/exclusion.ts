/** Leaves out what a problem itself taught, so that being tested on it shows what other problems taught. */
import { type Experience, type Source, sourceKey } from '../experience/experience.js';
import type { SearchQuery } from '../experience/store.js';
import { maskedQuestion } from './experienceText.js';

/** The problem to leave out, and all names it goes by. */
export interface ExcludedProblem {
	/** Keys of the sources that are this problem. */
	readonly sources: ReadonlySet<string>;
	/** Its question, masked. */
	readonly question: string;
	/** Ids of the experiences that have a case with the same question. */
	readonly askedIn: ReadonlySet<string>;
}

/** What is left of an experience: places in its lists. */
export interface RemainingParts {
	readonly strategy: boolean;
	readonly patterns: readonly number[];
	readonly cases: readonly number[];
}

/**
 * The problem under every name that it has in the library.
 * @param twins experiences with a case whose question is the same
 */
export function excludedProblem(
	exclude: NonNullable<SearchQuery['exclude']>,
	twins: readonly Experience[],
): ExcludedProblem {
	const question = maskedQuestion(exclude.question);
	const sources = new Set([sourceKey(exclude)]);
	for (const { cases } of twins) {
		for (const item of cases) {
			if (maskedQuestion(item.question) === question) for (const source of item.sources) sources.add(sourceKey(source));
		}
	}
	return { sources, question, askedIn: new Set(twins.map(({ id }) => id)) };
}

/** All parts. */
export function wholeExperience({ patterns, cases }: Experience): RemainingParts {
	return { strategy: true, patterns: patterns.map((_, at) => at), cases: cases.map((_, at) => at) };
}

/** What is left without what `problem` taught; undefined where nothing that could help is. */
export function remainingParts(experience: Experience, problem: ExcludedProblem): RemainingParts | undefined {
	const { when, strategy, patterns, cases } = experience;
	const taught = (sources: readonly Source[]): boolean =>
		sources.some((source) => problem.sources.has(sourceKey(source)));
	const same = (question: string): boolean =>
		problem.askedIn.has(experience.id) && maskedQuestion(question) === problem.question;
	const remaining: RemainingParts = {
		// The condition is shown with its strategy, so one that the problem taught takes the strategy with it.
		strategy: !taught(strategy.sources) && !taught(when.sources),
		patterns: placesOf(patterns, (pattern) => !taught(pattern.sources)),
		cases: placesOf(cases, (item) => !taught(item.sources) && !same(item.question)),
	};
	const nothing = remaining.patterns.length === 0 && remaining.cases.length === 0;
	return nothing && (!remaining.strategy || strategy.text === '') ? undefined : remaining;
}

function placesOf<T>(items: readonly T[], keep: (item: T) => boolean): readonly number[] {
	return items.flatMap((item, at) => (keep(item) ? [at] : []));
}
