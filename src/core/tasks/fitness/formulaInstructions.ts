/** What the actor is told about writing a formula; the question names the features. */

export const formulaInstructionsVersion = 1;

export const formulaInstructions = [
	'Write one formula in JavaScript that ranks the variants: the higher its value, the fitter the variant.',
	'It is an arrow function of f, the features of one variant; every feature is standardised (mean 0, standard deviation 1).',
	'Use only features that the question names. You may use + - * /, Math, and mean(…) of any numbers.',
	'A formula may also return a list of terms, like [f.one, f.two]; their weights are then fitted for you.',
	'End with one line that holds the formula, in this form:',
	'Answer: (f) => f.one + 0.5 * f.two',
].join('\n');
