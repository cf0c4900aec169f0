/** Guards for what the database gives back: texts that this program wrote, unless the file was damaged. */
import { type Experience, statuses, zones } from '../core/experience/experience.js';
import type { LibraryOp } from '../core/experience/store.js';
import { SqliteError } from './sqlite.js';

const ops: readonly LibraryOp['op'][] = [
	'insert',
	'merge',
	'edit',
	'retire',
	'pin',
	'star',
	'accept',
	'reject',
	'use',
	'feedback',
	'undo',
];

/** @throws {SqliteError} */
export function opOf(text: string): LibraryOp['op'] {
	const op = ops.find((known) => known === text);
	if (!op) throw new SqliteError(`There is no change called ${text}.`);
	return op;
}

/** Enough of a look at what this program wrote itself: every list is there, every level has its text. */
export function isStored(value: unknown): value is Experience {
	if (!isRecord(value)) return false;
	const { id, rev, zone, status, title, when, strategy, patterns, cases, domains, links, origin } = value;
	return (
		typeof id === 'string' &&
		typeof rev === 'number' &&
		typeof title === 'string' &&
		zones.some((known) => known === zone) &&
		statuses.some((known) => known === status) &&
		[when, strategy].every((part) => isRecord(part) && typeof part.text === 'string' && Array.isArray(part.sources)) &&
		[patterns, cases].every((parts) => Array.isArray(parts) && parts.every(hasSources)) &&
		Array.isArray(domains) &&
		Array.isArray(links) &&
		isRecord(origin)
	);
}

function hasSources(part: unknown): boolean {
	return isRecord(part) && typeof part.id === 'string' && Array.isArray(part.sources);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
