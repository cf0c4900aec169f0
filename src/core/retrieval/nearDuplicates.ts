/** How alike two texts or experiences are: exact content, and the cosine of character 4-grams. */
import type { Experience } from '../experience/experience.js';
import { sha256Hex } from '../experience/ids.js';

/** Measured on pairs of published experiences: from `nearDuplicate` on the same, from `ask` on worth a second look. */
export const duplicateThresholds = { nearDuplicate: 0.55, ask: 0.18 } as const;

/** A text's 4-gram counts and their length, so that one text can be compared with many. */
export interface GramVector {
	readonly counts: ReadonlyMap<string, number>;
	readonly norm: number;
}

/** 4-grams over the text's letters and digits, in lower case, with single spaces between words. */
export function gramVector(text: string): GramVector {
	const plain = ` ${text.toLowerCase().normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
	const counts = new Map<string, number>();
	for (let i = 0; i + 4 <= plain.length; i++) {
		const gram = plain.slice(i, i + 4);
		counts.set(gram, (counts.get(gram) ?? 0) + 1);
	}
	let squares = 0;
	for (const count of counts.values()) squares += count * count;
	return { counts, norm: Math.sqrt(squares) };
}

/** Cosine of two vectors, 0–1; 0 where one is empty. */
export function cosine(a: GramVector, b: GramVector): number {
	if (a.norm === 0 || b.norm === 0) return 0;
	const [small, large] = a.counts.size < b.counts.size ? [a, b] : [b, a];
	let dot = 0;
	for (const [gram, count] of small.counts) dot += count * (large.counts.get(gram) ?? 0);
	return dot / (a.norm * b.norm);
}

export function similarity(a: string, b: string): number {
	return cosine(gramVector(a), gramVector(b));
}

/** The text that stands for an experience in a search: method, rules, examples, questions of its cases. */
export function searchText(experience: Experience): string {
	const { title, when, strategy, patterns, cases } = experience;
	return [
		title,
		when.text,
		strategy.text,
		...patterns.flatMap((pattern) => [pattern.rule, ...pattern.examples]),
		...cases.flatMap((item) => [item.question, item.question === '' ? (item.solution ?? '') : '']),
	]
		.filter((part) => part !== '')
		.join('\n');
}

/** Equal for experiences that say the same: zone, condition, strategy, rules and cases, apart from case and spacing. */
export function contentKey(experience: Experience): string {
	const normal = (text: string) => text.toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();
	return sha256Hex(
		JSON.stringify([
			experience.zone,
			normal(experience.when.text),
			normal(experience.strategy.text),
			experience.patterns.map((pattern) => normal(pattern.rule)).sort(),
			experience.cases.map((item) => [normal(item.question), normal(item.answer)]).sort(),
		]),
	);
}
