/** What the actor is shown with each of several problems: found in one state of the library, and rendered. */
import type { Experience } from '../experience/experience.js';
import { type RenderedExperience, type RenderingOptions, renderExperience } from '../experience/rendering.js';
import type { ExperienceStore, RetrievalLimits } from '../experience/store.js';
import type { ModelCalls } from '../models/modelCalls.js';
import type { Problem, ProblemSet } from '../tasks/task.js';
import { answerForm } from './actor.js';
import { kindOf, queryText } from './kinds.js';
import { mapConcurrently } from './mapConcurrently.js';

export interface ShownExperience {
	readonly problem: Problem;
	readonly rendered: RenderedExperience;
	/** The problem's kind, where the actor names it. */
	readonly kind: string | undefined;
	/** Ids of what was found and given, though not all of it may have had room, … */
	readonly given: readonly string[];
	/** … and of what was found and left out. */
	readonly withheld: readonly string[];
}

export interface ShowPorts {
	readonly set: ProblemSet;
	readonly store: ExperienceStore;
	/** Of the actor, who names the kinds. */
	readonly calls: ModelCalls;
}

export interface ShowOptions {
	readonly retrieval: RetrievalLimits;
	readonly rendering: RenderingOptions;
	/** Kinds named at once. */
	readonly concurrency: number;
	/** Whether what a problem taught itself is left out. */
	readonly hideOwn: boolean;
	/** Whether the next experience that was found for the problem is left out, asked in order. */
	readonly withholds?: ((problem: Problem) => () => boolean) | undefined;
}

/** Of `problems`, in their order; the library is read and not changed. @throws {ModelError | BudgetError | CacheError} */
export async function shownExperience(
	{ set, store, calls }: ShowPorts,
	problems: readonly Problem[],
	{ retrieval, rendering, concurrency, hideOwn, withholds }: ShowOptions,
	signal: AbortSignal,
): Promise<readonly ShownExperience[]> {
	const kinds = await mapConcurrently(problems, concurrency, (problem) =>
		rendering.named ? kindOf(calls, problem.question, signal) : Promise.resolve(undefined),
	);
	const results = await store.search(
		problems.map(({ id, question }, index) => ({
			text: queryText(question, kinds[index]),
			limits: retrieval,
			...(hideOwn ? { exclude: { set: set.name, problem: id, question } } : {}),
		})),
	);
	const leading = rendering.prefixTokens > 0 ? await store.leading(leadingLimit) : [];
	return problems.map((problem, index) => {
		const hits = results[index]?.hits ?? [];
		const withheld = hits.filter(withholds?.(problem) ?? nothing).map((hit) => hit.experience.id);
		const kept = hits.filter((hit) => !withheld.includes(hit.experience.id));
		// What leads every prompt is left out, too: withheld is withheld.
		const others = leading.filter(({ id }) => !withheld.includes(id));
		const visible = hideOwn ? others.filter((experience) => !taughtBy(experience, set.name, problem.id)) : others;
		const rendered = renderExperience(visible, kept, rendering, answerForm(set));
		return { problem, rendered, kind: kinds[index], given: kept.map((hit) => hit.experience.id), withheld };
	});
}

/** More leading experiences than any prompt's budget takes. */
export const leadingLimit = 200;

const nothing = (): boolean => false;

function taughtBy(experience: Experience, set: string, problem: string): boolean {
	return experience.strategy.sources.some((source) => source.set === set && source.problem === problem);
}
