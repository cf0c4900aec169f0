/** Tells whether two experiences say nearly the same; no model is asked. */
import type { Experience } from '../experience/experience.js';

/**
 * From `nearDuplicate` on, two lessons count as one; from `ask` on, a model decides; below, they are different. Measured
 * between two published libraries on competition problems: of 11 pairs about the same problem by different authors three
 * in four lie above 0.55 and all above 0.34; of the eight nearest unrelated lessons one in 500 lies above 0.55, and half
 * below 0.3. Both hold for libraries of 2 to 35 experiences.
 */
export const similarityThresholds = { nearDuplicate: 0.55, ask: 0.35 } as const;

/**
 * What an experience teaches, as one text: its condition, strategy and patterns. The questions of its cases where it
 * teaches nothing in words. Cases are left out else, so that an experience with many of them is still like a new one
 * that draws the same lesson from one more.
 */
export function lessonText({ when, strategy, patterns, cases }: Experience): string {
	const rules = patterns.flatMap(({ rule, examples }) => [rule, ...examples]);
	const lesson = [when.text, strategy.text, ...rules].filter((text) => text.trim() !== '');
	return (lesson.length > 0 ? lesson : cases.map((item) => item.question)).join('\n');
}

/** How much a word tells about what a text is about. */
export type WordWeight = (word: string) => number;

/**
 * Cosine of the two texts' character 4-grams, each counted as much as the words weigh in which it stands: 0–1. Counted
 * alike, any two English texts of a page would be half the same.
 * @param weightOf a library's weight of a word; the words that every English text has are worth a tenth of it
 */
export function similarity(a: string, b: string, weightOf: WordWeight = () => 1): number {
	return similarityTo(a, weightOf)(b);
}

/** Similarity of many texts to one, whose 4-grams are counted once. */
export function similarityTo(text: string, weightOf: WordWeight = () => 1): (other: string) => number {
	const grams = gramsOf(text, weightOf);
	return (other) => cosine(grams, gramsOf(other, weightOf));
}

function plain(text: string): string {
	return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** The 4-grams of a text by their hashes. */
export interface Grams {
	readonly weights: ReadonlyMap<number, number>;
	readonly norm: number;
}

/** What `similarity` compares: the cosine of two texts' grams is their similarity. */
export function gramsOf(text: string, weightOf: WordWeight): Grams {
	const words = new Map<string, number>();
	for (const [word] of plain(text).matchAll(/[\p{L}\p{N}]+/gu)) words.set(word, (words.get(word) ?? 0) + 1);
	const weights = new Map<number, number>();
	for (const [word, count] of words) {
		const weight = count * weightOf(word) * (commonWords.has(word) ? 0.1 : 1);
		const framed = ` ${word} `;
		for (let at = 0; at === 0 || at + 4 <= framed.length; at++) {
			let hash = 0;
			for (let next = at; next < at + 4; next++) hash = (Math.imul(hash, 251) + (framed.charCodeAt(next) | 0)) | 0;
			weights.set(hash, (weights.get(hash) ?? 0) + weight);
		}
	}
	let squares = 0;
	for (const weight of weights.values()) squares += weight * weight;
	return { weights, norm: Math.sqrt(squares) };
}

function cosine(a: Grams, b: Grams): number {
	const [few, many] = a.weights.size < b.weights.size ? [a, b] : [b, a];
	let product = 0;
	for (const [gram, weight] of few.weights) product += weight * (many.weights.get(gram) ?? 0);
	return product === 0 ? 0 : Math.min(1, product / (a.norm * b.norm));
}

/** Words without a subject. A library of many experiences sees by itself that they tell nothing; one of two does not. */
const commonWords: ReadonlySet<string> = new Set(
	(
		'a about after again all also am an and any are as at be because been before being between both but by can could did ' +
		'do does done down each either else every few first for from get had has have having he her here him his how i if in ' +
		'into is it its itself just less let may me might more most much must my no nor not now of off on once one only onto ' +
		'or other our out over own per same shall she should so some such than that the their them then there these they ' +
		'this those through thus to too two under until up upon us use used using very via was we were what when where ' +
		'whether which while who whom whose why will with within without would yet you your'
	).split(' '),
);
