/** By which names and words an experience is recognised in code. */
import type { Experience } from '../experience/experience.js';
import { isName, readTokens } from './codeTokens.js';
import { bitsOf } from './rarity.js';

export interface HintTerm {
	/** A stem, or a name with `=` before it. */
	readonly key: string;
	/** As the experience writes it. */
	readonly text: string;
	/** A name is an identifier, an error code or a qualified one; all else are words. */
	readonly isName: boolean;
	/** How much it says that the term stands somewhere, see `bitsOf`. */
	readonly bits: number;
	/** The bits, times the weight of where the experience has the term. */
	readonly value: number;
	/** Stands where the experience says what it is about. */
	readonly isTopic: boolean;
}

/** Terms of fewer bits stand everywhere. */
const fewestBits = 3;
/** An experience is recognised by its strongest terms; those of a treatise would fit anything. */
const mostTerms = 80;

/** What the parts of an experience weigh; in examples much is by the way. */
const weights = { title: 1, when: 1, strategy: 0.8, rule: 0.8, example: 0.6, tag: 0.5 } as const;

/** The strongest first, each once. */
export function hintTerms(experience: Experience): readonly HintTerm[] {
	const { title, when, strategy, patterns, cases, domains } = experience;
	const terms = new Map<string, HintTerm>();
	const take = (text: string, weight: number, isTopic: boolean): void => {
		for (const term of termsIn(text, weight, isTopic)) {
			const known = terms.get(term.key);
			if (!known || known.value < term.value) terms.set(term.key, term);
		}
	};
	take(title, weights.title, true);
	take(when.text, weights.when, true);
	take(strategy.text, weights.strategy, true);
	for (const { rule, examples } of patterns) {
		take(rule, weights.rule, true);
		for (const example of examples) take(example, weights.example, false);
	}
	for (const { question } of cases) take(question, weights.example, false);
	for (const domain of domains) take(domain, weights.tag, false);
	return [...terms.values()].sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1)).slice(0, mostTerms);
}

function termsIn(text: string, weight: number, isTopic: boolean): readonly HintTerm[] {
	const found: HintTerm[] = [];
	const add = (key: string, shown: string): void => {
		const bits = bitsOf(key);
		if (bits < fewestBits) return;
		found.push({ key, text: shown, isName: isName(key), bits, value: bits * weight, isTopic });
	};
	for (const { text: piece, isCode } of pieces(text)) {
		readTokens(piece, {
			token: ({ text: shown, name, key, words, shaped }, start) => {
				const called = piece.charAt(start + shown.length) === '(' && shown.length > 2;
				if (name.length >= 3 && (isCode || shaped || called)) add(key, shown);
				for (const word of words) add(word, shown);
			},
			compound: (key, shown, hyphened) => {
				// `well-known` is prose, and so is "e.g".
				if (hyphened ? isCode : key.length > 5) add(key, shown);
			},
		});
	}
	return found;
}

/** Text in backticks and fences is code, all other is prose. */
function pieces(text: string): readonly { readonly text: string; readonly isCode: boolean }[] {
	return text.split(/(```[\s\S]*?```|`[^`\n]+`)/u).flatMap((piece) => {
		const isCode = piece.startsWith('`') && piece.length > 1;
		return piece === '' ? [] : [{ text: isCode ? piece.replaceAll('`', '') : piece, isCode }];
	});
}
