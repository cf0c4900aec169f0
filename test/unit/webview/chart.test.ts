/** The arithmetic of a line chart. */
import { describe, expect, it } from 'vitest';
import { domainOf, fitted, niceDomain, niceTicks, scale, spread } from '../../../webview/components/chartScale.js';
import { type ChartWords, finiteSeries, type Series, tableRows } from '../../../webview/components/chartSeries.js';

describe('ticks', () => {
	it('stand at round numbers', () => {
		expect(niceTicks({ min: 0, max: 97 }, 5)).toEqual([0, 20, 40, 60, 80]);
		expect(niceTicks({ min: 0, max: 0.3 }, 3)).toEqual([0, 0.1, 0.2, 0.3]);
		expect(niceTicks({ min: -3, max: 3 }, 3)).toEqual([-2, 0, 2]);
	});

	it('are whole where something is counted', () => {
		expect(niceTicks({ min: 0, max: 2 }, 8, true)).toEqual([0, 1, 2]);
	});

	it('end an axis above its highest value', () => {
		expect(niceDomain({ min: 0, max: 97 }, 5)).toEqual({ min: 0, max: 100 });
		expect(niceDomain({ min: 0, max: 100 }, 5)).toEqual({ min: 0, max: 100 });
	});
});

describe('places', () => {
	it('spans the values, and makes room around a single one', () => {
		expect(domainOf([3, 1, Number.NaN, 2])).toEqual({ min: 1, max: 3 });
		expect(domainOf([5])).toEqual({ min: 4.5, max: 5.5 });
		expect(domainOf([])).toEqual({ min: 0, max: 1 });
	});

	it('goes from values to pixels', () => {
		const y = scale({ min: 0, max: 10 }, [200, 0]);
		expect([y(0), y(5), y(10)]).toEqual([200, 100, 0]);
	});

	it('moves names apart and keeps their order', () => {
		const places = spread([50, 52, 20, 51], 16, 0, 200);
		expect(places[2]).toBe(20);
		const [a = 0, b = 0, , c = 0] = places;
		expect(c - a).toBeGreaterThanOrEqual(16);
		expect(b - c).toBeGreaterThanOrEqual(16);
	});

	it('keeps names inside at the lower end', () => {
		expect(spread([99, 100], 16, 0, 100)).toEqual([84, 100]);
	});

	it('cuts a name that has no room', () => {
		expect(fitted('short', 10)).toBe('short');
		expect(fitted('a very long name', 5)).toMatch(/^a very?…$/u);
	});
});

describe('the table behind the chart', () => {
	const words: ChartWords = {
		x: String,
		y: (y) => `${y * 100} %`,
		interval: (low, high) => `${low}–${high}`,
	};
	const series: readonly Series[] = [
		{
			name: 'train',
			colour: 'good',
			points: [
				{ x: 0, y: 0.5 },
				{ x: 2, y: 1 },
			],
		},
		{ name: 'held out', colour: 'first', points: [{ x: 1, y: 0.25, low: 0.1, high: 0.4, note: 'n = 60' }] },
	];

	it('has every point of every series, with its interval and note', () => {
		expect(tableRows(series, undefined, words)).toEqual([
			{ name: '0', cells: ['50 %', ''] },
			{ name: '1', cells: ['', '25 %, 0.1–0.4, n = 60'] },
			{ name: '2', cells: ['100 %', ''] },
		]);
	});

	it('calls places by their ticks, and by their notes where ticks stand for numbers', () => {
		const rows = tableRows(series, [{ x: 0, label: 'before' }], words);
		expect(rows.map(({ name }) => name)).toEqual(['before', 'n = 60', '2']);
	});

	it('leaves out what is no number', () => {
		expect(finiteSeries([{ name: 'a', colour: 'good', points: [{ x: 0, y: Number.NaN }] }])).toEqual([]);
	});
});
