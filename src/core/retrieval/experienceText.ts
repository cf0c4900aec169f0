/** What of an experience is indexed, in sections: first what it is about, then its patterns, then its cases. */
import type { Experience } from '../experience/experience.js';

/** The sections of an experience, in the order of its patterns and cases. */
export function indexedSections({ title, when, strategy, patterns, cases }: Experience): readonly string[] {
	return [
		[title, when.text, strategy.text].join('\n'),
		...patterns.map(({ rule, examples }) => [rule, ...examples].join('\n')),
		...cases.map(({ question }) => question),
	];
}

/** Where the sections of each kind begin. */
export const headSection = 0;
export const firstPattern = 1;
export function firstCase({ patterns }: Experience): number {
	return firstPattern + patterns.length;
}

/** A question as it is compared with others: letter case, white space and punctuation aside. Empty where no more is left. */
export function maskedQuestion(question: string): string {
	return question
		.normalize('NFC')
		.toLowerCase()
		.replace(/[\p{P}\s]+/gu, ' ')
		.trim();
}
