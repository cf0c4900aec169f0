/** Words of the harness: they tell that somebody checks the answer, and never belong into what is learned. */

/** Whole words or phrases, matched in any case, with any white space between their words. */
const phrases: readonly string[] = [
	'ground truth',
	'ground-truth',
	'verifier',
	'verification agent',
	'expected answer',
	'expected output',
	'reference answer',
	'reference solution',
	'correct answer provided',
	'provided answer',
	'given answer',
	'answer key',
	'gold answer',
	'gold label',
	'gold standard',
	'golden answer',
	'true label',
	'target answer',
	'grader',
	'the dataset',
	'training set',
	'test set',
];

const patterns = phrases.map((phrase) => ({
	phrase,
	pattern: new RegExp(`(?<![\\p{L}\\p{N}])${phrase.replace(/[\s-]/gu, '[\\s_-]+')}s?(?![\\p{L}\\p{N}])`, 'iu'),
}));

/** The harness words in `text` that do not stand in the problem itself, as listed, each once. */
export function harnessWordsIn(text: string, question: string): readonly string[] {
	return patterns
		.filter(({ pattern }) => pattern.test(text) && !pattern.test(question))
		.map(({ phrase }) => phrase.replace('-', ' '))
		.filter((phrase, index, all) => all.indexOf(phrase) === index);
}
