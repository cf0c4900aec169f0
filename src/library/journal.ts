/** The journal's text: a change as one JSON line with a checksum, changes that belong together as a group of lines. */
import * as v from 'valibot';
import { changedId } from '../core/experience/changes.js';
import type { LibraryOp } from '../core/experience/store.js';
import { parseChange } from '../core/experience/validation.js';
import { crc32 } from './crc32.js';

/** The version of the line format; a new kind of change raises it, so that an older program knows to stop. */
export const journalVersion = 1;

export interface JournalRecord {
	readonly gen: number;
	/** ISO 8601 UTC. */
	readonly at: string;
	readonly by: string;
	readonly key?: string | undefined;
	readonly change: LibraryOp;
	/** Place in a group of more than one. */
	readonly group?: { readonly index: number; readonly size: number } | undefined;
}

/** The line of a record, with its line end. */
export function journalLine({ gen, at, by, key, change, group }: JournalRecord): string {
	const { op, ...rest } = change;
	const id = changedId(change);
	const data = 'id' in rest ? withoutId(rest) : rest;
	const body = JSON.stringify({ v: journalVersion, gen, id, at, by, op, data, key, group });
	return `${body.slice(0, -1)},"crc":"${crc32(Buffer.from(body))}"}\n`;
}

function withoutId<T extends { readonly id: string }>({ id: _, ...rest }: T): Omit<T, 'id'> {
	return rest;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const envelope = v.object({
	v: count,
	gen: count,
	id: v.string(),
	at: v.string(),
	by: v.string(),
	op: v.string(),
	data: v.record(v.string(), v.unknown()),
	key: v.optional(v.string()),
	group: v.optional(v.object({ index: count, size: count })),
});

/** `newer`: a later program wrote it, so nothing from here on may be read by this one. */
export type ParsedLine =
	| { readonly kind: 'record'; readonly record: JournalRecord }
	| { readonly kind: 'bad'; readonly why: string }
	| { readonly kind: 'newer'; readonly version: number };

const crcField = /^,"crc":"([0-9a-f]{8})"\}$/;
const crcFieldBytes = ',"crc":"00000000"}'.length;
const closingBrace = Buffer.from('}');

/** @param line without its line end */
export function parseLine(line: Buffer): ParsedLine {
	const bodyEnd = line.length - crcFieldBytes;
	const crc = bodyEnd > 0 ? crcField.exec(line.toString('latin1', bodyEnd))?.[1] : undefined;
	if (crc === undefined) return { kind: 'bad', why: 'has no checksum' };
	const body = Buffer.concat([line.subarray(0, bodyEnd), closingBrace]);
	if (crc32(body) !== crc) return { kind: 'bad', why: 'does not match its checksum' };
	try {
		const fields = v.parse(envelope, JSON.parse(body.toString('utf8')));
		if (fields.v > journalVersion) return { kind: 'newer', version: fields.v };
		const { gen, at, by, key, group, id, op, data } = fields;
		const change = parseChange({ ...data, op, id });
		return { kind: 'record', record: { gen, at, by, key, change, group } };
	} catch (error) {
		return { kind: 'bad', why: error instanceof Error ? error.message : String(error) };
	}
}

/** A line that could not be used, and where it stands. */
export interface BadLine {
	readonly offset: number;
	readonly bytes: Buffer;
	readonly why: string;
}

export interface JournalPart {
	/** The sound records, in order; of a group either all that are sound or none. */
	readonly records: readonly JournalRecord[];
	readonly bad: readonly BadLine[];
	/** Offset after the last line that was settled; what follows is an unfinished group or line. */
	readonly settled: number;
	/** Set where a later program's lines begin. */
	readonly newer?: number;
}

interface OpenGroup {
	readonly offset: number;
	readonly size: number;
	readonly records: JournalRecord[];
	readonly lines: { readonly offset: number; readonly bytes: Buffer }[];
	readonly bad: BadLine[];
	/** Index of the last line seen, sound or bad. */
	last: number;
}

/**
 * Reads lines that begin at `offset` of the file. A group of which the end was never written (its writer was stopped,
 * nothing was acknowledged) counts as not written; a group in which a line was damaged afterwards keeps its sound lines.
 */
export function parseJournal(bytes: Buffer, offset: number): JournalPart {
	const reader = new GroupReader(offset);
	let from = 0;
	for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
		const newer = reader.take(bytes.subarray(from, end), offset + from, offset + end + 1);
		if (newer !== undefined) return { ...reader.part(), newer };
		from = end + 1;
	}
	return reader.part();
}

class GroupReader {
	private readonly records: JournalRecord[] = [];
	private readonly bad: BadLine[] = [];
	private open: OpenGroup | undefined;

	constructor(private settled: number) {}

	/** @returns the version of a line that a later program wrote */
	take(bytes: Buffer, offset: number, end: number): number | undefined {
		if (bytes.length === 0) {
			if (!this.open) this.settled = end;
			return undefined;
		}
		const parsed = parseLine(bytes);
		if (parsed.kind === 'newer') return parsed.version;
		if (parsed.kind === 'bad') this.takeBad({ offset, bytes, why: parsed.why }, end);
		else this.takeRecord(parsed.record, bytes, offset, end);
		return undefined;
	}

	part(): JournalPart {
		return { records: this.records, bad: this.bad, settled: this.settled };
	}

	private takeBad(line: BadLine, end: number): void {
		if (!this.open) {
			this.bad.push(line);
			this.settled = end;
			return;
		}
		this.open.bad.push(line);
		this.open.lines.push(line);
		this.open.last += 1;
		if (this.open.last >= this.open.size - 1) this.keep(this.open, end);
	}

	private takeRecord(record: JournalRecord, bytes: Buffer, offset: number, end: number): void {
		const { group } = record;
		if (this.open && !continues(this.open, group)) this.giveUp(this.open, offset);
		if (!group || group.size < 2) {
			this.records.push(record);
			this.settled = end;
			return;
		}
		this.open ??= { offset, size: group.size, records: [], lines: [], bad: [], last: -1 };
		this.open.records.push(record);
		this.open.lines.push({ offset, bytes });
		this.open.last = group.index;
		if (group.index >= group.size - 1) this.keep(this.open, end);
	}

	private keep(group: OpenGroup, end: number): void {
		this.records.push(...group.records);
		this.bad.push(...group.bad);
		this.settled = end;
		this.open = undefined;
	}

	private giveUp(group: OpenGroup, end: number): void {
		const why = 'belongs to a group of changes that was never finished';
		const reasons = new Map(group.bad.map((line) => [line.offset, line.why]));
		this.bad.push(...group.lines.map((line) => ({ ...line, why: reasons.get(line.offset) ?? why })));
		this.settled = end;
		this.open = undefined;
	}
}

function continues(open: OpenGroup, group: JournalRecord['group']): boolean {
	return group !== undefined && group.size === open.size && group.index > open.last;
}
