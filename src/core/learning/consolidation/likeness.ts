/** How alike two experiences are for the eye, where something else than likeness decides. */
import type { Experience } from '../../experience/experience.js';
import { lessonText, similarity } from '../../retrieval/nearDuplicates.js';

/** Cosine of the 4-grams of both lessons, all words of a library weighing alike; 0–1. */
export function likeness(a: Experience, b: Experience): number {
	return similarity(lessonText(a), lessonText(b));
}
