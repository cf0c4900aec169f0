/** Small builders of experiences and queries; what a test does not care about has a default. */
import {
	blankExperience,
	type Case,
	type Experience,
	type Pattern,
	type Source,
} from '../../../src/core/experience/experience.js';
import type { RetrievalLimits, SearchQuery } from '../../../src/core/experience/store.js';

export function experience(id: string, parts: Partial<Experience> = {}): Experience {
	return blankExperience(id, {
		origin: { set: 'set', run: 'run', model: 'model' },
		createdAt: '2026-01-01T00:00:00.000Z',
		updatedAt: '2026-01-01T00:00:00.000Z',
		...parts,
	});
}

/** What the problem `p` of the set `set` taught. */
export function taughtBy(...problems: readonly string[]): readonly Source[] {
	return problems.map((problem) => ({ set: 'set', problem }));
}

export function strategy(text: string, ...problems: readonly string[]): Pick<Experience, 'strategy'> {
	return { strategy: { text, sources: taughtBy(...problems) } };
}

export function pattern(id: string, rule: string, ...problems: readonly string[]): Pattern {
	return { id, rule, examples: [], sources: taughtBy(...problems) };
}

export function workedCase(id: string, question: string, ...problems: readonly string[]): Case {
	return { id, question, answer: 'yes', outcome: 'correct', sources: taughtBy(...problems) };
}

export function query(
	text: string,
	limits: Partial<RetrievalLimits> = {},
	rest: Partial<SearchQuery> = {},
): SearchQuery {
	return { text, limits: { experiences: 3, patterns: 4, cases: 4, minMatch: 0, ...limits }, ...rest };
}
