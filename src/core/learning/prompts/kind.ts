/** What a model reads that names the kind of a problem. */
import type { ChatMessage } from '../../models/chatModel.js';

export const kindPromptVersion = 1;

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
 * not told the answer, so it can't put it in the wrong place.
 */
export function kindPrompt(question: string): readonly ChatMessage[] {
	return [
		{ role: 'system', content: kindRules },
		...kindExamples.flatMap(([example, who, about]): readonly ChatMessage[] => [
			{ role: 'user', content: example },
			{ role: 'assistant', content: JSON.stringify({ who, about }) },
		]),
		{ role: 'user', content: question },
	];
}
