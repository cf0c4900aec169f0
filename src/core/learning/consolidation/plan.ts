/** What a consolidation plan is: steps that a person can read, thin out, and apply. */
import type { Experience } from '../../experience/experience.js';

/** `discard` and `merge` are done when the plan is applied; `review` is shown, and done only where a person says so. */
export const stepKinds = ['discard', 'merge', 'review'] as const;
export type StepKind = (typeof stepKinds)[number];

/** Why two experiences stand in one step. */
export const stepReasons = [
	/** Word for word, in another order of parts at most. */
	'same-content',
	/** The same condition and strategy in the same words; patterns or cases may differ. */
	'same-lesson',
	/** Alike by their characters, and nobody can tell by computation whether they say the same. */
	'similar',
	/** One question, two answers; or one answer, right and wrong. */
	'other-answer',
	/** One condition, two bare answers. */
	'other-advice',
	/** The same words as advice and as a warning. */
	'other-zone',
	/** The same lesson, but together they would be too large, or a person has looked at one of them only. */
	'not-mergeable',
] as const;
export type StepReason = (typeof stepReasons)[number];

/** Two experiences that a person should see side by side. */
export interface FoundPair {
	readonly a: Experience;
	readonly b: Experience;
	readonly similarity: number;
	readonly reason: StepReason;
	readonly why: string;
}

/** What of an experience a person needs to see to decide. */
export interface Preview {
	readonly id: string;
	readonly rev: number;
	readonly zone: Experience['zone'];
	readonly status: Experience['status'];
	readonly title: string;
	readonly when: string;
	readonly strategy: string;
	readonly patterns: readonly string[];
	readonly cases: number;
	readonly sources: number;
}

export interface PlanStep {
	readonly id: string;
	/** A person who finds a `review` to be a duplicate makes it a `merge` here. */
	readonly kind: StepKind;
	/** Stays, with what the others add. In a review: would stay. */
	readonly keep: string;
	/** Are retired, with a link to `keep`. */
	readonly drop: readonly string[];
	/** Of `keep` and the least alike of `drop`: cosine of character 4-grams, 0–1. */
	readonly similarity: number;
	readonly reason: StepReason;
	readonly why: string;
	/** `keep` first. Each with the revision that the step was made for. */
	readonly before: readonly Preview[];
	/** `keep` afterwards; absent in a review. */
	readonly after?: Preview | undefined;
}

export interface ConsolidationPlan {
	readonly schema: 1;
	/** The history names changes of this plan `plan:<id>`. */
	readonly id: string;
	/** The state of the library that it was made for. */
	readonly basis: {
		readonly experiences: number;
		/** Hash of the ids and revisions. */
		readonly sha256: string;
	};
	/** Similarity from which experiences are shown for review. */
	readonly threshold: number;
	readonly steps: readonly PlanStep[];
	/** Pairs alike beyond those that are listed: an experience is shown with its three most similar ones. */
	readonly unlisted: number;
}
