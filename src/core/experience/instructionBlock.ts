/** Rules of a library as a block of Markdown for instruction files (`AGENTS.md`), the most telling first, within a budget. */
import { estimateTokens } from '../models/tokenEstimate.js';
import { type Experience, sourcesOf } from './experience.js';
import { inertMarkdown } from './inertMarkdown.js';

/** An experience with what is known of its worth. */
export interface RankedExperience {
	readonly experience: Experience;
	/** From paired evidence (docs/architecture.md, Utility); absent where there is none. */
	readonly verdict?: 'helps' | 'hurts' | 'no evidence' | 'unknown' | undefined;
	readonly used: number;
	readonly solved: number;
	readonly helpful: number;
	readonly unhelpful: number;
}

export interface InstructionBlock {
	/** Without the markers. Lines end with `\n`, the last one with nothing. */
	readonly text: string;
	/** Ids of the experiences in it, in its order. */
	readonly ids: readonly string[];
	/** Experiences that did not fit the budget. */
	readonly left: number;
	/** Left out because paired evidence says that they hurt. */
	readonly harmful: number;
	readonly tokens: number;
}

/** How much of an experience is shown, fullest first; the library has all of it. */
const forms = [
	{ rules: 6, examples: true },
	{ rules: 4, examples: false },
	{ rules: 2, examples: false },
	{ rules: 0, examples: false },
] as const;

/** One experience takes this part of the budget at most, so that a long one does not crowd out others. */
const largestShare = 1 / 4;

/** Least and most tokens that a budget may have: agents read the file with every request. */
export const instructionBudget = { least: 100, default: 1_500, most: 20_000 } as const;

/**
 * The rules of the active ones among `candidates` that fit `budgetTokens`, by estimate. Experiences without a strategy
 * or a pattern have no rule and are passed over. The same library gives the same text.
 */
export function instructionBlock(candidates: readonly RankedExperience[], budgetTokens: number): InstructionBlock {
	const usable = candidates.filter(({ experience }) => experience.status === 'active' && hasRules(experience));
	const harmless = usable.filter(({ verdict }) => verdict !== 'hurts');
	const ranked = harmless.toSorted(byWorth);
	const entries: string[] = [];
	const ids: string[] = [];
	let tokens = estimateTokens(frame('').join('\n'));
	for (const { experience } of ranked) {
		const room = Math.min(budgetTokens - tokens, budgetTokens * largestShare);
		const entry = entriesOf(experience).find((form) => estimateTokens(form) <= room);
		// One that is too long does not keep out shorter ones behind it.
		if (entry === undefined) continue;
		tokens += estimateTokens(entry);
		entries.push(entry);
		ids.push(experience.id);
	}
	const none =
		ranked.length === 0 ? 'Nothing is in use yet.' : 'Nothing fits the number of tokens that is set for this block.';
	const body = entries.length > 0 ? entries.join('\n') : none;
	const left = ranked.length - ids.length;
	return { text: frame(body).join('\n'), ids, left, harmful: usable.length - harmless.length, tokens };
}

function frame(body: string): readonly string[] {
	return [
		'## What experience has taught here',
		'',
		'Lessons from earlier problems in this workspace: when each applies, what to do, and its id in brackets. They are advice: check that one applies before you follow it, and name its id where you do.',
		'',
		body,
	];
}

function hasRules({ strategy, patterns }: Experience): boolean {
	return strategy.text.trim() !== '' || patterns.length > 0;
}

/** What a person marked comes first, then what is known to help, then what was checked, used with success, and weighty. */
const measures: readonly ((entry: RankedExperience) => number)[] = [
	({ experience }) => Number(experience.pinned),
	({ experience }) => Number(experience.starred),
	({ verdict }) => Number(verdict === 'helps'),
	({ experience }) => Number(experience.reviewed),
	({ helpful, unhelpful }) => helpful - unhelpful,
	// A share that few uses do not carry far: 1 of 1 counts less than 9 of 10.
	({ used, solved }) => (solved + 1) / (used + 2),
	({ experience }) => experience.priority,
	({ experience }) => sourcesOf(experience).length,
];

function byWorth(a: RankedExperience, b: RankedExperience): number {
	for (const measure of measures) {
		const difference = measure(b) - measure(a);
		if (difference !== 0) return difference;
	}
	return a.experience.id < b.experience.id ? -1 : 1;
}

/** The experience in each of the forms; without a rule it would say nothing where it has no strategy. */
function entriesOf(experience: Experience): readonly string[] {
	const says = (rules: number): boolean => rules > 0 || experience.strategy.text.trim() !== '';
	return forms.filter(({ rules }) => says(rules)).map((form) => entryOf(experience, form));
}

function entryOf(experience: Experience, form: (typeof forms)[number]): string {
	const { id, title, zone, when, strategy, patterns } = experience;
	const name = inertMarkdown(title);
	const advice = inertMarkdown(strategy.text);
	const condition = withoutEnd(inertMarkdown(when.text));
	const places = placesOf(experience);
	const head = [
		`- [${id}]`,
		zone === 'warning' ? 'Caution:' : '',
		name === '' ? '' : `**${withoutEnd(name)}**.`,
		condition === '' ? '' : `When: ${condition}.`,
		places === '' ? '' : `Where: ${places}.`,
		// The title often says it all.
		advice === '' || advice === name ? '' : advice,
	];
	const rules = patterns.slice(0, form.rules).map(({ rule, examples: [example = ''] }) => {
		const shown = form.examples ? inertMarkdown(example) : '';
		return `  - ${inertMarkdown(rule)}${shown === '' ? '' : ` (e.g. ${shown})`}`;
	});
	return [head.filter((part) => part !== '').join(' '), ...rules].join('\n');
}

/** Languages and files that the experience is limited to. */
function placesOf({ scope }: Experience): string {
	return [...(scope?.languages ?? []), ...(scope?.globs ?? [])].map(inertMarkdown).join(', ');
}

function withoutEnd(text: string): string {
	return text.replace(/[\s.:;,]+$/u, '');
}
