/** How a library grew. */
import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import { growthOf } from '../../../src/runs/growth.js';
import { experience } from '../../builders/experiences.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const made = (minute: number, more: Partial<Experience> = {}): Experience =>
	experience(`e${minute}`, { createdAt: at(minute), ...more });
const from = (run: string): Experience['origin'] => ({ set: 's', run, model: 'm' });

describe('growth', () => {
	it('counts by zone in order of creation, whatever the order of the list, without what is retired', () => {
		const list = [made(3, { zone: 'golden' }), made(1), made(2, { status: 'retired' }), made(4, { zone: 'mixed' })];
		expect(growthOf(list).points).toEqual([
			{ at: at(1), golden: 0, warning: 1, mixed: 0 },
			{ at: at(3), golden: 1, warning: 1, mixed: 0 },
			{ at: at(4), golden: 1, warning: 1, mixed: 1 },
		]);
	});

	it('is at most 120 points, the first and the last among them', () => {
		const { points } = growthOf(Array.from({ length: 5_000 }, (_, minute) => made(minute)));
		expect(points).toHaveLength(120);
		expect(points[0]).toMatchObject({ warning: 1 });
		expect(points.at(-1)).toMatchObject({ warning: 5_000 });
	});

	it('says what each run added, the newest first', () => {
		const list = [made(1, { origin: from('A') }), made(2, { origin: from('B') }), made(3, { origin: from('A') })];
		expect(growthOf([...list, made(9, { origin: from('') })]).runs).toEqual([
			{ run: 'A', count: 2, from: at(1), to: at(3) },
			{ run: 'B', count: 1, from: at(2), to: at(2) },
		]);
	});
});
