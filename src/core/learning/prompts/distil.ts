/** What the distilling critic reads in open answer spaces: the problem, what went wrong and right, the right answer. */
import type { ChatMessage } from '../../models/chatModel.js';

export const distilPromptVersion = 2;

export interface DistilInput {
	readonly task: string;
	readonly question: string;
	readonly expected: string;
	/** Worked answer, where the set has one. */
	readonly solution?: string | undefined;
	readonly wrong: readonly string[];
	readonly right: readonly string[];
	readonly levels: 'hierarchical' | 'flat';
	/** The expected answer is a good one among many. */
	readonly openEnded?: boolean | undefined;
}

const ruleRules = [
	'You turn one solved problem into a short lesson for later problems of the same kind.',
	'"when" says in general words which problems the lesson is for.',
	'"strategy" is one or two sentences: the method that works, or the mistake to avoid and what to do instead.',
	'Do not copy the problem; no names, numbers or details of it that will differ next time.',
	'Do not state the final answer of this problem.',
];

const patternRules =
	'"patterns" are up to three reusable rules, each with one tiny example that is not from this problem.';

/** The prompt of a rule that one problem taught. */
export function distilPrompt(input: DistilInput): readonly ChatMessage[] {
	const rules = [...ruleRules, ...(input.levels === 'hierarchical' ? [patternRules] : []), 'Answer with JSON.'];
	const lines = [`Task: ${input.task}`, `Problem: ${input.question}`];
	for (const attempt of input.wrong) lines.push(`A wrong attempt: ${attempt}`);
	for (const attempt of input.right) lines.push(`A right attempt: ${attempt}`);
	lines.push(`${input.openEnded ? 'A good answer' : 'Right answer'}: ${input.expected}`);
	if (input.solution) lines.push(`Worked answer: ${input.solution}`);
	return [
		{ role: 'system', content: rules.join(' ') },
		{ role: 'user', content: lines.join('\n') },
	];
}
