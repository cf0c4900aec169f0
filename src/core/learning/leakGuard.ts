/** Keeps expected answers and words of the harness out of what the actor reads (docs/architecture.md, "No answer leaks"). */
import type { AnswerTraces } from '../tasks/task.js';
import { harnessWordsIn } from './harnessWords.js';

export interface LeakContext {
	readonly question: string;
	readonly expected: string;
	/** What the actor itself wrote: a value that stands there already is no leak. */
	readonly attempts: readonly string[];
	/** Labels of a closed answer space are known to every reader, so naming one is no leak. */
	readonly answerSpace?: readonly string[] | undefined;
	/** Of the task's kind, where it has its own (default: the answer as a whole, by `mentions`). */
	readonly traces?: AnswerTraces | undefined;
}

export interface Redacted {
	readonly text: string;
	/** Sentences that were taken out. */
	readonly redacted: number;
}

/** The critic's text without the sentences that hold the expected answer or words of the harness. */
export function redactAdvice(text: string, context: LeakContext): Redacted {
	const sentences = sentencesOf(text);
	const kept = sentences.filter((sentence) => !leaks(sentence, context));
	// An answer spread over two sentences ("The value is 4. 2 follows.") shows only once they are joined again.
	const joined = kept.join(' ');
	if (holdsAnswer(joined, context)) return { text: '', redacted: sentences.length };
	return { text: joined, redacted: sentences.length - kept.length };
}

/** Whether `text` tells the actor what it must not know. */
export function leaks(text: string, context: LeakContext): boolean {
	return harnessWordsIn(text, context.question).length > 0 || holdsAnswer(text, context);
}

/** Whether `text` holds the expected answer as a specific value: not a label, not in the question or an attempt. */
export function holdsAnswer(text: string, context: LeakContext): boolean {
	const expected = context.expected.trim();
	if (expected === '') return false;
	if (context.answerSpace?.some((label) => label.toLowerCase() === expected.toLowerCase())) return false;
	return holdsUnknown(text, expected, [context.question, ...context.attempts], context.traces);
}

/** Whether `text` holds the answer, or a telling part of it, that stands in none of the sources. */
export function holdsUnknown(
	text: string,
	answer: string,
	sources: readonly string[],
	traces: AnswerTraces = plainTraces,
): boolean {
	const known = (value: string): boolean => sources.some((source) => traces.mentions(source, value));
	return traces.values(answer).some((value) => traces.mentions(text, value) && !known(value));
}

const plainTraces: AnswerTraces = { values: (answer) => [answer], mentions };

/** Whether `value` stands in `text` as a whole, however it is written: spacing, case, width, separators, LaTeX. */
export function mentions(text: string, value: string): boolean {
	const wanted = normalise(value);
	if (wanted === '') return false;
	const number = toNumber(wanted);
	const plain = normalise(text);
	if (number !== undefined) {
		const numbers = `${plain} ${joinDigits(plain)}`.match(/-?\d+(?:\.\d+)?/gu) ?? [];
		return numbers.some((candidate) => Number(candidate) === number);
	}
	const found = new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(wanted)}(?![\\p{L}\\p{N}])`, 'u').test(plain);
	// Long answers (formulas, names) are found with any white space or punctuation put between their letters.
	return found || (compact(wanted).length >= 5 && compact(plain).includes(compact(wanted)));
}

function sentencesOf(text: string): readonly string[] {
	return text
		.split(/(?<=[.!?。])\s+|\n+/u)
		.map((sentence) => sentence.trim())
		.filter((sentence) => sentence !== '');
}

function normalise(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[\p{Cf}\p{Cc}]+/gu, ' ')
		.replace(/(?<=\d)[,_'](?=\d{3}(?!\d))/gu, '')
		.replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/gu, '$1/$2')
		.replace(/\\(?:text|mathrm|boxed)\s*\{([^{}]*)\}/gu, '$1')
		.replace(/[$\\{}]/gu, ' ')
		.replace(/\s+/gu, ' ')
		.trim()
		.toLowerCase();
}

function toNumber(text: string): number | undefined {
	return /^-?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : undefined;
}

/** "4 2" and "4-2" as "42": digits that were spelt apart. */
function joinDigits(text: string): string {
	return text.replace(/(?<=\b\d)(?:[\s\-_·]+|\.\s+)(?=\d\b)/gu, '');
}

function compact(text: string): string {
	return text.replace(/[\s\p{P}]+/gu, '');
}

function escapeRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
}
