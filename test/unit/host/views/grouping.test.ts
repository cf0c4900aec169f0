/** The order and the groups of the library's tree, and the commands that its items offer. */
import { describe, expect, it } from 'vitest';
import { contextWords, domainsOf, groupsOf, ordered } from '../../../../src/host/views/library/grouping.js';
import { rowOf } from '../../../../src/host/views/library/libraryRows.js';
import { pageOf, pageSize } from '../../../../src/host/views/paging.js';
import { experience } from '../../../builders/experiences.js';

const row = (id: string, more: Parameters<typeof experience>[1] = {}) => rowOf(experience(id, more));
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe('the groups of the library', () => {
	it('begin with what waits for a person and end with what is retired', () => {
		const rows = [
			row('r', { status: 'retired', zone: 'golden' }),
			row('m', { zone: 'mixed' }),
			row('w', { zone: 'warning' }),
			row('g', { zone: 'golden' }),
			row('q', { status: 'quarantined' }),
			row('p', { status: 'proposed' }),
		];
		expect(groupsOf(rows).map(({ kind, rows: own }) => [kind, ids(own)])).toEqual([
			['waiting', ['q', 'p']],
			['golden', ['g']],
			['warning', ['w']],
			['mixed', ['m']],
			['retired', ['r']],
		]);
	});

	it('leave out what is empty', () => {
		expect(groupsOf([row('w')]).map(({ kind }) => kind)).toEqual(['warning']);
	});

	it('show an experience under each of its domains, and those without one last', () => {
		const rows = [
			row('none', { domains: [] }),
			row('both', { domains: ['b', 'a', 'a'] }),
			row('one', { domains: ['b'] }),
		];
		expect(domainsOf(rows).map(({ name, rows: own }) => [name, ids(own)])).toEqual([
			['a', ['both']],
			['b', ['both', 'one']],
			['', ['none']],
		]);
	});

	it('lead with pinned ones, then the newest', () => {
		const rows = [
			row('old', { createdAt: '2026-01-01T00:00:00.000Z' }),
			row('new', { createdAt: '2026-02-01T00:00:00.000Z' }),
			row('pinned', { createdAt: '2025-01-01T00:00:00.000Z', pinned: true }),
		];
		expect(ids(ordered(rows))).toEqual(['pinned', 'new', 'old']);
	});
});

describe('a long list', () => {
	const items = Array.from({ length: 2 * pageSize + 1 }, (_, at) => at);

	it('is shown page by page', () => {
		expect(pageOf(items, 1)).toMatchObject({ left: pageSize + 1, next: pageSize });
		expect(pageOf(items, 2)).toMatchObject({ left: 1, next: 1 });
		expect(pageOf(items, 3)).toEqual({ shown: items, left: 0, next: 0 });
	});
});

describe('the commands that an experience offers', () => {
	const here = { own: false, writable: true, movable: true };

	it('depend on its status', () => {
		expect(contextWords(row('a'), here)).toBe('experience active editable unpinned promotable');
		expect(contextWords(row('a', { pinned: true }), here)).toBe('experience active editable pinned promotable');
		expect(contextWords(row('a', { status: 'quarantined' }), here)).toBe('experience waiting editable');
		expect(contextWords(row('a', { status: 'retired' }), here)).toBe('experience retired editable');
	});

	it('depend on the library that it is in', () => {
		expect(contextWords(row('a'), { ...here, own: true })).toBe('experience active editable unpinned own');
		expect(contextWords(row('a'), { ...here, movable: false })).toBe('experience active editable unpinned');
		expect(contextWords(row('a'), { ...here, writable: false })).toBe('experience');
	});
});
