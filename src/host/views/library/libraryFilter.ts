/** What the library's tree is filtered by: words, and `@` words for where an experience stands, as in VS Code's own filters. */
import { isWaiting } from './grouping.js';
import type { Row } from './libraryRows.js';

type Facet = 'zone' | 'status' | 'mark';

interface TagRule {
	readonly facet: Facet;
	readonly holds: (row: Row) => boolean;
}

/** Tags of one facet widen each other, tags of several narrow. */
const rules = {
	golden: { facet: 'zone', holds: ({ zone }) => zone === 'golden' },
	warning: { facet: 'zone', holds: ({ zone }) => zone === 'warning' },
	mixed: { facet: 'zone', holds: ({ zone }) => zone === 'mixed' },
	active: { facet: 'status', holds: ({ status }) => status === 'active' },
	waiting: { facet: 'status', holds: isWaiting },
	retired: { facet: 'status', holds: ({ status }) => status === 'retired' },
	pinned: { facet: 'mark', holds: ({ pinned }) => pinned },
	imported: { facet: 'mark', holds: ({ imported }) => imported !== '' },
	unread: { facet: 'mark', holds: ({ reviewed }) => !reviewed },
} as const satisfies Record<string, TagRule>;

export type FilterTag = keyof typeof rules;

export const filterTags: readonly FilterTag[] = [
	'golden',
	'warning',
	'mixed',
	'active',
	'waiting',
	'retired',
	'pinned',
	'imported',
	'unread',
];

export interface LibraryFilter {
	/** As it was typed, without needless spaces; empty: no filter. */
	readonly input: string;
	readonly tags: readonly FilterTag[];
	/** In lower case; all of them must occur. */
	readonly words: readonly string[];
}

export const noFilter: LibraryFilter = { input: '', tags: [], words: [] };

/** Words that begin with `@` and name no tag are looked for like any other. */
export function parseFilter(input: string): LibraryFilter {
	const parts = input.split(/\s+/u).filter((part) => part !== '');
	const tagOf = (part: string): FilterTag | undefined => filterTags.find((tag) => part.toLowerCase() === `@${tag}`);
	return {
		input: parts.join(' '),
		tags: [...new Set(parts.flatMap((part) => tagOf(part) ?? []))],
		words: parts.filter((part) => tagOf(part) === undefined).map((part) => part.toLowerCase()),
	};
}

/** The input with the tag added, or taken away where it is there. */
export function toggleTag(input: string, tag: FilterTag): string {
	const parts = parseFilter(input)
		.input.split(' ')
		.filter((part) => part !== '');
	const without = parts.filter((part) => part.toLowerCase() !== `@${tag}`);
	return (without.length < parts.length ? without : [...parts, `@${tag}`]).join(' ');
}

/** Whether the row's place in the library is wanted. */
export function passesTags(row: Row, { tags }: LibraryFilter): boolean {
	const facets = new Set(tags.map((tag) => rules[tag].facet));
	return [...facets].every((facet) => tags.some((tag) => rules[tag].facet === facet && rules[tag].holds(row)));
}

export function hasWords({ text, domains }: Row, { words }: LibraryFilter): boolean {
	return words.every((word) => text.includes(word) || domains.some((domain) => domain.toLowerCase().includes(word)));
}
