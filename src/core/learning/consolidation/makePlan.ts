/** Plans the consolidation of a whole library by computation alone; nothing is changed. */
import { type Experience, type Status, sourcesOf } from '../../experience/experience.js';
import { sha256Hex } from '../../hash.js';
import { canonicalJson } from '../../models/canonicalJson.js';
import { contentForm } from '../../retrieval/contentForm.js';
import { conditionForm, plainForm } from '../../retrieval/plainForm.js';
import { contradictionsIn } from './contradictions.js';
import { likeness } from './likeness.js';
import { likePairs } from './likePairs.js';
import { areParts } from './parts.js';
import type { ConsolidationPlan, FoundPair, PlanStep, Preview, StepKind, StepReason } from './plan.js';
import { union, unionOfEquals } from './union.js';

export interface PlanOptions {
	/** Similarity from which experiences are shown for review, above 0 up to 1. */
	readonly threshold: number;
}

/** Experiences with the same lesson, gathered around the one that stays. */
interface Gathering {
	readonly keep: Experience;
	/** `keep` with what the others add. */
	merged: Experience;
	readonly equal: Experience[];
	readonly alike: Experience[];
}

/** A strategy without a condition must have so many words to tell what it is about. */
const wordsWithoutCondition = 8;

/**
 * What could be joined, and what a person should look at. The same library gives the same plan, in whatever order it is
 * handed over. Retired experiences are left alone.
 */
export function planConsolidation(library: readonly Experience[], { threshold }: PlanOptions): ConsolidationPlan {
	const ranked = library.filter(({ status }) => status !== 'retired').sort(byRank());
	const steps: Omit<PlanStep, 'id'>[] = [];
	const left: Experience[] = [];
	const unmergeable: FoundPair[] = [];
	for (const group of groupsBy(ranked, lessonKey)) {
		const { gathered, pairs } = gather(group);
		unmergeable.push(...pairs);
		for (const gathering of gathered) {
			left.push(gathering.keep);
			steps.push(...stepsOf(gathering));
		}
	}
	const settled = oncePerPair([...contradictionsIn(left), ...unmergeable]);
	const { pairs, unlisted } = likePairs(left, settled, threshold);
	steps.push(...[...settled, ...pairs].map(reviewOf));
	return finished(library, steps, threshold, unlisted);
}

/** Gathers the experiences of one lesson, best first, around as few as possible. */
function gather(group: readonly Experience[]): {
	readonly gathered: readonly Gathering[];
	readonly pairs: readonly FoundPair[];
} {
	const gathered: Gathering[] = [];
	const pairs: FoundPair[] = [];
	for (const experience of group) {
		let refused: string | undefined;
		const home = gathered.find((gathering) => {
			const why = takeIn(gathering, experience);
			if (why !== undefined && !areParts(gathering.keep, experience)) refused ??= why;
			return why === undefined;
		});
		if (home) continue;
		const [first] = gathered;
		if (first && refused !== undefined) {
			pairs.push({
				a: first.keep,
				b: experience,
				similarity: likeness(first.keep, experience),
				reason: 'not-mergeable',
				why: refused,
			});
		}
		gathered.push({ keep: experience, merged: experience, equal: [], alike: [] });
	}
	return { gathered, pairs };
}

/** Takes an experience in, or says why not. */
function takeIn(gathering: Gathering, experience: Experience): string | undefined {
	const { keep, merged, equal, alike } = gathering;
	if (areParts(keep, experience)) return 'they are parts of one entry';
	const same = contentForm(keep) === contentForm(experience);
	if (!same) {
		if (keep.status !== experience.status) return `one is ${keep.status}, the other ${experience.status}`;
		if (keep.reviewed !== experience.reviewed) return 'a person has looked at one of them only';
		const clash = clashOf(merged, experience);
		if (clash !== undefined) return clash;
	}
	const result = same ? unionOfEquals(merged, experience) : union(merged, experience);
	if ('refused' in result) return result.refused;
	gathering.merged = result.merged;
	(same ? equal : alike).push(experience);
	return undefined;
}

/** A case that both know with different answers. */
function clashOf(a: Experience, b: Experience): string | undefined {
	const [found] = contradictionsIn([a, b]);
	return found?.why;
}

function stepsOf({ keep, merged, equal, alike }: Gathering): readonly Omit<PlanStep, 'id'>[] {
	const step = (kind: StepKind, reason: StepReason, why: string, drop: readonly Experience[]) =>
		drop.length === 0
			? []
			: [
					{
						kind,
						keep: keep.id,
						drop: drop.map(({ id }) => id),
						similarity: rounded(Math.min(...drop.map((other) => likeness(keep, other)))),
						reason,
						why,
						before: [keep, ...drop].map(previewOf),
						after: previewOf(merged),
					},
				];
	return [
		...step('discard', 'same-content', 'they say the same, word for word', equal),
		...step('merge', 'same-lesson', 'the same condition and strategy in the same words', alike),
	];
}

/** Each pair with the first of its reasons. */
function oncePerPair(pairs: readonly FoundPair[]): readonly FoundPair[] {
	const byIds = new Map<string, FoundPair>();
	for (const pair of pairs) {
		const key = [pair.a.id, pair.b.id].sort().join(' ');
		if (!byIds.has(key)) byIds.set(key, pair);
	}
	return [...byIds.values()];
}

function reviewOf({ a, b, similarity, reason, why }: FoundPair): Omit<PlanStep, 'id'> {
	const [keep, drop] = [a, b].sort(byRank());
	return {
		kind: 'review',
		keep: keep?.id ?? '',
		drop: drop ? [drop.id] : [],
		similarity: rounded(similarity),
		reason,
		why,
		before: [keep, drop].flatMap((experience) => (experience ? [previewOf(experience)] : [])),
	};
}

function finished(
	library: readonly Experience[],
	steps: readonly Omit<PlanStep, 'id'>[],
	threshold: number,
	unlisted: number,
): ConsolidationPlan {
	const order: readonly StepKind[] = ['discard', 'merge', 'review'];
	const sorted = [...steps].sort(
		(a, b) =>
			order.indexOf(a.kind) - order.indexOf(b.kind) ||
			b.similarity - a.similarity ||
			compare(a.keep, b.keep) ||
			compare(a.drop.join(), b.drop.join()),
	);
	const state = library.map(({ id, rev }) => `${id} ${rev}`).sort();
	const basis = { experiences: library.length, sha256: sha256Hex(state.join('\n')) };
	const numbered = sorted.map((step, at) => ({ id: String(at + 1), ...step }));
	const id = sha256Hex(canonicalJson({ basis, threshold, numbered })).slice(0, 12);
	return { schema: 1, id, basis, threshold, steps: numbered, unlisted };
}

function rounded(similarity: number): number {
	return Number(similarity.toFixed(3));
}

export function previewOf(experience: Experience): Preview {
	const { id, rev, zone, status, title, when, strategy, patterns, cases } = experience;
	return {
		id,
		rev,
		zone,
		status,
		title,
		when: when.text,
		strategy: strategy.text,
		patterns: patterns.map(({ rule }) => rule),
		cases: cases.length,
		sources: sourcesOf(experience).length,
	};
}

/** Equal for experiences with the same zone, scope, condition and strategy; where those say too little, all counts. */
function lessonKey(experience: Experience): string {
	const { zone, scope, when, strategy } = experience;
	const condition = conditionForm(when.text);
	const advice = plainForm(strategy.text);
	const tells = advice.length > 0 && (condition !== '' || advice.length >= wordsWithoutCondition);
	return tells ? canonicalJson({ zone, scope, condition, advice }) : contentForm(experience);
}

const statusRank: readonly Status[] = ['active', 'proposed', 'quarantined', 'retired'];

/** Which of several stays: the one in use, then what a person cares about, then the best founded, the older one. */
function byRank(): (a: Experience, b: Experience) => number {
	const founded = new Map<string, number>();
	const sources = (experience: Experience): number => {
		const count = founded.get(experience.id) ?? sourcesOf(experience).length;
		founded.set(experience.id, count);
		return count;
	};
	return (a, b) =>
		statusRank.indexOf(a.status) - statusRank.indexOf(b.status) ||
		Number(b.pinned) - Number(a.pinned) ||
		Number(b.reviewed) - Number(a.reviewed) ||
		Number(b.starred) - Number(a.starred) ||
		sources(b) - sources(a) ||
		b.priority - a.priority ||
		compare(a.createdAt, b.createdAt) ||
		compare(a.id, b.id);
}

function groupsBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group) group.push(item);
		else groups.set(key, [item]);
	}
	return [...groups.values()];
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
