import { describe, expect, it } from 'vitest';
import { allot } from '../../../src/core/retrieval/allot.js';

const lists = [
	new Map([
		[0, 1],
		[1, 9],
		[2, 8],
	]),
	new Map<number, number>(),
	new Map([
		[5, 2],
		[6, 2],
	]),
];

describe('sharing places among lists', () => {
	it.each([
		[0, [[], [], []]],
		[1, [[1], [], []]],
		[2, [[1], [], [5]]],
		[3, [[1, 2], [], [5]]],
		[4, [[1, 2], [], [5, 6]]],
		[99, [[1, 2, 0], [], [5, 6]]],
		[-1, [[], [], []]],
	])('%i places: the best of each list first, then the best of the rest', (limit, expected) => {
		expect(allot(lists, limit)).toEqual(expected);
	});
});
