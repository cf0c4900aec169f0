/** The rows of a list, a page at a time: what is in sight is asked for, what was seen is kept for a while. */
import type { BrowseRow } from '../../../src/core/experience/browse.js';
import type { BrowsePage } from '../../../src/protocol/library.js';
import { connection } from '../../connection.js';
import { attempt } from '../../news.js';
import type { LibraryState } from './libraryState.js';

/** Rows of one question. */
export const pageRows = 60;
/** Pages that are kept, those in sight among them. */
const mostPages = 12;

type Query = Pick<LibraryState, 'shelf' | 'text' | 'facets' | 'sort'>;

export class LibraryRows {
	/** The newest answer, with the counts of all facets. */
	answer: BrowsePage | undefined;
	private pages = new Map<number, readonly BrowseRow[]>();
	private query: Query | undefined;
	/** Counts the queries: an answer to an older one is of no use. */
	private round = 0;
	private readonly asked = new Set<number>();

	/** @param changed called after each answer */
	constructor(private readonly changed: () => void) {}

	get total(): number {
		return this.answer?.total ?? 0;
	}

	row(at: number): BrowseRow | undefined {
		return this.pages.get(Math.floor(at / pageRows))?.[at % pageRows];
	}

	/** Looks for something else, or anew; shows what was there until the answer comes. @param around a row that is in sight */
	async find(query: Query, around = 0): Promise<void> {
		const round = ++this.round;
		this.query = query;
		this.asked.clear();
		const first = Math.floor(around / pageRows);
		const answer = await this.ask(query, first);
		if (!answer || round !== this.round) return;
		// Fewer than before: the place in sight is gone.
		if (answer.rows.length === 0 && first > 0 && answer.total > 0) return this.find(query, 0);
		this.answer = answer;
		this.pages = new Map([[first, answer.rows]]);
		this.changed();
	}

	/** Makes sure that these rows are there, or come. */
	need(first: number, last: number): void {
		const end = Math.min(last, this.total - 1);
		for (let page = Math.floor(first / pageRows); page * pageRows <= end; page++) {
			if (!this.pages.has(page) && !this.asked.has(page)) void this.load(page);
		}
	}

	/** The ids of all that pass, not only of those that were seen. */
	async allIds(): Promise<readonly string[]> {
		const { query } = this;
		const ids: string[] = [];
		while (query && ids.length < this.total) {
			const rows = (await connection.ask('browse', { ...query, offset: ids.length, limit: 500 })).rows;
			if (rows.length === 0) break;
			ids.push(...rows.map(({ id }) => id));
		}
		return ids;
	}

	private async load(page: number): Promise<void> {
		const { query, round } = this;
		if (!query) return;
		this.asked.add(page);
		const answer = await this.ask(query, page);
		if (round !== this.round || !answer) return;
		this.asked.delete(page);
		this.pages.set(page, answer.rows);
		for (const key of this.pages.keys()) if (this.pages.size > mostPages && key !== page) this.pages.delete(key);
		this.changed();
	}

	private ask({ shelf, text, facets, sort }: Query, page: number): Promise<BrowsePage | undefined> {
		const params = { shelf, text, facets, sort, offset: page * pageRows, limit: pageRows };
		return attempt(() => connection.ask('browse', params));
	}
}
