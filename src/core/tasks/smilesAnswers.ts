/** Finds the sets of reactants that a model proposed, as SMILES, in what it wrote: the best first. */
import { lastMark } from './answerExtraction.js';
import { smilesSkeleton } from './smilesSkeleton.js';

/**
 * Up to `most` sets, each with its molecules joined by dots. What follows an answer marker counts; else the last fenced
 * block, a numbered list, or the last line that is SMILES alone. Where a marked answer holds no SMILES, it is given as it
 * stands, so that it can be called unusable.
 */
export function smilesAnswers(text: string, most: number): readonly string[] {
	for (const zone of zones(text, most)) {
		const found = [...new Set(setsIn(zone))];
		if (found.length > 0) return found.slice(0, most);
	}
	const marked = lastMark(text)?.value.split('\n')[0]?.trim().slice(0, 2_000);
	return marked ? [marked] : [];
}

/** Where to look, in this order. */
function* zones(text: string, most: number): Generator<string> {
	const mark = lastMark(text);
	if (mark) {
		const tagged = [...text.matchAll(/<answer>([\s\S]*?)(?:<\/answer>|$)/giu)].map(([, inside = '']) => inside);
		if (most > 1) yield tagged.length > 1 ? tagged.join('\n') : text.slice(mark.at);
		else if (!partsAhead.test(text.slice(mark.at))) yield mark.value;
		yield text.slice(mark.at);
	}
	const fences = [...text.matchAll(/```[^\n]*\n([\s\S]*?)(?:```|$)/gu)].map(([, inside = '']) => inside);
	yield fences.at(-1) ?? '';
	const lines = text.split('\n');
	yield lines.filter((line) => numbered.test(line)).join('\n');
	// Thinking aloud comes before its result: the last line counts.
	yield lines.findLast((line) => wholeLine(line) !== undefined) ?? '';
	yield lines.findLast((line) => setsIn(line).length > 0) ?? '';
}

/** A marker with nothing behind it, and the molecules of one set line by line beneath. */
const partsAhead = /^[^\n]{0,60}\n\s*(?:[-*•]\s|\W{0,3}reactant\s*[\dA-C]\b)/iu;
const numbered = /^\s*\(?\d{1,2}[.):]\)?\s+\S/u;
const bullet = /^\s*[-*•]\s+(?=\S)/u;
const partLabel = /^\W*reactant\s*[\dA-C]\b/iu;

/** Each line is one set; lines with bullets, or named "Reactant 1", are the molecules of one set together. */
function setsIn(zone: string): readonly string[] {
	const sets: string[][] = [];
	let joined = false;
	for (const line of zone.split('\n')) {
		const isPart = bullet.test(line) || partLabel.test(line);
		const set = setIn(line);
		if (set !== undefined) {
			if (isPart && joined) sets.at(-1)?.push(set);
			else sets.push([set]);
		}
		joined = isPart && (set !== undefined || joined);
	}
	return sets.map((parts) => parts.join('.'));
}

/** A longer line is no proposal, in characters. */
const longestLine = 4_000;

/** The molecules of one line: all of it where it is SMILES and what joins them, else the parts that can be nothing else. */
function setIn(line: string): string | undefined {
	if (line.length > longestLine) return undefined;
	const whole = wholeLine(line);
	if (whole !== undefined) return whole;
	const certain = tokensOf(reactantsOf(line)).filter(isCertain);
	return certain.length > 0 ? certain.join('.') : undefined;
}

function wholeLine(line: string): string | undefined {
	if (line.length > longestLine) return undefined;
	const tokens = tokensOf(reactantsOf(line)).filter((token) => !joiner.test(token));
	return tokens.length > 0 && tokens.every(isSmiles) ? tokens.join('.') : undefined;
}

const joiner = /^(?:\+|&|and|plus|with)$/iu;

/** A line without what stands around its molecules, and of a reaction the side of its reactants. */
function reactantsOf(line: string): string {
	let rest = line.replace(/<\/?[a-z]+>|\\boxed|[`"“”'$]|\*\*/giu, ' ').replace(/^\s*[{]|[}]\s*$/gu, '');
	for (let before = ''; before !== rest; ) {
		before = rest;
		rest = rest
			.replace(numbered, (found) => found.at(-1) ?? '')
			.replace(bullet, '')
			.replace(/^\s*#{1,6}\s+/u, '')
			// A colon before a white space ends a label; in SMILES none stands there.
			.replace(/^[^:>]{0,60}:\s+/u, '');
	}
	const retro = /\s(?:⇒|=>|<=|⟹)\s/u.exec(rest);
	if (retro) return rest.slice(retro.index + retro[0].length);
	const forward = /\s(?:→|-+>|⟶)\s/u.exec(rest);
	return forward ? rest.slice(0, forward.index) : rest;
}

function tokensOf(text: string): readonly string[] {
	return text
		.split(/[\s,;]+/u)
		.map((token) => token.split('>')[0] ?? '')
		.map((token) =>
			token
				.replace(/[.!?:]+$/u, '')
				.replace(/^\((.*[^)])$/u, (whole, inside) => (inside.includes('(') ? whole : inside)),
		)
		.filter((token) => token !== '');
}

const smiles =
	/^(?:\[[^[\]\s]{1,40}\]|Cl|Br|[BCNOPSFIbcnops*])(?:\[[^[\]\s]{1,40}\]|Cl|Br|[BCNOPSFIbcnops*]|[-=#$:/\\.()]|%?\d)*$/u;
const elementsAlone = /^(?:Cl|Br|[BCNOPSFI])+$/u;

/** Whether a word may be SMILES: letters alone are, where they are symbols of elements in capitals. */
function isSmiles(token: string): boolean {
	return smiles.test(token) && (/[^A-Za-z]/u.test(token) || elementsAlone.test(token));
}

/** Whether a word between others can be nothing else. */
function isCertain(token: string): boolean {
	return isSmiles(token) && (/[=#()[\]\d]/u.test(token) || token.length > 3);
}

/** Whether a text names all molecules of `smiles`, in any writing; molecules that differ in bonds or charges alone count, too. */
export function mentionsMolecules(text: string, smiles: string): boolean {
	const named = new Set(
		text
			.split(/[\s,;"'`“”<>|]+/u)
			.flatMap((word) => word.replace(/[.!?:]+$/u, '').split('.'))
			.flatMap((word) => [word, word.replace(/^\(|\)$/gu, '')])
			.filter(isSmiles)
			.flatMap((word) => smilesSkeleton(word) ?? []),
	);
	return smiles.split('.').every((part) => named.has(smilesSkeleton(part) ?? part));
}
