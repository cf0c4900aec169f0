/** An experience as a list shows it: its title, and the place in it that answers the words best. */
import type { BrowseRow, KnownUtility, PartName, TextRange } from '../experience/browse.js';
import type { Experience } from '../experience/experience.js';
import type { UseCount } from '../experience/store.js';
import { folded, rangesIn, shownLine, strengthIn } from './catalogueText.js';

/** What a match in each part counts. */
export const partWeights: Readonly<Record<PartName, number>> = {
	title: 8,
	domain: 5,
	when: 4,
	strategy: 3,
	pattern: 2,
	case: 1,
};

/** The parts, heaviest first. */
export const partNames: readonly PartName[] = ['title', 'domain', 'when', 'strategy', 'pattern', 'case'];

/** The texts of each part, in the order of `partNames`. */
export function partTexts(experience: Experience): readonly (readonly string[])[] {
	const { title, domains, when, strategy, patterns, cases } = experience;
	return [
		[title],
		domains,
		[when.text],
		[strategy.text],
		patterns.flatMap(({ rule, examples }) => [rule, ...examples]),
		cases.flatMap(({ question, answer, solution }) => [question, answer, solution ?? '']),
	];
}

/** A word of the query, folded, and what it weighs beside the others. */
export interface WeighedWord {
	readonly word: string;
	readonly weight: number;
}

/** UTF-16 units of a shown text, ellipses included. */
const mostShown = 200;
/** Of those, how many stand before the first match at most. */
const mostBefore = 60;

export function rowOf(
	experience: Experience,
	words: readonly WeighedWord[],
	uses: UseCount | undefined,
	utility: KnownUtility | undefined,
): BrowseRow {
	const { id, rev, zone, status, reviewed, starred, pinned, updatedAt } = experience;
	const spelt = words.map(({ word }) => word);
	const title = cut(shownLine(experience.title), 0);
	const titleRanges = rangesIn(title, spelt);
	const summary = summaryOf(experience, words, titleRanges.length > 0);
	return {
		id,
		rev,
		zone,
		status,
		reviewed,
		starred,
		pinned,
		title,
		titleRanges,
		summary: summary.text,
		summaryRanges: rangesIn(summary.text, spelt),
		summaryPart: summary.part,
		used: uses?.used ?? 0,
		solved: uses?.solved ?? 0,
		...(utility ? { utility } : {}),
		updatedAt,
	};
}

interface Summary {
	readonly part: PartName;
	readonly text: string;
}

/** The text that the words are in, else what tells most. @param titleShows the title, shown above it, has words too */
function summaryOf(experience: Experience, words: readonly WeighedWord[], titleShows: boolean): Summary {
	const best = words.length > 0 ? bestText(experience, words, titleShows) : undefined;
	if (!best) return plainSummary(experience);
	const line = shownLine(best.text);
	const spelt = words.map(({ word }) => word);
	const [first] = rangesIn(line, spelt);
	return { part: best.part, text: cut(line, startAround(line, first)) };
}

function bestText(experience: Experience, words: readonly WeighedWord[], titleShows: boolean): Summary | undefined {
	let best: Summary | undefined;
	let highest = 0;
	for (const [at, texts] of partTexts(experience).entries()) {
		const part = partNames[at] ?? 'case';
		// A title that is cut before its words is shown twice; else the second line tells something new.
		if (part === 'title' && titleShows) continue;
		for (const text of part === 'domain' ? [texts.join(', ')] : texts) {
			const lower = folded(text);
			const score = words.reduce((sum, { word, weight }) => sum + strengthIn(lower, word) * weight, 0);
			if (score * partWeights[part] <= highest) continue;
			highest = score * partWeights[part];
			best = { part, text };
		}
	}
	return best;
}

function plainSummary({ when, strategy, patterns, cases }: Experience): Summary {
	const candidates: readonly (readonly [PartName, string | undefined])[] = [
		['when', when.text],
		['strategy', strategy.text],
		['pattern', patterns[0]?.rule],
		['case', cases[0]?.question],
	];
	for (const [part, text = ''] of candidates) {
		const line = shownLine(text);
		if (line !== '') return { part, text: cut(line, 0) };
	}
	return { part: 'when', text: '' };
}

/** Where to begin so that the first match is in view with a few words before it. */
function startAround(line: string, first: TextRange | undefined): number {
	if (line.length <= mostShown || !first || first[1] < mostShown) return 0;
	const earliest = Math.max(first[0] - mostBefore, 0);
	const space = line.indexOf(' ', earliest);
	return space >= 0 && space < first[0] ? space + 1 : first[0];
}

/** The part of a line from a place on, as much as is shown, with an ellipsis on each side that is cut. */
function cut(line: string, start: number): string {
	const before = start > 0 ? '…' : '';
	const from = isInPair(line, start) ? start + 1 : start;
	if (line.length - from + before.length <= mostShown) return before + line.slice(from);
	const end = from + mostShown - before.length - 1;
	return `${before}${line.slice(from, isInPair(line, end) ? end - 1 : end).trimEnd()}…`;
}

/** Whether a place stands between the halves of a surrogate pair. */
function isInPair(line: string, at: number): boolean {
	return (line.codePointAt(at - 1) ?? 0) > 0xffff;
}
