/** How the library's tree is laid out: what waits for a person first, then by zone and domain, and what is retired last. */
import { type Zone, zones } from '../../../core/experience/experience.js';
import type { Row } from './libraryRows.js';

export type GroupKind = 'waiting' | Zone | 'retired';

export interface Group {
	readonly kind: GroupKind;
	readonly rows: readonly Row[];
}

export interface Domain {
	/** Empty for experiences that name none. */
	readonly name: string;
	readonly rows: readonly Row[];
}

const kinds: readonly GroupKind[] = ['waiting', ...zones, 'retired'];

/** The groups that have rows. */
export function groupsOf(rows: readonly Row[]): readonly Group[] {
	const byKind = grouped(rows, (row) => [kindOf(row)]);
	return kinds.flatMap((kind) => {
		const own = byKind.get(kind);
		return own ? [{ kind, rows: own }] : [];
	});
}

/** A zone's rows by domain; a row stands under each of its domains, and those without one come last. */
export function domainsOf(rows: readonly Row[]): readonly Domain[] {
	const byName = grouped(rows, ({ domains }) => (domains.length > 0 ? [...new Set(domains)] : ['']));
	return [...byName]
		.map(([name, own]) => ({ name, rows: own }))
		.sort((a, b) => Number(a.name === '') - Number(b.name === '') || a.name.localeCompare(b.name));
}

/** Pinned ones first, then the newest. */
export function ordered(rows: readonly Row[]): readonly Row[] {
	return rows.toSorted(
		(a, b) =>
			Number(b.pinned) - Number(a.pinned) ||
			compare(b.createdAt, a.createdAt) ||
			a.title.localeCompare(b.title) ||
			compare(a.id, b.id),
	);
}

export function isWaiting({ status }: Pick<Row, 'status'>): boolean {
	return status === 'quarantined' || status === 'proposed';
}

export interface Rights {
	/** The user's own library, not a folder's. */
	readonly own: boolean;
	/** Where the workspace is not trusted, its library can only be read. */
	readonly writable: boolean;
	/** There is a library that it could be moved to. */
	readonly movable: boolean;
}

/** The words by which the manifest decides which commands an experience offers. */
export function contextWords(row: Pick<Row, 'status' | 'pinned'>, { own, writable, movable }: Rights): string {
	if (!writable) return 'experience';
	const active = row.status === 'active';
	const words = [
		'experience',
		isWaiting(row) ? 'waiting' : row.status,
		'editable',
		active ? (row.pinned ? 'pinned' : 'unpinned') : '',
		active && movable ? (own ? 'own' : 'promotable') : '',
	];
	return words.filter((word) => word !== '').join(' ');
}

function kindOf(row: Row): GroupKind {
	if (row.status === 'retired') return 'retired';
	return isWaiting(row) ? 'waiting' : row.zone;
}

function grouped<K>(rows: readonly Row[], keysOf: (row: Row) => readonly K[]): Map<K, Row[]> {
	const groups = new Map<K, Row[]>();
	for (const row of rows) {
		for (const key of keysOf(row)) {
			const own = groups.get(key);
			if (own) own.push(row);
			else groups.set(key, [row]);
		}
	}
	return groups;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
