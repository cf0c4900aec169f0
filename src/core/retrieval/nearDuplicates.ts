/** Tells whether two experiences say the same, exactly or nearly; no model is asked. */
import type { Experience } from '../experience/experience.js';
import { sha256Hex } from '../experience/ids.js';

/**
 * From `nearDuplicate` on two lessons count as one; from `ask` on a model decides; below, they are different. Fitted on
 * pairs of published experiences by different authors about the same problem.
 */
export const similarityThresholds = { nearDuplicate: 0.55, ask: 0.18 } as const;

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

/** Cosine of the two texts' character 4-grams, counted, letter case and white space aside: 0–1. */
export function similarity(a: string, b: string): number {
	return cosine(gramsOf(a), gramsOf(b));
}

/** Similarity of many texts to one, whose 4-grams are counted once. */
export function similarityTo(text: string): (other: string) => number {
	const grams = gramsOf(text);
	return (other) => cosine(grams, gramsOf(other));
}

/**
 * Equal for experiences that say the same: zone, lesson and cases, whatever their ids, sources, order of parts, letter
 * case and white space. 64 hex digits.
 */
export function contentKey({ zone, when, strategy, patterns, cases }: Experience): string {
	const content = {
		zone,
		when: plain(when.text),
		strategy: plain(strategy.text),
		patterns: patterns.map(({ rule, examples }) => JSON.stringify([plain(rule), ...examples.map(plain).sort()])).sort(),
		cases: cases
			.map(({ question, answer, solution, outcome }) =>
				JSON.stringify([plain(question), answer.trim(), plain(solution ?? ''), outcome]),
			)
			.sort(),
	};
	return sha256Hex(JSON.stringify(content));
}

function plain(text: string): string {
	return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** How often each 4-gram stands in a text, by its hash. */
interface Grams {
	readonly counts: ReadonlyMap<number, number>;
	readonly norm: number;
}

function gramsOf(text: string): Grams {
	const folded = ` ${plain(text)} `;
	const counts = new Map<number, number>();
	for (let at = 0; at + 4 <= folded.length; at++) {
		let hash = 0;
		// 37 keeps all 4-grams of ASCII letters, digits and blanks apart within 32 bits, and scatters the rest.
		for (let next = at; next < at + 4; next++) hash = (Math.imul(hash, 251) + folded.charCodeAt(next)) | 0;
		counts.set(hash, (counts.get(hash) ?? 0) + 1);
	}
	let squares = 0;
	for (const count of counts.values()) squares += count * count;
	return { counts, norm: Math.sqrt(squares) };
}

function cosine(a: Grams, b: Grams): number {
	const [few, many] = a.counts.size < b.counts.size ? [a, b] : [b, a];
	let product = 0;
	for (const [gram, count] of few.counts) product += count * (many.counts.get(gram) ?? 0);
	return product === 0 ? 0 : Math.min(1, product / (a.norm * b.norm));
}
