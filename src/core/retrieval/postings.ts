/** The lists of an index: for every word, the slots of the documents that hold it, and how often. */
import type { DocumentRecord } from './documentRecord.js';
import { longer, NumberList } from './typedArrays.js';

/**
 * Most postings lie sorted in three arrays (compressed sparse rows: those of word `t` from `starts[t]` up to
 * `starts[t + 1]`). Those of recent documents hang in linked lists, the tail, until `rebuild` sorts everything anew.
 * Documents that were removed stay in the lists until then, but are no longer counted.
 */
export class Postings {
	private starts: Uint32Array = new Uint32Array(1);
	private slots: Uint32Array = new Uint32Array(0);
	private counts: Uint16Array = new Uint16Array(0);
	/** Per word: in how many documents it is. */
	private frequencies: Uint32Array = new Uint32Array(1024);
	/** Per word: the place after its newest posting in the tail, 0 for none; `tailNext` leads to older ones. */
	private tailHeads: Uint32Array = new Uint32Array(1024);
	private tailNext = new NumberList();
	private tailSlots = new NumberList();
	private tailCounts = new NumberList();

	/** In how many documents a word is. */
	frequency(term: number): number {
		return this.frequencies[term] ?? 0;
	}

	/** Whether the tail is so long that it slows searches down. */
	get tailIsLong(): boolean {
		return this.tailNext.length > 4096 + this.slots.length / 8;
	}

	/** Takes in a document that the record got last. */
	add(record: DocumentRecord, slot: number): void {
		for (const [term, count] of wordsOf(record, slot)) {
			if (term >= this.frequencies.length) {
				this.frequencies = longer(this.frequencies, term + 1);
				this.tailHeads = longer(this.tailHeads, term + 1);
			}
			this.frequencies[term] = this.frequency(term) + 1;
			this.tailNext.push(this.tailHeads[term] ?? 0);
			this.tailSlots.push(slot);
			this.tailCounts.push(count);
			this.tailHeads[term] = this.tailNext.length;
		}
	}

	/** Stops counting a document; its postings stay until `rebuild`. */
	remove(record: DocumentRecord, slot: number): void {
		for (const term of wordsOf(record, slot).keys()) this.frequencies[term] = this.frequency(term) - 1;
	}

	/**
	 * Adds a word's part of BM25, `weight · c / (c + norms[slot])` for a count c, to the score of each document that
	 * holds it.
	 */
	score(term: number, weight: number, norms: Float32Array, scores: Float32Array): void {
		const { slots, counts } = this;
		const end = this.starts[term + 1] ?? 0;
		for (let at = this.starts[term] ?? end; at < end; at++) {
			const slot = slots[at] ?? 0;
			const count = counts[at] ?? 0;
			scores[slot] = (scores[slot] ?? 0) + (weight * count) / (count + (norms[slot] ?? 0));
		}
		for (let at = this.tailHeads[term] ?? 0; at > 0; at = this.tailNext.at(at - 1)) {
			const slot = this.tailSlots.at(at - 1);
			const count = this.tailCounts.at(at - 1);
			scores[slot] = (scores[slot] ?? 0) + (weight * count) / (count + (norms[slot] ?? 0));
		}
	}

	/** Makes the lists anew from a record without gaps. @param words how many words there are */
	rebuild(record: DocumentRecord, words: number): void {
		const ends = this.count(record, words);
		this.slots = new Uint32Array(ends[words] ?? 0);
		this.counts = new Uint16Array(this.slots.length);
		for (let slot = 0; slot < record.documents.length; slot++) {
			const [start, stop] = entriesOf(record, slot);
			for (let at = start; at < stop; at++) {
				const term = record.terms[at] ?? 0;
				const last = (ends[term] ?? 0) - 1;
				// A word of an earlier section of the same document: its posting is the last one so far.
				const again = last >= (this.starts[term] ?? 0) && this.slots[last] === slot;
				const place = again ? last : last + 1;
				this.slots[place] = slot;
				this.counts[place] = Math.min(65_535, (this.counts[place] ?? 0) + (record.counts[at] ?? 0));
				if (!again) ends[term] = place + 1;
			}
		}
		this.tailHeads = new Uint32Array(Math.max(1024, words));
		this.tailNext = new NumberList();
		this.tailSlots = new NumberList();
		this.tailCounts = new NumberList();
	}

	/** Counts the documents of each word, and lays out the lists; returns where each list ends so far, its start. */
	private count(record: DocumentRecord, words: number): Uint32Array {
		this.frequencies = new Uint32Array(Math.max(1024, words));
		const seen = new Uint32Array(words);
		for (let slot = 0; slot < record.documents.length; slot++) {
			const [start, stop] = entriesOf(record, slot);
			for (let at = start; at < stop; at++) {
				const term = record.terms[at] ?? 0;
				if (seen[term] === slot + 1) continue;
				seen[term] = slot + 1;
				this.frequencies[term] = this.frequency(term) + 1;
			}
		}
		this.starts = new Uint32Array(words + 1);
		for (let term = 0; term < words; term++) this.starts[term + 1] = (this.starts[term] ?? 0) + this.frequency(term);
		return this.starts.slice();
	}
}

function entriesOf(record: DocumentRecord, slot: number): readonly [number, number] {
	const document = record.documents[slot];
	if (!document) return [0, 0];
	return [record.startOf(document.firstSection), record.startOf(document.firstSection + document.sections)];
}

/** The distinct words of a document, with how often each stands in it. */
function wordsOf(record: DocumentRecord, slot: number): ReadonlyMap<number, number> {
	const words = new Map<number, number>();
	const [start, stop] = entriesOf(record, slot);
	for (let at = start; at < stop; at++) {
		const term = record.terms[at] ?? 0;
		words.set(term, (words.get(term) ?? 0) + (record.counts[at] ?? 0));
	}
	return words;
}
