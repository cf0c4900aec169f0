/** What a person wants to be remembered, as a proposal: their words are the strategy, a piece of code its example. */
import type { Scope, Zone } from '../core/experience/experience.js';
import { shortTitle } from '../core/experience/shortTitle.js';
import type { ProposalDraft } from './proposeExperience.js';

export interface Remembered {
	/** What to do, or what to avoid. */
	readonly text: string;
	/** Default: the beginning of the text. */
	readonly title?: string | undefined;
	readonly when: string;
	readonly zone: Zone;
	readonly example?: string | undefined;
	readonly scope?: Scope | undefined;
	/** Where it was seen, as a path. */
	readonly place?: string | undefined;
}

const rememberedSet = 'remembered';
/** Characters of an example; a longer one is cut at the end of a line. */
const longestExample = 8_000;

export function rememberedDraft({ text, title, when, zone, example, scope, place }: Remembered): ProposalDraft {
	const named = title?.trim() || titleFrom(text);
	const shown = example?.trim() ?? '';
	const rule = zone === 'warning' ? 'What to avoid looks like this.' : 'It looks like this.';
	const sources = place === undefined ? [] : [{ set: rememberedSet, problem: place.slice(0, 500) }];
	return {
		zone,
		title: named,
		when,
		strategy: text,
		patterns: shown === '' ? [] : [{ rule, examples: [cutLines(shown, longestExample)] }],
		domains: [rememberedSet],
		sources,
		...(scope && (scope.globs || scope.languages) ? { scope } : {}),
		origin: { set: rememberedSet, run: '', model: '' },
	};
}

/** The first sentence or line, in the room of a title. */
export function titleFrom(text: string): string {
	const first = text.trim().split(/\n|(?<=[.!?])\s/u, 1)[0] ?? '';
	return shortTitle(first.replace(/^[\s#/*<>!-]+/u, '').replace(/[.:;,{(\s]+$/u, ''));
}

function cutLines(text: string, most: number): string {
	if (text.length <= most) return text;
	const cut = text.slice(0, most);
	return `${cut.slice(0, Math.max(cut.lastIndexOf('\n'), 1))}\n…`;
}
