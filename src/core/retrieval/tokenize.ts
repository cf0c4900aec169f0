/** Cuts text into words and numbers them, without allocating a string for any word. */
import { longer } from './typedArrays.js';

/** The words of a table, end to end: word `t` is `units[starts[t]]` up to `units[starts[t + 1]]`. */
export interface Spellings {
	readonly units: Uint16Array;
	readonly starts: Uint32Array;
}

/** What a code unit means to the tokeniser; any other value is the folded unit itself. */
const separator = 0;
const mark = 1;
const surrogate = 2;

/** Folded code units, 256 to a page, made when a text first needs them. */
const pages: (Uint16Array | undefined)[] = [];

/**
 * Numbers words, from 0 in order of first appearance. A word is a run of letters and digits, lower-cased and without
 * the marks of Latin letters: the rules of SQLite's `unicode61 remove_diacritics 2`
 * (https://www.sqlite.org/fts5.html#unicode61_tokenizer), so that an index over it agrees with FTS5. Unlike there, each
 * Han and Kana character is a word of its own, because those scripts put no space between words.
 */
export class TermTable {
	/** After `read`: the words of the text in order. Words not in the table are negative, equal for equal words. */
	tokens = new Int32Array(256);
	/** How many words there are. */
	size = 0;
	private scratch: Uint16Array = new Uint16Array(256);
	private units: Uint16Array;
	private starts: Uint32Array;
	private hashes: Int32Array = new Int32Array(1024);
	/** Open addressing: number of the word plus one, 0 where free; at most half full. */
	private slots: Uint32Array = new Uint32Array(4096);

	/** @param saved the spellings of an earlier table; kept, not copied */
	constructor(saved?: Spellings) {
		this.units = saved?.units ?? new Uint16Array(8192);
		this.starts = saved?.starts ?? new Uint32Array(1024);
		if (saved) this.readdress(saved.starts.length - 1);
	}

	/**
	 * Cuts `text` into words: fills `tokens`, returns how many there are.
	 * @param grow whether unknown words get a number
	 */
	read(text: string, grow: boolean): number {
		if (this.scratch.length < text.length) {
			this.scratch = new Uint16Array(text.length * 2);
			this.tokens = new Int32Array(text.length * 2);
		}
		const { scratch, tokens } = this;
		const latin = pages[0] ?? makePage(0);
		let count = 0;
		let length = 0;
		let hash = hashStart;
		for (let at = 0; at < text.length; at++) {
			const unit = text.charCodeAt(at);
			const page = unit < 256 ? latin : (pages[unit >> 8] ?? makePage(unit >> 8));
			const folded = page[unit & 255] ?? separator;
			if (folded === mark) continue;
			if (folded === surrogate) {
				if (isAstralWord(text.codePointAt(at) ?? 0)) {
					scratch[length++] = unit;
					hash = mix(hash, unit);
					const low = text.charCodeAt(++at);
					scratch[length++] = low;
					hash = mix(hash, low);
					continue;
				}
			} else if (folded !== separator && !standsAlone(folded)) {
				scratch[length++] = folded;
				hash = mix(hash, folded);
				continue;
			}
			if (length > 0) tokens[count++] = this.number(length, hash, grow);
			length = 0;
			hash = hashStart;
			if (folded === separator || folded === surrogate) continue;
			scratch[0] = folded;
			tokens[count++] = this.number(1, mix(hash, folded), grow);
		}
		if (length > 0) tokens[count++] = this.number(length, hash, grow);
		return count;
	}

	/** The spelling of a word, folded; of an endless one the beginning. */
	text(term: number): string {
		const start = this.starts[term] ?? 0;
		return String.fromCharCode(...this.units.subarray(start, Math.min(start + 256, this.starts[term + 1] ?? 0)));
	}

	/** All that it takes to make this table again; views, not copies. */
	spellings(): Spellings {
		const starts = this.starts.subarray(0, this.size + 1);
		return { units: this.units.subarray(0, starts[this.size] ?? 0), starts };
	}

	/** The number of the word in `scratch`; a negative one where it has none and `grow` is false. */
	private number(length: number, hash: number, grow: boolean): number {
		const wrap = this.slots.length - 1;
		let slot = hash & wrap;
		for (let taken = this.slots[slot] ?? 0; taken !== 0; taken = this.slots[slot] ?? 0) {
			if (this.hashes[taken - 1] === hash && this.spells(taken - 1, length)) return taken - 1;
			slot = (slot + 1) & wrap;
		}
		return grow ? this.append(length, hash, slot) : ~(hash >>> 1);
	}

	private spells(term: number, length: number): boolean {
		const start = this.starts[term] ?? 0;
		if ((this.starts[term + 1] ?? 0) - start !== length) return false;
		for (let at = 0; at < length; at++) if (this.units[start + at] !== this.scratch[at]) return false;
		return true;
	}

	private append(length: number, hash: number, slot: number): number {
		const term = this.size++;
		const start = this.starts[term] ?? 0;
		if (start + length > this.units.length) this.units = longer(this.units, start + length);
		if (term + 2 > this.starts.length) this.starts = longer(this.starts, term + 2);
		if (term >= this.hashes.length) this.hashes = longer(this.hashes, term + 1);
		this.units.set(this.scratch.subarray(0, length), start);
		this.starts[term + 1] = start + length;
		this.hashes[term] = hash;
		this.slots[slot] = term + 1;
		if (this.size * 2 > this.slots.length) this.spread();
		return term;
	}

	/** Takes over `count` words whose spellings are there already. */
	private readdress(count: number): void {
		this.size = count;
		this.hashes = new Int32Array(Math.max(1024, count));
		for (let term = 0; term < count; term++) {
			let hash = hashStart;
			const end = this.starts[term + 1] ?? 0;
			for (let at = this.starts[term] ?? 0; at < end; at++) hash = mix(hash, this.units[at] ?? 0);
			this.hashes[term] = hash;
		}
		this.spread();
	}

	/** Makes room for four times the words there are. */
	private spread(): void {
		let capacity = 4096;
		while (capacity < this.size * 4) capacity *= 2;
		this.slots = new Uint32Array(capacity);
		for (let term = 0; term < this.size; term++) {
			let slot = (this.hashes[term] ?? 0) & (capacity - 1);
			while (this.slots[slot] !== 0) slot = (slot + 1) & (capacity - 1);
			this.slots[slot] = term + 1;
		}
	}
}

/** FNV-1a over code units, with the high bits stirred in, since addresses are taken from the low ones. */
const hashStart = 0x811c9dc5 | 0;
function mix(hash: number, unit: number): number {
	const mixed = Math.imul(hash ^ unit, 0x01000193);
	return mixed ^ (mixed >>> 15);
}

function makePage(page: number): Uint16Array {
	const made = Uint16Array.from({ length: 256 }, (_, low) => foldUnit(page * 256 + low));
	pages[page] = made;
	return made;
}

function foldUnit(unit: number): number {
	if (unit >= 0xd800 && unit <= 0xdfff) return surrogate;
	if (unit >= 0x300 && unit <= 0x36f) return mark;
	const character = String.fromCharCode(unit);
	if (!isWord(character)) return separator;
	const [base = '', ...marks] = character.normalize('NFD');
	const plain = marks.length > 0 && /^[a-z]$/i.test(base) ? base : character;
	const upper = plain.toUpperCase();
	const lower = (upper.length === 1 ? upper : plain).toLowerCase();
	return lower.length === 1 ? lower.charCodeAt(0) : unit;
}

function isWord(character: string): boolean {
	return /^[\p{L}\p{N}\p{Co}]$/u.test(character);
}

/** A letter or digit outside of the basic plane, such as mathematical italics; half a surrogate pair is none. */
function isAstralWord(codePoint: number): boolean {
	return codePoint > 0xffff && isWord(String.fromCodePoint(codePoint));
}

function standsAlone(unit: number): boolean {
	return unit >= 0x3040 && (unit <= 0x30ff || (unit >= 0x3400 && unit <= 0x9fff) || (unit >= 0xf900 && unit <= 0xfaff));
}
