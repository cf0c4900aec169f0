/** Computed checks on what a model wrote: a draft is a proposal, and small models copy, repeat, or invert (docs/architecture.md). */
import type { AnswerTraces } from '../tasks/task.js';
import type { Draft } from './draft.js';
import { harnessWordsIn } from './harnessWords.js';
import { holdsAnswer } from './leakGuard.js';

/** Why a draft was dropped, or which part of it was mended. */
export type DraftFault =
	| 'empty'
	| 'copy-of-problem'
	| 'copy-of-prompt'
	| 'repetition'
	| 'harness-words'
	| 'answer-leak'
	| 'label-in-condition'
	| 'no-label'
	| 'wrong-label'
	| 'label-negated';

export interface DraftContext {
	readonly question: string;
	readonly expected: string;
	readonly attempts: readonly string[];
	readonly answerSpace?: readonly string[] | undefined;
	readonly traces?: AnswerTraces | undefined;
	/** The prompt that asked for the draft, worked example included. */
	readonly prompt: string;
}

export type CheckedDraft =
	| { readonly kept: true; readonly draft: Draft; readonly mended?: DraftFault }
	| { readonly kept: false; readonly fault: DraftFault };

/**
 * Keeps, mends or drops a draft. In a closed answer space a strategy that recommends the wrong label is mended, because
 * the right one is known by computation: only the condition is the model's to find.
 */
export function checkDraft(draft: Draft, context: DraftContext): CheckedDraft {
	const patterns = draft.patterns.filter((pattern) => patternFault(pattern.rule, context) === undefined);
	// A strategy that is the answer itself was put there by computation.
	const computed = draft.strategy === context.expected;
	const fault = textFault(draft.when, context, 2) ?? (computed ? undefined : textFault(draft.strategy, context, 3));
	if (fault) return { kept: false, fault };
	const labels = context.answerSpace;
	if (!labels) return { kept: true, draft: { ...draft, patterns } };
	if (labels.some((label) => labelAt(draft.when, label) >= 0)) return { kept: false, fault: 'label-in-condition' };
	const wrong = labelFault(draft.strategy, context.expected, labels);
	if (!wrong) return { kept: true, draft: { ...draft, patterns } };
	return { kept: true, draft: { ...draft, strategy: `The answer is ${context.expected}.`, patterns }, mended: wrong };
}

function patternFault(rule: string, context: DraftContext): DraftFault | undefined {
	const fault = textFault(rule, context, 3);
	if (fault || !context.answerSpace) return fault;
	const wrong = labelFault(rule, context.expected, context.answerSpace);
	return wrong === 'no-label' ? undefined : wrong;
}

/** The first thing that is wrong with a text by itself: too short, repeating, copied, or telling. */
export function textFault(text: string, context: DraftContext, leastWords: number): DraftFault | undefined {
	const words = wordsOf(text);
	if (words.length < leastWords) return 'empty';
	if (repeats(words)) return 'repetition';
	if (copied(words, wordsOf(context.question), 6)) return 'copy-of-problem';
	if (copied(words, wordsOf(context.prompt), 6)) return 'copy-of-prompt';
	if (harnessWordsIn(text, context.question).length > 0) return 'harness-words';
	if (holdsAnswer(text, context)) return 'answer-leak';
	return undefined;
}

/**
 * Whether the strategy recommends the expected label: it must be the first one named, and not in a phrase that warns
 * of it.
 */
function labelFault(text: string, expected: string, labels: readonly string[]): DraftFault | undefined {
	const named = labels
		.map((label) => ({ label, at: labelAt(text, label) }))
		.filter((entry) => entry.at >= 0)
		.sort((a, b) => a.at - b.at);
	const first = named[0];
	if (!first) return 'no-label';
	if (first.label.toLowerCase() !== expected.toLowerCase()) return 'wrong-label';
	const before = text.slice(0, first.at).toLowerCase().split(/\s+/u).slice(-5).join(' ');
	return /\b(?:not|never|no|avoid|instead of|rather than|unlike|isn't|don't|doesn't|wrong)\b/u.test(before)
		? 'label-negated'
		: undefined;
}

function labelAt(text: string, label: string): number {
	const escaped = label.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
	return text.search(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu'));
}

function wordsOf(text: string): readonly string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}

/** A three-word run that stands three times, or hardly any different words. */
function repeats(words: readonly string[]): boolean {
	const counts = new Map<string, number>();
	for (let i = 0; i + 3 <= words.length; i++) {
		const run = words.slice(i, i + 3).join(' ');
		const count = (counts.get(run) ?? 0) + 1;
		if (count >= 3) return true;
		counts.set(run, count);
	}
	return words.length >= 12 && new Set(words).size < words.length * 0.45;
}

/** Whether more than half of the text stands, in runs of `run` words, in the source; short texts must stand whole. */
function copied(words: readonly string[], source: readonly string[], run: number): boolean {
	const size = Math.min(run, words.length);
	if (size < 4) return false;
	const runs = new Set<string>();
	for (let i = 0; i + size <= source.length; i++) runs.add(source.slice(i, i + size).join(' '));
	let inside = 0;
	let total = 0;
	for (let i = 0; i + size <= words.length; i++) {
		total++;
		if (runs.has(words.slice(i, i + size).join(' '))) inside++;
	}
	return total > 0 && inside / total > 0.5;
}
