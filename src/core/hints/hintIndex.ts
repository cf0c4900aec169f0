/** Finds the experiences that fit a piece of code: few and sure ones, from memory, in well under a millisecond. */
import type { Experience } from '../experience/experience.js';
import { type CodePlace, type Standing, standings } from './codePlace.js';
import { isName, readTokens } from './codeTokens.js';
import { termsOfWindow } from './codeWords.js';
import { HintPostings } from './hintPostings.js';
import { type HintTerm, hintTerms } from './hintTerms.js';
import { fitsScope, isForSource } from './scopeFit.js';

/** Whose code: language and path decide which scopes fit. */
export interface CodeFile {
	/** VS Code's id. */
	readonly language: string;
	/** Relative to the workspace folder, with `/`. */
	readonly path: string;
}

export interface HintReason {
	/** As the experience writes it. */
	readonly text: string;
	/** A diagnostic names it; else the code does. */
	readonly inFinding: boolean;
}

export interface Hint {
	readonly experience: Experience;
	/** 0–1; one that is just enough to be shown has a half. */
	readonly strength: number;
	/** What the experience and the place have in common, the most telling first. */
	readonly reasons: readonly HintReason[];
	/** A diagnostic of the place names what the experience is about. */
	readonly onFinding: boolean;
	/** Where its strongest term stands; marks stand there, too. */
	readonly line: number;
	/** All lines with one of its telling names, or with its telling words where no name tells. */
	readonly lines: readonly number[];
}

/** How sure a hint must be. */
export interface HintLimits {
	/** Bits in all that are just enough. */
	readonly enough: number;
	/** A name of so many bits tells enough to begin with. */
	readonly name: number;
	/** Without such a name: so many words of so many bits each, where the experience says what it is about. */
	readonly words: number;
	readonly word: number;
}

/** Chosen on one half of the labelled places and unrelated files (docs/decisions/0018). */
export const hintLimits: HintLimits = { enough: 15, name: 9, words: 2, word: 7 };

/** What a compiler says is about what is wrong, not about all that stands there. */
const findingWeight = 1.5;

interface Entry {
	readonly experience: Experience;
	readonly terms: readonly HintTerm[];
	/** Bits that a window of ordinary code gives it by chance. */
	readonly expected: number;
}

export class HintIndex {
	/** By number; a removed one leaves its number to the next. */
	private readonly entries: (Entry | undefined)[] = [];
	private readonly numbers = new Map<string, number>();
	private readonly free: number[] = [];
	private readonly postings = new HintPostings();
	private fits: { readonly file: CodeFile; readonly flags: Uint8Array } | undefined;

	constructor(private readonly limits = hintLimits) {}

	/** Experiences that may be shown in some source file. */
	get size(): number {
		return this.numbers.size;
	}

	/** Takes an experience in, in place of the one with its id; only active ones for source files are kept. */
	put(experience: Experience): void {
		this.remove(experience.id);
		if (experience.status !== 'active' || !isForSource(experience.scope)) return;
		const terms = hintTerms(experience);
		const expected = terms.reduce((sum, { value, bits }) => sum + value * 2 ** -bits, 0);
		const number = this.free.pop() ?? this.entries.length;
		this.entries[number] = { experience, terms, expected };
		this.numbers.set(experience.id, number);
		for (const term of terms) this.postings.add(number, { key: term.key, leads: leads(term, this.limits) });
		this.fits = undefined;
	}

	remove(id: string): void {
		const number = this.numbers.get(id);
		if (number === undefined) return;
		for (const term of this.entries[number]?.terms ?? []) {
			this.postings.remove(number, { key: term.key, leads: leads(term, this.limits) });
		}
		this.entries[number] = undefined;
		this.numbers.delete(id);
		this.free.push(number);
		this.fits = undefined;
	}

	get(id: string): Experience | undefined {
		return this.entries[this.numbers.get(id) ?? -1]?.experience;
	}

	/** Whether anything could be shown in this file at all. */
	hasAnyFor(file: CodeFile): boolean {
		return this.flagsFor(file).includes(1);
	}

	/**
	 * What fits a place of a file, surest first.
	 * @param least 0–1: the strength that a hint must have
	 */
	hintsAt(file: CodeFile, place: CodePlace, least = 0.5): readonly Hint[] {
		const flags = this.flagsFor(file);
		const found = standings(place);
		const size = Math.max(0.5, found.size / termsOfWindow);
		const hints: Hint[] = [];
		for (const number of this.candidates(found, flags)) {
			const entry = this.entries[number];
			const hint = entry && this.compared(entry, found, size, least);
			if (hint) hints.push(hint);
		}
		return hints.sort((a, b) => b.strength - a.strength || (a.experience.id < b.experience.id ? -1 : 1));
	}

	/** Whether a line holds anything that an experience for this file could be recognised by. */
	leads(file: CodeFile, line: string): boolean {
		const flags = this.flagsFor(file);
		let found = false;
		const look = (key: string): void => {
			found ||= this.leadsTo(key).some((number) => flags[number] === 1);
		};
		readTokens(line, {
			token: ({ key, words }) => {
				look(key);
				for (const word of words) look(word);
			},
			compound: look,
		});
		return found;
	}

	/** Numbers of the experiences with a telling name, or several telling words, in the place. */
	private candidates(found: ReadonlyMap<string, Standing>, flags: Uint8Array): ReadonlySet<number> {
		const [names, words]: [(readonly number[])[], (readonly number[])[]] = [[], []];
		for (const key of found.keys()) {
			const numbers = this.leadsTo(key);
			if (numbers.length > 0) (isName(key) ? names : words).push(numbers);
		}
		return new Set([...this.postings.often(names, 1, flags), ...this.postings.often(words, this.limits.words, flags)]);
	}

	/** What too many of the library have can't reach the value that a term must have to lead. */
	private leadsTo(key: string): readonly number[] {
		return this.postings.of(key, Math.max(this.size, 20) / (isName(key) ? 4 : 10));
	}

	private compared(
		{ experience, terms, expected }: Entry,
		found: ReadonlyMap<string, Standing>,
		size: number,
		least: number,
	): Hint | undefined {
		const { limits } = this;
		const matched = matchedTerms(terms, found);
		let sum = -expected * size;
		let [names, words] = [0, 0];
		for (const { term, standing } of matched) {
			const plain = Math.max(0, term.value - Math.log2(size)) * this.postings.rareness(term.key, this.size);
			const value = standing.inFinding ? plain * findingWeight : plain;
			sum += value;
			if (term.isName && value >= limits.name) names++;
			else if (term.isTopic && value >= limits.word) words++;
		}
		const strength = Math.min(1, sum / (2 * limits.enough));
		if (strength < least || (names === 0 && words < limits.words)) return undefined;
		return hintOf(experience, strength, matched, limits);
	}

	private flagsFor(file: CodeFile): Uint8Array {
		const known = this.fits;
		if (known && known.file.language === file.language && known.file.path === file.path) return known.flags;
		const flags = new Uint8Array(this.entries.length);
		for (const [number, entry] of this.entries.entries()) {
			if (entry && fitsScope(entry.experience.scope, file.language, file.path)) flags[number] = 1;
		}
		this.fits = { file, flags };
		return flags;
	}
}

interface Matched {
	readonly term: HintTerm;
	readonly standing: Standing;
}

/** A word that stands there only inside of names that matched, or of longer ones with these in them, is no second evidence. */
function matchedTerms(terms: readonly HintTerm[], found: ReadonlyMap<string, Standing>): readonly Matched[] {
	const matched: Matched[] = [];
	const names = new Set<string>();
	for (const term of terms) {
		const standing = found.get(term.key);
		if (!standing) continue;
		matched.push({ term, standing });
		if (term.isName) names.add(term.key.slice(1));
	}
	const elsewhere = (name: string): boolean => ![...names].some((one) => name.includes(one));
	return matched.filter(({ term, standing }) => term.isName || standing.within.some(elsewhere));
}

/** Terms in one line of reasons. */
const mostReasons = 5;

function hintOf(experience: Experience, strength: number, matched: readonly Matched[], limits: HintLimits): Hint {
	const telling = matched.filter(({ term }) => leads(term, limits));
	// Where a name tells, words that also stand elsewhere lead nobody to more lines.
	const names = telling.filter(({ term }) => term.isName);
	const leading = names.length > 0 ? names : telling;
	const [strongest] = leading;
	const lines = new Set(leading.flatMap(({ standing }) => standing.lines));
	return {
		experience,
		strength,
		reasons: matched
			.slice(0, mostReasons)
			.map(({ term, standing }) => ({ text: term.text, inFinding: standing.inFinding })),
		onFinding: telling.some(({ standing }) => standing.inFinding),
		line: strongest?.standing.lines[0] ?? 0,
		lines: [...lines].sort((a, b) => a - b),
	};
}

/** Tells enough to look closer. */
function leads({ isName, value, isTopic }: HintTerm, limits: HintLimits): boolean {
	return isName ? value >= limits.name : isTopic && value >= limits.word;
}
