/** Finds the experiences that are alike, but not surely the same, for a person to look at. */
import type { Experience } from '../../experience/experience.js';
import { lessonText } from '../../retrieval/nearDuplicates.js';
import { similarPairs } from '../../retrieval/similarPairs.js';
import { isBareAnswer } from './contradictions.js';
import { areParts } from './parts.js';
import type { FoundPair } from './plan.js';

export interface LikePairs {
	readonly pairs: readonly FoundPair[];
	/** Further pairs that are as alike. */
	readonly unlisted: number;
}

/** An experience is shown with so many of those that are most like it. */
const shownWithEach = 3;

/**
 * Pairs whose lessons are `threshold` alike or more, best first.
 * @param settled pairs that are shown for another reason already
 */
export function likePairs(
	experiences: readonly Experience[],
	settled: readonly FoundPair[],
	threshold: number,
): LikePairs {
	const sorted = [...experiences].sort((a, b) => (a.id < b.id ? -1 : 1));
	const known = new Set(settled.flatMap(({ a, b }) => [`${a.id} ${b.id}`, `${b.id} ${a.id}`]));
	const shown = new Map<string, number>();
	const pairs: FoundPair[] = [];
	let unlisted = 0;
	for (const { a, b, similarity } of similarPairs(sorted.map(lessonText), threshold)) {
		const [one, other] = [sorted[a], sorted[b]];
		if (!one || !other || known.has(`${one.id} ${other.id}`) || belongApart(one, other)) continue;
		const [ofOne, ofOther] = [shown.get(one.id) ?? 0, shown.get(other.id) ?? 0];
		if (Math.min(ofOne, ofOther) >= shownWithEach) {
			unlisted += 1;
			continue;
		}
		shown.set(one.id, ofOne + 1);
		shown.set(other.id, ofOther + 1);
		const zones = one.zone === other.zone ? '' : `, but one is ${one.zone}, the other ${other.zone}`;
		const why = `their lessons are ${Math.round(similarity * 100)} % alike${zones}`;
		pairs.push({ a: one, b: other, similarity, reason: 'similar', why });
	}
	return { pairs, unlisted };
}

/**
 * Parts of one entry are no duplicates. Nor are kinds of cases with a bare answer each: a small difference of the kind
 * may change the answer, as the updater holds it, too.
 */
function belongApart(a: Experience, b: Experience): boolean {
	return areParts(a, b) || (isBareAnswer(a) && isBareAnswer(b));
}
