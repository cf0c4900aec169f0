/** What the documents of an index consist of: section by section, the words and how often each stands there. */
import { longer, NumberList } from './typedArrays.js';

export interface DocumentEntry {
	readonly id: string;
	readonly firstSection: number;
	readonly sections: number;
	/** Words that BM25's length norm counts. */
	readonly length: number;
	/** Number from 0 to 31 by which searches can be narrowed. */
	readonly group: number;
}

/** A record without gaps, as plain data for files. */
export interface SavedRecord {
	readonly documents: readonly DocumentEntry[];
	readonly sectionStarts: Uint32Array;
	readonly sectionWords: Uint32Array;
	readonly terms: Uint32Array;
	readonly counts: Uint16Array;
}

/** Documents are numbered by slots in order of arrival; `dropRemoved` closes the gaps and numbers them anew. */
export class DocumentRecord {
	/** By slot; undefined where a document was removed. */
	documents: (DocumentEntry | undefined)[];
	/** Distinct words, section after section, each with how often it stands there (65,535 at most). */
	terms: Uint32Array;
	counts: Uint16Array;
	/** Entries of section `s` lie from `sectionStarts[s]` up to `sectionStarts[s + 1]`. */
	private readonly sectionStarts: NumberList;
	/** How many words a section has, repeated ones included. */
	private readonly sectionWords: NumberList;
	private end: number;
	/** Per word while a section is counted: how often it stood there so far. */
	private tally: Uint32Array = new Uint32Array(1024);

	/** @param saved kept, not copied */
	constructor(saved?: SavedRecord) {
		this.documents = [...(saved?.documents ?? [])];
		this.sectionStarts = new NumberList(saved?.sectionStarts ?? Uint32Array.of(0));
		this.sectionWords = new NumberList(saved?.sectionWords);
		this.terms = saved?.terms ?? new Uint32Array(4096);
		this.counts = saved?.counts ?? new Uint16Array(4096);
		this.end = saved?.terms.length ?? 0;
	}

	/** Appends a section of the next document: the first `count` of `tokens`. */
	addSection(tokens: Int32Array, count: number): void {
		const start = this.end;
		if (start + count > this.terms.length) {
			this.terms = longer(this.terms, start + count);
			this.counts = longer(this.counts, start + count);
		}
		for (let at = 0; at < count; at++) {
			const term = tokens[at] ?? 0;
			if (term >= this.tally.length) this.tally = longer(this.tally, term + 1);
			const before = this.tally[term] ?? 0;
			if (before === 0) this.terms[this.end++] = term;
			this.tally[term] = before + 1;
		}
		for (let at = start; at < this.end; at++) {
			const term = this.terms[at] ?? 0;
			this.counts[at] = Math.min(65_535, this.tally[term] ?? 0);
			this.tally[term] = 0;
		}
		this.sectionStarts.push(this.end);
		this.sectionWords.push(count);
	}

	/** Makes a document of the sections that were appended last; returns its slot. */
	addDocument(id: string, sections: number, length: number, group: number): number {
		this.documents.push({ id, firstSection: this.sectionWords.length - sections, sections, length, group });
		return this.documents.length - 1;
	}

	/** Where a section's entries begin; sections of a document, and documents, follow each other without gaps. */
	startOf(section: number): number {
		return this.sectionStarts.at(section);
	}

	/** How many words some sections have, repeated ones included; a view. */
	wordsOf(section: number, count: number): Uint32Array {
		return this.sectionWords.data.subarray(section, section + count);
	}

	/** Closes the gaps that removed documents left. */
	dropRemoved(): void {
		const kept = this.documents.filter((document) => document !== undefined);
		if (kept.length === this.documents.length) return;
		let section = 0;
		let end = 0;
		this.documents = kept.map((document) => {
			const firstSection = section;
			for (let old = document.firstSection; old < document.firstSection + document.sections; old++) {
				const start = this.startOf(old);
				const stop = this.startOf(old + 1);
				this.terms.copyWithin(end, start, stop);
				this.counts.copyWithin(end, start, stop);
				end += stop - start;
				this.sectionWords.data[section] = this.sectionWords.at(old);
				this.sectionStarts.data[++section] = end;
			}
			return { ...document, firstSection };
		});
		this.end = end;
		this.sectionWords.length = section;
		this.sectionStarts.length = section + 1;
	}

	/** All of it, without gaps; views, valid until the record changes. */
	saved(): SavedRecord {
		this.dropRemoved();
		return {
			documents: this.documents.filter((document) => document !== undefined),
			sectionStarts: this.sectionStarts.view(),
			sectionWords: this.sectionWords.view(),
			terms: this.terms.subarray(0, this.end),
			counts: this.counts.subarray(0, this.end),
		};
	}
}
