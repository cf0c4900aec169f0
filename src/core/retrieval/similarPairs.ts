/** Finds the pairs of texts that are alike, without comparing each with each in a large library. */
import { LexicalIndex } from './lexicalIndex.js';
import { gramsOf } from './nearDuplicates.js';
import { TopK } from './topK.js';

export interface SimilarPair {
	/** Places in the list of texts, the lower one first. */
	readonly a: number;
	readonly b: number;
	/** As `similarity` says, with the weights of words among these texts; 0–1. */
	readonly similarity: number;
}

/** So many texts are compared each with each. */
const comparedWhole = 256;
/** In a larger library a text is compared with so many of those that share most of its rarest grams with it. */
const comparedEach = 16;
/** So many places are looked up for a text at most. */
const visitsEach = 8000;

/** A text's grams by their numbers, with weights whose squares sum to 1. */
interface Vector {
	readonly grams: Int32Array;
	readonly weights: Float64Array;
}

/**
 * Pairs whose similarity is `threshold` or more, most alike first. Of more than 256 texts, each is compared with the 16
 * nearest by their rare grams: the time then grows with the number of texts, and not with its square.
 */
export function similarPairs(texts: readonly string[], threshold: number): readonly SimilarPair[] {
	const index = new LexicalIndex();
	for (const [place, text] of texts.entries()) index.put(String(place), [text]);
	const { vectors, grams } = vectorsOf(texts, index);
	const spread = new Float64Array(grams);
	const pairs: SimilarPair[] = [];
	for (const [a, others] of candidates(vectors, grams).entries()) {
		const vector = vectors[a];
		if (!vector) continue;
		for (let at = 0; at < vector.grams.length; at++) spread[vector.grams[at] ?? 0] = vector.weights[at] ?? 0;
		for (const b of others) {
			const similarity = Math.min(1, product(spread, vectors[b]));
			if (similarity >= threshold) pairs.push({ a, b, similarity });
		}
		for (const gram of vector.grams) spread[gram] = 0;
	}
	return pairs.sort((x, y) => y.similarity - x.similarity || x.a - y.a || x.b - y.b);
}

/** For each text the later ones to compare it with. */
function candidates(vectors: readonly Vector[], grams: number): readonly (readonly number[])[] {
	if (vectors.length <= comparedWhole) {
		return vectors.map((_, a) => Array.from({ length: vectors.length - a - 1 }, (_, at) => a + 1 + at));
	}
	const holders = holdersOf(vectors, grams);
	const shared = new Float64Array(vectors.length);
	const later = vectors.map(() => new Set<number>());
	for (const [place, vector] of vectors.entries()) {
		for (const other of nearest(place, vector, holders, shared)) {
			later[Math.min(place, other)]?.add(Math.max(place, other));
		}
	}
	return later.map((places) => [...places]);
}

interface Holder {
	readonly place: number;
	readonly weight: number;
}

/** By gram, the texts that have it. */
function holdersOf(vectors: readonly Vector[], grams: number): readonly (readonly Holder[])[] {
	const holders = Array.from({ length: grams }, (): Holder[] => []);
	for (const [place, vector] of vectors.entries()) {
		for (let at = 0; at < vector.grams.length; at++) {
			holders[vector.grams[at] ?? 0]?.push({ place, weight: vector.weights[at] ?? 0 });
		}
	}
	return holders;
}

/** The texts that share most with one in its rarest grams. @param shared zeros, one a text; left as found */
function nearest(
	place: number,
	{ grams, weights }: Vector,
	holders: readonly (readonly Holder[])[],
	shared: Float64Array,
): readonly number[] {
	// One number a gram that sorts by how many texts have it, then by place; typed arrays sort fast.
	const keys = Float64Array.from(grams, (gram, at) => (holders[gram]?.length ?? 0) * grams.length + at).sort();
	const met: number[] = [];
	let visits = 0;
	for (const key of keys) {
		const at = key % grams.length;
		const having = holders[grams[at] ?? 0] ?? [];
		visits += having.length;
		if (visits > visitsEach) break;
		const weight = weights[at] ?? 0;
		for (const holder of having) {
			const sum = shared[holder.place] ?? 0;
			if (sum === 0) met.push(holder.place);
			shared[holder.place] = sum + holder.weight * weight;
		}
	}
	const best = new TopK(comparedEach, (x, y) => x < y);
	for (const other of met) if (other !== place) best.add(shared[other] ?? 0, other);
	for (const other of met) shared[other] = 0;
	return best.ranked().map(({ item }) => item);
}

function product(spread: Float64Array, vector: Vector | undefined): number {
	let sum = 0;
	if (!vector) return sum;
	const { grams, weights } = vector;
	for (let at = 0; at < grams.length; at++) sum += (spread[grams[at] ?? 0] ?? 0) * (weights[at] ?? 0);
	return sum;
}

function vectorsOf(
	texts: readonly string[],
	index: LexicalIndex,
): { readonly vectors: readonly Vector[]; readonly grams: number } {
	const weights = new Map<string, number>();
	const weightOf = (word: string): number => {
		const weight = weights.get(word) ?? index.weightOf(word);
		weights.set(word, weight);
		return weight;
	};
	const numbers = new Map<number, number>();
	const vectors = texts.map((text) => {
		const { weights: held, norm } = gramsOf(text, weightOf);
		const grams = Int32Array.from(held.keys(), (gram) => {
			const number = numbers.get(gram) ?? numbers.size;
			numbers.set(gram, number);
			return number;
		});
		return { grams, weights: Float64Array.from(held.values(), (weight) => weight / norm) };
	});
	return { vectors, grams: numbers.size };
}
