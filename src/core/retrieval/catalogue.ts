/** The library as a list to look through: words and facets in, a page of rows and the counts of all facets out. */
import type { BrowseAnswer, BrowseQuery, BrowseRow, KnownUtility } from '../experience/browse.js';
import type { Experience } from '../experience/experience.js';
import type { UseCount } from '../experience/store.js';
import { CatalogueFacets, type Outside } from './catalogueFacets.js';
import { partNames, partTexts, partWeights, rowOf, type WeighedWord } from './catalogueRows.js';
import { shownLine, wordsOf } from './catalogueText.js';
import { WordIndex } from './catalogueWords.js';

/** What the catalogue is told with each query, because it lies elsewhere. */
export interface BrowseAround {
	/** How often experiences were used; those without an entry never were. */
	readonly uses: ReadonlyMap<string, UseCount>;
	/**
	 * What a search by the meaning of the words finds, best first: asked where no experience has all of them. The same
	 * function is asked only once for a text, until the catalogue changes.
	 */
	readonly nearby?: ((text: string) => readonly string[]) | undefined;
}

const mostRows = 500;

const titles = new Intl.Collator('en', { numeric: true });

/**
 * Every word of a query must stand somewhere in an experience, as a word, the beginning of one, or, from three letters
 * on, inside of one. It counts by the best part that holds it, twice as much where it is a whole word and half as much
 * inside of one, and by how rare it is. All is in memory, and answers within a keystroke at 10,000 experiences.
 */
export class Catalogue {
	private readonly slots = new Map<string, number>();
	/** In order of creation; a removed experience leaves its place empty. */
	private readonly experiences: (Experience | undefined)[] = [];
	private readonly words = new WordIndex(partNames.map((name) => partWeights[name]));
	/** Slots whose words were not taken in yet: nobody needs them before the first word is looked for. */
	private readonly unread = new Set<number>();
	private readonly facets = new CatalogueFacets();
	/** All slots in the order of a sort that only a change of the library changes. */
	private readonly orders = new Map<'changed' | 'title', readonly number[]>();
	/** So that paging asks once. */
	private lastNearby: (Nearby & { readonly ids: readonly string[] }) | undefined;

	get size(): number {
		return this.slots.size;
	}

	/** Takes an experience in, in place of the one with its id. */
	put(experience: Experience): void {
		const slot = this.slots.get(experience.id) ?? this.experiences.length;
		const before = this.experiences[slot];
		this.forgetAnswers();
		this.slots.set(experience.id, slot);
		this.experiences[slot] = experience;
		this.facets.put(slot, experience);
		if (!before || !sameTexts(before, experience)) this.unread.add(slot);
	}

	/** False where there is no such experience. */
	remove(id: string): boolean {
		const slot = this.slots.get(id);
		if (slot === undefined) return false;
		this.forgetAnswers();
		this.slots.delete(id);
		this.experiences[slot] = undefined;
		this.facets.remove(slot);
		if (!this.unread.delete(slot)) this.words.remove(slot);
		return true;
	}

	/**
	 * Takes in the words of so many experiences ahead of the first word that is looked for, which needs them all.
	 * @returns whether any are left
	 */
	prepare(most: number): boolean {
		let left = most;
		for (const slot of this.unread) {
			if (left-- <= 0) return true;
			const experience = this.experiences[slot];
			if (experience) this.words.put(slot, partTexts(experience));
			this.unread.delete(slot);
		}
		return false;
	}

	/** One page of what passes. Same library, same query, same surroundings, same answer. */
	browse(query: BrowseQuery, around: BrowseAround): BrowseAnswer {
		const words = wordsOf(query.text);
		const found = this.find(words);
		const outside = this.outside(query, around);
		const passing = this.facets.narrow(found.slots, query.facets, outside);
		const near =
			words.length > 0 && passing.slots.length === 0
				? this.facets.narrow(this.nearby(query.text, around), query.facets, outside)
				: undefined;
		const nearby = near !== undefined && near.slots.length > 0;
		const ordered = nearby ? near.slots : this.sorted(passing.slots, found, query, around);
		const offset = Math.max(0, Math.floor(query.offset));
		const limit = Math.min(mostRows, Math.max(0, Math.floor(query.limit)));
		return {
			all: this.size,
			total: ordered.length,
			offset,
			rows: ordered.slice(offset, offset + limit).flatMap((slot) => this.row(slot, found.words, query, around)),
			facets: (nearby ? near : passing).facets,
			nearby,
		};
	}

	/** The slots of the experiences that hold all the words, in order of creation. */
	private find(words: readonly string[]): Found {
		if (words.length > 0) this.prepare(Number.POSITIVE_INFINITY);
		const scores = new Float64Array(this.experiences.length);
		const weights = new Map<string, number>();
		let slots: readonly number[] = [...this.slots.values()];
		for (const word of words) {
			if (slots.length === 0) break;
			const { best, holders } = this.words.hitsOf(word);
			const weight = Math.log(1 + this.size / Math.max(1, holders));
			weights.set(word, weight);
			slots = slots.filter((slot) => (best[slot] ?? 0) > 0);
			for (const slot of slots) scores[slot] = (scores[slot] ?? 0) + (best[slot] ?? 0) * weight;
		}
		return { slots, scores, words: words.map((word) => ({ word, weight: weights.get(word) ?? 1 })) };
	}

	private nearby(text: string, { nearby }: BrowseAround): readonly number[] {
		if (!nearby) return [];
		const last = this.lastNearby;
		const known = last?.text === text && last.nearby === nearby;
		const { ids } = known ? last : { ids: nearby(text) };
		this.lastNearby = { text, nearby, ids };
		return ids.flatMap((id) => this.slots.get(id) ?? []);
	}

	private outside({ utility }: BrowseQuery, { uses }: BrowseAround): Outside {
		const idOf = (slot: number): string => this.experiences[slot]?.id ?? '';
		return {
			used: (slot) => uses.size > 0 && (uses.get(idOf(slot))?.used ?? 0) > 0,
			verdict: (slot) => (utility.size === 0 ? 'unknown' : (utility.get(idOf(slot))?.verdict ?? 'unknown')),
		};
	}

	/** @param slots in order of creation */
	private sorted(
		slots: readonly number[],
		found: Found,
		{ sort, utility }: BrowseQuery,
		{ uses }: BrowseAround,
	): readonly number[] {
		const newest = slots.toReversed();
		const byNumber = (numberOf: (experience: Experience, slot: number) => number): readonly number[] => {
			const keys = new Float64Array(this.experiences.length);
			for (const slot of slots) {
				const experience = this.experiences[slot];
				if (experience) keys[slot] = numberOf(experience, slot);
			}
			return newest.sort((a, b) => (keys[b] ?? 0) - (keys[a] ?? 0) || b - a);
		};
		switch (sort) {
			case 'newest':
				return newest;
			case 'relevance':
				return found.words.length === 0 ? newest : this.byRelevance(newest, found.scores);
			case 'used':
				return byNumber(({ id }) => uses.get(id)?.used ?? 0);
			case 'utility':
				return byNumber(({ id }) => utilityKey(utility.get(id)));
			case 'priority':
				return byNumber(({ priority }) => priority);
			case 'changed':
			case 'title': {
				const passing = new Set(slots);
				return this.order(sort).filter((slot) => passing.has(slot));
			}
		}
	}

	private byRelevance(slots: number[], scores: Float64Array): readonly number[] {
		const marks = (slot: number): number => {
			const { pinned = false, starred = false } = this.experiences[slot] ?? {};
			return (pinned ? 2 : 0) + (starred ? 1 : 0);
		};
		return slots.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || marks(b) - marks(a) || b - a);
	}

	/** Comparing texts takes long, so the order of all is kept until the library changes. */
	private order(sort: 'changed' | 'title'): readonly number[] {
		const known = this.orders.get(sort);
		if (known) return known;
		const keyed = [...this.slots.values()].map((slot) => {
			const { updatedAt = '', title = '' } = this.experiences[slot] ?? {};
			return { slot, key: sort === 'title' ? shownLine(title) : updatedAt };
		});
		if (sort === 'title') keyed.sort((a, b) => titles.compare(a.key, b.key) || b.slot - a.slot);
		else keyed.sort((a, b) => (a.key === b.key ? b.slot - a.slot : a.key < b.key ? 1 : -1));
		const order = keyed.map(({ slot }) => slot);
		this.orders.set(sort, order);
		return order;
	}

	private row(
		slot: number,
		words: readonly WeighedWord[],
		query: BrowseQuery,
		{ uses }: BrowseAround,
	): readonly BrowseRow[] {
		const experience = this.experiences[slot];
		return experience ? [rowOf(experience, words, uses.get(experience.id), query.utility.get(experience.id))] : [];
	}

	private forgetAnswers(): void {
		this.orders.clear();
		this.lastNearby = undefined;
	}
}

interface Nearby {
	readonly text: string;
	readonly nearby: NonNullable<BrowseAround['nearby']>;
}

interface Found {
	readonly slots: readonly number[];
	/** Per slot, of those alone. */
	readonly scores: Float64Array;
	readonly words: readonly WeighedWord[];
}

/** Verdicts by their effect, then what is too little evidence for one, then what has none. */
function utilityKey(utility: KnownUtility | undefined): number {
	if (!utility) return -6;
	return utility.verdict === 'unknown' ? utility.effect - 3 : utility.effect;
}

/** Changes of marks and status keep the objects that hold the texts. */
function sameTexts(a: Experience, b: Experience): boolean {
	return (
		a.title === b.title &&
		a.when === b.when &&
		a.strategy === b.strategy &&
		a.patterns === b.patterns &&
		a.cases === b.cases &&
		a.domains === b.domains
	);
}
