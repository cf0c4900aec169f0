/** What the library's tree knows of every experience: a few words each, read once and then kept current. */
import type { Experience, Status, Zone } from '../../../core/experience/experience.js';
import { zones } from '../../../core/experience/experience.js';
import type { ExperienceStore } from '../../../core/experience/store.js';

export interface Row {
	readonly id: string;
	readonly title: string;
	readonly zone: Zone;
	readonly status: Status;
	readonly pinned: boolean;
	readonly reviewed: boolean;
	readonly domains: readonly string[];
	/** Name of the file that it came from; empty where it was learned here. */
	readonly imported: string;
	readonly createdAt: string;
	/** Whether it has parts to look at. */
	readonly hasParts: boolean;
	/** Its rules in lower case, to look for words in. */
	readonly text: string;
}

export function rowOf(experience: Experience): Row {
	const { id, title, zone, status, pinned, reviewed, domains, origin, createdAt, when, strategy } = experience;
	const { patterns, cases } = experience;
	const rules = [title, when.text, strategy.text, ...patterns.map(({ rule }) => rule), id];
	return {
		id,
		title,
		zone,
		status,
		pinned,
		reviewed,
		domains,
		imported: origin.imported ?? '',
		createdAt,
		hasParts: strategy.text !== '' || patterns.length + cases.length > 0,
		text: rules.join('\n').toLowerCase(),
	};
}

/** What a change of a library did to the tree. */
export type RowChange =
	/** The same rows stand at the same places. */
	| 'content'
	/** Rows came, went or moved. */
	| 'structure';

export class LibraryRows {
	private constructor(
		private readonly store: Pick<ExperienceStore, 'get'>,
		private readonly rows: Map<string, Row>,
	) {}

	/** Zone by zone, so that the whole text of a large library never crosses from its worker at once. */
	static async of(store: Pick<ExperienceStore, 'get' | 'list'>): Promise<LibraryRows> {
		const rows = new Map<string, Row>();
		for (const zone of zones) {
			for (const experience of await store.list({ zones: [zone] })) rows.set(experience.id, rowOf(experience));
		}
		return new LibraryRows(store, rows);
	}

	all(): readonly Row[] {
		return [...this.rows.values()];
	}

	get(id: string): Row | undefined {
		return this.rows.get(id);
	}

	/** Reads these experiences again. */
	async refresh(ids: readonly string[]): Promise<RowChange> {
		let change: RowChange = 'content';
		const now = new Map((await this.store.get(ids)).map((experience) => [experience.id, rowOf(experience)]));
		for (const id of ids) {
			const row = now.get(id);
			if (place(this.rows.get(id)) !== place(row)) change = 'structure';
			if (row) this.rows.set(id, row);
			else this.rows.delete(id);
		}
		return change;
	}
}

/** What decides where a row stands. */
function place(row: Row | undefined): string {
	return row ? JSON.stringify([row.zone, row.status, row.pinned, row.domains]) : '';
}
