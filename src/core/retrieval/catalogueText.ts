/** Text as the catalogue shows it, and as it compares it: what counts as a match, where it stands, how strong it is. */
import type { TextRange } from '../experience/browse.js';

/** How well a word matches; the numbers are its factors in the rank, and 0 stands for no match. */
export const inside = 1;
export const beginning = 2;
export const whole = 4;
export type Strength = 0 | typeof inside | typeof beginning | typeof whole;

/** From so many letters on a word is also found inside of others. */
const lettersInside = 3;

/** A pasted page has more words than anybody types; those after the first ones are passed over. */
const mostWords = 64;

/** Control characters other than white space, and marks that turn the direction of writing: first and last of each. */
const unseenUnits = ['0000-0008', '000e-001f', '007f-009f', '061c-061c', '200e-200f', '202a-202e', '2066-2069'];
const unseen = new RegExp(`[${unseenUnits.map((units) => `\\u${units.replace('-', '-\\u')}`).join('')}]`, 'g');

/** Nothing in such text, as most of it is, has to be taken away or composed. */
const plainAscii = /^[\t-\r -~]*$/;

/** Text on one line: single spaces, nothing unseen, in NFC. */
export function shownLine(text: string): string {
	return (plainAscii.test(text) ? text : withoutUnseen(text)).replace(/\s+/g, ' ').trim();
}

/** As texts and words are compared: what is shown of them (white space aside), in lower case. */
export function folded(text: string): string {
	return plainAscii.test(text) ? text.toLowerCase() : lowered(withoutUnseen(text));
}

/** The different words that a query asks for, folded. */
export function wordsOf(text: string): readonly string[] {
	const words = folded(text)
		.split(/\s+/)
		.filter((word) => word !== '');
	return [...new Set(words)].slice(0, mostWords);
}

/** Whether a folded word is also found inside of others. */
export function isFoundInside(word: string): boolean {
	return word.length >= lettersInside && [...word].length >= lettersInside;
}

/** How well the match at a place of a folded text counts. @param end where the match ends */
export function strengthAt(text: string, start: number, end: number, foundInside: boolean): Strength {
	if (joined(text, start)) return foundInside ? inside : 0;
	return joined(text, end) ? beginning : whole;
}

/** The best match of a folded word in a folded text. */
export function strengthIn(text: string, word: string): Strength {
	const foundInside = isFoundInside(word);
	let best: Strength = 0;
	for (let at = text.indexOf(word); at >= 0 && best < whole; at = text.indexOf(word, at + 1)) {
		const strength = strengthAt(text, at, at + word.length, foundInside);
		if (strength > best) best = strength;
	}
	return best;
}

/** Where the folded words stand in a text in NFC: offsets of that text itself, in order, none in another. */
export function rangesIn(text: string, words: readonly string[]): readonly TextRange[] {
	const lower = lowered(text);
	const found: [number, number][] = [];
	for (const word of words) {
		const foundInside = isFoundInside(word);
		for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
			if (strengthAt(lower, at, at + word.length, foundInside) > 0) found.push([at, at + word.length]);
		}
	}
	const original = lower.length === text.length ? undefined : originalPlaces(text);
	return merged(found.map(([start, end]) => (original ? original(start, end) : [start, end])));
}

function withoutUnseen(text: string): string {
	return text.replace(unseen, '').normalize('NFC');
}

/** Lower case without the sigma that is written at the end of a word, so that no letter depends on its neighbours. */
function lowered(text: string): string {
	return text.toLowerCase().replaceAll('ς', 'σ');
}

/** From places in the lower-cased text to those in the text, for the few letters that become longer (İ). */
function originalPlaces(text: string): (start: number, end: number) => [number, number] {
	const starts: number[] = [];
	const ends: number[] = [];
	let at = 0;
	for (const letter of text) {
		for (let unit = lowered(letter).length; unit > 0; unit--) {
			starts.push(at);
			ends.push(at + letter.length);
		}
		at += letter.length;
	}
	return (start, end) => [starts[start] ?? at, ends[end - 1] ?? at];
}

function merged(ranges: [number, number][]): readonly TextRange[] {
	const result: [number, number][] = [];
	for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
		const last = result.at(-1);
		if (last && start <= last[1]) last[1] = Math.max(last[1], end);
		else result.push([start, end]);
	}
	return result;
}

/** What a code unit means to the borders of words. */
const apart = 0;
const letter = 1;
/** Han and Kana put no space between words: each character counts as a word, as in the search. */
const ideograph = 2;

/** Kinds of code units, 256 to a page, made when a text first needs them. */
const pages: (Uint8Array | undefined)[] = [];

/** Whether no word begins or ends between the unit at a place and the one before it. */
function joined(text: string, at: number): boolean {
	return (
		at > 0 && at < text.length && kindOf(text.charCodeAt(at - 1)) === letter && kindOf(text.charCodeAt(at)) === letter
	);
}

function kindOf(unit: number): number {
	const page = pages[unit >> 8] ?? makePage(unit >> 8);
	return page[unit & 255] ?? apart;
}

function makePage(number: number): Uint8Array {
	const page = Uint8Array.from({ length: 256 }, (_, low) => {
		const unit = String.fromCharCode((number << 8) | low);
		if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(unit)) return ideograph;
		// Halves of pairs: nearly all that a text holds of them are letters or signs that stand alone.
		return /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(unit) ? letter : apart;
	});
	pages[number] = page;
	return page;
}
