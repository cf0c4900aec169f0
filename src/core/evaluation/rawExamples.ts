/** Raw train problems as worked examples: what learning must beat. */
import { blankExperience, type Experience } from '../experience/experience.js';
import { type RenderedExperience, renderExperience } from '../experience/rendering.js';
import type { SearchHit } from '../experience/store.js';
import { answerForm } from '../learning/actor.js';
import { StagedRetriever } from '../retrieval/retriever.js';
import type { Problem, ProblemSet } from '../tasks/task.js';

/** Raw train problems behind the same retriever, each an experience that is only its case. */
export function exampleIndex(set: ProblemSet, train: readonly Problem[]): StagedRetriever {
	const index = new StagedRetriever();
	for (const problem of train) index.put(example(set, problem));
	return index;
}

/** The train problems closest to `problem`, which is none of them. */
export function similar(
	index: StagedRetriever,
	set: ProblemSet,
	problem: Problem,
	shots: number,
): readonly SearchHit[] {
	return index.search({
		text: problem.question,
		limits: { experiences: shots, patterns: 0, cases: shots, minMatch: 0 },
		exclude: { set: set.name, problem: problem.id, question: problem.question },
	}).hits;
}

/** Worked examples as turns of the conversation. */
export function asTurns(hits: readonly SearchHit[], set: ProblemSet, budgetTokens: number): RenderedExperience {
	return renderExperience(
		[],
		hits,
		{ style: 'turns', budgetTokens, prefixTokens: 0, leadingCases: 0, named: false },
		answerForm(set),
	);
}

function example(set: ProblemSet, problem: Problem): Experience {
	return blankExperience(problem.id, {
		cases: [
			{
				id: 'case',
				question: problem.question.trim(),
				answer: problem.answer,
				solution: problem.solution,
				outcome: 'correct',
				sources: [{ set: set.name, problem: problem.id }],
			},
		],
	});
}

/** A train problem as if it had been found. */
export function exampleHit(set: ProblemSet, problem: Problem): SearchHit {
	return hitOf(example(set, problem));
}

/** An experience as if its one case had been found. */
export function hitOf(experience: Experience): SearchHit {
	return { experience, score: 0, match: 0, terms: [], patterns: [], cases: ['case'], strategy: false };
}
