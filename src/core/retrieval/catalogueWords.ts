/** Which experiences hold a word that somebody types, however little of it stands there yet. */
import { isFoundInside, type Strength } from './catalogueText.js';
import { WordTable } from './catalogueWordTable.js';

/** Where a typed word was found. */
export interface WordHits {
	/** Per slot: the best weight of a part that holds the word, times the strength of the match; 0 for none. */
	readonly best: Uint8Array;
	/** How many experiences hold it. */
	readonly holders: number;
}

interface FoundWords {
	/** Numbers of the words that hold what was typed, and beside them how well. */
	readonly words: readonly number[];
	readonly strengths: readonly Strength[];
}

/** Bits that name the parts beside the number of a word or a slot. */
const partBits = 6;
const partMask = (1 << partBits) - 1;

/** Typed words whose hits are kept, so that each keystroke looks for one word only. */
const keptWords = 128;

/**
 * The words of all experiences, cut at white space, with what they hold looked up in two steps: which different words
 * hold what was typed (there are few beside the text), then which experiences hold those. Postings lie sorted by word;
 * experiences that changed since they were sorted are looked at one by one, until they are too many.
 */
export class WordIndex {
	private readonly table = new WordTable();
	/** Per slot: numbers of its words, each once, with the parts that hold it. */
	private readonly held: (Uint32Array | undefined)[] = [];
	/** Slots that changed since `sort`. */
	private readonly changed = new Set<number>();
	private starts: Uint32Array = new Uint32Array(1);
	/** Of word `w` from `starts[w]` on: slots with the parts that hold it. */
	private postings: Uint32Array = new Uint32Array(0);
	/** Parts that hold a word, of the experience that is being read. */
	private marks: Uint8Array = new Uint8Array(4096);
	private readonly found = new Map<string, FoundWords>();
	private readonly hits = new Map<string, WordHits>();
	/** Per set of parts: the greatest weight in it. */
	private readonly greatest: Uint8Array;

	/** @param weights of the parts, at most 63 each */
	constructor(weights: readonly number[]) {
		this.greatest = Uint8Array.from({ length: 1 << partBits }, (_, parts) =>
			Math.max(0, ...weights.filter((_, part) => parts & (1 << part))),
		);
	}

	/** @param texts of each part, in the order of the weights */
	put(slot: number, texts: readonly (readonly string[])[]): void {
		const words: number[] = [];
		for (const [part, ofPart] of texts.entries()) {
			for (const text of ofPart) {
				const { numbers, length } = this.table.read(text);
				if (this.marks.length < this.table.size) this.marks = grown(this.marks, this.table.size);
				for (let at = 0; at < length; at++) {
					const word = numbers[at] ?? 0;
					const before = this.marks[word] ?? 0;
					if (before === 0) words.push(word);
					this.marks[word] = before | (1 << part);
				}
			}
		}
		const held = new Uint32Array(words.length);
		for (let at = 0; at < words.length; at++) {
			const word = words[at] ?? 0;
			held[at] = (word << partBits) | (this.marks[word] ?? 0);
			this.marks[word] = 0;
		}
		this.change(slot, held);
	}

	remove(slot: number): void {
		this.change(slot, undefined);
	}

	/** @param word folded, without white space */
	hitsOf(word: string): WordHits {
		const known = this.hits.get(word);
		if (known) return known;
		if (this.changed.size > 64 + this.held.length / 8) this.sort();
		const found = this.foundWords(word);
		const best = new Uint8Array(this.held.length);
		this.scoreSorted(found, best);
		if (this.changed.size > 0) this.scoreChanged(found, best);
		const hits = { best, holders: best.reduce((sum, score) => sum + (score > 0 ? 1 : 0), 0) };
		keep(this.hits, word, hits);
		return hits;
	}

	private change(slot: number, held: Uint32Array | undefined): void {
		this.held[slot] = held;
		this.changed.add(slot);
		this.hits.clear();
		this.found.clear();
	}

	/** Where a beginning of the typed word was looked up before, only what held that is looked at. */
	private foundWords(typed: string): FoundWords {
		const words: number[] = [];
		const strengths: Strength[] = [];
		const add = (word: number, strength: Strength): void => {
			words.push(word);
			strengths.push(strength);
		};
		const before = this.narrower(typed);
		if (before) this.table.searchAmong(before.words, typed, add);
		else this.table.search(typed, add);
		const found = { words, strengths };
		keep(this.found, typed, found);
		return found;
	}

	private narrower(typed: string): FoundWords | undefined {
		const foundInside = isFoundInside(typed);
		for (let length = typed.length - 1; length > 0; length--) {
			const shorter = typed.slice(0, length);
			const found = this.found.get(shorter);
			// What is too short to be found inside of words has not found all that hold the longer one.
			if (found && isFoundInside(shorter) === foundInside) return found;
		}
		return undefined;
	}

	private scoreSorted({ words, strengths }: FoundWords, best: Uint8Array): void {
		const { starts, postings, greatest } = this;
		for (let place = 0; place < words.length; place++) {
			const word = words[place] ?? 0;
			const strength = strengths[place] ?? 0;
			const end = starts[word + 1] ?? 0;
			for (let at = starts[word] ?? end; at < end; at++) {
				const posting = postings[at] ?? 0;
				const score = (greatest[posting & partMask] ?? 0) * strength;
				if (score > (best[posting >>> partBits] ?? 0)) best[posting >>> partBits] = score;
			}
		}
	}

	private scoreChanged({ words, strengths }: FoundWords, best: Uint8Array): void {
		const strengthOf = new Uint8Array(this.table.size);
		for (const [place, word] of words.entries()) strengthOf[word] = strengths[place] ?? 0;
		for (const slot of this.changed) {
			best[slot] = 0;
			for (const entry of this.held[slot] ?? []) {
				const score = (this.greatest[entry & partMask] ?? 0) * (strengthOf[entry >>> partBits] ?? 0);
				if (score > (best[slot] ?? 0)) best[slot] = score;
			}
		}
	}

	/** Sorts all postings anew. */
	private sort(): void {
		const { held, table } = this;
		const starts = new Uint32Array(table.size + 1);
		for (const entries of held) {
			for (const entry of entries ?? []) starts[(entry >>> partBits) + 1] = (starts[(entry >>> partBits) + 1] ?? 0) + 1;
		}
		for (let word = 0; word < table.size; word++) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0);
		const next = starts.slice();
		const postings = new Uint32Array(starts[table.size] ?? 0);
		for (const [slot, entries] of held.entries()) {
			for (const entry of entries ?? []) {
				const word = entry >>> partBits;
				const place = next[word] ?? 0;
				postings[place] = ((slot << partBits) | (entry & partMask)) >>> 0;
				next[word] = place + 1;
			}
		}
		this.starts = starts;
		this.postings = postings;
		this.changed.clear();
	}
}

function keep<T>(kept: Map<string, T>, word: string, value: T): void {
	const oldest = kept.size >= keptWords ? kept.keys().next().value : undefined;
	if (oldest !== undefined) kept.delete(oldest);
	kept.set(word, value);
}

function grown(array: Uint8Array, needed: number): Uint8Array {
	const copy = new Uint8Array(Math.max(needed, array.length * 2));
	copy.set(array);
	return copy;
}
