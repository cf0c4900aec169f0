/** Keeps the best few of many scored numbers in a bounded heap, the worst of them on top. */

export class TopK {
	private readonly scores: number[] = [];
	private readonly items: number[] = [];

	/**
	 * @param limit how many to keep
	 * @param before order of items with equal scores: true where `a` is the better one
	 */
	constructor(
		private readonly limit: number,
		private readonly before: (a: number, b: number) => boolean,
	) {}

	/** Whether an item with this score would be kept, as far as the score alone tells. */
	admits(score: number): boolean {
		return this.items.length < this.limit || score >= (this.scores[0] ?? Number.POSITIVE_INFINITY);
	}

	add(score: number, item: number): void {
		if (this.items.length < this.limit) {
			this.scores.push(score);
			this.items.push(item);
			this.siftUp(this.items.length - 1);
		} else if (this.limit > 0 && this.worse(this.scores[0] ?? 0, this.items[0] ?? 0, score, item)) {
			this.scores[0] = score;
			this.items[0] = item;
			this.siftDown();
		}
	}

	/** What was kept, best first. */
	ranked(): readonly { readonly score: number; readonly item: number }[] {
		const kept = this.items.map((item, at) => ({ item, score: this.scores[at] ?? 0 }));
		return kept.sort((a, b) => (this.worse(a.score, a.item, b.score, b.item) ? 1 : -1));
	}

	private worse(score: number, item: number, otherScore: number, other: number): boolean {
		return score === otherScore ? this.before(other, item) : score < otherScore;
	}

	private siftUp(start: number): void {
		let at = start;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (!this.worseAt(at, parent)) return;
			this.swap(at, parent);
			at = parent;
		}
	}

	private siftDown(): void {
		let at = 0;
		for (;;) {
			const left = at * 2 + 1;
			const right = left + 1;
			let worst = at;
			if (left < this.items.length && this.worseAt(left, worst)) worst = left;
			if (right < this.items.length && this.worseAt(right, worst)) worst = right;
			if (worst === at) return;
			this.swap(at, worst);
			at = worst;
		}
	}

	private worseAt(a: number, b: number): boolean {
		return this.worse(this.scores[a] ?? 0, this.items[a] ?? 0, this.scores[b] ?? 0, this.items[b] ?? 0);
	}

	private swap(a: number, b: number): void {
		[this.scores[a], this.scores[b]] = [this.scores[b] ?? 0, this.scores[a] ?? 0];
		[this.items[a], this.items[b]] = [this.items[b] ?? 0, this.items[a] ?? 0];
	}
}
