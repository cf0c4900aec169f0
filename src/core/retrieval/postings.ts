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
	private holders: Uint32Array;
	/** Per word: the place after its newest posting in the tail, 0 for none; `tailNext` leads to older ones. */
	private tailHeads: Uint32Array = new Uint32Array(1024);
	private tailNext = new NumberList();
	private tailSlots = new NumberList();
	private tailCounts = new NumberList();

	/** @param frequencies of the words of a record that `rebuild` will get */
	constructor(frequencies?: Uint32Array) {
		this.holders = frequencies ?? new Uint32Array(1024);
		if (frequencies) this.tailHeads = new Uint32Array(frequencies.length);
	}

	/** In how many documents a word is. */
	frequency(term: number): number {
		return this.holders[term] ?? 0;
	}

	/** The same for the first `words` words; a view. */
	frequencies(words: number): Uint32Array {
		return this.holders.subarray(0, words);
	}

	/** Whether the tail is so long that it slows searches down. */
	get tailIsLong(): boolean {
		return this.tailNext.length > 4096 + this.slots.length / 8;
	}

	/** Takes in a document that the record got last. */
	add(record: DocumentRecord, slot: number): void {
		const [start, stop] = entriesOf(record, slot);
		for (let at = start; at < stop; at++) {
			const term = record.terms[at] ?? 0;
			const count = record.counts[at] ?? 0;
			if (term >= this.holders.length) this.holders = longer(this.holders, term + 1);
			if (term >= this.tailHeads.length) this.tailHeads = longer(this.tailHeads, term + 1);
			const newest = (this.tailHeads[term] ?? 0) - 1;
			if (newest >= 0 && this.tailSlots.at(newest) === slot) {
				this.tailCounts.data[newest] = this.tailCounts.at(newest) + count;
				continue;
			}
			this.holders[term] = this.frequency(term) + 1;
			this.tailNext.push(newest + 1);
			this.tailSlots.push(slot);
			this.tailCounts.push(count);
			this.tailHeads[term] = this.tailNext.length;
		}
	}

	/** Stops counting a document; its postings stay until `rebuild`. */
	remove(record: DocumentRecord, slot: number): void {
		const [start, stop] = entriesOf(record, slot);
		for (const term of new Set(record.terms.subarray(start, stop))) this.holders[term] = this.frequency(term) - 1;
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
		this.starts = new Uint32Array(words + 1);
		for (let term = 0; term < words; term++) this.starts[term + 1] = (this.starts[term] ?? 0) + this.frequency(term);
		const ends = this.starts.slice();
		const slots = new Uint32Array(ends[words] ?? 0);
		const counts = new Uint16Array(slots.length);
		// Per word: the document that was entered last, plus one; it may hold the word in several sections.
		const entered = new Uint32Array(words);
		for (let slot = 0; slot < record.documents.length; slot++) {
			const [start, stop] = entriesOf(record, slot);
			for (let at = start; at < stop; at++) {
				const term = record.terms[at] ?? 0;
				const again = entered[term] === slot + 1;
				const place = (ends[term] ?? 0) - (again ? 1 : 0);
				slots[place] = slot;
				counts[place] = Math.min(65_535, (counts[place] ?? 0) + (record.counts[at] ?? 0));
				entered[term] = slot + 1;
				ends[term] = place + 1;
			}
		}
		this.slots = slots;
		this.counts = counts;
		this.tailHeads = new Uint32Array(words);
		this.tailNext = new NumberList();
		this.tailSlots = new NumberList();
		this.tailCounts = new NumberList();
	}
}

function entriesOf(record: DocumentRecord, slot: number): readonly [number, number] {
	const document = record.documents[slot];
	if (!document) return [0, 0];
	return [record.startOf(document.firstSection), record.startOf(document.firstSection + document.sections)];
}
