/** What is wrong, or odd, in a problem file: as data, which others put into words and places. */
import type { ParsedProblems } from '../../core/tasks/problemSet.js';
import { plainQuestion } from '../../core/tasks/problemSet.js';
import type { Problem, Split } from '../../core/tasks/task.js';

/** `line` counts from 1; `key` is the one whose value is meant, and absent where it is the line. */
export type Finding = { readonly line: number; readonly key?: string } & (
	| { readonly code: 'bad-line'; readonly message: string }
	| { readonly code: 'same-id' | 'same-question'; readonly twin: number }
	| { readonly code: 'unknown-answer'; readonly answer: string }
	| { readonly code: 'no-tests' }
	| { readonly code: 'no-assay' }
	| { readonly code: 'in-other-split'; readonly split: Split; readonly otherLine: number }
);

/** What the set says about its problems. */
export interface SetRules {
	readonly kind?: string | undefined;
	readonly answerSpace?: readonly string[] | undefined;
}

/** Where the questions of another split stand: lines from 1, by the plain question. */
export interface OtherSplit {
	readonly split: Split;
	readonly questions: ReadonlyMap<string, number>;
}

/** An editor shows no more of one file. */
export const mostFindings = 1000;

/** The findings of a split's text, by line, `mostFindings` at most. */
export function findingsOf(parsed: ParsedProblems, rules: SetRules, others: readonly OtherSplit[]): readonly Finding[] {
	const inProblems = parsed.problems.flatMap((problem, index) =>
		problemFindings(problem, index, parsed, rules, others),
	);
	return [...issueFindings(parsed), ...inProblems].sort((a, b) => a.line - b.line).slice(0, mostFindings);
}

/** The questions of a split, as other splits look them up. */
export function questionsOf({ problems, lines }: ParsedProblems): ReadonlyMap<string, number> {
	return new Map(problems.map((problem, index) => [plainQuestion(problem), lines[index] ?? 1]));
}

function issueFindings({ issues }: ParsedProblems): readonly Finding[] {
	return issues.map(({ line, key, message, fatal, twin }) => {
		const place = { line, ...(key ? { key } : {}) };
		if (twin === undefined) return { ...place, code: 'bad-line', message };
		return { ...place, code: fatal ? 'same-id' : 'same-question', twin };
	});
}

function problemFindings(
	problem: Problem,
	index: number,
	{ lines }: ParsedProblems,
	{ kind, answerSpace }: SetRules,
	others: readonly OtherSplit[],
): readonly Finding[] {
	const line = lines[index] ?? 1;
	const findings: Finding[] = [];
	const { answer } = problem;
	if (answerSpace && !answerSpace.includes(answer)) {
		findings.push({ code: 'unknown-answer', line, key: 'answer', answer });
	}
	const { test, assay } = problem.extra;
	if (kind === 'code' && (typeof test !== 'string' || test.trim() === '')) {
		findings.push({ code: 'no-tests', line, key: 'test' });
	}
	if (kind === 'fitness' && (typeof assay !== 'string' || assay.trim() === '')) {
		findings.push({ code: 'no-assay', line, key: 'assay' });
	}
	for (const { split, questions } of others) {
		const otherLine = questions.get(plainQuestion(problem));
		if (otherLine !== undefined) findings.push({ code: 'in-other-split', line, key: 'question', split, otherLine });
	}
	return findings;
}
