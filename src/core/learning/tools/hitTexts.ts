/** What a search found as a model reads it: each experience by its id, whole, the best ones that fit a budget. */
import { oneLine, ruleLines } from '../../experience/rendering.js';
import type { SearchHit } from '../../experience/store.js';
import { estimateTokens } from '../../models/tokenEstimate.js';

/** Counts a text's tokens: the estimate, or the tokenizer of the model that will read it. */
export type CountTokens = (text: string) => number | PromiseLike<number>;

export interface ShownHit {
	readonly id: string;
	readonly text: string;
}

export interface FittedHits {
	readonly shown: readonly ShownHit[];
	/** Found, but too long for what was left of the budget. */
	readonly left: number;
}

/** The best hits, whole; one that does not fit is left out, a smaller one may follow. */
export async function hitsWithin(
	hits: readonly SearchHit[],
	budgetTokens: number,
	textOf: (hit: SearchHit) => string,
	countTokens: CountTokens = estimateTokens,
): Promise<FittedHits> {
	const shown: ShownHit[] = [];
	let room = budgetTokens;
	let left = 0;
	for (const hit of hits) {
		const text = textOf(hit);
		if (text === '') continue;
		const cost = await countTokens(text);
		if (cost > room) {
			left++;
			continue;
		}
		room -= cost;
		shown.push({ id: hit.experience.id, text });
	}
	return { shown, left };
}

/** Id and title, then its rules; where it has none, the case that fits best. Empty where nothing of it can be shown. */
export function hitText(hit: SearchHit): string {
	const rules = ruleLines(hit.experience, hit);
	const lines = rules.length > 0 ? rules : caseLines(hit);
	return lines.length === 0 ? '' : [headOf(hit), ...lines].join('\n');
}

/** As `hitText`, for a reader who knows nothing of the task: what is known of its worth, its rules, and a solved case. */
export function fullHitText(hit: SearchHit, remarks: readonly string[]): string {
	// Answers may have lines of their own; indented, none of them passes for the head of another experience.
	const lines = [...ruleLines(hit.experience, hit), ...caseLines(hit)].map((line) => line.replaceAll('\n', '\n  '));
	if (lines.length === 0) return '';
	const warning = hit.experience.zone === 'warning' ? ['a warning: what went wrong before'] : [];
	const said = [...warning, ...remarks].join('; ');
	return [said === '' ? headOf(hit) : `${headOf(hit)} (${said})`, ...lines].join('\n');
}

function headOf({ experience, strategy }: SearchHit): string {
	// The title sums up the strategy: where the problem itself taught that, the title would tell it.
	const title = strategy && experience.title !== '' ? ` ${oneLine(experience.title)}` : '';
	return `[${experience.id}]${title}`;
}

function caseLines({ experience, cases }: SearchHit): readonly string[] {
	const best = experience.cases.find((item) => item.id === cases[0]);
	if (!best || best.question === '' || best.answer === '') return [];
	return [`- Solved before: ${oneLine(best.question)} Answer: ${best.answer}`];
}
