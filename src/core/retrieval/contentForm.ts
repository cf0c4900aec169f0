/** Tells whether two experiences have the same content, word for word. */
import type { Case, Experience } from '../experience/experience.js';
import { canonicalJson } from '../models/canonicalJson.js';
import { exactForm } from './plainForm.js';

/**
 * Equal for experiences with the same content, word for word, whatever their ids, sources, and the order of their parts.
 * Capitals count, the first one of a word apart: in chemistry they are the meaning.
 */
export function contentForm({ zone, scope, when, strategy, patterns, cases }: Experience): string {
	return canonicalJson({
		zone,
		scope,
		when: exactForm(when.text),
		strategy: exactForm(strategy.text),
		patterns: patterns
			.map(({ rule, examples }) => JSON.stringify([exactForm(rule), ...examples.map(exactForm).sort()]))
			.sort(),
		cases: cases.map(caseForm).sort(),
	});
}

/** Equal for cases with the same question, answer, outcome and solution. */
export function caseForm({ question, answer, outcome, solution = '' }: Case): string {
	return JSON.stringify([exactForm(question), answer.trim(), outcome, exactForm(solution)]);
}
