/** Which experiences a term leads to, and how many have it: how the index comes from a line to a few candidates. */

/** What of a term of an experience the postings need. */
export interface PostedTerm {
	/** A stem, or a name with `=` before it. */
	readonly key: string;
	/** It tells enough to look closer at the experience. */
	readonly leads: boolean;
}

interface Posting {
	/** Experiences that have the term at all. */
	count: number;
	/** Numbers of those that it leads to. */
	readonly numbers: number[];
}

/** Up to 1 in 20 of the experiences a term tells all that it can; what more have tells less. */
const fullShare = 20;
const mostReached = 48;

export class HintPostings {
	private readonly terms = new Map<string, Posting>();
	private hits = new Uint8Array(0);

	add(number: number, { key, leads }: PostedTerm): void {
		let posting = this.terms.get(key);
		if (!posting) {
			posting = { count: 0, numbers: [] };
			this.terms.set(key, posting);
		}
		posting.count++;
		if (leads) posting.numbers.push(number);
	}

	remove(number: number, { key, leads }: PostedTerm): void {
		const posting = this.terms.get(key);
		if (!posting) return;
		posting.count--;
		if (posting.count === 0) this.terms.delete(key);
		if (!leads) return;
		const at = posting.numbers.indexOf(number);
		const last = posting.numbers.pop();
		if (last !== undefined && last !== number) posting.numbers[at] = last;
	}

	/**
	 * 1 for a term of few experiences, less for one that many of the library have.
	 * @param size experiences of the library
	 */
	rareness(key: string, size: number): number {
		const share = Math.max(size, fullShare) / (this.terms.get(key)?.count ?? 1);
		return Math.min(1, Math.log2(1 + share) / Math.log2(1 + fullShare));
	}

	/** The experiences that a term leads to; none where too many of the library have it. @param most their number */
	of(key: string, most: number): readonly number[] {
		const posting = this.terms.get(key);
		return posting && posting.count <= most ? posting.numbers : [];
	}

	/** The numbers that come at least `least` times in the lists, of those that `flags` lets pass; the most frequent ones. */
	often(lists: readonly (readonly number[])[], least: number, flags: Uint8Array): readonly number[] {
		if (this.hits.length < flags.length) this.hits = new Uint8Array(flags.length * 2);
		const { hits } = this;
		const reached: number[] = [];
		for (const list of lists) {
			for (const number of list) {
				if (flags[number] !== 1) continue;
				const now = (hits[number] ?? 0) + 1;
				if (now > 255) continue;
				hits[number] = now;
				if (now === least) reached.push(number);
			}
		}
		// A closer look at each would take long where a library has hundreds about one thing; only a few are shown.
		if (reached.length > mostReached) reached.sort((a, b) => (hits[b] ?? 0) - (hits[a] ?? 0) || a - b);
		for (const list of lists) for (const number of list) hits[number] = 0;
		return reached.slice(0, mostReached);
	}
}
