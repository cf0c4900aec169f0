/** The journal's text: sound lines are read back exactly, torn and damaged ones cost nothing but themselves. */
import { describe, expect, it } from 'vitest';
import type { LibraryOp } from '../../../src/core/experience/store.js';
import { crc32 } from '../../../src/library/crc32.js';
import { type JournalRecord, journalLine, parseJournal } from '../../../src/library/journal.js';
import { experience } from './experiences.js';

const at = '2026-01-01T00:00:00.000Z';

function record(change: LibraryOp, fields: Partial<JournalRecord> = {}): JournalRecord {
	return { gen: 1, at, by: 'user', change, ...fields };
}

function retire(id: string, group?: JournalRecord['group']): string {
	return journalLine(record({ op: 'retire', id }, { group }));
}

/** Lines of one group. */
function group(...ids: readonly string[]): readonly string[] {
	return ids.map((id, index) => retire(id, { index, size: ids.length }));
}

function idsOf(text: string): readonly string[] {
	return parseJournal(Buffer.from(text), 0).records.map(({ change }) => ('id' in change ? change.id : ''));
}

function damaged(line: string): string {
	return line.replace('retire', 'retirX');
}

describe('a journal line', () => {
	const use = { run: 'r', problem: 'p', epoch: 0, rollout: 1, solved: true };
	const changes: readonly LibraryOp[] = [
		{ op: 'insert', experience: experience('a', { title: 'line\nend, \u2028, "quotes", \ud83d\ude00' }) },
		{ op: 'merge', experience: experience('a'), baseRev: 3, reason: 'alike' },
		{ op: 'edit', experience: experience('a'), baseRev: 1 },
		{ op: 'retire', id: 'a', reason: 'wrong' },
		{ op: 'pin', id: 'a', on: true },
		{ op: 'star', id: 'a', on: false },
		{ op: 'accept', id: 'a' },
		{ op: 'reject', id: 'a' },
		{ op: 'use', id: 'a', use },
		{ op: 'feedback', id: 'a', helpful: false, note: 'no' },
		{ op: 'undo', id: 'a', to: 2 },
	];

	it.each(changes)('brings back a change of kind $op exactly', (change) => {
		const line = journalLine(record(change, { key: 'k' }));
		expect(line.indexOf('\n')).toBe(line.length - 1);
		expect(parseJournal(Buffer.from(line), 0).records).toEqual([record(change, { key: 'k' })]);
	});

	it('carries the envelope that other tools may read', () => {
		const line: unknown = JSON.parse(journalLine(record({ op: 'pin', id: 'a', on: true }, { gen: 7 })));
		expect(line).toEqual({
			v: 1,
			gen: 7,
			id: 'a',
			at,
			by: 'user',
			op: 'pin',
			data: { on: true },
			crc: expect.stringMatching(/^[0-9a-f]{8}$/),
		});
	});

	it('ends with the checksum of the line without it, as zlib has it', () => {
		const [body = '', crc] = retire('a').split(/,"crc":"(.{8})"\}\n$/);
		expect(crc).toBe(crc32(Buffer.from(`${body}}`)));
		expect(crc32(Buffer.from('123456789'))).toBe('cbf43926');
	});
});

describe('reading a journal', () => {
	it('leaves an unfinished line for later', () => {
		const [first, second] = [retire('a'), retire('b')];
		for (let cut = 0; cut < second.length; cut++) {
			const part = parseJournal(Buffer.from(first + second.slice(0, cut)), 100);
			expect(part.records).toHaveLength(1);
			expect(part.settled).toBe(100 + first.length);
		}
	});

	it('leaves an unfinished group for later, as a whole', () => {
		const [before, lines] = [retire('x'), group('a', 'b', 'c')];
		const part = parseJournal(Buffer.from(before + lines.slice(0, 2).join('')), 0);
		expect(part.records).toHaveLength(1);
		expect(part.settled).toBe(before.length);
		expect(idsOf(before + lines.join(''))).toEqual(['x', 'a', 'b', 'c']);
	});

	it('drops a group that was never finished when another writer went on after it', () => {
		const lines = group('a', 'b', 'c');
		const part = parseJournal(Buffer.from(lines[0] + retire('d')), 0);
		expect(part.records.map(({ change }) => change)).toEqual([{ op: 'retire', id: 'd' }]);
		expect(part.bad).toEqual([expect.objectContaining({ offset: 0, why: expect.stringContaining('never finished') })]);
		expect(idsOf(lines[0] + group('e', 'f').join(''))).toEqual(['e', 'f']);
	});

	it('sets a damaged line aside and reads the sound ones after it', () => {
		const first = retire('a');
		const part = parseJournal(Buffer.from(`${first}${damaged(retire('b'))}not json\n${retire('c')}`), 0);
		expect(part.records.map(({ change }) => ('id' in change ? change.id : ''))).toEqual(['a', 'c']);
		expect(part.bad.map(({ offset, why }) => [offset, why])).toEqual([
			[first.length, 'does not match its checksum'],
			[first.length * 2, 'has no checksum'],
		]);
	});

	it.each([0, 1, 2])('keeps the sound lines of an acknowledged group of which line %i was damaged later', (broken) => {
		const ids = ['a', 'b', 'c'];
		const lines = group(...ids).map((line, index) => (index === broken ? damaged(line) : line));
		const expected = ids.filter((_, index) => index !== broken);
		expect(idsOf(lines.join(''))).toEqual(expected);
		expect(idsOf(`${lines.join('')}${retire('d')}`)).toEqual([...expected, 'd']);
	});

	it('refuses lines that are well formed but no changes', () => {
		const body = JSON.stringify({ v: 1, gen: 1, id: 'a', at, by: 'user', op: 'explode', data: {} });
		const line = `${body.slice(0, -1)},"crc":"${crc32(Buffer.from(body))}"}\n`;
		const part = parseJournal(Buffer.from(line), 0);
		expect(part.records).toEqual([]);
		expect(part.bad).toHaveLength(1);
	});

	it('stops where a newer program wrote', () => {
		const body = JSON.stringify({ v: 2, gen: 1, id: 'a', at, by: 'user', op: 'new', data: {} });
		const newer = `${body.slice(0, -1)},"crc":"${crc32(Buffer.from(body))}"}\n`;
		const first = retire('a');
		const part = parseJournal(Buffer.from(first + newer + retire('b')), 0);
		expect(part).toMatchObject({ newer: 2, settled: first.length });
		expect(part.records).toHaveLength(1);
	});
});
