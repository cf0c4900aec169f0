/** What a person is looking at in the library: kept over reloads, changed in one place. */
import type { BrowseSort, FacetName } from '../../../src/core/experience/browse.js';

export type LibraryView = 'list' | 'growth';

export interface LibraryState {
	/** Empty until the libraries are known. */
	readonly shelf: string;
	readonly text: string;
	readonly facets: Readonly<Partial<Record<FacetName, readonly string[]>>>;
	readonly sort: BrowseSort;
	readonly view: LibraryView;
	/** The experience that is open; empty: none. */
	readonly id: string;
	/** First row that was in sight. */
	readonly top: number;
}

export const firstState: LibraryState = {
	shelf: '',
	text: '',
	facets: {},
	sort: 'relevance',
	view: 'list',
	id: '',
	top: 0,
};

/** Whether the list shows less than the library has. */
export function isFiltered({ text, facets }: Pick<LibraryState, 'text' | 'facets'>): boolean {
	return text.trim() !== '' || Object.values(facets).some((values) => values.length > 0);
}

/** The choices with this value added, or taken away where it is there. */
export function toggled(facets: LibraryState['facets'], name: FacetName, value: string): LibraryState['facets'] {
	const before = facets[name] ?? [];
	const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
	return { ...facets, [name]: after };
}
