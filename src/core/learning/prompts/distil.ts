/** What the distilling critic reads: the problem, what went wrong and right, and the right answer. */
import type { ChatMessage } from '../../models/chatModel.js';
import type { LessonForm } from '../draft.js';

export const distilPromptVersion = 2;

export interface DistilInput {
	readonly task: string;
	readonly question: string;
	readonly expected: string;
	/** Worked answer, where the set has one. */
	readonly solution?: string | undefined;
	readonly wrong: readonly string[];
	readonly right: readonly string[];
	readonly form: LessonForm;
}

/** The prompt of a lesson about one problem. */
export function distilPrompt(input: DistilInput): readonly ChatMessage[] {
	return input.form === 'kind' ? kindPrompt(input) : rulePrompt(input);
}

const kindRules = [
	'Sort messages into kinds, so that similar ones can be recognised later.',
	'For each message say who writes it ("who": what kind of person or organisation, in general words)',
	'and what it is about ("about": the subject in a few general words). Answer with JSON.',
].join(' ');

/** Worked examples of another matter, so that the form is clear even to small models. */
const kindExamples: readonly (readonly [question: string, who: string, about: string])[] = [
	[
		'My little one wants the picture book about the fox who bakes bread. Is it in?',
		'a parent',
		'a picture book for a child',
	],
	[
		"For the reading club of our firm I need twelve copies of last year's prize novel by Friday.",
		'a company',
		'many copies of one novel',
	],
	["Is the reading room open on Sunday mornings? I can't find it anywhere.", 'someone', 'opening hours'],
	[
		"I've got my finals next week and the dictionary I need is out on loan. Can you call it back?",
		'a student',
		'calling back a lent book',
	],
];

/**
 * In a closed answer space the answer is known; what has to be found is the kind of case that it holds for. The model is
 * not told the answer, so it cannot put it in the wrong place.
 */
function kindPrompt(input: DistilInput): readonly ChatMessage[] {
	return [
		{ role: 'system', content: kindRules },
		...kindExamples.flatMap(([question, who, about]): readonly ChatMessage[] => [
			{ role: 'user', content: question },
			{ role: 'assistant', content: JSON.stringify({ who, about }) },
		]),
		{ role: 'user', content: input.question },
	];
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

function rulePrompt(input: DistilInput): readonly ChatMessage[] {
	const rules = [...ruleRules, ...(input.form === 'hierarchical' ? [patternRules] : []), 'Answer with JSON.'];
	const lines = [`Task: ${input.task}`, `Problem: ${input.question}`];
	for (const attempt of input.wrong) lines.push(`A wrong attempt: ${attempt}`);
	for (const attempt of input.right) lines.push(`A right attempt: ${attempt}`);
	lines.push(`Right answer: ${input.expected}`);
	if (input.solution) lines.push(`Worked answer: ${input.solution}`);
	return [
		{ role: 'system', content: rules.join(' ') },
		{ role: 'user', content: lines.join('\n') },
	];
}
