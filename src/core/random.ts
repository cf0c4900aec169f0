/** Seeded chance: every random choice of a run comes from here, so that the same seed gives the same run. */
import { sha256Hex } from './hash.js';

/** A 32-bit seed from any parts, stable over versions and machines. */
export function hashSeed(...parts: readonly (string | number)[]): number {
	return Number.parseInt(sha256Hex(parts.join('\u0000')).slice(0, 8), 16);
}

/** Numbers in [0, 1) from a seed; the generator is mulberry32 (T. Ettinger, public domain). */
export function seededRandom(seed: number | string): () => number {
	let state = typeof seed === 'number' ? seed >>> 0 : hashSeed(seed);
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A shuffled copy, every order equally likely. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
	const keyed = items.map((item) => ({ item, key: random() }));
	return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
