import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.js';
import { TopK } from '../../../src/core/retrieval/topK.js';

describe('the best few', () => {
	it.each([0, 1, 7, 50, 500])('are those that sorting gives (%i of 300, many of them equal)', (limit) => {
		const random = seededRandom(limit);
		const scores = Array.from({ length: 300 }, () => Math.floor(random() * 40));
		const top = new TopK(limit, (a, b) => a < b);
		scores.forEach((score, item) => {
			if (top.admits(score)) top.add(score, item);
		});
		const sorted = scores.map((score, item) => ({ score, item })).sort((a, b) => b.score - a.score || a.item - b.item);
		expect(top.ranked()).toEqual(sorted.slice(0, limit));
	});
});
