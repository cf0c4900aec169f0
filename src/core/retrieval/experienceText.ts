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

export type Section =
	| { readonly kind: 'head' }
	| { readonly kind: 'pattern'; readonly at: number }
	| { readonly kind: 'case'; readonly at: number };

/** Which part of the experience a section is. */
export function sectionAt(number: number, patterns: number): Section {
	if (number === 0) return { kind: 'head' };
	return number <= patterns ? { kind: 'pattern', at: number - 1 } : { kind: 'case', at: number - 1 - patterns };
}

/** A question as it is compared with others: letter case, white space and punctuation aside. Empty where no more is left. */
export function maskedQuestion(question: string): string {
	return question
		.normalize('NFC')
		.toLowerCase()
		.replace(/[\p{P}\s]+/gu, ' ')
		.trim();
}
