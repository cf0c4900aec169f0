/** How often each experience was used, kept beside the library that counts it. */
import type { UseCount } from '../experience/store.js';

/** Where the counts come from. */
export interface UseCounter {
	/** All that were ever used or rated. */
	usesOfAll(): ReadonlyMap<string, UseCount>;
	uses(id: string): UseCount;
}

/** Beyond so many changes all are counted anew. */
const mostChanged = 500;

/** A run uses several experiences a second while somebody looks at them: only what changed is counted again. */
export class KeptUses {
	private counts: Map<string, UseCount> | undefined;
	private readonly changed = new Set<string>();

	/** The count of this experience is no longer right. */
	change(id: string): void {
		if (this.counts) this.changed.add(id);
	}

	forget(): void {
		this.counts = undefined;
		this.changed.clear();
	}

	/** The counts as they are now; an experience without an entry was never used. */
	current(counter: UseCounter): ReadonlyMap<string, UseCount> {
		if (this.changed.size > mostChanged) this.forget();
		this.counts ??= new Map(counter.usesOfAll());
		for (const id of this.changed) this.counts.set(id, counter.uses(id));
		this.changed.clear();
		return this.counts;
	}
}
