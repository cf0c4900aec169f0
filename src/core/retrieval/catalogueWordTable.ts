/** Numbers the different words of texts, cut at white space, and finds those that hold what somebody types. */
import { folded, isFoundInside, type Strength, strengthAt, strengthIn, whole } from './catalogueText.js';
import { longer } from './typedArrays.js';

/** Stands between the words of `text`; no word holds it. */
const gap = '\n';

/**
 * Words by number, from 0 in order of first appearance. Reading allocates no string but for words that are new. All
 * words also stand in one text, since one long search is far faster than one for each word.
 */
export class WordTable {
	size = 0;
	private numbers: Uint32Array = new Uint32Array(1024);
	private units: Uint16Array = new Uint16Array(8192);
	private starts: Uint32Array = new Uint32Array(1024);
	private hashes: Int32Array = new Int32Array(1024);
	/** The word that is being read. */
	private scratch: Uint16Array = new Uint16Array(256);
	/** Open addressing: number of the word plus one, 0 where free; at most half full. */
	private slots: Uint32Array = new Uint32Array(4096);
	private text = '';
	/** How many words are in `text`. */
	private written = 0;

	/**
	 * The words of a text in order, folded, as often as they stand there; the array is used again by the next call.
	 * Plain ASCII is folded unit by unit; at the first other unit the whole text is, and read from its beginning.
	 * @param isFolded that is done already
	 */
	read(text: string, isFolded = false): { readonly numbers: Uint32Array; readonly length: number } {
		if (this.numbers.length <= text.length / 2) this.numbers = longer(this.numbers, text.length / 2 + 1);
		if (this.scratch.length < text.length) this.scratch = longer(this.scratch, text.length);
		const { scratch, numbers } = this;
		let count = 0;
		let length = 0;
		let hash = hashStart;
		for (let at = 0; at < text.length; at++) {
			let unit = text.charCodeAt(at);
			if (unit < 128) unit = asciiFolds[unit] ?? other;
			else if (isFolded && isSpace(unit)) unit = space;
			if (!isFolded && (unit === other || unit >= 128)) return this.read(folded(text), true);
			if (unit !== space) {
				scratch[length++] = unit;
				hash = mix(hash, unit);
				continue;
			}
			if (length > 0) numbers[count++] = this.numberOf(length, hash);
			length = 0;
			hash = hashStart;
		}
		if (length > 0) numbers[count++] = this.numberOf(length, hash);
		return { numbers, length: count };
	}

	/** Tells of each word that holds what was typed, and how well. */
	search(typed: string, found: (word: number, strength: Strength) => void): void {
		const text = this.wholeText();
		const foundInside = isFoundInside(typed);
		let word = -1;
		let end = 0;
		let best: Strength = 0;
		let at = text.indexOf(typed);
		while (at >= 0) {
			if (at >= end) {
				if (best > 0) found(word, best);
				best = 0;
				word = this.wordAt(at, word + 1);
				end = this.endOf(word);
			}
			const strength = strengthAt(text, at, at + typed.length, foundInside);
			if (strength > best) best = strength;
			at = text.indexOf(typed, best === whole ? end : at + 1);
		}
		if (best > 0) found(word, best);
	}

	/** The same among some words. */
	searchAmong(words: readonly number[], typed: string, found: (word: number, strength: Strength) => void): void {
		const text = this.wholeText();
		for (const word of words) {
			const strength = strengthIn(text.slice(this.startOf(word), this.endOf(word)), typed);
			if (strength > 0) found(word, strength);
		}
	}

	private wholeText(): string {
		if (this.written < this.size) {
			const fresh: string[] = [this.text];
			for (; this.written < this.size; this.written++) fresh.push(this.spelling(this.written), gap);
			this.text = fresh.join('');
		}
		return this.text;
	}

	private spelling(word: number): string {
		const units = this.units.subarray(this.starts[word] ?? 0, this.starts[word + 1] ?? 0);
		let spelling = '';
		// A call takes only so many arguments.
		for (let at = 0; at < units.length; at += 4096) spelling += String.fromCharCode(...units.subarray(at, at + 4096));
		return spelling;
	}

	/** Each word stands in `text` after the units of those before it and a gap for each. */
	private startOf(word: number): number {
		return (this.starts[word] ?? 0) + word;
	}

	private endOf(word: number): number {
		return (this.starts[word + 1] ?? 0) + word;
	}

	/** The word at a place of `text`. @param low it is no word before this one */
	private wordAt(place: number, low: number): number {
		let high = this.size - 1;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.endOf(middle) <= place) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** The number of the word in `scratch`. */
	private numberOf(length: number, hash: number): number {
		const wrap = this.slots.length - 1;
		let slot = hash & wrap;
		for (let taken = this.slots[slot] ?? 0; taken !== 0; taken = this.slots[slot] ?? 0) {
			if (this.hashes[taken - 1] === hash && this.isSpelt(taken - 1, length)) return taken - 1;
			slot = (slot + 1) & wrap;
		}
		this.slots[slot] = this.size + 1;
		return this.add(length, hash);
	}

	private isSpelt(word: number, length: number): boolean {
		const start = this.starts[word] ?? 0;
		if ((this.starts[word + 1] ?? 0) - start !== length) return false;
		for (let at = 0; at < length; at++) if (this.units[start + at] !== this.scratch[at]) return false;
		return true;
	}

	private add(length: number, hash: number): number {
		const word = this.size++;
		const start = this.starts[word] ?? 0;
		if (start + length > this.units.length) this.units = longer(this.units, start + length);
		if (word + 2 > this.starts.length) this.starts = longer(this.starts, word + 2);
		if (word >= this.hashes.length) this.hashes = longer(this.hashes, word + 1);
		this.units.set(this.scratch.subarray(0, length), start);
		this.starts[word + 1] = start + length;
		this.hashes[word] = hash;
		if (this.size * 2 > this.slots.length) this.readdress();
		return word;
	}

	private readdress(): void {
		this.slots = new Uint32Array(this.slots.length * 4);
		const mask = this.slots.length - 1;
		for (let word = 0; word < this.size; word++) {
			let slot = (this.hashes[word] ?? 0) & mask;
			while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
			this.slots[slot] = word + 1;
		}
	}
}

/** FNV-1a over code units, with the high bits stirred in, since addresses are taken from the low ones. */
const hashStart = 0x811c9dc5 | 0;
function mix(hash: number, unit: number): number {
	const mixed = Math.imul(hash ^ unit, 0x01000193);
	return mixed ^ (mixed >>> 15);
}

/** What a unit of ASCII is to the reader, where it is not the folded unit itself. */
const space = 0;
const other = 1;
const asciiFolds = Uint8Array.from({ length: 128 }, (_, unit) => {
	if (unit === 32 || (unit >= 9 && unit <= 13)) return space;
	if (unit < 32 || unit === 127) return other;
	return unit >= 65 && unit <= 90 ? unit + 32 : unit;
});

/** White space beyond ASCII. */
function isSpace(unit: number): boolean {
	return (
		unit === 0xa0 ||
		unit === 0x1680 ||
		(unit >= 0x2000 && unit <= 0x200a) ||
		unit === 0x2028 ||
		unit === 0x2029 ||
		unit === 0x202f ||
		unit === 0x205f ||
		unit === 0x3000 ||
		unit === 0xfeff
	);
}
