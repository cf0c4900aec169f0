/** One library as its tree shows it: the rows that pass the filter, and how often each was used. */
import { type Experience, statuses } from '../../../core/experience/experience.js';
import type { UseCount } from '../../../core/experience/store.js';
import type { Library } from '../../../library/library.js';
import type { FlexFolder } from '../../folders.js';
import { hasWords, type LibraryFilter, noFilter, passesTags } from './libraryFilter.js';
import { LibraryRows, type Row, type RowChange } from './libraryRows.js';

/** Experiences that a search brings where no text contains the words. */
const mostFound = 50;

export class Shelf {
	private filter = noFilter;
	private filtered: readonly Row[] | undefined;
	private readonly counts = new Map<string, UseCount>();
	/** No experience contains the words of the filter: shown is what a model would be given for them. */
	nearby = false;

	private constructor(
		readonly folder: FlexFolder | undefined,
		readonly library: Library,
		private readonly rows: LibraryRows,
		/** The least match of a search, 0–1, as retrieval is set. */
		private readonly minMatch: number,
	) {}

	/** @throws {LibraryError} */
	static async of(folder: FlexFolder | undefined, library: Library, minMatch: number): Promise<Shelf> {
		return new Shelf(folder, library, await LibraryRows.of(library), minMatch);
	}

	/** All rows, whatever the filter. */
	get size(): number {
		return this.rows.all().length;
	}

	/** The rows that pass the filter. */
	shown(): readonly Row[] {
		return this.filtered ?? this.rows.all();
	}

	row(id: string): Row | undefined {
		return this.rows.get(id);
	}

	/** Of an experience that was counted, see `count`. */
	uses(id: string): UseCount | undefined {
		return this.counts.get(id);
	}

	/** Reads how often these were used. */
	async count(ids: readonly string[]): Promise<void> {
		for (const [id, count] of await this.library.uses(ids)) this.counts.set(id, count);
	}

	async experience(id: string): Promise<Experience | undefined> {
		return (await this.library.get([id]))[0];
	}

	/** Reads these again after a change. */
	async refresh(ids: readonly string[]): Promise<RowChange> {
		const change = await this.rows.refresh(ids);
		await this.count(ids.filter((id) => this.counts.has(id)));
		if (this.filter.input === '') return change;
		const before = this.shown().map(({ id }) => id);
		await this.setFilter(this.filter);
		return sameList(
			before,
			this.shown().map(({ id }) => id),
		)
			? change
			: 'structure';
	}

	async setFilter(filter: LibraryFilter): Promise<void> {
		this.filter = filter;
		this.nearby = false;
		if (filter.input === '') {
			this.filtered = undefined;
			return;
		}
		const placed = this.rows.all().filter((row) => passesTags(row, filter));
		const worded = placed.filter((row) => hasWords(row, filter));
		this.filtered = worded;
		if (worded.length > 0 || filter.words.length === 0) return;
		const found = await this.search(filter.words.join(' '));
		// Another filter may have been set meanwhile.
		if (this.filter !== filter) return;
		this.filtered = placed.filter(({ id }) => found.has(id));
		this.nearby = this.filtered.length > 0;
	}

	private async search(text: string): Promise<ReadonlySet<string>> {
		const limits = { experiences: mostFound, patterns: mostFound, cases: mostFound, minMatch: this.minMatch };
		const [result] = await this.library.search([{ text, limits, statuses }]);
		return new Set(result?.hits.map(({ experience }) => experience.id));
	}
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((id, at) => id === b[at]);
}
