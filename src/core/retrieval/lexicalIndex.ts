/**
 * A full-text index in memory: BM25 as SQLite's FTS5 computes it, at a small part of its time.
 *
 * A document is a slot (a number) with an id outside, and consists of sections that can be matched one by one. Its words
 * are kept twice: in the record, section by section, which is the truth, and in the postings, word by word, which are
 * made from it.
 */
import { DocumentRecord, type SavedRecord } from './documentRecord.js';
import { Postings } from './postings.js';
import { type Spellings, TermTable } from './tokenize.js';
import { TopK } from './topK.js';
import { longer } from './typedArrays.js';

/** How soon repeating a word stops to count, and how much a text's length counts: the values of FTS5. */
export const saturation = 1.2;
export const lengthShare = 0.75;

/** Weight of a word that most documents hold: FTS5's value, nothing but a tie-break. */
const leastWeight = 1e-6;

/** Documents that `weight` adds to those there are. */
const unseenDocuments = 10;

const noSections = new Uint32Array(0);

/** The words of a query that the index knows, each once. Valid until something is put in. */
export interface LexicalQuery {
	readonly terms: Int32Array;
	/** How many further words it has. */
	readonly unknown: number;
}

export interface PutOptions {
	/** How long a document counts as, from the number of words in each section; all of them by default. */
	readonly lengthOf?: (words: readonly number[]) => number;
	/** Number from 0 to 31 by which searches can be narrowed; default 0. */
	readonly group?: number;
}

export interface LexicalHit {
	readonly id: string;
	/** FTS5's `bm25()` with the sign turned: higher is better. */
	readonly score: number;
}

/** What a document and a query have in common. */
export interface Match {
	/** Part of the query's weight that the document holds, 0–1. */
	readonly share: number;
	/** The words, heaviest first. */
	readonly terms: readonly string[];
}

/** All that an index is made from, as plain data for files. */
export interface SavedIndex extends SavedRecord {
	readonly spellings: Spellings;
	/** In how many documents each word is. */
	readonly frequencies: Uint32Array;
}

export class LexicalIndex {
	private readonly words: TermTable;
	private readonly record: DocumentRecord;
	private readonly postings: Postings;
	private readonly slots = new Map<string, number>();
	private totalLength = 0;
	private totalWords = 0;
	/** Sections that have any words. */
	private filledSections = 0;
	/** Per slot: the part of BM25's denominator that depends on length alone; made anew when the mean changes. */
	private norms = new Float32Array(0);
	private normsAreStale = true;
	private scores = new Float32Array(0);
	/** Per word: its place in the query plus one, while a document is matched. */
	private places: Uint32Array = new Uint32Array(1024);

	/** @param saved what `save` gave; kept, not copied */
	constructor(saved?: SavedIndex) {
		this.words = new TermTable(saved?.spellings);
		this.record = new DocumentRecord(saved);
		this.postings = new Postings(saved?.frequencies);
		if (saved) this.compact();
		for (const id of this.slots.keys()) this.countLengths(id, 1);
	}

	get size(): number {
		return this.slots.size;
	}

	/** Mean length of a document, in words. */
	get meanLength(): number {
		return this.size === 0 ? 0 : this.totalLength / this.size;
	}

	/** Mean length of a section that has any words, all counted. */
	get meanSectionLength(): number {
		return this.filledSections === 0 ? 0 : this.totalWords / this.filledSections;
	}

	has(id: string): boolean {
		return this.slots.has(id);
	}

	/** Puts a document in, in place of the one with this id. */
	put(id: string, sections: readonly string[], { lengthOf = sum, group = 0 }: PutOptions = {}): void {
		this.remove(id);
		const words = sections.map((text) => {
			const count = this.words.read(text, true);
			this.record.addSection(this.words.tokens, count);
			return count;
		});
		const length = lengthOf(words);
		const slot = this.record.addDocument(id, sections.length, length, group);
		this.postings.add(this.record, slot);
		this.slots.set(id, slot);
		this.countLengths(id, 1);
	}

	/** False where there is no such document. */
	remove(id: string): boolean {
		const slot = this.slots.get(id);
		if (slot === undefined) return false;
		this.postings.remove(this.record, slot);
		this.countLengths(id, -1);
		this.record.documents[slot] = undefined;
		this.slots.delete(id);
		return true;
	}

	/** Cuts a query into words; one that is repeated counts once. */
	query(text: string): LexicalQuery {
		const count = this.words.read(text, false);
		const distinct = new Set(this.words.tokens.subarray(0, count));
		const terms = Int32Array.from([...distinct].filter((term) => term >= 0));
		return { terms, unknown: distinct.size - terms.length };
	}

	/**
	 * The best documents among those that hold a word of the query, best first; equal ones in order of ids. Words that
	 * more than half of the documents hold do not count: FTS5 gives them a weight of a millionth.
	 * @param groups a bit for each group to search in; all by default
	 */
	search(query: LexicalQuery, limit: number, groups = -1): readonly LexicalHit[] {
		this.prepare();
		const { documents } = this.record;
		for (const term of query.terms) {
			const weight = this.fts5Weight(term);
			if (weight > leastWeight) this.postings.score(term, weight * (saturation + 1), this.norms, this.scores);
		}
		const top = new TopK(limit, (a, b) => (documents[a]?.id ?? '') < (documents[b]?.id ?? ''));
		for (let slot = 0; slot < documents.length; slot++) {
			const score = this.scores[slot] ?? 0;
			if (score === 0 || !top.admits(score)) continue;
			const document = documents[slot];
			if (document && (groups & (1 << document.group)) !== 0) top.add(score, slot);
		}
		this.scores.fill(0);
		return top.ranked().map(({ score, item }) => ({ id: documents[item]?.id ?? '', score }));
	}

	/**
	 * How much a word tells: log(1 + (n − d + ½) / (d + ½)) where d of n documents hold it. Unlike FTS5's weight it stays
	 * well above 0, and n counts ten documents more than there are, which hold no word: in a library of two, that only one
	 * of them has a word is chance. A word that no document holds weighs as much as one that a single document holds.
	 */
	weight(term: number | undefined): number {
		const holders = Math.max(1, term === undefined ? 0 : this.postings.frequency(term));
		return Math.log(1 + (this.size + unseenDocuments - holders + 0.5) / (holders + 0.5));
	}

	/** The same for a word as it is written. */
	weightOf(word: string): number {
		return this.weight(this.query(word).terms[0]);
	}

	/** What a document has in common with a query. */
	match(query: LexicalQuery, id: string): Match {
		const held = new Set<number>();
		this.visit(query, id, (_, place) => held.add(place));
		return this.matchOf(query, held);
	}

	/** What some words of a query, by their places in it, make up of it. */
	matchOf(query: LexicalQuery, held: Iterable<number>): Match {
		let whole = query.unknown * this.weight(undefined);
		for (const term of query.terms) whole += this.weight(term);
		const matched = [...new Set(held)]
			.sort((a, b) => a - b)
			.map((place) => query.terms[place] ?? 0)
			.map((term) => ({ term, weight: this.weight(term) }))
			.sort((a, b) => b.weight - a.weight);
		const part = sum(matched.map(({ weight }) => weight));
		return { share: whole === 0 ? 0 : part / whole, terms: matched.map(({ term }) => this.words.text(term)) };
	}

	/**
	 * Calls `found` for every word of the query in every section of a document, with the section, the word's place in
	 * `query.terms`, and how often it stands there.
	 */
	visit(query: LexicalQuery, id: string, found: (section: number, place: number, count: number) => void): void {
		const document = this.record.documents[this.slots.get(id) ?? -1];
		if (!document) return;
		if (this.places.length < this.words.size) this.places = longer(this.places, this.words.size);
		const { places, record } = this;
		const { terms, counts } = record;
		for (let place = 0; place < query.terms.length; place++) places[query.terms[place] ?? 0] = place + 1;
		let at = record.startOf(document.firstSection);
		for (let section = 0; section < document.sections; section++) {
			const end = record.startOf(document.firstSection + section + 1);
			for (; at < end; at++) {
				const place = places[terms[at] ?? 0] ?? 0;
				if (place > 0) found(section, place - 1, counts[at] ?? 0);
			}
		}
		for (const term of query.terms) places[term] = 0;
	}

	/** How many words each section of a document has; a view, valid until the index changes. */
	sectionLengths(id: string): Uint32Array {
		const document = this.record.documents[this.slots.get(id) ?? -1];
		return document ? this.record.wordsOf(document.firstSection, document.sections) : noSections;
	}

	/** All that it takes to make this index again; views, valid until it changes. */
	save(): SavedIndex {
		this.compact();
		return {
			...this.record.saved(),
			spellings: this.words.spellings(),
			frequencies: this.postings.frequencies(this.words.size),
		};
	}

	/** Keeps the means: a document comes (1) or goes (-1). */
	private countLengths(id: string, sign: 1 | -1): void {
		this.totalLength += sign * (this.record.documents[this.slots.get(id) ?? -1]?.length ?? 0);
		for (const words of this.sectionLengths(id)) {
			this.totalWords += sign * words;
			if (words > 0) this.filledSections += sign;
		}
		this.normsAreStale = true;
	}

	/** Drops what was removed and sorts all postings by word. */
	private compact(): void {
		this.record.dropRemoved();
		this.postings.rebuild(this.record, this.words.size);
		this.slots.clear();
		this.record.documents.forEach((document, slot) => {
			if (document) this.slots.set(document.id, slot);
		});
		this.normsAreStale = true;
	}

	/** Everything that a search reads, up to date. */
	private prepare(): void {
		const { documents } = this.record;
		const gaps = documents.length - this.size;
		if (this.postings.tailIsLong || gaps > 64 + this.size / 4) this.compact();
		if (!this.normsAreStale) return;
		this.normsAreStale = false;
		if (this.norms.length < this.record.documents.length) {
			this.norms = new Float32Array(this.record.documents.length * 2);
			this.scores = new Float32Array(this.norms.length);
		}
		const perWord = (saturation * lengthShare) / Math.max(this.meanLength, 1e-9);
		this.record.documents.forEach((document, slot) => {
			this.norms[slot] = saturation * (1 - lengthShare) + perWord * (document?.length ?? 0);
		});
	}

	/** log((n − d + ½) / (d + ½)), at least a millionth (https://www.sqlite.org/fts5.html#the_bm25_function). */
	private fts5Weight(term: number): number {
		const holders = this.postings.frequency(term);
		return Math.max(leastWeight, Math.log((this.size - holders + 0.5) / (holders + 0.5)));
	}
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
